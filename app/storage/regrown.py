"""A figure's record once its frame has grown: from the record as it was, and what the new claims change."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import orjson

from app.domain import history
from app.domain.agreement import Agreement
from app.domain.dates import parse_date
from app.domain.figure import FigureStatus, envelope_of
from app.domain.history import Day
from app.domain.interval import Interval, Number, exact
from app.storage.figures import RANKS, Member, agreement_json, history_json, interval_json
from app.storage.meeting import Unsure
from app.storage.records import AnyRow, Json

SURE_DIGITS = 14
"""Numbers with more may have been rounded when they were printed."""
_STATUSES = (FigureStatus.SINGLE_ORIGIN, FigureStatus.AGREED, FigureStatus.TENSION, FigureStatus.CONFLICT)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number with the very digits of a record."""

    text: str


def read(record: str) -> Json:
    """A record with every number as it is printed."""
    found: Json = json.loads(record, parse_int=Printed, parse_float=Printed)
    return found


def written(record: Json) -> str:
    """The text of what was read, changed or not."""
    return orjson.dumps(record, option=orjson.OPT_PASSTHROUGH_DATACLASS, default=_as_printed).decode()


def _as_printed(number: Printed) -> orjson.Fragment:
    return orjson.Fragment(number.text)


def bands_of(record: Json) -> list[Agreement]:
    """What most origins admit, as a record has it. Raises Unsure for numbers that may have been rounded."""
    return [Agreement(_interval(band), _count(band["n_origins"])) for band in record["agreement"]]


def disagreeing(
    record: Json, severity: float, n_pairs: int, ratios: Iterable[Fraction], statuses: Iterable[str]
) -> tuple[Json, float]:
    """The record, and the severity, with so many more conflicting pairs.

    `ratios` are those of new disagreements, `statuses` those that claims have now.
    """
    at_least = FigureStatus.CONFLICT if n_pairs else FigureStatus.SINGLE_ORIGIN
    raised = [status for status in statuses if status in _STATUSES]
    status = max([at_least, FigureStatus(record["status"]), *raised], key=_STATUSES.index)
    found = [float(ratio) for ratio in ratios]
    if record["ratio"] is not None:
        found.append(severity)
    changed = {
        "status": status,
        "n_conflicts": _count(record["n_conflicts"]) + n_pairs,
        "ratio": round(max(found), 3) if found else None,
    }
    return {**record, **changed}, max(found) if found else float(status in RANKS)


def grown(
    record: Json, newcomers: Sequence[Member], agreement: Iterable[Agreement], n_origins: int, latest: AnyRow
) -> Json:
    """The record with the newcomers in, none of which replaces another; `latest` is the latest claim until now.

    `agreement` is that of all, `n_origins` counts new origins. Raises Unsure for numbers that may have been rounded.
    """
    literals = [newcomer.comparand.literal for newcomer in newcomers]
    days = _history(record)
    for newcomer in newcomers:
        days = history.with_one_more(days, newcomer.comparand.literal, newcomer.comparand.end)
    last = min([latest, *(newcomer.row for newcomer in newcomers)], key=_latest_first)
    return {
        **record,
        "n_claims": _count(record["n_claims"]) + len(newcomers),
        "n_origins": _count(record["n_origins"]) + n_origins,
        "envelope": interval_json(envelope_of([_interval(record["envelope"]), *literals])),
        "agreement": agreement_json(agreement),
        "latest": last.public_id,
        "history": history_json(days),
    }


def undisputed(record: Json) -> Json:
    """The record without what its claims make of each other."""
    return {**record, "status": FigureStatus.SINGLE_ORIGIN, "n_conflicts": 0, "ratio": None}


def n_claims(record: Json) -> int:
    """How many current claims the figure has."""
    return _count(record["n_claims"])


def _latest_first(row: AnyRow) -> tuple[int, int, str]:
    return -row.as_of_end, -row.as_of_start, row.public_id


def _history(record: Json) -> tuple[Day, ...]:
    return tuple(
        Day(_day(day["date"]), _number(day["low"]), _number(day["high"]), _count(day["n_claims"]))
        for day in record["history"]
    )


def _day(text: str) -> int:
    day = parse_date(text).start
    assert day is not None
    return day


def _interval(record: Json) -> Interval:
    return Interval(_number(record["low"]), _number(record["high"]), record["low_open"], record["high_open"])


def _count(printed: Printed | int) -> int:
    return printed if isinstance(printed, int) else int(printed.text)


def _number(printed: Printed | None) -> Number | None:
    if printed is None:
        return None
    text = printed.text
    rounded = "e" in text or ("." in text and len(text.lstrip("-0.").replace(".", "")) > SURE_DIGITS)
    if rounded:
        raise Unsure
    return exact(text)
