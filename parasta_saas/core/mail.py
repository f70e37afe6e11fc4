"""Mail is queued with the work that causes it and sent by a worker over SMTP.

A queued mail keeps ids and small words, no secret: a link's token is made when the mail is sent,
so that it stands in the mail and nowhere else. The key is unique per organisation: one mail, once.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit
from uuid import UUID

from flask import current_app
from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from . import i18n, links
from .access import Actor
from .clock import now
from .db import TenantOwned, db
from .events import Event, emit, event, on
from .failpoints import Point, reached
from .ids import uuid7


class Mail(TenantOwned, db.Model):
    """One mail to one person."""

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    key: Mapped[str]
    template: Mapped[str]
    to_name: Mapped[str]
    to_address: Mapped[str]
    language: Mapped[str]
    context: Mapped[dict[str, Any]]
    link: Mapped[dict[str, Any] | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]


@event
@dataclass(frozen=True, kw_only=True)
class MailQueued(Event):
    """A mail waits to be sent."""

    name: ClassVar[str] = "core.mail_queued"
    audited: ClassVar[bool] = False
    mail_id: UUID


def queue_mail(
    actor: Actor, key: str, template: str, *, to_name: str, to_address: str, language: str,
    link: dict[str, Any] | None = None, **context: Any,
) -> bool:  # fmt: skip
    """Queue one mail under a key; False if that mail was queued before.

    `link` is {kind, subject_id, path, days}: a token made at sending fills `%s` in path.
    """
    mail_id = uuid7()
    row = dict(
        tenant_id=actor.organisation_id, id=mail_id, created_at=now(), key=key, template=template, to_name=to_name,
        to_address=to_address, language=language, context=context, link=link, attempts=0,
    )  # fmt: skip
    made = db.session.execute(insert(Mail).values(row).on_conflict_do_nothing().returning(Mail.id)).scalar()
    if made:
        emit(actor, MailQueued(mail_id=mail_id))
        reached(Point.MAIL_QUEUED)
    return made is not None


@on("core.mail_queued")
def send_queued(actor: Actor, body: dict[str, Any]) -> None:
    """Send one queued mail; a failing server leaves it queued."""
    mail = db.session.get_one(Mail, (actor.organisation_id, UUID(body["mail_id"])))
    if mail.sent_at:
        return
    context = dict(mail.context)
    if mail.link:
        token = links.issue(
            mail.link["kind"], organisation_id=UUID(mail.link.get("organisation_id", str(mail.tenant_id))),
            subject_id=UUID(mail.link["subject_id"]), person_name=mail.to_name, email=mail.to_address,
            language=mail.language, days=mail.link.get("days", 14),
        )  # fmt: skip
        context["link"] = current_app.config["PUBLIC_URL"] + mail.link["path"] % token
    context.setdefault("sender", actor.organisation_name)
    mail.attempts += 1
    mail.sent_at = now()
    send(mail.template, mail.to_name, mail.to_address, mail.language, f"{mail.id}", **context)
    reached(Point.MAIL_TAKEN)


def render(template: str, language: str, **context: Any) -> tuple[str, str, str]:
    """Subject, text and HTML of templates/mail/<template>.txt, whose first line is the subject."""
    env = current_app.jinja_env  # and not render_template: a mail knows no request
    with i18n.using(language):
        context = {"language": language, **context}
        words = env.get_template(f"mail/{template}.txt").render(context)
        subject, _, body = words.partition("\n")
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", body.strip())]
        # The one address of a mail is its button: a personal link, or a page for whoever is signed in.
        context |= {"subject": subject, "paragraphs": paragraphs, "link": context.get("link") or context.get("address")}
        html = env.get_template("mail/_layout.html").render(context)
    return subject.strip(), "\n\n".join(paragraphs) + "\n", html


def send(template: str, to_name: str, to_address: str, language: str, key: str, **context: Any) -> None:
    """Send over SMTP now; raises OSError or SMTPException when the server does not take it."""
    subject, words, html = render(template, language, to_name=to_name, **context)
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = to_address
    message["Date"] = formatdate(now().timestamp())
    message["Message-ID"] = f"<{key}@parasta.invalid>"
    message.set_content(words)
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = language  # set_content would take it away
    with server(current_app.config["SMTP_URL"]) as smtp:
        smtp.send_message(message)


@contextmanager
def server(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """A mail server that took our name and password; raises OSError (SMTPException is one)."""
    url = urlsplit(smtp_url)
    host, at_once = url.hostname or "127.0.0.1", url.scheme == "smtps"
    # Reading the machine's certificates takes 20 ms; a mail to a server beside us needs none.
    trusted = ssl.create_default_context() if at_once or url.username else None
    with (
        smtplib.SMTP_SSL(host, url.port or 465, timeout=10, context=trusted)
        if at_once
        else smtplib.SMTP(host, url.port or 25, timeout=10)
    ) as smtp:
        if url.username:
            if not at_once:
                smtp.starttls(context=trusted)  # a password never travels in the open
            smtp.login(unquote(url.username), unquote(url.password or ""))
        yield smtp
