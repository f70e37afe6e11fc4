"""Every mail can be written in every language: a subject, a body, and HTML that says the same."""

from pathlib import Path

import pytest
from jinja2 import meta

from parasta_saas.core.i18n import LANGUAGES
from parasta_saas.core.mail import render

ROOT = Path(__file__).resolve().parents[2]
MAILS = sorted(p.stem for p in (ROOT / "templates" / "mail").glob("*.txt") if not p.name.startswith("_"))


NUMBERS = {"changed_steps", "questions", "minutes", "count", "days", "score", "taken"}


def words_for(env, name: str) -> dict[str, object]:
    """A value for every variable that the template asks for."""
    source, _, _ = env.loader.get_source(env, f"mail/{name}.txt")
    asked = meta.find_undeclared_variables(env.parse(source)) - set(env.globals)
    return {word: 3 if word in NUMBERS else "Sana" for word in asked}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_a_mail_renders(app, name, language):
    context = words_for(app.jinja_env, name) | {"to_name": "Aino Alanko", "link": "https://p.example/x"}
    context.pop("language", None)
    subject, words, html = render(name, language, **context)
    assert subject
    assert len(words) > 40
    assert f'lang="{language}"' in html
