"""Who sees what, the list, the places in other rooms' pages, and what each page costs."""

import pytest

from parasta_saas.agreements.naming import whose
from parasta_saas.cli.demo.acting import acting_as

QUERIES = {"index": 6, "show": 6, "sign": 7}


@pytest.fixture
def others(fresh):
    """The ids of Otso's sealed agreement and of Iida's, which waits for Hanna."""
    with fresh.superuser_connection() as above:
        rows = above.execute("select content->'student'->>'name', id from agreement").fetchall()
    return {name.split()[0].lower(): str(found) for name, found in rows}


SEEN = {
    ("oskari", "lumo"): (200, 200), ("sanni", "lumo"): (200, 200), ("eero", "lumo"): (200, 200),
    ("aino", "lumo"): (200, 200), ("kerttu", "lumo"): (200, 200), ("ville", "lumo"): (404, 404),
    ("mirja", "lumo"): (404, 404), ("iida", "lumo"): (404, 200), ("matti", "paja"): (200, 404),
    ("hanna", "kaislaranta"): (404, 200), ("joel", "kaislaranta"): (404, 200), ("lotta", "kaislaranta"): (404, 404),
    ("kaisa", "kahvila-kanerva"): (404, 404), ("siiri", "kaari"): (404, 404), ("pekka", "kaari"): (404, 404),
    ("stina", "fjarden"): (404, 404),
}  # fmt: skip


def test_everyone_sees_their_own_agreements_and_no_others(cast, others):
    for (who, at), (otso, iida) in SEEN.items():
        visitor = getattr(cast, who)
        for student, status in (("otso", otso), ("iida", iida)):
            address = f"/o/{at}/agreements/{others[student]}"
            assert visitor.get(address).status_code == status, (who, student)
            assert visitor.get(f"{address}/agreement.pdf").status_code == status, (who, student)


def test_students_and_guardians_have_no_list(cast):
    for who in ("ville", "mirja", "iida"):
        assert getattr(cast, who).get("/o/lumo/agreements").status_code == 403


def test_signed_out_people_are_asked_to_sign_in(cast, others):
    asked = cast.nobody.get(f"/o/lumo/agreements/{others['otso']}")
    assert asked.status_code == 303 and "sign-in" in asked.location


def test_what_waits_for_me_comes_first(cast, others):
    hanna = cast.hanna.get("/o/kaislaranta/agreements")
    assert "Odottaa sinua" in hanna.text and others["iida"] in hanna.text
    assert "Odottaa sinua" not in cast.joel.get("/o/kaislaranta/agreements").text
    assert "Sopimuksia ei vielä ole" in cast.kaisa.get("/o/kahvila-kanerva/agreements").text
    sealed = cast.oskari.get("/o/lumo/agreements?state=sealed")
    assert others["otso"] in sealed.text and others["iida"] not in sealed.text
    assert cast.oskari.get("/o/lumo/agreements?state=nonsense&cursor=!!!").status_code == 422


def test_drafts_are_the_staffs_own(path):
    path.make()
    assert path.cast.kaisa.get(path.at_workplace).status_code == 404
    assert path.cast.ville.get(path.at).status_code == 404
    assert "Odottaa sinua" in path.cast.oskari.get("/o/lumo/agreements").text


def test_sessions_placements_and_partnerships_lead_to_the_agreement(cast, others, fresh):
    asked = "select session_id, placement_id, p.id from agreement a join partnership p using (tenant_id, workplace_id)"
    with fresh.superuser_connection() as above:
        session, placement, partnership = above.execute(f"{asked} where a.id = %s", (others["otso"],)).fetchone()
    way = f"/o/lumo/agreements/{others['otso']}"
    for address in (f"sessions/{session}", f"placements/{placement}", f"partnerships/{partnership}"):
        assert way in cast.oskari.get(f"/o/lumo/{address}").text, address
    assert f"/o/paja/agreements/{others['otso']}" in cast.matti.get(f"/o/paja/placements/{placement}").text


def test_pages_cost_a_constant_number_of_statements(offered, others):
    world, cast = offered.world, offered.cast
    addresses = {
        "index": [(cast.oskari, "/o/lumo/agreements"), (cast.kaisa, "/o/kahvila-kanerva/agreements")],
        "show": [(cast.oskari, f"/o/lumo/agreements/{others['otso']}"), (cast.sanni, offered.at)],
        "sign": [(cast.nobody, offered.link())],
    }
    for name, visits in addresses.items():
        for visitor, address in visits:
            visitor.get(address)  # signs in
            world.statements.clear()
            assert visitor.get(address).status_code == 200
            asked = [s for s in world.statements if "set_config" not in s]
            assert len(asked) <= QUERIES[name], (name, asked)


def test_the_demo_waits_for_hanna_alone(cast, others, fresh):
    with fresh.superuser_connection() as above:
        found = above.execute("select side from agreement_signature where agreement_id = %s", (others["iida"],))
        assert {side for (side,) in found} == {"student", "provider"}
    assert "Allekirjoitan" in cast.hanna.get(f"/o/kaislaranta/agreements/{others['iida']}").text
    with acting_as("hanna") as hanna:
        assert hanna.has("owner")


@pytest.mark.parametrize(
    ("name", "fi", "sv"),
    [("Ville Virta", "Villen", "Villes"), ("Iida", "Iidan", "Iidas"), ("Emil", "Emilin", "Emils"),
     ("Matti", "Matin", "Mattis"), ("Pekka", "Pekan", "Pekkas"), ("Elias", "Eliaksen", "Elias"),
     ("Max", "Maxin", "Max"), ("", "", "")],
)  # fmt: skip
def test_whose_agreement_it_is(name, fi, sv):
    assert (whose(name, "fi"), whose(name, "sv")) == (fi, sv)
