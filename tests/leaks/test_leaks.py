"""Every route × method × role × foreign id, in address, query, body and list: no foreign word, no changed row.

The roles are the cast, nobody, and in one school a classmate, another teacher and another guardian.
"""

from urllib.parse import urlencode

import pytest

from parasta_saas.cli.demo.people import PEOPLE
from parasta_saas.core import events
from parasta_saas.core.access import Actor
from parasta_saas.tenants import queries as tenants_queries
from parasta_saas.tenants import services as tenants
from tests.faults.providers import publish
from tests.instructions.nation import shelve
from tests.instructions.versions.people import plant as plant_review
from tests.leaks import canary
from tests.leaks.routes import NoFixture, addresses, foreign_body, foreign_query
from tests.visitor import Visitor

ROLES = [p.slug for p in PEOPLE] + ["nobody"]
INSIDE = {"classmate": ("student",), "other_teacher": ("teacher",), "other_guardian": ("guardian",)}
REFUSED = {403, 404, 409, 422}
# Pages on which the national body sees every provider by its public name, and nothing else of it.
NAMES_PROVIDERS = {"adoption.index", "impact.show"}


def own_ids(connection) -> dict[str, str]:
    """One id per table: Lumo's rows, Ville's where a row hangs on a student."""
    lumo = connection.execute("select id from organisation where slug = 'lumo'").fetchone()[0]
    ville = connection.execute(
        "select id, workplace_id from placement where tenant_id = %s and student_name = 'Ville Virta'", (lumo,)
    ).fetchone()
    found = {"placement": ville[0]}
    tables = [t for t in canary._tables(connection) if t not in ("organisation", "membership", "placement", "relation")]
    for table in tables:
        key = "id" if table == "workplace_register" else "workplace_id" if table == "site" else "tenant_id"
        value = ville[1] if key != "tenant_id" else lumo
        row = connection.execute(f"select * from {table} limit 0")
        if not any(c.name == "id" for c in row.description):
            continue
        one = connection.execute(f"select id from {table} where {key} = %s order by id limit 1", (value,)).fetchone()
        if one:
            found[table] = one[0]
    found["membership"] = connection.execute(
        "select id from membership where organisation_id = %s order by id limit 1", (lumo,)
    ).fetchone()[0]
    release = connection.execute("select id from reference_release order by id limit 1").fetchone()
    found["reference_release"] = release[0]
    for table in ("reference_round", "reference_comment"):  # of the demo: the first comment is Aino's
        found[table] = connection.execute(f"select id from {table} order by id limit 1").fetchone()[0]
    met = "select id from kept_text where tenant_id = %s and kind = 'meeting' order by id limit 1"
    found["kept_text"] = connection.execute(met, (lumo,)).fetchone()[0]  # of a draft only its writer sees the page
    return found


@pytest.fixture(scope="module")
def planted(world):
    """The world with its canary copy and with an update offered to everybody."""
    world.dirty = True
    world.refresh()
    with world.app.app_context(), events.apart(Actor.system()):
        lumo = tenants_queries.organisation_at("lumo").id
        for slug, roles in INSIDE.items():
            tenants.add_member(
                Actor.system(), organisation_id=lumo, email=f"{slug}@lumo.example", name=f"Sivu {slug}", language="fi",
                roles=list(roles),
            )  # fmt: skip
    with world.app.app_context():
        publish()
        world.work()
        shelve()
        plant_review()
    with world.superuser_connection() as above:
        own = own_ids(above)
        canary.plant(above)
        before = canary.fingerprint(above)
    yield world, own, before
    world.dirty = True


def visit(visitor: Visitor, address, body: bytes = b"", query=""):
    if address.method == "GET":
        return visitor.get(address.path + (f"?{query}" if query else ""))
    return visitor.post(address.path, body, content_type="application/x-www-form-urlencoded")


def form(own: dict[str, str]) -> bytes:
    """The body for all commands as a browser sends it; written once and not for each of ten thousand requests."""
    return urlencode(foreign_body(own), doseq=True).encode()


def words(answer) -> str:
    """What an answer says, whatever it is made of."""
    return answer.get_data().decode("utf-8", errors="replace")


def slug_of(who: str) -> str:
    return next((p.at for p in PEOPLE if p.slug == who), "lumo")


def person(world, who: str) -> Visitor:
    if who == "nobody":
        return Visitor(world, None)
    if who in INSIDE:
        return Visitor(world, f"{who}@lumo.example")
    return getattr(world.cast(), who)


@pytest.mark.parametrize("who", ROLES)
def test_a_foreign_id_in_the_address_is_nowhere(planted, who):
    world, own, before = planted
    visitor, problems, body = person(world, who), [], form(own)
    for address in addresses(world.app, own, slug_of(who)):
        if not address.foreign or set(address.foreign) == {"release_id"}:
            continue
        answer = visit(visitor, address, body)
        away = answer.status_code == 303 and "/sign-in" in answer.location
        if canary.WORD in words(answer) or not (answer.status_code in REFUSED or away):
            problems.append(f"{address.method} {address.path} → {answer.status_code}")
    assert problems == []
    with world.superuser_connection() as above:
        assert canary.fingerprint(above) == before


