"""How one step reads for the people of a provider: which language, what is national, what is our own. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from markupsafe import Markup

from ..core.i18n import Picked, pick
from ..core.markdown import TAGS, to_html
from .limits import merge_limit
from .resolved import local_sentences

# Brackets that nobody types: CommonMark takes them for punctuation, so that they break no emphasis around them.
_OPEN, _CLOSE = "\u2045", "\u2046"
_LEAD = re.compile(r"\s*(?:(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)[ \t]+)*")
_cleaner = nh3.Cleaner(
    tags=TAGS | {"span"},
    attributes={"a": {"href"}, "ol": {"start"}, "span": {"class"}},
    link_rel="noopener nofollow",
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit in force; `own` only where the provider's is the stricter one."""

    national: int
    own: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in force on one step, in the language this reader gets it in."""

    language: str  # of guidance
    guidance: str
    national_guidance: str
    note: Picked | None
    role: Picked | None
    limit: Limit | None

    @property
    def is_adapted(self) -> bool:
        return self.guidance != self.national_guidance

    @property
    def has_own(self) -> bool:
        """Whether there is something to show under *How we do it*."""
        return bool(self.note or self.role or (self.limit and self.limit.own is not None))

    @property
    def guidance_html(self) -> Markup:
        return marked(self.national_guidance, self.guidance)


def read(step: Mapping[str, Any], overlay: Mapping[str, Any], *, reader: str, working: Sequence[str]) -> Reading:
    """The step with the overlay on it. Who reads in a language that the provider doesn't work in gets its first one."""
    language = reader if reader in working else working[0]
    national = pick(step["guidance"], language, main=working[0])
    own = (overlay.get("guidance") or {}).get(language)
    return Reading(
        language=language if own else national.language,
        guidance=own or national.text,
        national_guidance=national.text,
        note=_own(overlay, "note", reader, working),
        role=_own(overlay, "local_role", reader, working),
        limit=_limit(step.get("time_limit"), overlay.get("time_limit_value")),
    )


def marked(national: str, local: str) -> Markup:
    """Safe HTML of a local guidance in Markdown, the provider's own sentences in <span class="s-ours">."""
    pieces = [_between_marks(piece) if own else piece for piece, own in local_sentences(_bare(national), _bare(local))]
    html = str(to_html("".join(pieces)))
    html = html.replace(_OPEN, '<span class="s-ours">').replace(_CLOSE, "</span>")
    return Markup(_cleaner.clean(html))


def _between_marks(piece: str) -> str:
    lead = _LEAD.match(piece)
    start = lead.end() if lead else 0
    words = piece[start:].rstrip()
    return f"{piece[:start]}{_OPEN}{words}{_CLOSE}{piece[start + len(words) :]}" if words else piece


def _bare(text: str) -> str:
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def _own(overlay: Mapping[str, Any], field: str, reader: str, working: Sequence[str]) -> Picked | None:
    found = pick(overlay.get(field), reader, main=working[0])
    return found if found.text else None


def _limit(national: Mapping[str, Any] | None, own: int | None) -> Limit | None:
    if not national or not national.get("value"):
        return None
    merged = merge_limit(national, own)
    stricter = merged.value if merged.value != national["value"] else None
    return Limit(int(national["value"]), stricter, str(national["unit"]))
