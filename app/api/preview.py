"""The preview of an entity or event: a page of its own that a client shows in a small frame."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from app.domain.spelling import counted
from app.search.nouns import ENTITY_NOUN
from app.search.reconcile.preview import Described

WIDTH, HEIGHT = 420, 270
"""Of the frame, in pixels."""
_MOST_NAMES = 4
_MOST_TEXT = 130

_STYLE = """
body { margin: 0; padding: 12px 14px; max-width: 40em; }
body { font: 14px/1.4 system-ui, sans-serif; color: #1d2025; background: #fff; }
h1 { margin: 0; font-size: 17px; overflow-wrap: anywhere; }
p { margin: 5px 0 0; overflow-wrap: anywhere; }
.kind { float: right; margin: 1px 0 0 10px; padding: 1px 7px; border-radius: 9px; }
.kind { background: #e8ecf2; font-size: 12px; }
.quiet { color: #5a616b; }
.conflict { color: #a3231a; font-weight: 600; }
a { color: #14539a; }
"""
_DIGEST = b64encode(sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
"""Of the page: it runs nothing and fetches nothing, and any page may show it in a frame."""


def page(told: Described, base: str) -> str:
    """The page, as HTML; `base` is the address of the service."""
    subject = told.subject
    lines = [
        f'<p class="kind">{escape(told.type)}</p><h1>{escape(subject.name)}</h1>',
        _line(subject.description if subject.description != told.type else "", "quiet"),
        _line(_also(subject.names), "quiet"),
        f"<p>{_counts(told)}</p>",
        _line(f"Latest: {_short(told.latest_claim)}" if told.latest_claim else ""),
        f"<p>{_links(told, base)}</p>",
    ]
    head = f"<meta charset=utf-8><title>{escape(subject.name)}</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{''.join(lines)}</body></html>"


def _line(text: str, name: str = "") -> str:
    return f'<p class="{name}">{escape(_short(text))}</p>' if text else ""


def _short(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"


def _also(names: list[str]) -> str:
    return f"Also {', '.join(names[1 : 1 + _MOST_NAMES])}" if len(names) > 1 else ""


def _counts(told: Described) -> str:
    claims = counted(told.n_claims, "claim") if told.n_claims else "no claims"
    if not told.n_conflicts:
        return f"{claims[0].upper()}{claims[1:]}, none in conflict" if told.n_claims else "No claims"
    return f'{claims[0].upper()}{claims[1:]}, <span class="conflict">{told.n_conflicts} in conflict</span>'


def _links(told: Described, base: str) -> str:
    """Where more is. A frame is too small for it: it opens beside."""
    id_ = told.subject.id
    is_entity = told.subject.noun is ENTITY_NOUN
    noun, plural = ("entity", "entities") if is_entity else ("event", "events")
    addresses = {
        "record": f"/{plural}/{id_}",
        "timeline": f"/{plural}/{id_}/timeline",
        "claims": f"/claims?{noun}={id_}",
    }
    return " · ".join(
        f'<a href="{escape(base + address)}" target="_blank" rel="noopener">{name}</a>'
        for name, address in addresses.items()
    )