@pytest.mark.parametrize("who", ROLES)
def test_foreign_ids_in_query_body_and_lists_reach_nothing(planted, who):
    world, own, before = planted
    visitor, problems = person(world, who), []
    body, query = form(own), foreign_query(own)
    with world.superuser_connection() as above:
        found = above.execute(
            "select name from organisation where kind = 'provider' and name like %s", (f"%{canary.WORD}%",)
        )
        names = [name for (name,) in found]
    for address in addresses(world.app, own, slug_of(who)):
        if address.foreign or address.endpoint in ("accounts.sign_out", "accounts.ask"):
            continue
        answer = visit(visitor, address, body, query)
        said = words(answer)
        if address.endpoint in NAMES_PROVIDERS and who in ("nelli", "tapio"):
            for name in names:
                said = said.replace(name, "")
        if canary.WORD in said or answer.status_code >= 500:
            problems.append(f"{address.method} {address.path} → {answer.status_code}")
    assert problems == []
    with world.superuser_connection() as above:
        assert canary.fingerprint(above) == before
        assert _crossing(above, own) == []


def _crossing(connection, own) -> list[str]:
    """Rows of Lumo that point into the other world."""
    lumo = connection.execute("select id from organisation where slug = 'lumo'").fetchone()[0]
    refs = [str(canary.moved(i)) for i in own.values()]
    found = []
    for table in canary._tables(connection):
        if table in ("organisation", "workplace_register", "site"):
            continue
        key = "organisation_id" if table == "membership" else "tenant_id"
        rows = connection.execute(
            f"select count(*) from {table} t where {key} = %s and exists"
            " (select 1 from unnest(%s::text[]) r where position(r in t::text) > 0)",
            (lumo, refs),
        ).fetchone()
        if rows[0]:
            found.append(f"{table}: {rows[0]}")
    return found


@pytest.mark.parametrize("who", ROLES)
def test_an_organisation_one_does_not_belong_to_is_nowhere(planted, who):
    world, own, _ = planted
    visitor, problems, body = person(world, who), [], form(own)
    for address in addresses(world.app, own, "kanaria-lumo"):
        if address.foreign or not address.path.startswith("/o/"):  # the organisation itself is the foreign one
            continue
        answer = visit(visitor, address, body)
        away = answer.status_code == 303 and "/sign-in" in answer.location
        if canary.WORD in words(answer) or not (answer.status_code == 404 or (who == "nobody" and away)):
            problems.append(f"{address.method} {address.path} → {answer.status_code}")
    assert problems == []


@pytest.mark.parametrize("who", INSIDE)
def test_inside_one_school_somebody_elses_student_is_nowhere(planted, who):
    world, own, _ = planted
    visitor, problems = person(world, who), []
    rules = _rules(world.app)
    private = {"placement_id", "session_id", "goal_id", "agreement_id", "pulse_id", "participant_id"}
    for address in addresses(world.app, own, "lumo"):
        if address.foreign or not address.path.startswith("/o/"):
            continue
        answer = visit(visitor, address)
        names = [a for a in private if a in rules[address.endpoint]]
        if "Ville Virta" in words(answer) or (names and answer.status_code not in (403, 404)):
            problems.append(f"{address.method} {address.path} → {answer.status_code}")
    assert problems == []


def _rules(app) -> dict[str, str]:
    """Endpoint → its first address."""
    return {rule.endpoint: str(rule) for rule in reversed([*app.url_map.iter_rules()])}


def test_the_same_addresses_with_own_ids_open_for_somebody(planted):
    """Without this, a 404 above could come from a wrong address."""
    world, own, _ = planted
    opened, closed, rules = set(), set(), _rules(world.app)
    for who in ("aino", "kerttu", "oskari", "eero", "kaisa", "matti", "hanna", "nelli"):
        visitor = person(world, who)
        for address in addresses(world.app, own, slug_of(who)):
            by_id = "<uuid:" in rules[address.endpoint] and address.path.startswith("/o/")
            if address.foreign or address.method != "GET" or not by_id:
                continue
            (opened if visit(visitor, address).status_code in (200, 303) else closed).add(address.endpoint)
    assert opened
    assert closed - opened == set()


def test_a_route_without_a_fixture_fails(app):
    fake = type("App", (), {"url_map": type("Map", (), {"iter_rules": lambda self: iter([_unknown(app)])})()})()
    with pytest.raises(NoFixture):
        list(addresses(fake, {}, "lumo"))


def _unknown(app):
    from werkzeug.routing import Rule

    rule = Rule("/o/<organisation>/secret/<uuid:secret_id>", endpoint="secret.show", methods=["GET"])
    rule.bind(app.url_map.__class__(converters=app.url_map.converters))
    return rule
