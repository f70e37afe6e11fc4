"""What the law asks of a training agreement and of the basics of an apprenticeship.

Pure: facts in, findings out; the day is passed in. The rules' ids are those of the domain
research; their words, limits and statutes stand in rules_data.json (see rulebook.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from decimal import Decimal
from enum import StrEnum

from parasta_saas.agreements.facts import (
    AgreementFacts,
    Suitability,
    adulthood_date,
    is_minor,
    latest_trial_end,
)
from parasta_saas.agreements.rule_checks import CHECKS
from parasta_saas.agreements.rulebook import (
    APPRENTICESHIP,
    FORMS,
    TRAINING_AGREEMENT,
    Rule,
    Severity,
    rulebook,
)
from parasta_saas.core import formats
from parasta_saas.core.i18n import pick

__all__ = [
    "APPRENTICESHIP",
    "TRAINING_AGREEMENT",
    "AgreementFacts",
    "Finding",
    "Parties",
    "Severity",
    "Side",
    "Suitability",
    "adulthood_date",
    "blocks",
    "check",
    "is_minor",
    "latest_trial_end",
    "parties",
]


class Side(StrEnum):
    """On whose behalf somebody signs or is informed."""

    WORKPLACE = "workplace"
    PROVIDER = "provider"
    STUDENT = "student"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct, to give a reason for, or to know."""

    rule_id: str
    code: str
    field: str
    severity: Severity
    params: Mapping[str, object] = attribute(default_factory=dict)

    @property
    def rule(self) -> Rule:
        """The rule this finding comes from."""
        return rulebook()[self.rule_id]

    @property
    def message(self) -> str:
        """A correction instruction in the language spoken when it is shown."""
        return self.message_in(None)

    def message_in(self, language: str | None) -> str:
        """The correction instruction in fi, sv or en."""
        shown = {name: _shown(value, language) for name, value in self.params.items()}
        return pick(self.rule.messages[self.code].texts, language).text % shown

    @property
    def statute(self) -> str:
        """Where it stands in the law, in the language spoken now."""
        return self.rule.statute_text()

    @property
    def confidence(self) -> str:
        """How sure the rule's content is: high, medium or low."""
        return self.rule.confidence


@dataclass(frozen=True, slots=True)
class Parties:
    """Who signs, in order, and who gets the agreement for information."""

    signs: tuple[Side, ...]
    informed: tuple[Side, ...]


def parties(form: str, *, minor: bool) -> Parties:
    """Who signs and who is informed (R03, R09, R35 in rules_data.json); ValueError for a third form.

    A student of 15 signs an own employment contract; the guardian of a minor is informed, never a signatory.
    """
    guardian = (Side.GUARDIAN,) if minor else ()
    if form == TRAINING_AGREEMENT:
        return Parties((Side.WORKPLACE, Side.PROVIDER), (Side.STUDENT, *guardian))
    if form == APPRENTICESHIP:
        return Parties((Side.WORKPLACE, Side.STUDENT, Side.PROVIDER), guardian)
    raise ValueError(f"{form!r} is none of {', '.join(FORMS)}")


def check(facts: AgreementFacts) -> tuple[Finding, ...]:
    """Every finding for this agreement: blocking ones first, then warnings, then what to know."""
    order = tuple(Severity)
    found = [finding for rule_id in CHECKS for finding in _findings(rulebook()[rule_id], facts)]
    return tuple(sorted(found, key=lambda finding: (order.index(finding.severity), finding.rule_id)))


def blocks(findings: tuple[Finding, ...]) -> bool:
    """True when the agreement may not be signed or sent for signing."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def _shown(value: object, language: str | None) -> object:
    if isinstance(value, date):
        return formats.date(value, language)
    return formats.number(value, language=language) if isinstance(value, Decimal) else value


def _findings(rule: Rule, facts: AgreementFacts) -> Iterator[Finding]:
    # A form that doesn't exist still meets the rules that both forms share, R01 among them.
    if facts.form not in rule.forms and len(rule.forms) < len(FORMS):
        return
    for code, where, values in CHECKS[rule.id](facts):
        yield Finding(rule.id, code, where, rule.messages[code].severity, values)
