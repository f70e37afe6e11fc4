"""Read a form or JSON once through its schema; keep what was typed when it can't be used."""

import secrets
from typing import Any

from flask import g, request
from marshmallow import Schema, ValidationError, fields
from sqlalchemy.dialects.postgresql import insert

from .access import Actor
from .db import db
from .errors import AlreadyDone, Invalid
from .i18n import _
from .outbox import FormKey


class Form:
    """What a person typed. `valid`, then `data`; else `errors` beside `values`."""

    def __init__(self, schema: type[Schema], values: dict[str, Any] | None = None) -> None:
        self.schema = schema()
        self.key = secrets.token_urlsafe(12)
        self.errors: dict[str, list[str]] = {}
        self.data: dict[str, Any] = {}
        self.values: dict[str, Any] = values if values is not None else self._read()
        if values is None:
            self._load()

    @classmethod
    def blank(cls, schema: type[Schema], **values: Any) -> "Form":
        """A form to be filled in, with these values in it."""
        return cls(schema, values)

    @property
    def valid(self) -> bool:
        return not self.errors

    def refuse(self, problem: Invalid) -> "Form":
        """Put a service's refusal beside the fields."""
        self.errors = {k: [str(m) for m in v] for k, v in problem.errors.items()}
        return self

    def _read(self) -> dict[str, Any]:
        if request.is_json:
            body = request.get_json(silent=True)
            return body if isinstance(body, dict) else {}
        many = {n for n, f in self.schema.fields.items() if isinstance(f, fields.List)}
        typed: dict[str, Any] = {
            k: [v for v in request.form.getlist(k) if v.strip()] if k in many else request.form[k] for k in request.form
        }
        return typed | {k: sent for k, sent in request.files.items() if sent.filename and k in self.schema.fields}

    def _load(self) -> None:
        try:
            self.data = self.schema.load(self.values)
        except ValidationError as problem:
            self.errors = _flat(problem.messages)


def _flat(messages: Any) -> dict[str, list[str]]:
    """{'goals': {0: ['…']}} → {'goals': ['…']}: one list per field."""
    if isinstance(messages, list):
        return {"_schema": [str(m) for m in messages]}
    return {str(k): [str(m) for m in _leaves(v)] for k, v in messages.items()}


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for v in value.values() for leaf in _leaves(v)]
    return [leaf for v in value for leaf in _leaves(v)] if isinstance(value, list) else [value]


def claim_key(actor: Actor) -> None:
    """Let a form in once: a double click or a reload of a sent form is told so and changes nothing."""
    key = request.form.get("_key", "")[:40] if request.method == "POST" and not request.is_json else ""
    key = key.replace("\x00", "")
    if not key or actor.organisation_id is None or g.get("form_key") == key:
        return
    g.form_key = key
    row = insert(FormKey).values(tenant_id=actor.organisation_id, key=key)
    if not db.session.execute(row.on_conflict_do_nothing().returning(FormKey.key)).scalar():
        raise AlreadyDone(_("This was already saved. The first one counts."))
