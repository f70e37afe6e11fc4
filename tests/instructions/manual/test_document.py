"""The handbook as a reader gets it: what must be seen is there in every part of it."""

import pytest

from parasta_saas.instructions.manual_document import WHOLE, Asked, export_of, labels_of, mark_of, seal_of
from parasta_saas.instructions.manual_roles import own_key
from parasta_saas.instructions.plain_words import EASY, HARD, Person, readability, without_people
from tests.instructions.manual.made import EXTRA, OVERLAYS, PHASES, RELEASE, entries, read

MANY = [
    WHOLE, *(Asked(phase["key"]) for phase in RELEASE["phases"]), Asked(role="teacher"), Asked(form="apprenticeship"),
    Asked(role="employer_rep", form="training_agreement"), Asked(audience="workplace"), Asked(audience="student"),
]  # fmt: skip


def steps(parts) -> dict:
    return {step.key: step for part in parts for step in part.steps}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("asked", MANY, ids=str)
@pytest.mark.parametrize("outside", [False, True])
def test_every_step_that_is_shown_has_its_locked_and_floor_fields(language, asked, outside):
    shown = steps(read(language, asked, outside=outside, tidy=lambda text: text.replace("Kerttu", "")))
    assert shown
    for national in RELEASE["steps"]:
        if step := shown.get(national["key"]):
            assert step.minimum.text == national["minimum"][language] and not step.minimum.fell_back
            assert step.name.text == national["name"][language] and step.responsible and step.participants
            assert bool(step.limit) == bool(national["time_limit"])


def test_the_whole_handbook_has_every_national_step_whatever_the_provider_wrote():
    shown = steps(read())
    assert {step["key"] for step in RELEASE["steps"]} < set(shown) and len(shown) == 52


def test_no_words_of_a_provider_take_the_minimum_away():
    loud = {step["key"]: {"note": {"fi": "Tämä askel ei koske meitä."}} for step in RELEASE["steps"]}
    for step in steps(read(made=entries(loud, []))).values():
        assert step.minimum.text and step.responsible


def test_own_words_stand_with_their_marks_numbers_and_limits():
    made = entries()
    assert labels_of(made)["own-1"] == "2a"
    marks = {entry.key: mark_of(entry) for entry in made}
    assert (marks["own-1"], marks["contact-response"], marks["goals-and-tasks"]) == ("own", "ours", "adapted")
    assert marks["agreement-sign"] == "national"
    step = steps(read())["contact-response"]
    assert EXTRA in step.guidance.text and EXTRA not in step.national_guidance
    assert (step.limit, step.national_limit) == ("1 arkipäivä yhteydenotosta", "2 arkipäivää yhteydenotosta")
    assert [link[1] for link in step.links] == ["https://lomake.example/l", ""]


def test_a_role_reads_what_it_answers_for_and_what_it_takes_part_in():
    shown = steps(read(asked=Asked(role="teacher")))
    assert shown["need-of-student"].part == "responsible" and shown["matching"].part == "participant"
    assert "contact-response" not in shown


def test_a_local_role_is_a_role_too():
    local = own_key(OVERLAYS["contact-response"]["local_role"])
    assert set(steps(read(asked=Asked(role=local)))) == {"contact-response", "own-1"}
    assert set(steps(read(asked=Asked(role="own:varapäivystäjä")))) == {"contact-response"}
    assert read(asked=Asked(role="own:ei ole")) == []


def test_a_units_note_stands_after_its_providers():
    unit = {"contact-response": {"overlay": {"note": {"fi": "Kampuksella soitetaan."}}, "above": {}}}
    step = steps(read(made=entries(unit=unit)))["contact-response"]
    assert [whose for whose, _note in step.notes] == ["provider", "unit"]


def test_an_outsider_gets_no_deviation_attachment_or_name():
    tidy = without_people([Person("Kerttu Kivi", "kerttu@lumo.example")], "[nimi]")
    step = steps(read(outside=True, tidy=tidy))["contact-response"]
    assert step.deviation is None and step.attachments == []
    assert step.notes[0][1].text == "Päivystäjä **vaihtuu** viikoittain. Kysy: [nimi], [nimi]."
    inside = steps(read())["contact-response"]
    assert inside.deviation and inside.attachments[0]["name"] == "kuva.pdf"


@pytest.mark.parametrize(
    "words", ["Kerttu Kivi", "Kerttu Kiven", "Kerttu Kivelle", "KERTTU@LUMO.EXAMPLE", "+358 40 123 4567"]
)
def test_names_addresses_and_numbers_of_people_are_taken_out_also_inflected(words):
    tidy = without_people([Person("Kerttu Kivi", "kerttu@lumo.example", "+358401234567")], "[nimi]")
    assert tidy(f"Soita: {words}.") == "Soita: [nimi]."


def test_other_words_stay_where_names_are_taken_out():
    tidy = without_people([Person("Toivo Koskinen"), Person("Toivo")], "[nimi]")
    assert tidy("Toivo on paras neuvo. Koskinen soittaa.") == "Toivo on paras neuvo. Koskinen soittaa."
    assert tidy("Toivo Koskisen numero") == "[nimi] numero"
    assert without_people([], "[nimi]")("Kerttu Kivi") == "Kerttu Kivi"


def test_the_export_holds_every_step_and_its_seal_tells_any_change():
    def export(made):
        release = type("Release", (), {"number": "1.0", "sha256": "0" * 64, "frame": {}})
        return export_of(provider={"slug": "lumo"}, number=3, release=release, phases=PHASES, entries=made)

    held = export(entries())
    by_key = {step["key"]: step for step in held["steps"]}
    for national in RELEASE["steps"]:
        step = by_key[national["key"]]
        assert {name: step[name] for name in ("minimum", "name", "responsible", "field_policy")} == {
            name: national[name] for name in ("minimum", "name", "responsible", "field_policy")
        }
    assert seal_of(held) == seal_of(export(entries())) and len(seal_of(held)) == 64
    assert seal_of(held) != seal_of(export(entries({})))


def test_a_writer_is_told_of_long_sentences_long_words_and_words_of_the_field():
    text = (
        "Kun työpaikkaohjaaja ja opettaja ovat yhdessä sopineet näytön ajankohdasta, opiskelija saa tiedon"
        " siitä hyvissä ajoin ennen jakson loppua. Henkilökohtaistamissuunnitelma päivitetään."
    )
    hard = readability(text, "fi")
    assert hard.verdict == HARD and len(hard.long_sentences) == 1
    assert hard.long_words == ["Henkilökohtaistamissuunnitelma"] and hard.terms
    assert readability("Soitamme sinulle. Voit kysyä.", "fi").verdict == EASY
    assert readability("  \n", "fi") is None
