"""The demo's post office: newest first, by recipient, each letter in a frame that can do nothing."""

import smtplib
from email.message import EmailMessage

import pytest


@pytest.fixture
def post(fresh):
    """Send a letter to the sink as any program would."""

    def send(to: str, subject: str, html: str = "<html><head></head><body><a href='/x'>Avaa</a></body></html>") -> None:
        message = EmailMessage()
        message["Subject"], message["To"], message["From"] = subject, to, "parasta@parasta.invalid"
        message["Message-ID"] = f"<{subject}@parasta.invalid>"
        message.set_content("Hei, http://localhost/sign-in/abc <script>alert(1)</script>")
        message.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", fresh.smtp_port) as server:
            server.send_message(message)

    return send


def test_an_empty_post_office_says_what_to_do(cast):
    shown = cast.nobody.get("/demo/mail")
    assert shown.status_code == 200 and "Ei vielä viestejä" in shown.text and 'href="/sign-in"' in shown.text


def test_letters_are_listed_newest_first_and_by_recipient(cast, post):
    for number, to in enumerate(("a@x.example", "b@x.example", "a@x.example")):
        post(to, f"Kirje{number}")
    shown = cast.nobody.get("/demo/mail").text
    assert shown.index("Kirje2") < shown.index("Kirje1") < shown.index("Kirje0")
    only = cast.nobody.get("/demo/mail?to=b@x.example").text
    assert "Kirje1" in only and "Kirje0" not in only and '<option value="b@x.example" selected>' in only
    part = cast.nobody.get("/demo/mail?to=b@x.example", htmx=True).text
    assert "Kirje1" in part and "<html" not in part
    assert "Ei vielä viestejä" in cast.nobody.get("/demo/mail?to=nobody@x.example").text


def test_a_letter_is_read_and_its_link_can_be_pressed(cast, post):
    post("a@x.example", "Kirje")
    key = cast.nobody.get("/demo/mail").text.split('href="/demo/mail/')[1].split('"')[0]
    shown = cast.nobody.get(f"/demo/mail/{key}").text
    assert "a@x.example" in shown and "Kirje" in shown
    assert '<a href="http://localhost/sign-in/abc"' in shown and "<script>alert" not in shown
    assert "allow-scripts" not in shown and f'src="/demo/mail/{key}/html"' in shown


def test_the_html_of_a_letter_can_neither_run_nor_send_anything(cast, post):
    post("a@x.example", "Paha", "<html><head></head><body><script>alert(1)</script></body></html>")
    key = cast.nobody.get("/demo/mail").text.split('href="/demo/mail/')[1].split('"')[0]
    shown = cast.nobody.get(f"/demo/mail/{key}/html")
    policy = shown.headers.getlist("Content-Security-Policy")
    assert len(policy) == 1 and "default-src 'none'" in policy[0] and "sandbox " in policy[0]
    assert "script" not in policy[0] and "form-action 'none'" in policy[0]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert '<base target="_top">' in shown.text


@pytest.mark.parametrize("key", ["x", "..%2f..%2fsecret", "%2e%2e", "a" * 500])
def test_a_letter_that_is_not_there_is_not_found(cast, key):
    assert cast.nobody.get(f"/demo/mail/{key}").status_code == 404
    assert cast.nobody.get(f"/demo/mail/{key}/html").status_code == 404
