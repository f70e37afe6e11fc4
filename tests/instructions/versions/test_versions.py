"""Versions: all of them, one read whole, two side by side, as a file; they never change."""

import json

import psycopg
import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.canonical import canonical, fingerprint
from parasta_saas.instructions.queries.versions import changed_since, in_force_on
from parasta_saas.instructions.version_compare import between
from tests.instructions import nation
from tests.instructions.nation import offered, take
from tests.instructions.pages import statements
from tests.instructions.versions.people import KEY, NEW, STEP, form_of, in_force, publish, save

VERSIONS = "/o/lumo/versions"


def newest(world) -> int:
    with world.superuser_connection() as above:
        return above.execute(
            "select max(number) from handbook_version v join organisation o on o.id = v.tenant_id where slug = 'lumo'"
        ).fetchone()[0]


def test_every_publication_is_a_version_that_is_listed(fresh, cast):
    publish(cast.aino, note_fi="Näin versioituu.")
    text = cast.eero.get(VERSIONS).text
    assert f"Versio {newest(fresh)}" in text and "Viitemalli" in text or "viitemalli" in text
    assert "Omaa tekstiä muutettiin" in text and "Aino Alanko" in text


def test_a_version_reads_whole_as_it_stood(fresh, cast):
    publish(cast.aino, note_fi="Ensimmäinen tapa.")
    first = newest(fresh)
    publish(cast.aino, note_fi="Toinen tapa.")
    text = cast.eero.get(f"{VERSIONS}/{first}").text
    assert "Ensimmäinen tapa." in text and "Toinen tapa." not in text
    assert text.count('id="step-') >= 51 and "Kansallinen vähimmäistaso" in text or "minimi" in text
    assert "Ei enää voimassa" in text


def test_the_file_is_the_canonical_json_that_the_fingerprint_is_of(fresh, cast):
    publish(cast.aino, note_fi="Tiivistettävä.")
    number = newest(fresh)
    answer = cast.aino.get(f"{VERSIONS}/{number}/file")
    held = json.loads(answer.data)
    assert answer.data.decode() == canonical(held)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert fingerprint(held) in cast.aino.get(f"{VERSIONS}/{number}").text
    assert held["steps"][KEY]["overlay"] == {"note": {"fi": "Tiivistettävä."}}


@pytest.mark.parametrize("deed", ["update handbook_version set sha256 = 'x'", "delete from handbook_version",
                                  "delete from kept_text"])  # fmt: skip
def test_the_database_lets_nobody_change_what_is_kept(fresh, deed):
    url = fresh.settings.database_url.replace("+psycopg", "")
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(deed)


def test_two_versions_differ_word_by_word(fresh, cast):
    publish(cast.aino, note_fi="Soitamme aina ensin.")
    first = newest(fresh)
    publish(cast.aino, note_fi="Soitamme aina lopuksi.")
    text = cast.eero.get(f"{VERSIONS}/{newest(fresh)}/compare").text
    assert "<ins>lopuksi</ins>" in text and "<del>ensin</del>" in text
    assert "Yksi askel on toisin." in text
    text = cast.eero.get(f"{VERSIONS}/{first}/compare?with={newest(fresh)}").text
    assert "<ins>ensin</ins>" in text


def test_a_version_beside_the_national_text_shows_everything_of_ones_own(fresh, cast):
    publish(cast.aino, note_fi="Omamme.")
    text = cast.eero.get(f"{VERSIONS}/{newest(fresh)}/compare?with=national").text
    assert "Omamme." in text and "soita aina ensin" in text and "askelta on toisin." in text


@pytest.mark.parametrize("asked", ["999", "-1", "0", "x", "9" * 30])
def test_a_version_that_is_not_there_is_nowhere(fresh, cast, asked):
    publish(cast.aino, note_fi="Omamme.")
    assert cast.aino.get(f"{VERSIONS}/{newest(fresh)}/compare?with={asked}").status_code == 404
    assert cast.aino.get(f"{VERSIONS}/{asked}").status_code == 404


def test_a_step_is_taken_back_from_a_version(fresh, cast):
    publish(cast.aino, note_fi="Vanha hyvä.")
    first = newest(fresh)
    publish(cast.aino, note_fi="Uusi huono.")
    form = {"version": form_of(cast.aino)["version"]}
    at = f"{VERSIONS}/{first}/steps/{KEY}/return"
    assert cast.eero.post(at, form).status_code == 403
    assert cast.aino.post(at, {"version": "99"}).status_code == 409
    assert cast.aino.post(at, form).status_code == 303
    assert "Vanha hyvä." in in_force(cast.aino)
    assert newest(fresh) == first + 2
    again = {"version": form_of(cast.aino)["version"]}
    assert "mitään ei julkaistu" in cast.aino.follow(cast.aino.post(at, again)).text


