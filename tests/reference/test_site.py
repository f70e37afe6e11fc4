"""Published releases for everyone: addresses that stay, the canonical file, the feed. Drafts are nowhere."""

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.reference import feed, queries, services
from parasta_saas.reference.standing import standings
from tests.reference import road

HOME = "/reference/releases"
ATOM = {"a": feed.ATOM}


def publish(number="1.1", days=90, **given):
    with acting_as("tapio") as tapio:
        draft = queries.draft_for(tapio, road.draft_id(number))
        services.publish_release(tapio, draft, transition_until=today() + timedelta(days=days), **given)


def release(number, day, *, begins=None, withdraws=None):
    at = datetime(2026, 1, day, 12, tzinfo=UTC)
    return SimpleNamespace(id=number, number=number, released_at=at, in_force_from=begins, withdraws_id=withdraws)


def test_one_release_is_in_force_and_the_others_say_since_when_not():
    found = standings(
        [release("1.0", 1), release("1.1", 5), release("2.0", 9, begins=date(2026, 3, 1))], date(2026, 2, 1)
    )
    assert {k: (s.state, s.until, s.by) for k, s in found.items()} == {
        "1.0": ("superseded", date(2026, 1, 5), "1.1"),
        "1.1": ("in_force", None, ""),
        "2.0": ("coming", None, ""),
    }
    assert found["2.0"].since == date(2026, 3, 1)


def test_a_withdrawn_release_says_by_which_one():
    found = standings([release("1.0", 1), release("1.1", 5), release("1.2", 9, withdraws="1.1")], date(2026, 2, 1))
    assert [found[n].state for n in ("1.0", "1.1", "1.2")] == ["superseded", "withdrawn", "in_force"]
    assert (found["1.1"].by, found["1.1"].until) == ("1.2", date(2026, 1, 9))


@pytest.mark.parametrize("path", ["", "/1.0", "/1.0/steps/mid-review", "/1.0/changes", "/1.0/release.json"])
@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_everyone_reads_a_release_in_three_languages(cast, path, code):
    answer = cast.nobody.get(HOME + path, headers={"Accept-Language": code})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/1.1", "/1.1/steps/mid-review", "/1.1/changes", "/1.1/release.json", "/9.9", "/x",
                                  "/1.0/steps/nowhere", "/%00", "/1.0'--", "/" + "1" * 500])  # fmt: skip
@pytest.mark.parametrize("who", ["nobody", "aino", "nelli"])
def test_drafts_and_unknown_numbers_are_nowhere(cast, path, who):
    assert getattr(cast, who).get(HOME + path).status_code == 404


def test_the_file_is_what_the_fingerprint_was_made_of(cast):
    answer = cast.nobody.get(f"{HOME}/1.0/release.json")
    sha = hashlib.sha256(answer.data).hexdigest()
    assert answer.headers["ETag"] == f'"{sha}"' and sha in cast.nobody.get(f"{HOME}/1.0").text
    assert json.loads(answer.data)["number"] == "1.0" and answer.mimetype == "application/json"
    assert "release-1.0.json" in answer.headers["Content-Disposition"]


def test_every_download_of_a_release_is_there(cast):
    page = cast.nobody.get(f"{HOME}/1.0").text
    links = re.findall(rf'href="({HOME}/1.0/(?:release.json|diagrams/[^"]+))"', page)
    assert len(links) >= 2
    for link in links:
        assert cast.nobody.get(link).status_code == 200, link


def test_who_has_the_file_is_not_sent_it_again(cast):
    first = cast.nobody.get(f"{HOME}/1.0/release.json")
    for condition in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = cast.nobody.get(f"{HOME}/1.0/release.json", headers=condition)
        assert (again.status_code, again.data) == (304, b"")
    assert cast.nobody.get(f"{HOME}/1.0/release.json", headers={"If-None-Match": '"other"'}).status_code == 200


def test_an_old_release_stays_and_says_so(fresh, cast):
    publish()
    new, old = cast.nobody.get(f"{HOME}/1.1").text, cast.nobody.get(f"{HOME}/1.0").text
    assert "Voimassa" in new and "12 askelta muuttuu versioon 1.0 verrattuna" in new
    assert "aiempi versio" in old and f'{HOME}/1.1"' in old
    for path in ("/1.0/steps/mid-review", "/1.0/changes"):
        assert "aiempi versio" in cast.nobody.get(HOME + path).text
    assert "aiempi versio" not in cast.nobody.get(f"{HOME}/1.1/steps/mid-review").text
    one, every = (cast.nobody.get(f"{HOME}/1.1/changes{more}").text for more in ("", "?languages=all"))
    assert one.count('class="diff"') >= 12 and every.count('class="diff"') == 3 * one.count('class="diff"')


