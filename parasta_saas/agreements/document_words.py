"""The clauses of an agreement in three languages, and the law they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parasta_saas.agreements.rulebook import TRAINING_AGREEMENT, limit, rulebook
from parasta_saas.core.i18n import LANGUAGES, N_, _, using

Texts = dict[str, str]

CONTENT_MARK = N_("Example content, not a publication of the ministry")

STATUS = {
    True: N_(
        "The student learns at work as a student. There is no employment relationship, and no pay or "
        "other consideration is given for the work."
    ),
    False: N_(
        "The student is employed by the employer for a fixed term. This agreement holds the terms of "
        "the employment, and what the provider and the employer have agreed on arranging the "
        "education."
    ),
}
PAY = N_(
    "Pay and the other terms of employment follow the applicable collective agreement. Where "
    "there is none, they are as agreed here."
)
GUIDANCE = N_(
    "The workplace gives the tasks through which the goals can be reached, and guides the student"
    " throughout the period. It follows the learning and tells the provider at once if the goals "
    "are not being reached."
)
SUPPORT = N_(
    "The provider supports the workplace instructor, trains the instructor when needed, and "
    "follows the student's progress together with the workplace."
)
SAFETY = N_(
    "The workplace answers for the student's safety at work as it does for its own employees. It "
    "introduces the student to the work, the tools and the risks before the work begins."
)
HOURS = {
    True: N_(
        "The student's working time is at most the regular working time of the workplace. Rest "
        "periods follow the Working Hours Act."
    ),
    False: N_(
        "The average weekly working time is at least %(hours)s hours. Rest periods follow the Working Hours Act."
    ),
}
YOUNG = N_(
    "The student is under 18 when the period begins. Until the 18th birthday the working day is "
    "at most %(day)s hours and the working week at most %(week)s hours, and there is no night "
    "work."
)
INSURANCE = {
    True: N_(
        "The provider has insured the student. The insurance covers accidents during the period and "
        "on the way to the workplace and back."
    ),
    False: N_(
        "The employer's accident insurance covers the work. On unpaid days of study the provider's "
        "insurance covers the student."
    ),
}
PRIVACY = N_(
    "Information about the student's health is given to the workplace only with the student's "
    "consent, or when safety would otherwise be in danger."
)
CHANGE = N_(
    "If something changes, the parties amend the agreement together in writing. The student's "
    "personal competence development plan is updated to match."
)
ENDING = {
    True: N_(
        "The agreement ends on its last day without notice. Together the parties may end it earlier, "
        "at once. One party may end it alone only after hearing the other, if the law or this "
        "agreement is not followed."
    ),
    False: N_(
        "The agreement ends on its last day without notice. During the trial period either party to "
        "the employment may end it. After that it may be ended together, or on a ground in the "
        "Employment Contracts Act. The provider may end the arrangement after hearing the student and"
        " the employer, if the law or this agreement is not followed."
    ),
}

MEANS_WORKPLACE = N_("The workplace gives the student a place and guidance for the agreed time.")
MEANS_SAFETY = N_("The workplace answers for the work being safe for the student.")
MEANS_PROVIDER = N_("The provider answers for the education and supports the student and the instructor.")
MEANS_STUDENT = N_("The student works, learns and follows the workplace's safety instructions.")
MEANS_CHANGE = N_("If something changes, the agreement is amended together.")

BASIS = (
    "R03",
    "R08",
    "R13",
    "R16",
    "R19",
    "R30",
    "R33",
    "R34",
    "R36",
    "R38",
    "R39",
    "R41",
    "R42",
    "R43",
    "R49",
    "R50",
)


def clauses(form: str, *, minor: bool) -> list[dict[str, object]]:
    """The clauses in order: key and the text in fi, sv and en."""
    training = form == TRAINING_AGREEMENT
    hours = {"hours": limit("apprentice_min_weekly_hours")}
    young = {"day": limit("minor_daily_hours"), "week": limit("minor_weekly_hours")}
    rows: list[tuple[str, Texts]] = [
        ("status", in_all_languages(STATUS[training])),
        ("pay", {} if training else in_all_languages(PAY)),
        ("guidance", in_all_languages(GUIDANCE)),
        ("support", in_all_languages(SUPPORT)),
        ("safety", in_all_languages(SAFETY)),
        ("hours", in_all_languages(HOURS[training], **({} if training else hours))),
        ("young", in_all_languages(YOUNG, **young) if minor else {}),
        ("insurance", in_all_languages(INSURANCE[training])),
        ("privacy", in_all_languages(PRIVACY)),
        ("change", in_all_languages(CHANGE)),
        ("ending", in_all_languages(ENDING[training])),
    ]
    return [{"key": key, "text": text} for key, text in rows if text]


def signing_means(form: str) -> list[Texts]:
    """What each side promises by signing, in plain words."""
    student = () if form == TRAINING_AGREEMENT else (MEANS_STUDENT,)
    meanings = (MEANS_WORKPLACE, MEANS_SAFETY, MEANS_PROVIDER, *student, MEANS_CHANGE)
    return [in_all_languages(meaning) for meaning in meanings]


def basis(form: str, *, minor: bool) -> list[Texts]:
    """The acts that the agreement stands on, each once; only sections whose number is certain."""
    chosen = [rulebook()[rule_id] for rule_id in BASIS if form in rulebook()[rule_id].forms]
    acts: dict[str, set[str]] = {}
    titles: dict[str, dict[str, str]] = {}
    only_for_minors = {statute.number for statute in rulebook()["R34"].statutes}
    for statute in (statute for rule in chosen for statute in rule.statutes):
        if not minor and statute.number in only_for_minors:
            continue
        titles[statute.number] = dict(statute.title)
        sections = re.split(r",\s*", statute.section) if statute.section_certain and statute.section else ()
        acts.setdefault(statute.number, set()).update(sections)
    return [_act(number, titles[number], acts[number]) for number in acts]


def mark() -> Texts:
    """The mark that this is example content."""
    return in_all_languages(CONTENT_MARK)


def in_all_languages(message: str, **values: object) -> Texts:
    """One message in fi, sv and en."""
    texts: Texts = {}
    for language in LANGUAGES:
        with using(language):
            texts[language] = _(message, **values)
    return texts


def _act(number: str, title: dict[str, str], sections: Iterable[str]) -> Texts:
    numbered = ", ".join(sorted(sections, key=lambda section: [int(n) for n in re.findall(r"\d+", section)]))
    tail = f" {numbered} §" if numbered else ""
    return {language: f"{title[language][:1].upper()}{title[language][1:]} ({number}){tail}" for language in LANGUAGES}
