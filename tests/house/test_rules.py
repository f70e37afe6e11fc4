"""The rules of the house that a reader would otherwise have to remember."""

import ast
import re
from pathlib import Path

from parasta_saas.core import events, i18n
from parasta_saas.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "parasta_saas").rglob("*.py"))


def _where(pattern: str, allowed: tuple[str, ...]) -> list[str]:
    found = []
    for path in CODE:
        name = str(path.relative_to(ROOT / "parasta_saas"))
        if name.startswith(allowed) or any(part in name for part in allowed if "/" in part):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{name}:{number}: {line.strip()}")
    return found


def test_only_core_commits():
    assert _where(r"\.commit\(\)", ("core/", "app.py", "cli/workers.py")) == []


def test_selects_live_in_queries():
    reads = r"\bselect\(|session\.scalars?\(|\.query\("
    assert _where(reads, ("core/", "cli/", "accounts/identity.py", "/queries")) == []


def test_flush_says_why():
    bare = _where(r"session\.flush\(\)(?!.*#)", ("core/",))
    assert bare == [], "say after `#` why the flush is needed"


def test_htmx_headers_live_in_core():
    assert _where(r"HX-|request\.htmx", ("core/", "app.py")) == []


def test_no_urls_of_registries():
    hosts = re.compile(r"(pypi|npmjs|pythonhosted|debian)\.(org|com)")
    files = ("package.json", "package-lock.json", "README.md", "Makefile")
    places = [*CODE, *(ROOT / "requirements").glob("*"), *(ROOT / name for name in files)]
    assert [str(p) for p in places if p.exists() and hosts.search(p.read_text())] == []


def test_every_service_asks_a_policy_and_has_a_docstring():
    problems = []
    for path in CODE:
        if "/services" not in str(path) and path.name != "services.py":
            continue
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            words = ast.get_docstring(node) or ""
            source = ast.unparse(node)
            open_to_all = any(w in words for w in ("Open to", "One's own", "The caller", "Asks no policy:"))
            if not words or not ("require(" in source or open_to_all):
                problems.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert problems == [], "ask require(policies.…) or say in the docstring why not (Open to …, Asks no policy: …)"


def test_every_audited_event_has_a_sentence_in_three_languages(app):
    problems = []
    for event in events.EVENTS.values():
        if not event.audited:
            continue
        if not event.sentence:
            problems.append(event.name)
        for code in ("fi", "sv"):
            with i18n.using(code):
                if event.sentence and i18n._(event.sentence, actor="%(actor)s") == event.sentence:
                    problems.append(f"{event.name} in {code}")
    assert problems == []


def test_every_handler_listens_to_a_known_event(app):
    assert [h.key for h in events.HANDLERS.values() if h.event not in events.EVENTS] == []


def test_every_setting_is_documented():
    from dataclasses import fields

    words = (ROOT / "docs" / "settings.md").read_text()
    assert [f.name.upper() for f in fields(Settings) if f"`{f.name.upper()}`" not in words] == []
