"""Send the sign-in mail: link and code are made here, so that they stand in the mail and nowhere else."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import mail
from ..core.access import Actor
from ..core.events import on
from ..core.i18n import _, using
from . import identity


@on("accounts.sign_in_asked")
def send_sign_in_mail(actor: Actor, body: dict[str, Any]) -> None:
    """Mail the link and the code; an unknown address gets a kind word instead."""
    minutes = current_app.config["SIGN_IN_MINUTES"]
    armed = identity.arm(UUID(body["request_id"]), minutes)
    if armed is None:
        return
    with using(armed.language):
        link_text = _("Sign in")
    mail.send(
        "sign_in" if armed.known else "sign_in_unknown",
        armed.name,
        armed.email,
        armed.language,
        f"sign-in-{body['request_id']}",
        link=f"{current_app.config['PUBLIC_URL']}/sign-in/{armed.token}",
        link_text=link_text,
        code=f"{armed.code[:3]} {armed.code[3:]}",
        minutes=minutes,
    )
