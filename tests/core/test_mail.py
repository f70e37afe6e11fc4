"""Mail: queued once under its key, sent over SMTP in the reader's language, its secrets nowhere else."""

import re
import smtplib
import ssl
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.cli.mail_sink import Keeper
from parasta_saas.core import links, mail, scope
from parasta_saas.core.access import Actor
from parasta_saas.core.i18n import LANGUAGES
from parasta_saas.core.tokens import hash_token
from tests import cast as the_cast
from tests.core.certificates import server_context
from tests.core.probe import organisation_id, rows

WORDS = dict(organisation="Paja Oy", invited_by="Kerttu Kivi", days=30, roles="opettaja", link_text="Avaa kutsu")


def queue(key: str = "probe:1", *, language: str = "fi", **changes) -> bool:
    with acting_as("kerttu") as kerttu:
        return mail.queue_mail(
            kerttu, key, "invitation", to_name="Matti Mäki", to_address="matti@paja.example", language=language,
            link={"kind": "invitation", "subject_id": str(kerttu.organisation_id), "path": "/invitation/%s"},
            **{**WORDS, **changes},
        )  # fmt: skip


def test_one_key_is_one_mail(fresh):
    assert [queue("probe:1"), queue("probe:1"), queue("probe:2")] == [True, False, True]
    fresh.work()
    assert len(fresh.letters("matti@paja.example")) == 2
    assert queue("probe:1") is False, "also when it has been sent"
    sent = rows(fresh, "select attempts, sent_at is not null from mail where key like 'probe:%%'")
    assert sent == [(1, True), (1, True)]


def test_another_organisation_may_use_the_same_key(fresh):
    queue("probe:1")
    with acting_as("siiri") as siiri:
        assert mail.queue_mail(siiri, "probe:1", "invitation", to_name="N", to_address="n@x.example", language="fi")


def test_a_letter_is_whole(fresh):
    queue(language="sv", invited_by="Kerttu Å & Ö")
    fresh.work()
    (letter,) = fresh.letters("matti@paja.example")
    assert letter.to == "matti@paja.example" and letter.language == "sv"
    assert "Kerttu Å & Ö" in letter.subject and "Paja Oy" in letter.subject
    assert "Kerttu Å & Ö" in letter.text and "Kerttu Å &amp; Ö" in letter.html and '<html lang="sv"' in letter.html
    assert re.fullmatch(r"<[0-9a-f-]{36}@parasta\.invalid>", letter.message_id)


def test_the_link_is_in_the_mail_and_nowhere_else(fresh):
    queue()
    fresh.work()
    (letter,) = fresh.letters("matti@paja.example")
    token = re.search(r"http://localhost/invitation/(\S+)", letter.text)[1]
    assert token in letter.html
    assert rows(fresh, "select count(*) from link where token_hash = %s", hash_token(token)) == [(1,)]
    for table in ("mail", "outbox", "delivery", "audit_entry", "link"):
        assert rows(fresh, f'select count(*) from "{table}" t where t::text like %s', f"%{token}%") == [(0,)]
    with scope.acting(Actor.anonymous()):
        _link, guest = links.open_link("invitation", token)
    assert (guest.name, guest.organisation_id) == ("Matti Mäki", organisation_id("lumo"))


def test_words_of_people_make_no_headers_and_no_html(fresh):
    queue(invited_by="Eve\r\nBcc: all@lumo.example\r\n\r\n<script>alert(1)</script>")
    fresh.work()
    (letter,) = fresh.letters("matti@paja.example")
    assert fresh.letters("all@lumo.example") == []
    assert letter.subject == "Eve" and "Bcc: all@lumo.example" in letter.text
    assert "<script>" not in letter.html


def test_a_rolled_back_request_queues_nothing(fresh):
    with pytest.raises(ZeroDivisionError), acting_as("kerttu") as kerttu:
        mail.queue_mail(kerttu, "probe:1", "invitation", to_name="N", to_address="n@x.example", language="fi")
        raise ZeroDivisionError
    fresh.work()
    assert fresh.letters("n@x.example") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_speaks_its_own_language_whoever_asked(fresh, language):
    shown = {code: mail.render("invitation", code, to_name="M", link="http://x", **WORDS) for code in LANGUAGES}
    subject, words, html = shown[language]
    assert len({s for s, _words, _html in shown.values()}) == 3 and "Kerttu Kivi" in subject
    assert f'<html lang="{language}"' in html and words.endswith("\n")


class Guarded:
    """A mail server that wants a name and a password over TLS."""

    def __init__(self, folder) -> None:
        context, self.trusted = server_context(folder)
        self.heard: list[bytes] = []
        self.controller = Controller(
            Keeper(folder / "letters"), hostname="127.0.0.1", port=the_cast.free_port(), tls_context=context,
            require_starttls=True, auth_required=True, authenticator=self._knows,
        )  # fmt: skip

    def _knows(self, server, session, envelope, mechanism, data):
        self.heard.append(data.password)
        return AuthResult(success=data.password == b"hush/1", handled=False)

    def url(self, password: str = "hush%2F1") -> str:
        return f"smtp://parasta:{password}@127.0.0.1:{self.controller.port}"


@pytest.fixture
def guarded(tmp_path):
    made = Guarded(tmp_path)
    made.controller.start()
    yield made
    made.controller.stop()


def test_a_password_goes_only_to_a_server_whose_certificate_is_trusted(guarded):
    with pytest.raises(ssl.SSLCertVerificationError), mail.server(guarded.url()):
        pass
    assert guarded.heard == []


def test_name_and_password_of_the_setting_open_the_server(guarded, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(guarded.trusted))
    with mail.server(guarded.url()) as server:
        assert server.noop()[0] == 250
    with pytest.raises(smtplib.SMTPAuthenticationError), mail.server(guarded.url("wrong")):
        pass
    assert guarded.heard[0] == b"hush/1"


def test_a_password_is_never_sent_in_the_open(fresh):
    """The sink offers no TLS."""
    with pytest.raises(smtplib.SMTPNotSupportedError), mail.server(f"smtp://a:hush@127.0.0.1:{fresh.smtp_port}"):
        pass


def test_the_sender_is_the_one_of_the_settings(fresh, monkeypatch):
    monkeypatch.setitem(fresh.app.config, "MAIL_FROM", replace(fresh.settings, mail_from="Öky <o@x.example>").mail_from)
    queue()
    fresh.work()
    (file,) = fresh.mail_folder.glob("*.eml")
    assert "o@x.example" in file.read_text() and "\nTo: matti@paja.example" in file.read_text()
