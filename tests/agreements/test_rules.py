"""The legal checks of an agreement, told with Ville at Kahvila Kanerva and Iida's apprenticeship."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from parasta_saas.agreements.rule_checks import CHECKS
from parasta_saas.agreements.rulebook import rulebook
from parasta_saas.agreements.rules import (
    AgreementFacts,
    Finding,
    Severity,
    Side,
    Suitability,
    adulthood_date,
    blocks,
    check,
    is_minor,
    latest_trial_end,
    parties,
)
from parasta_saas.core.i18n import LANGUAGES, using

TODAY = date(2026, 11, 24)
VILLE_BORN = date(2009, 6, 15)
IIDA_BORN = date(2002, 3, 4)

VILLE = AgreementFacts(
    form="training_agreement",
    signed_on=TODAY,
    starts_on=date(2027, 1, 11),
    ends_on=date(2027, 3, 26),
    student_birth_date=VILLE_BORN,
    guardian_named=True,
    units=(("106912", "Kahvilapalvelut"),),
    goals=("Palvelee asiakkaita ja käyttää kassaa.",),
    tasks=("Asiakaspalvelu ja kassa",),
    hoks_extract=True,
    instructor_name="Kaisa Kanerva",
    instructor_email="kaisa@kahvilakanerva.example",
    workplace_name="Kahvila Kanerva",
    business_id="9900001-8",
    suitability=Suitability(production=True, tools=True, staff=True),
    part_time_percent=100,
    weekly_hours=Decimal("30"),
    daily_hours=Decimal("6"),
    works_from=time(8),
    works_until=time(14),
)
IIDA = replace(
    VILLE,
    form="apprenticeship",
    student_birth_date=IIDA_BORN,
    basic_education_finished=True,
    guardian_named=False,
    workplace_name="Kaislarannan hyvinvointialue",
    business_id="9900003-4",
    instructor_name="Joel Jokinen",
    weekly_hours=Decimal("38.25"),
    ends_on=date(2028, 1, 10),
    pay="Työehtosopimuksen mukaan",
)


def found(facts: AgreementFacts, rule_id: str) -> list[Finding]:
    return [finding for finding in check(facts) if finding.rule_id == rule_id]


def codes(facts: AgreementFacts) -> set[str]:
    return {f.code for f in check(facts) if f.severity is not Severity.INFO}


@pytest.mark.parametrize("facts", [VILLE, IIDA], ids=["ville", "iida"])
def test_a_well_made_agreement_has_nothing_to_correct(facts: AgreementFacts) -> None:
    assert codes(facts) == set()
    assert not blocks(check(facts))


@pytest.mark.parametrize(
    ("base", "change", "code"),
    [
        (VILLE, {"form": "internship"}, "form_unknown"),
        (VILLE, {"starts_on": None}, "start_missing"),
        (VILLE, {"ends_on": None}, "end_missing"),
        (VILLE, {"ends_on": date(2027, 1, 10)}, "end_before_start"),
        (VILLE, {"workplace_name": " "}, "workplace_missing"),
        (VILLE, {"units": ()}, "unit_missing"),
        (VILLE, {"pay": "900 €/kk"}, "pay_given"),
        (VILLE, {"compensation_eur": Decimal(100)}, "compensation_given"),
        (IIDA, {"student_birth_date": None}, "birth_date_missing"),
        (IIDA, {"student_birth_date": date(2011, 11, 25)}, "too_young"),
        (IIDA, {"basic_education_finished": False}, "basic_education_unfinished"),
        (IIDA, {"weekly_hours": None}, "hours_missing"),
        (IIDA, {"weekly_hours": Decimal("24.75")}, "too_few_hours"),
        (IIDA, {"trial_ends_on": date(2027, 7, 11)}, "trial_too_long"),
        (VILLE, {"hoks_extract": False}, "extract_missing"),
        (VILLE, {"goals": ("  ",)}, "goals_missing"),
        (VILLE, {"suitability": Suitability(tools=True, staff=True)}, "production_unconfirmed"),
        (VILLE, {"suitability": Suitability(production=True, staff=True)}, "tools_unconfirmed"),
        (VILLE, {"suitability": Suitability(production=True, tools=True)}, "staff_unconfirmed"),
        (VILLE, {"instructor_name": ""}, "instructor_missing"),
        (VILLE, {"instructor_name": "Joel Jokinen, Lotta Lind"}, "several_instructors"),
        (VILLE, {"part_time_percent": None}, "percent_missing"),
        (VILLE, {"part_time_percent": 0}, "percent_out_of_range"),
        (VILLE, {"part_time_percent": 101}, "percent_out_of_range"),
        (VILLE, {"ends_on": date(2032, 1, 11)}, "period_too_long"),
        (VILLE, {"tasks": ()}, "tasks_missing"),
        (VILLE, {"dangerous_work": True}, "notice_missing"),
        (VILLE, {"dangerous_work": True, "dangerous_work_notice_on": date(2027, 1, 12)}, "notice_missing"),
        (
            VILLE,
            {"dangerous_work": True, "student_birth_date": date(2011, 6, 15)},
            "too_young_for_dangerous_work",
        ),
        (
            VILLE,
            {"weekly_hours": Decimal(38), "workplace_weekly_hours": Decimal("37.5")},
            "week_over_workplace",
        ),
        (VILLE, {"weekly_hours": Decimal(41), "student_birth_date": IIDA_BORN}, "week_over_regular"),
        (VILLE, {"works_from": time(5, 30)}, "night_work"),
        (VILLE, {"works_until": time(1)}, "night_work"),
        (VILLE, {"starts_on": date(2026, 11, 23)}, "starts_before_signing"),
    ],
)
def test_a_fault_in_the_law_blocks_signing(base: AgreementFacts, change: dict[str, object], code: str) -> None:
    findings = check(replace(base, **change))  # type: ignore[arg-type]

    assert code in {f.code for f in findings if f.severity is Severity.BLOCK}
    assert blocks(findings)


@pytest.mark.parametrize(
    ("base", "change", "code"),
    [
        (VILLE, {"units": (("1", "a"), ("2", "b"))}, "many_units"),
        (VILLE, {"business_id": ""}, "business_id_missing"),
        (VILLE, {"business_id": "9900001-9"}, "business_id_invalid"),
        (VILLE, {"instructor_email": ""}, "contact_missing"),
        (IIDA, {"workplace_name": ""}, "workplace_unnamed"),
        (IIDA, {"basic_education_finished": None}, "basic_education_unknown"),
        (VILLE, {"daily_hours": Decimal("8.5")}, "day_too_long"),
        (VILLE, {"weekly_hours": Decimal("41"), "workplace_weekly_hours": Decimal("42")}, "week_too_long"),
        (VILLE, {"works_until": time(22, 30)}, "evening_work"),
        (VILLE, {"works_until": time(0)}, "evening_work"),
        (VILLE, {"guardian_named": False}, "guardian_missing"),
    ],
)
def test_a_doubtful_point_warns_but_lets_through(base: AgreementFacts, change: dict[str, object], code: str) -> None:
    findings = check(replace(base, **change))  # type: ignore[arg-type]

    assert code in {f.code for f in findings if f.severity is Severity.WARN}
    assert not blocks(findings)


def test_the_rules_of_the_other_form_stay_silent() -> None:
    assert not found(replace(IIDA, compensation_eur=Decimal(120)), "R06")
    assert not found(replace(VILLE, weekly_hours=Decimal(12)), "R08")


def test_a_student_with_demanding_special_support_may_bring_compensation_to_the_workplace() -> None:
    assert not found(replace(VILLE, compensation_eur=Decimal(100), demanding_special_support=True), "R06")


def test_an_adult_may_work_in_the_evening_and_needs_no_dangerous_work_notice() -> None:
    adult = replace(VILLE, student_birth_date=IIDA_BORN, works_until=time(23), dangerous_work=True)
    assert codes(adult) == set()


def test_five_years_to_the_day_is_not_too_long() -> None:
    assert not found(replace(VILLE, ends_on=date(2032, 1, 10)), "R25")


def test_signing_on_the_morning_of_the_first_day_is_in_time() -> None:
    assert not found(replace(VILLE, starts_on=TODAY), "R58")


def test_what_blocks_comes_first_then_warnings_then_what_to_know() -> None:
    severities = [f.severity for f in check(replace(VILLE, tasks=(), business_id=""))]
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_the_instruction_is_read_in_the_readers_language() -> None:
    (finding,) = found(replace(IIDA, weekly_hours=Decimal(20)), "R08")
    with using("fi"):
        assert finding.message == "Nosta keskimääräinen viikkotyöaika vähintään 25 tuntiin tai valitse koulutussopimus."
        assert finding.statute == "laki ammatillisesta koulutuksesta (531/2017) 70 §"
    with using("sv"):
        assert finding.message.startswith("Höj den genomsnittliga arbetstiden till minst 25 timmar")
        assert finding.statute == "lagen om yrkesutbildning (531/2017) 70 §"


def test_an_uncertain_section_number_is_never_shown_as_a_fact() -> None:
    (finding,) = found(replace(VILLE, instructor_name=""), "R20")
    with using("fi"):
        assert finding.statute == "laki ammatillisesta koulutuksesta (531/2017), pykälä tarkistetaan"


def test_every_rule_that_is_checked_has_its_words_in_three_languages() -> None:
    for rule_id in CHECKS:
        rule = rulebook()[rule_id]
        assert rule.messages and rule.statutes and rule.confidence in {"high", "medium", "low"}
        for code, message in rule.messages.items():
            assert set(message.texts) == set(LANGUAGES), code
            names = [set(re.findall(r"%\((\w+)\)s", text)) for text in message.texts.values()]
            assert names[0] == names[1] == names[2], code


def test_workplace_and_provider_sign_villes_agreement_and_two_people_are_informed() -> None:
    assert parties("training_agreement", minor=True).signs == (Side.WORKPLACE, Side.PROVIDER)
    assert parties("training_agreement", minor=True).informed == (Side.STUDENT, Side.GUARDIAN)
    assert parties("training_agreement", minor=False).informed == (Side.STUDENT,)


def test_an_apprentice_signs_the_own_contract_even_as_a_minor() -> None:
    assert Side.STUDENT in parties("apprenticeship", minor=True).signs
    assert parties("apprenticeship", minor=True).informed == (Side.GUARDIAN,)


def test_there_is_no_third_form() -> None:
    with pytest.raises(ValueError, match="internship"):
        parties("internship", minor=False)


def test_ville_is_a_minor_until_his_18th_birthday() -> None:
    assert adulthood_date(VILLE_BORN) == date(2027, 6, 15)
    assert is_minor(VILLE_BORN, date(2027, 6, 14))
    assert not is_minor(VILLE_BORN, date(2027, 6, 15))


def test_somebody_born_on_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert adulthood_date(date(2008, 2, 29)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "latest"),
    [
        (date(2027, 1, 1), date(2027, 1, 10), date(2027, 1, 5)),
        (date(2027, 1, 1), date(2028, 12, 31), date(2027, 6, 30)),
        (date(2027, 8, 31), date(2029, 8, 30), date(2028, 2, 28)),
    ],
)
def test_the_trial_period_is_half_of_the_term_but_six_months_at_most(starts: date, ends: date, latest: date) -> None:
    assert latest_trial_end(starts, ends) == latest


def test_values_in_an_instruction_are_written_as_the_reader_writes_them() -> None:
    (trial,) = found(replace(IIDA, trial_ends_on=date(2027, 7, 12)), "R13")
    (hours,) = found(replace(VILLE, weekly_hours=Decimal(38), workplace_weekly_hours=Decimal("37.5")), "R33")
    assert "viimeistään 10.7.2027." in trial.message_in("fi")
    assert "on 10 Jul 2027 at" in trial.message_in("en")
    assert "enintään 37,5 tuntiin" in hours.message_in("fi")