def test_versions_are_read_by_the_provider_alone(fresh, cast):
    publish(cast.aino, note_fi="Omamme.")
    number = newest(fresh)
    for path in ("", f"/{number}", f"/{number}/file", f"/{number}/compare"):
        assert cast.siiri.get(VERSIONS + path).status_code == 404
        assert cast.kaisa.get(VERSIONS + path).status_code == 404
        assert cast.ville.get(VERSIONS + path).status_code == 200
        assert cast.nobody.get(VERSIONS + path).status_code == 303


def test_a_version_before_an_update_still_reads_on_its_own_release(fresh, cast):
    from tests.faults.providers import publish as publish_release

    publish(cast.aino, STEP, note_fi="Ennen päivitystä.")
    first = newest(fresh)
    publish_release()
    fresh.work()
    take(cast.aino, offered(cast.aino))
    text = cast.eero.get(f"{VERSIONS}/{first}").text
    assert "Ennen päivitystä." in text and "viitemalli 1.0" in text.lower()
    assert cast.eero.get(f"{VERSIONS}/{newest(fresh)}/compare?with={first}").status_code == 200


def test_a_draft_written_two_releases_ago_is_brought_onto_the_one_in_use(fresh, cast):
    guidance = form_of(cast.aino)["guidance_fi"]
    save(cast.aino, note_fi="Kaksi versiota sitten.", guidance_fi=f"{guidance} Oma virke.")
    first, *rest = guidance.split(". ")
    for number, old, new in (("1.2", first, "Ensimmäinen"), ("1.3", "Ensimmäinen", "Toinen alku")):
        nation.publish(number, lambda draft, old=old, new=new: draft.rewrite(KEY, old, new))
        fresh.work()
        take(cast.aino, offered(cast.aino))
    listed = cast.aino.get("/o/lumo/drafts").text
    assert "Yksi kysymys" not in listed
    assert cast.aino.post(f"{NEW}/draft/publication").status_code == 303
    text = form_of(cast.aino)["guidance_fi"]
    assert text == ". ".join(["Toinen alku", *rest]) + " Oma virke."
    assert "Kaksi versiota sitten." in in_force(cast.aino)


def test_a_draft_on_a_step_that_an_update_takes_away_lies_on_the_shelf_and_its_writer_is_told(fresh, cast):
    save(cast.aino, note_fi="Tämä ei katoa.")
    nation.publish("1.2", lambda draft: draft.remove(KEY))
    fresh.work()
    take(cast.aino, offered(cast.aino))
    listed = cast.aino.get("/o/lumo/drafts").text
    assert "Askel on poistunut" in listed
    fresh.work()
    assert "Tämä ei katoa." in cast.aino.get("/o/lumo/shelf").text
    assert "Ei luonnoksia" in cast.aino.get("/o/lumo/drafts").text
    assert "Luonnoksesi on hyllyllä" in fresh.letters("aino@lumo.example")[0].subject


def test_between_tells_added_changed_and_removed_steps():
    old = {"a": {"name": {"fi": "A"}, "note": {"fi": "yksi"}}, "b": {"name": {"fi": "B"}}}
    new = {"a": {"name": {"fi": "A"}, "note": {"fi": "kaksi"}}, "c": {"name": {"fi": "C"}, "time_limit": {"value": 2}}}
    found = between(old, new, ["fi"])
    assert [(each.key, each.kind) for each in found] == [("a", "changed"), ("c", "added"), ("b", "removed")]
    assert [row.field for row in found[1].rows] == ["name", "time_limit"]


def test_what_changed_since_a_version_is_told_step_by_step(fresh, cast):
    publish(cast.aino, note_fi="Yksi.")
    first = newest(fresh)
    publish(cast.aino, "/o/lumo/map/mid-review", note_fi="Kaksi.")
    publish(cast.aino, "/o/lumo/map/mid-review", note_fi="Kolme.")
    with acting_as("eero") as actor:
        assert changed_since(actor, first) == {"mid-review": first + 2}
        assert in_force_on(actor).number == first + 2
        assert changed_since(actor, first + 2) == {}


def test_the_pages_of_versions_cost_the_same_for_many(fresh, cast):
    publish(cast.aino, note_fi="Yksi.")
    number = newest(fresh)
    paths = ("", f"/{number}", f"/{number}/compare")
    for path in paths:
        cast.eero.get(VERSIONS + path)
    one = [statements(fresh, lambda path=path: cast.eero.get(VERSIONS + path))[0] for path in paths]
    for step in ("mid-review", "safety-check", "planning-invite"):
        publish(cast.aino, f"/o/lumo/map/{step}", note_fi="Lisää.")
    number = newest(fresh)
    paths = ("", f"/{number}", f"/{number}/compare")
    many = [statements(fresh, lambda path=path: cast.eero.get(VERSIONS + path))[0] for path in paths]
    assert many == one
    assert max(one) <= 18