def test_the_notes_speak_to_three_readers(fresh, cast):
    publish()
    page = cast.nobody.get(f"{HOME}/1.1").text
    for title in ("Koulutuksen järjestäjälle", "Opiskelijalle", "Työpaikalle"):
        assert title in page


def test_a_coming_release_is_readable_before_its_day(fresh, cast):
    publish(in_force_from=today() + timedelta(days=10))
    assert "tulee voimaan" in cast.nobody.get(f"{HOME}/1.1").text
    assert "aiempi versio" not in cast.nobody.get(f"{HOME}/1.0").text


def test_a_withdrawn_release_is_kept_and_marked(fresh, cast):
    publish()
    with acting_as("tapio") as tapio:
        reason = {"fi": "Virhe.", "sv": "Fel."}
        services.withdraw_release(tapio, queries.current_release(), number="1.2", reason=reason)
    assert "peruttiin" in cast.nobody.get(f"{HOME}/1.1").text
    assert "Voimassa" in cast.nobody.get(f"{HOME}/1.2").text
    first = ET.fromstring(cast.nobody.get("/reference/feed.xml?lang=fi").data).findall("a:entry", ATOM)
    assert [e.find("a:category", ATOM).get("term") for e in first] == ["in_force", "withdrawn", "superseded"]


@pytest.mark.parametrize(("asked", "language"), [("fi", "fi"), ("sv", "sv"), ("en", "en"), ("xx", "fi"), ("", "fi")])
def test_the_feed_is_atom_in_the_asked_language(cast, asked, language):
    answer = cast.nobody.get(f"/reference/feed.xml?lang={asked}")
    root = ET.fromstring(answer.data)
    assert answer.mimetype == "application/atom+xml" and root.tag == f"{{{feed.ATOM}}}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    check_atom(root)
    again = cast.nobody.get(f"/reference/feed.xml?lang={asked}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def check_atom(root):
    """What RFC 4287 §4.1 asks of a feed and its entries."""
    for element in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"a:{name}", ATOM)
            assert found.text
        assert element.find("a:id", ATOM).text.startswith("http")
        assert datetime.fromisoformat(element.find("a:updated", ATOM).text).tzinfo
        relations = [
            (link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall("a:link", ATOM)
        ]
        assert len(relations) == len(set(relations)) and "alternate" in {rel for rel, _, _ in relations}
    assert root.find("a:author/a:name", ATOM).text and root.find("a:link[@rel='self']", ATOM) is not None
    ids = [e.find("a:id", ATOM).text for e in root.findall("a:entry", ATOM)]
    assert len(ids) == len(set(ids))


def test_an_empty_feed_and_odd_characters_are_well_formed():
    made = feed.Feed(
        url="https://x.example/f", page="https://x.example/", title="A", subtitle="", author="P", language="fi"
    )
    assert ET.fromstring(feed.atom(made)).find("a:updated", ATOM).text.startswith("1970")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    odd = feed.Entry("https://x.example/1", "<b>&\x00\x0b]]>\ud800", "ä\uffff", at, at, "in_force", "x")
    whole = feed.Feed(made.url, made.page, "A", "", "P", "fi", (odd,))
    assert ET.fromstring(feed.atom(whole)).find("a:entry/a:title", ATOM).text == "<b>&]]>"
    with pytest.raises(ValueError):
        feed.atom(
            feed.Feed("u", "p", "A", "", "P", "fi", (feed.Entry("u", "t", "s", at, at.replace(tzinfo=None), "", ""),))
        )


def test_the_public_pages_cost_few_statements(fresh, cast):
    publish()
    limits = (("", 2), ("/1.1", 14), ("/1.1/changes", 11), ("/1.1/steps/mid-review", 6), ("/1.1/release.json", 6))
    for path, limit in limits:
        cast.nobody.get(HOME + path)
        fresh.statements.clear()
        cast.nobody.get(HOME + path)
        spent = [line for line in fresh.statements if "set_config" not in line]
        assert len(spent) <= limit, (path, spent)
