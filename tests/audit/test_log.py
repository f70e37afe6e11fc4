"""The log of an organisation: in sentences, sealed, for those who answer for it."""

import re

import pytest

from parasta_saas.audit import chain, queries
from parasta_saas.audit.sentences import sentence
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import events
from parasta_saas.core.i18n import using
from parasta_saas.tenants import queries as tenants
from parasta_saas.tenants import services


def invite(times: int = 1) -> None:
    with acting_as("kerttu") as kerttu:
        paja = tenants.organisation_at("paja").id
        for number in range(times):
            services.invite_person(
                kerttu, organisation_id=paja, email=f"n{number}@paja.example", name="N", language="fi", roles=["owner"]
            )


def seqs(shown: str) -> list[int]:
    return [int(number) for number in re.findall(r'quiet num"> · (\d+)', shown)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Kerttu Kivi kutsui henkilön palveluun."), ("sv", "Kerttu Kivi bjöd in en person till tjänsten."),
     ("en", "Kerttu Kivi invited a person to the service.")],
)  # fmt: skip
def test_the_log_tells_who_did_what_in_the_readers_language(cast, language, words):
    invite()
    cast.aino.post("/language", {"language": language})
    shown = cast.aino.get("/o/lumo/log").text
    assert words in shown and "badge" not in shown


@pytest.mark.parametrize(
    ("who", "where", "status"),
    [("aino", "lumo", 200), ("siiri", "kaari", 200), ("stina", "fjarden", 200), ("tapio", "viitemalli", 200),
     ("kerttu", "lumo", 403), ("eero", "lumo", 403), ("ville", "lumo", 403), ("nelli", "viitemalli", 403),
     ("matti", "paja", 403), ("siiri", "lumo", 404), ("aino", "viitemalli", 404), ("nobody", "lumo", 303)],
)  # fmt: skip
def test_who_reads_which_log(cast, who, where, status):
    assert getattr(cast, who).get(f"/o/{where}/log").status_code == status


def test_a_log_shows_nothing_of_another_organisation(cast):
    invite()
    assert "Kerttu" not in cast.siiri.get("/o/kaari/log").text


def test_a_refusal_stands_in_the_log(cast):
    assert cast.eero.get("/o/lumo/log").status_code == 403
    assert "Eero Elo yritti" in cast.aino.get("/o/lumo/log").text


def test_the_database_seals_as_the_pure_module_does(fresh):
    invite(3)
    with acting_as("aino") as aino:
        events.append_audit(aino.organisation_id, aino, "core.refused", {"ä": "\"'\\ 💡", "n": [1.50, None]})
    with acting_as("aino") as aino:
        result = chain.whole(queries.every_entry_of(aino))
    assert result.broken is None and result.length >= 4


@pytest.mark.parametrize(
    "sabotage",
    ["update audit_entry set actor_name = 'Siiri Sarka' where seq = {seq}",
     "update audit_entry set body = '{{}}' where seq = {seq}",
     "update audit_entry set at = at + interval '1 microsecond' where seq = {seq}",
     "delete from audit_entry where seq = {seq}"],
)  # fmt: skip
def test_a_change_past_the_service_is_seen(fresh, cast, sabotage):
    invite(3)
    newest = seqs(cast.aino.get("/o/lumo/log").text)[0]
    assert "vastaavat sinettejään" in cast.aino.get("/o/lumo/log").text
    with fresh.superuser_connection() as connection:
        lumo = connection.execute("select id from organisation where slug = 'lumo'").fetchone()[0]
        connection.execute(sabotage.format(seq=newest - 1) + f" and tenant_id = '{lumo}'")
    assert "ei vastaa sinettiään" in cast.aino.get("/o/lumo/log").text
    whole = cast.aino.get("/o/lumo/log?check=all").text
    assert re.search(r"ei ole ehjä riviltä (\d+)", whole)[1] in (str(newest - 1), str(newest))


def test_checking_the_whole_log_says_that_it_is_whole(cast):
    invite()
    assert "riviä ovat ehjiä" in cast.aino.get("/o/lumo/log?check=all").text
    part = cast.aino.get("/o/lumo/log?check=all", htmx=True).text
    assert "riviä ovat ehjiä" in part and "<html" not in part


def test_the_application_itself_can_not_change_the_log(fresh):
    from sqlalchemy import text
    from sqlalchemy.exc import ProgrammingError

    from parasta_saas.core.db import db

    for statement in ("update audit_entry set name = 'x'", "delete from audit_entry", "update audit_head set seq = 0"):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as("aino"):
            db.session.execute(text(statement))


def test_pages_follow_each_other_without_gaps_or_repeats(fresh, cast):
    invite(120)
    seen: list[int] = []
    address = "/o/lumo/log"
    while address:
        shown = cast.aino.get(address).text
        assert "ei vastaa" not in shown
        seen += seqs(shown)
        older = re.search(r'class="fwd" href="([^"]+)"', shown)
        address = older[1] if older else ""
    assert seen == list(range(seen[0], 0, -1)) and len(seen) > 120
    newer = re.search(r'href="([^"]+)" rel="prev"', shown)[1]
    assert seqs(cast.aino.get(newer).text)[-1] == seqs(shown)[0] + 1


@pytest.mark.parametrize("before", ["x", "-1", "1e9", "9" * 30, "١", ""])
def test_a_made_up_place_in_the_log_is_told_so(cast, before):
    answer = cast.aino.get("/o/lumo/log", query_string={"before": before})
    assert answer.status_code == 422 and "Avaa luettelo alusta" in answer.text


def test_the_cost_of_a_page_does_not_grow_with_the_log(fresh, cast):
    def statements() -> int:
        fresh.statements.clear()
        cast.aino.get("/o/lumo/log")
        return len([s for s in fresh.statements if "set_config" not in s])

    cast.aino.get("/o/lumo/log")
    few = statements()
    invite(60)
    assert statements() == few <= 5


def test_an_event_that_nobody_knows_any_more_is_told_by_its_name():
    with using("fi"):
        assert sentence("old.thing_done", "Aino", "{}") == "Aino: old.thing_done."
        assert sentence("core.refused", "Aino", "{}").startswith("Aino yritti")


def test_every_event_has_a_sentence_that_its_own_body_fills(fresh):
    for name, kind in events.EVENTS.items():
        if kind.audited:
            assert kind.sentence, f"{name} has no sentence"
            fields = dict.fromkeys(kind.__dataclass_fields__, "x")
            assert kind.sentence % {**fields, "actor": "Aino"}
