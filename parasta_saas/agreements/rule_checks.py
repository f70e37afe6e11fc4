"""The checks themselves: one small function per rule, named by its id in rules_data.json.

Each looks at the facts and yields what it found: message code, field, values for the message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta

from parasta_saas.agreements.facts import (
    AgreementFacts,
    birthday,
    latest_trial_end,
    years_after,
)
from parasta_saas.agreements.rulebook import FORMS, TRAINING_AGREEMENT, limit
from parasta_saas.core import business_id

Hit = tuple[str, str, dict[str, object]]  # message code, field, values for the message
Hits = Iterator[Hit]


def _r01_form(facts: AgreementFacts) -> Hits:
    if facts.form not in FORMS:
        yield "form_unknown", "form", {}


def _r02_fixed_term(facts: AgreementFacts) -> Hits:
    if facts.starts_on is None:
        yield "start_missing", "starts_on", {}
    if facts.ends_on is None:
        yield "end_missing", "ends_on", {}
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        yield "end_before_start", "ends_on", {}


def _r03_parties(facts: AgreementFacts) -> Hits:
    if not facts.workplace_name.strip():
        yield "workplace_missing", "workplace_name", {}
    yield "student_informed", "student", {}


def _r04_one_unit(facts: AgreementFacts) -> Hits:
    if not facts.units:
        yield "unit_missing", "units", {}
    if len(facts.units) > 1:
        yield "many_units", "units", {}


def _r05_no_pay(facts: AgreementFacts) -> Hits:
    if facts.pay.strip():
        yield "pay_given", "pay", {}


def _r06_no_compensation(facts: AgreementFacts) -> Hits:
    if facts.compensation_eur and not facts.demanding_special_support:
        yield "compensation_given", "compensation_eur", {}


def _r07_age(facts: AgreementFacts) -> Hits:
    years = limit("apprentice_min_age")
    if facts.student_birth_date is None:
        yield "birth_date_missing", "student_birth_date", {}
    elif facts.signed_on < birthday(facts.student_birth_date, years):
        yield "too_young", "student_birth_date", {"years": years}
    if facts.basic_education_finished is False:
        yield "basic_education_unfinished", "basic_education_finished", {}
    if facts.basic_education_finished is None:
        yield "basic_education_unknown", "basic_education_finished", {}


def _r08_hours(facts: AgreementFacts) -> Hits:
    hours = limit("apprentice_min_weekly_hours")
    if facts.weekly_hours is None:
        yield "hours_missing", "weekly_hours", {}
    elif facts.weekly_hours < hours:
        yield "too_few_hours", "weekly_hours", {"hours": hours}


def _r13_trial(facts: AgreementFacts) -> Hits:
    if facts.trial_ends_on is None or facts.starts_on is None or facts.ends_on is None:
        return
    latest = latest_trial_end(facts.starts_on, facts.ends_on)
    if facts.trial_ends_on > latest:
        yield (
            "trial_too_long",
            "trial_ends_on",
            {"latest": latest, "months": limit("trial_max_months")},
        )


def _r16_plan(facts: AgreementFacts) -> Hits:
    if not facts.hoks_extract:
        yield "extract_missing", "hoks_extract", {}
    if not _written(facts.goals):
        yield "goals_missing", "goals", {}


def _r17_production(facts: AgreementFacts) -> Hits:
    if not facts.suitability.production:
        yield "production_unconfirmed", "suitability", {}


def _r18_tools(facts: AgreementFacts) -> Hits:
    if not facts.suitability.tools:
        yield "tools_unconfirmed", "suitability", {}


def _r19_staff(facts: AgreementFacts) -> Hits:
    if not facts.suitability.staff:
        yield "staff_unconfirmed", "suitability", {}


def _r20_one_instructor(facts: AgreementFacts) -> Hits:
    if not facts.instructor_name.strip():
        yield "instructor_missing", "instructor_name", {}
    elif re.search(r"[,;/&\n]", facts.instructor_name):
        yield "several_instructors", "instructor_name", {}


def _r21_survey(facts: AgreementFacts) -> Hits:
    # In a training agreement R03 already asks for the workplace.
    if facts.form != TRAINING_AGREEMENT and not facts.workplace_name.strip():
        yield "workplace_unnamed", "workplace_name", {}
    if not facts.business_id.strip():
        yield "business_id_missing", "business_id", {}
    if not facts.instructor_email.strip() and not facts.instructor_phone.strip():
        yield "contact_missing", "instructor_email", {}


def _r22_business_id(facts: AgreementFacts) -> Hits:
    if facts.business_id.strip() and not business_id.is_valid(facts.business_id):
        yield "business_id_invalid", "business_id", {}


def _r23_percent(facts: AgreementFacts) -> Hits:
    if facts.part_time_percent is None:
        yield "percent_missing", "part_time_percent", {}
    elif not 1 <= facts.part_time_percent <= 100:
        yield "percent_out_of_range", "part_time_percent", {}


def _r25_length(facts: AgreementFacts) -> Hits:
    years = limit("period_max_years")
    if facts.starts_on and facts.ends_on and facts.ends_on > years_after(facts.starts_on, years):
        yield "period_too_long", "ends_on", {"years": years}


def _r29_tasks(facts: AgreementFacts) -> Hits:
    if not _written(facts.tasks):
        yield "tasks_missing", "tasks", {}


def _r30_safety(facts: AgreementFacts) -> Hits:
    yield "workplace_answers_for_safety", "safety", {}


def _r31_dangerous_work_notice(facts: AgreementFacts) -> Hits:
    if not facts.dangerous_work or not facts.student_is_minor or _under_dangerous_work_age(facts):
        return
    noticed = facts.dangerous_work_notice_on
    if noticed is None or (facts.starts_on is not None and noticed > facts.starts_on):
        yield "notice_missing", "dangerous_work_notice_on", {}


def _r32_no_dangerous_work(facts: AgreementFacts) -> Hits:
    if facts.dangerous_work and _under_dangerous_work_age(facts):
        yield "too_young_for_dangerous_work", "dangerous_work", {"years": limit("dangerous_work_min_age")}


def _r33_hours(facts: AgreementFacts) -> Hits:
    if facts.weekly_hours is None:
        return
    regular = facts.workplace_weekly_hours
    if regular is not None and facts.weekly_hours > regular:
        yield "week_over_workplace", "weekly_hours", {"hours": regular}
    elif regular is None and facts.weekly_hours > limit("regular_weekly_hours"):
        yield "week_over_regular", "weekly_hours", {"hours": limit("regular_weekly_hours")}


def _r34_minor(facts: AgreementFacts) -> Hits:
    if not facts.student_is_minor:
        return
    if facts.daily_hours is not None and facts.daily_hours > limit("minor_daily_hours"):
        yield "day_too_long", "daily_hours", {"hours": limit("minor_daily_hours")}
    if facts.weekly_hours is not None and facts.weekly_hours > limit("minor_weekly_hours"):
        yield "week_too_long", "weekly_hours", {"hours": limit("minor_weekly_hours")}
    if _at_night(facts):
        yield "night_work", "works_from", {}
    elif facts.works_until is not None and (
        facts.works_until > time(limit("minor_latest")) or facts.works_until == time(0)
    ):
        yield "evening_work", "works_until", {}


def _r35_guardian(facts: AgreementFacts) -> Hits:
    if facts.student_is_minor:
        yield "guardian_informed" if facts.guardian_named else "guardian_missing", "guardian_named", {}


def _r49_insurance(facts: AgreementFacts) -> Hits:
    yield "study_accident_insurance", "insurance", {}


def _r50_insurance(facts: AgreementFacts) -> Hits:
    yield "employers_insurance", "insurance", {}


def _r58_before_first_day(facts: AgreementFacts) -> Hits:
    # Signing in the morning of the first day is still before the work starts.
    if facts.starts_on is not None and facts.signed_on > facts.starts_on:
        yield (
            "starts_before_signing",
            "starts_on",
            {"earliest": facts.signed_on + timedelta(days=1)},
        )


def _written(lines: tuple[str, ...]) -> bool:
    return any(line.strip() for line in lines)


def _under_dangerous_work_age(facts: AgreementFacts) -> bool:
    born, on = facts.student_birth_date, facts.starts_on or facts.signed_on
    return born is not None and on < birthday(born, limit("dangerous_work_min_age"))


def _at_night(facts: AgreementFacts) -> bool:
    # Midnight itself, 00.00 as an end, is still the two-shift evening; anything later is the night.
    start, end, earliest = facts.works_from, facts.works_until, time(limit("minor_earliest"))
    return (start is not None and start < earliest) or (end is not None and time(0) < end < earliest)


CHECKS: dict[str, Callable[[AgreementFacts], Hits]] = {
    "R01": _r01_form,
    "R02": _r02_fixed_term,
    "R03": _r03_parties,
    "R04": _r04_one_unit,
    "R05": _r05_no_pay,
    "R06": _r06_no_compensation,
    "R07": _r07_age,
    "R08": _r08_hours,
    "R13": _r13_trial,
    "R16": _r16_plan,
    "R17": _r17_production,
    "R18": _r18_tools,
    "R19": _r19_staff,
    "R20": _r20_one_instructor,
    "R21": _r21_survey,
    "R22": _r22_business_id,
    "R23": _r23_percent,
    "R25": _r25_length,
    "R29": _r29_tasks,
    "R30": _r30_safety,
    "R31": _r31_dangerous_work_notice,
    "R32": _r32_no_dangerous_work,
    "R33": _r33_hours,
    "R34": _r34_minor,
    "R35": _r35_guardian,
    "R49": _r49_insurance,
    "R50": _r50_insurance,
    "R58": _r58_before_first_day,
}
