"""The path 1–8 as one story: real HTTP, SMTP, RQ and PostgreSQL, once as plain forms and once as HTMX sends them."""

import pytest

from tests.journeys import afterwards, agreement, door, instruction, partnership, session
from tests.journeys.story import Story, part


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_the_whole_path_in_one_story(fresh, cast, tmp_path, htmx):
    story = Story(fresh, cast, htmx=htmx)
    with part("1 the map is everybody's home"):
        instruction.map_is_home(story)
    with part("2 Aino writes how it is done at Lumo"):
        instruction.aino_writes_her_own(story)
    with part("3 the nation changes, Lumo keeps its words"):
        instruction.nation_publishes(story)
        instruction.aino_takes_the_update(story)
    with part("4 two workplaces become partners"):
        partnership.kerttu_opens_a_partnership(story)
        partnership.owner_comes_in(story)
        partnership.second_workplace_makes_contact(story)
        partnership.kerttu_answers_and_opens(story)
    with part("5 teacher, workplace and student plan together"):
        session.eero_calls_a_session(story)
        session.kaisa_comes_from_the_mail(story)
        session.three_propose(story)
        session.three_agree(story)
        session.decisions_are_recorded(story)
    with part("6 the agreement: written, signed, sealed, told, checked"):
        agreement.oskari_completes_and_offers(story)
        agreement.kaisa_signs_from_the_mail(story)
        agreement.sanni_signs_and_the_worker_seals(story)
        agreement.ville_and_mirja_are_told(story)
        agreement.anybody_can_check_it(story, tmp_path)
        afterwards.placement_shows_now_next_who(story)
    with part("7 one question, a reply from a person"):
        afterwards.kaisa_answers_from_the_mail(story)
        afterwards.eero_replies_and_kaisa_sees(story)
    with part("8 the way in without a password"):
        door.one_person_by_link_and_by_code(story, session.KAISA)
    assert (story.swaps > 10) is htmx, f"{story.swaps} blocks were swapped"
