"""Invited by mail: seen, accepted once, and never by somebody else."""

import threading

import pytest

from tests.tenants.conftest import Invite
from tests.visitor import Visitor, form_key


def test_the_mail_says_who_asks_where_to_and_as_what(invite):
    letter = invite.sent().letter
    assert letter.subject == "Kerttu Kivi kutsuu sinut: Kahvila Kanerva"
    for words in (
        "Hei Uusi Utu",
        "Lumon koulutuskuntayhtymä",
        "Kahvila Kanerva",
        "työpaikan vastuuhenkilö",
        "30 päivää",
    ):
        assert words in letter.text
    assert "Avaa kutsu" in letter.html and len(invite.world.letters(invite.email)) == 1


@pytest.mark.parametrize(("language", "words"), [("fi", "Hyväksyn kutsun"), ("sv", "Jag tackar ja"), ("en", "Accept")])
def test_the_page_speaks_the_language_of_the_invitation(fresh, cast, language, words):
    invite = Invite(fresh, cast.nobody, language=language).sent()
    assert invite.letter.language == language
    shown = cast.nobody.get(invite.path).text
    assert f'<html lang="{language}"' in shown and words in shown
    for fact in ("Kerttu Kivi", "Lumon koulutuskuntayhtymä", "Kahvila Kanerva", invite.email, 'value="Uusi Utu"'):
        assert fact in shown


@pytest.mark.parametrize("htmx", [False, True])
def test_accepting_makes_a_member_who_is_signed_in(invite, htmx):
    answer = invite.sent().accept(name="Uusi Utu-Aalto", language="sv", htmx=htmx)
    assert (answer.headers["HX-Redirect"] if htmx else answer.location) == "/o/kahvila-kanerva/"
    assert invite.members() == [("Uusi Utu-Aalto", ["owner", "signatory"])]
    shown = invite.browser.get("/organisations").text
    assert "Du är inloggad" in shown and invite.email in shown and "Kahvila Kanerva" in shown


def test_looking_uses_nothing(invite):
    invite.sent()
    for _ in range(20):
        assert invite.browser.get(invite.path).status_code == 200
        assert invite.browser.client.head(invite.path).status_code == 200
    assert invite.members() == []
    assert invite.accept().status_code == 303


@pytest.mark.parametrize("htmx", [False, True])
def test_a_name_that_is_missing_or_too_long_is_mended(invite, htmx):
    invite.sent()
    for name in ("", "x" * 300):
        answer = invite.accept(name=name, language="xx", htmx=htmx)
        assert answer.status_code == 422 and 'href="#f-name"' in answer.text and 'href="#f-language"' in answer.text
    assert invite.members() == [] and invite.accept().status_code == 303


def test_a_used_invitation_tells_the_way_in(invite, other):
    invite.sent().accept()
    shown = other.get(invite.path)
    assert "jo hyväksytty" in shown.text and f'value="{invite.email}"' in shown.text
    assert other.post(invite.path, {"name": "Toinen", "language": "fi"}).status_code == 409
    assert other.get("/organisations").status_code == 303
    assert len(invite.members()) == 1
    assert invite.browser.get(invite.path).location == "/o/kahvila-kanerva/"


def test_an_old_invitation_tells_whom_to_ask(fresh, invite):
    invite.sent()
    with fresh.superuser_connection() as connection:
        connection.execute("update link set expires_at = now()")
    shown = invite.browser.get(invite.path).text
    assert "liian vanha" in shown and "Pyydä uusi: Kerttu Kivi" in shown
    assert invite.browser.post(invite.path, {"name": "Uusi", "language": "fi"}).status_code == 409
    assert invite.members() == []


def test_a_forwarded_invitation_is_not_for_who_is_signed_in(invite, cast):
    invite.sent()
    shown = cast.matti.get(invite.path).text
    assert f"lähetettiin osoitteeseen {invite.email}" in shown and "Kirjaudu ulos" in shown
    assert cast.matti.post(invite.path, {"name": "Matti", "language": "fi"}).status_code == 409
    assert invite.members() == []


def test_a_forwarded_invitation_does_not_open_an_account_that_is_there(fresh, cast):
    """Kaisa's colleague got her mail: Kaisa's mailbox is asked, the colleague is nobody."""
    invite = Invite(fresh, cast.nobody, email="kaisa@kahvila-kanerva.example", workplace="paja").sent()
    assert invite.accept().location == "/sign-in/code"
    assert cast.nobody.get("/organisations").status_code == 303
    fresh.work()
    code = fresh.letters(invite.email)[0].text.split("koodi: ")[1][:7]
    assert cast.nobody.post("/sign-in/code", {"code": code}).location == "/o/paja/"
    shown = cast.nobody.get("/organisations").text
    assert "Paja Oy" in shown and "Kahvila Kanerva" in shown


def test_a_member_takes_on_the_roles_and_comes_to_that_organisation(fresh, cast):
    invite = Invite(fresh, cast.kaisa, email="kaisa@kahvila-kanerva.example").sent()
    assert invite.accept().location == "/o/kahvila-kanerva/"
    assert invite.members() == [("Kaisa Kanerva", ["owner", "instructor", "signatory"])]


def test_a_double_click_makes_one_member(fresh, invite):
    invite.sent()
    key = form_key(invite.browser.get(invite.path))
    values = {"name": "Uusi Utu", "language": "fi", "_key": key}
    assert invite.browser.post(invite.path, values).status_code == 303
    second = Visitor(fresh, None)
    answer = second.post(invite.path, values)
    assert answer.status_code in (303, 409) and "Set-Cookie" not in answer.headers
    assert len(invite.members()) == 1


def test_two_presses_at_the_same_moment_make_one_member(fresh, invite):
    path = invite.sent().path
    statuses: list[int] = []

    def press() -> None:
        visitor = Visitor(fresh, None)
        values = {"name": "Uusi Utu", "language": "fi"}
        statuses.append(visitor.post(path, values).status_code)

    presses = [threading.Thread(target=press) for _ in range(3)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert sorted(statuses) == [303, 409, 409]
    assert len(invite.members()) == 1


def test_an_invitation_that_never_was_is_not_found(cast):
    for token in ("x", "x" * 43):
        assert cast.nobody.get(f"/invitation/{token}").status_code == 404
        assert cast.nobody.post(f"/invitation/{token}", {"name": "x", "language": "fi"}).status_code == 404


def test_a_link_of_another_kind_opens_no_invitation(fresh, invite):
    invite.sent()
    with fresh.superuser_connection() as connection:
        connection.execute("update link set kind = 'sign'")
    assert invite.browser.get(invite.path).status_code == 404


def test_nothing_secret_of_the_invitation_is_kept(fresh, invite):
    token = invite.sent().path.rsplit("/", 1)[1]
    with fresh.superuser_connection() as connection:
        rows = connection.execute(
            "select row_to_json(m)::text from mail m union all select row_to_json(l)::text from link l"
            " union all select row_to_json(o)::text from outbox o"
        ).fetchall()
    assert rows and not [row for (row,) in rows if token in row]


def test_the_log_tells_of_both(fresh, invite, cast):
    invite.sent().accept()
    shown = cast.aino.get("/o/lumo/log").text
    assert "Kerttu Kivi kutsui henkilön palveluun." in shown and "Uusi Utu hyväksyi kutsun." in shown
