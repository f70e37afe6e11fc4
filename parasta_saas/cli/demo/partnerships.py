"""Workplaces of the register, partnerships with a short history, contact persons and first contacts."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from ...core import events
from ...core.access import Actor
from ...core.clock import HELSINKI, frozen, now, today
from ...core.workdays import add_working_days, next_working_day
from ...partnerships import queries, services
from ...partnerships.models import Enquiry, WorkplaceRegister
from ...tenants import queries as tenants
from .acting import acting_as, system_at
from .partnership_stories import ENQUIRIES, INVENTED, STORIES, Story, Wrote
from .people import BY_SLUG, PLACES


def load() -> None:
    _record_cast()
    for story in STORIES:
        _tell(story)
    for wrote in ENQUIRIES:
        _write_and_answer(wrote)


def _record_cast() -> None:
    """The workplaces of the cast are organisations already; here they get their place in the register."""
    facts = {"paja": ("Tuulijärvi", "Ajoneuvoala"), "kahvila-kanerva": ("Tuulijärvi", "Ravintola- ja catering-ala"),
             "kaislaranta": ("Kaislaranta", "Sosiaali- ja terveysala")}  # fmt: skip
    for place in PLACES:
        if place.kind == "workplace":
            with system_at(place.partners[0]) as actor:
                town, field = facts[place.slug]
                services.record_workplace(
                    actor, tenants.organisation_at(place.slug), business_id=place.business_id, town=town, field=field
                )


@dataclass(frozen=True)
class _Opened:
    partnership_id: UUID
    contact_id: UUID


def _tell(story: Story) -> None:
    """One partnership from its opening to today."""
    with frozen(_moment(story.days_ago)):
        with acting_as(story.by) as actor:
            partnership = services.open_partnership(
                actor, _workplace(actor, story), town=story.place.get("town", ""), field=story.place.get("field", "")
            )
            contact = services.add_contact(actor, partnership, **_contact_words(story))
            opened = _Opened(partnership.id, contact.id)
    if story.joined:
        with frozen(_moment(story.days_ago - 3)):
            with system_at(BY_SLUG[story.by].at) as actor:
                partnership = queries.partnership_for(actor, opened.partnership_id)
                services.welcome_contact(actor, queries.contact_for(actor, partnership, opened.contact_id))
    _write_entries(story, opened)
    _agree(story, opened)


def _workplace(actor: Actor, story: Story) -> WorkplaceRegister:
    if story.workplace in INVENTED:
        return services.register_workplace(actor, name=story.workplace, **INVENTED[story.workplace]).workplace
    place = next(p for p in PLACES if p.slug == story.workplace)
    known = queries.workplace_numbered(place.business_id)
    assert known is not None, place.slug
    return known


def _contact_words(story: Story) -> dict[str, str]:
    """Someone of the cast is known by name, address and language."""
    words = dict(story.contact)
    slug = words.pop("person", None)
    if slug is None:
        return words
    person = BY_SLUG[slug]
    return {"name": person.name, "email": person.email, "language": person.language} | words


def _write_entries(story: Story, opened: _Opened) -> None:
    for days_ago, kind, words, private in story.entries:
        with frozen(_moment(days_ago)), acting_as(story.by) as actor:
            partnership = queries.partnership_for(actor, opened.partnership_id)
            services.write_entry(actor, partnership, kind=kind, words=words, private=private)


def _agree(story: Story, opened: _Opened) -> None:
    """Goals, stage and the next talk, set some days ago."""
    if not (story.goals or story.talk or story.stage != "started"):
        return
    talk_at = _moment(-story.talk[0], hour=14) if story.talk else None
    with frozen(_moment(min(story.days_ago - 4, 9))), acting_as(story.by) as actor:
        partnership = queries.partnership_for(actor, opened.partnership_id)
        workplace_goal, own_goal, rhythm = story.goals or ("", "", "")
        services.edit_partnership(
            actor, partnership, version=partnership.version, stage=story.stage, coordinator=None,
            workplace_goal=workplace_goal, own_goal=own_goal, rhythm=rhythm,
            next_talk=story.talk[1] if story.talk else "",
            next_talk_at=talk_at,
        )  # fmt: skip


def _write_and_answer(wrote: Wrote) -> None:
    with events.apart(Actor.anonymous()):
        provider = tenants.organisation_at(wrote.to, "provider")
    enquirer = replace(Actor.system(provider), roles=frozenset({"enquirer"}), language=wrote.language)
    with frozen(_received(wrote.workdays_ago)):
        with events.apart(enquirer):
            enquiry_id = _sent(enquirer, wrote).id
    if wrote.answer:
        with frozen(_received(wrote.workdays_ago) + timedelta(hours=3)), acting_as(wrote.by) as actor:
            services.answer_enquiry(actor, queries.enquiry_for(actor, enquiry_id), answer=wrote.answer)


def _sent(enquirer: Actor, wrote: Wrote) -> Enquiry:
    return services.send_enquiry(
        enquirer, workplace_name=wrote.workplace, person_name=wrote.person, email=wrote.email, phone=wrote.phone,
        words=wrote.words,
    )  # fmt: skip


def _received(workdays_ago: int) -> datetime:
    """In the morning of a working day; one of today can't lie in the future."""
    day = add_working_days(now(), -workdays_ago).astimezone(HELSINKI).date() if workdays_ago else today()
    return min(datetime(day.year, day.month, day.day, 9, 20, tzinfo=HELSINKI), now() - timedelta(minutes=5))


def _moment(days_ago: int, hour: int = 10) -> datetime:
    """A working hour so many days ago; a negative number lies ahead."""
    day = next_working_day(today() - timedelta(days=days_ago))
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=HELSINKI)
    return moment if days_ago <= 0 else min(moment, now() - timedelta(minutes=10))
