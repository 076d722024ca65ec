"""The commands that change what is there by an editor's hand, and the policy that all of it is compared by."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from getpass import getuser
from typing import Annotated

import typer

from app.cli.terminal import app, bar, fail, now, opened, out, pairs
from app.storage.engine import Database


def _login() -> str | None:
    """Who works at this terminal; None where the system does not say."""
    try:
        return getuser()
    except (KeyError, OSError):  # which of the two depends on the version of Python
        return None


Why = Annotated[str, typer.Option(help="The reason, for the record")]
By = Annotated[str | None, typer.Option(help="Who decides", default_factory=_login, show_default="the login name")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id")]


@contextmanager
def _editing() -> Iterator[Database]:
    """The database; an edit that cannot be made is told in a line."""
    from app.domain.policy import InvalidPolicy  # noqa: PLC0415
    from app.ingest.edit import NoSuchClaim  # noqa: PLC0415
    from app.ingest.explain import CannotExplain  # noqa: PLC0415
    from app.ingest.merge import CannotMerge  # noqa: PLC0415
    from app.ingest.remarks import UnusableRemark  # noqa: PLC0415

    try:
        with opened() as database:
            yield database
    except (CannotExplain, CannotMerge, InvalidPolicy, NoSuchClaim, UnusableRemark) as error:
        fail(error)


def _named(by: str | None) -> str:
    return fail("nobody is logged in: say who decides with --by") if by is None else by


def _say(text: str) -> None:
    out.print(text, markup=False, soft_wrap=True)


@app.command()
def correct(
    claim: ClaimId,
    fields: Annotated[list[str], typer.Argument(help="As a bundle gives them: text='about 120' speaker=ann via=")],
) -> None:
    """Change fields of a claim; FIELD= takes one away. Loading its bundle again leaves the claim alone."""
    from app.ingest.edit import correct as correct_  # noqa: PLC0415
    from app.ingest.reader import read_value  # noqa: PLC0415
    from app.ingest.save import Outcome  # noqa: PLC0415

    with _editing() as database:
        changes = {name: read_value(text, name) for name, text in pairs(fields, "a field").items()}
        outcome = correct_(database, claim, changes, now=now())
    _say(
        f"{claim} is as it was: these are its fields already" if outcome is Outcome.UNCHANGED else f"corrected {claim}"
    )


@app.command()
def withdraw(claim: ClaimId, *, why: Why) -> None:
    """Take a claim out of figures and conflicts. It is kept, with the reason."""
    from app.ingest.edit import withdraw as withdraw_  # noqa: PLC0415

    with _editing() as database:
        withdraw_(database, claim, why, now=now())
    _say(f"withdrew {claim}")


@app.command()
def merge(
    old: Annotated[str, typer.Argument(help="The id of the entity that becomes a redirect")],
    into: Annotated[str, typer.Argument(help="The id of the entity that it is")],
    *,
    why: Why,
    by: By,
) -> None:
    """Make two entities one. `unmerge` undoes it."""
    from app.ingest.merge import merge as merge_  # noqa: PLC0415

    with _editing() as database:
        merge_(database, old, into, by=_named(by), why=why, now=now())
    _say(f"merged {old} into {into}")


@app.command()
def unmerge(old: Annotated[str, typer.Argument(help="The id of the entity that was merged into another")]) -> None:
    """Part an entity from the one that it was merged into: it has again what it had."""
    from app.ingest.merge import unmerge as unmerge_  # noqa: PLC0415

    with _editing() as database:
        unmerge_(database, old, now=now())
    _say(f"unmerged {old}")


Subject = Annotated[
    list[str], typer.Argument(metavar="FIGURE | STATEMENT STATEMENT", help="A figure's id, or those of two statements")
]


@app.command()
def explain(
    subject: Subject,
    *,
    why: Why,
    by: By,
    url: Annotated[str | None, typer.Option(help="A page that tells more")] = None,
) -> None:
    """Mark a conflict as explained. It stays in the data; a new contradicting claim opens it again."""
    from app.ingest.explain import explain as explain_  # noqa: PLC0415

    with _editing() as database:
        explain_(database, subject, why=why, by=_named(by), url=url, now=now())
    _say(f"explained {' '.join(subject)}")


@app.command()
def unexplain(subject: Subject) -> None:
    """Take the explanation of a conflict back."""
    from app.ingest.explain import unexplain as unexplain_  # noqa: PLC0415

    with _editing() as database:
        unexplain_(database, subject, now=now())
    _say(f"took back the explanation of {' '.join(subject)}")


@app.command()
def recompute(
    widths: Annotated[list[str] | None, typer.Argument(help="Changes of the policy: about_width=0.2")] = None,
) -> None:
    """Read and compare everything anew, by a changed policy if told. Interrupted, the same command goes on with it."""
    from app.ingest import recompute as recomputing  # noqa: PLC0415

    changes = {name: text or None for name, text in pairs(widths or [], "a width").items()}
    with _editing() as database:
        policy = recomputing.changed_policy(database, changes)
        with bar() as progress:
            task = progress.add_task("Recomputing", total=recomputing.size(database, policy))
            done = partial(progress.advance, task)
            changed = recomputing.recompute(database, policy, now=now, done=done)
    numbers = f"{changed.claims} claims and {changed.figures} figures are flagged otherwise than before"
    _say(f"recomputed by {changed.policy}: {numbers}")
