"""The words, limits and statutes of the agreement rules, read from rules_data.json.

They stay data, so that a lawyer's correction is an edit of that file and not of the code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from parasta_saas.core.i18n import pick

TRAINING_AGREEMENT = "training_agreement"
APPRENTICESHIP = "apprenticeship"
FORMS = (TRAINING_AGREEMENT, APPRENTICESHIP)
DATA = Path(__file__).with_name("rules_data.json")


class Severity(StrEnum):
    """block: refuse to sign; warn: let through with a recorded reason; info: show."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Statute:
    """One place in the law; `section_certain` is False until the number has been read in the statute."""

    number: str
    title: Mapping[str, str]
    section: str
    section_certain: bool

    def text(self, language: str | None = None) -> str:
        """Title, number and, when it is certain, the section: "työsopimuslaki (55/2001) 1:4 §"."""
        named = pick(self.title, language).text
        # A number without a slash is a data requirement, not an act: its title says everything.
        head = f"{named} ({self.number})" if "/" in self.number else named
        if not self.section_certain:
            return f"{head}, {pick(_data()['section_unread'], language).text}"
        return f"{head} {self.section} §" if self.section else head


@dataclass(frozen=True, slots=True)
class Message:
    """One correction instruction in three languages, percent format."""

    severity: Severity
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the law or of practice, with how sure we are of it."""

    id: str
    forms: frozenset[str]
    severity: Severity
    confidence: str
    statutes: tuple[Statute, ...]
    messages: Mapping[str, Message]

    def statute_text(self, language: str | None = None) -> str:
        """Every place in the law, in the given language or the one spoken now."""
        return "; ".join(statute.text(language) for statute in self.statutes)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1)
def rulebook() -> Mapping[str, Rule]:
    """Every rule by its id; raises KeyError for an act that rules_data.json doesn't name."""
    acts = _data()["acts"]
    return {rule_id: _rule(rule_id, raw, acts) for rule_id, raw in _data()["rules"].items()}


def limit(name: str) -> int:
    """A number of the law, for example limit("apprentice_min_weekly_hours") → 25 (hours)."""
    return int(_data()["limits"][name]["value"])


def checked_on() -> str:
    """ISO day on which texts and statutes were last read through."""
    return str(_data()["checked_on"])


def _rule(rule_id: str, raw: Mapping[str, Any], acts: Mapping[str, Mapping[str, str]]) -> Rule:
    applies = raw["applies"]
    return Rule(
        id=rule_id,
        forms=frozenset(FORMS if applies == "both" else (applies,)),
        severity=Severity(raw["severity"]),
        confidence=raw["confidence"],
        statutes=tuple(
            Statute(s["act"], acts[s["act"]], s.get("section", ""), s["section_certain"]) for s in raw["statutes"]
        ),
        messages={
            code: Message(Severity(m.get("severity", raw["severity"])), m["text"])
            for code, m in raw["messages"].items()
        },
    )
