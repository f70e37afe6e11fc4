"""The documents say what is there: every path, test, command, link, package and setting that they name exists."""

import ast
import json
import re
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path

import pytest

from parasta_saas.cli import cli, commands  # noqa: F401  registers the commands
from parasta_saas.cli.demo import commands as demo_commands  # noqa: F401
from parasta_saas.core.settings import Settings, SettingsError

ROOT = Path(__file__).resolve().parents[2]
README, DEPENDENCIES = ROOT / "README.md", ROOT / "docs" / "dependencies.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROOMS = "parasta_saas|templates|migrations|tests|docs|deploy|benchmarks|requirements"
TICKED = re.compile(rf"`((?:{ROOMS})/[\w./-]+)(?::\w+)?`")
EXCERPT = re.compile(r"```(?:python|html)\n(?:#|\{#) ((?:parasta_saas|templates|tests)/\S+).*?\n(.*?)```", re.DOTALL)
ONLY_IN_INIT = {"SUPERUSER_DATABASE_URL"}
page_by_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))


def direct_packages() -> list[str]:
    """Every name in requirements/*.in and package.json."""
    lines = [li for f in sorted((ROOT / "requirements").glob("*.in")) for li in f.read_text().splitlines()]
    named = [re.split(r"[\[=<>~]", li)[0].strip() for li in lines if li and not li.startswith(("#", "-r"))]
    return [*named, *json.loads((ROOT / "package.json").read_text())["dependencies"]]


def locked() -> dict[str, str]:
    """Package → version, from the two lock files."""
    python = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", (ROOT / "requirements" / "dev.txt").read_text(), re.M)
    node = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return dict(python) | {n.removeprefix("node_modules/"): p["version"] for n, p in node.items() if n}


@cache
def names_of_tests() -> set[str]:
    trees = [ast.parse(path.read_text()) for path in (ROOT / "tests").rglob("*.py")]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} | {
        path.stem for path in (ROOT / "tests").rglob("*.py")
    }


def test_the_first_lines_of_the_readme_are_the_two_commands():
    first = "\n".join(README.read_text().splitlines()[:6])
    assert "make demo" in first
    assert "make test" in first


def test_every_direct_dependency_is_listed_with_its_locked_version():
    words, versions = DEPENDENCIES.read_text(), locked()
    assert [n for n in direct_packages() if f"| `{n}` | {versions[n]} |" not in words] == []


def test_no_dependency_is_listed_that_is_not_there():
    listed = re.findall(r"^\| `([^`]+)` \|", DEPENDENCIES.read_text(), re.M)
    assert sorted(set(listed) - set(direct_packages())) == []


@page_by_page
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[\w-]*)?\)", page.read_text())
    assert [li for li in links if "//" not in li and not (page.parent / li).exists()] == []


@page_by_page
def test_every_named_path_exists(page):
    assert [p for p in TICKED.findall(page.read_text()) if not (ROOT / p.rstrip("/")).exists()] == []


@page_by_page
def test_every_named_test_exists(page):
    named = set(re.findall(r"\b(test_\w+)\b", page.read_text()))
    assert sorted(named - names_of_tests()) == []


@page_by_page
def test_every_named_command_exists(page):
    words = page.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    ticked = " ".join(re.findall(r"`[^`\n]+`|```.*?```", words, re.S))
    assert sorted(set(re.findall(r"\bmake ([a-z-]+)", ticked)) - targets) == []
    assert sorted(set(re.findall(r"(?:`|/|^)parasta ([a-z-]+)", ticked, re.M)) - set(cli.commands)) == []


@page_by_page
def test_every_excerpt_stands_in_the_code_word_for_word(page):
    strange = [
        name for name, code in EXCERPT.findall(page.read_text()) if code.strip() not in (ROOT / name).read_text()
    ]
    assert strange == []


def test_the_pictures_are_light():
    heavy = [p.name for p in (ROOT / "docs" / "pictures").iterdir() if p.stat().st_size > 350_000]
    assert heavy == []


def test_the_page_of_settings_says_what_the_settings_say():
    page, wrong = (ROOT / "docs" / "settings.md").read_text(), []
    for f in fields(Settings):
        default = "**required**" if f.default is MISSING else f"`{f.default}`" if f.default != "" else "empty"
        wrong += [] if f"| `{f.name.upper()}` | {default} | {f.metadata['doc']} |" in page else [f.name.upper()]
    assert wrong == []


def settings_in(name: str) -> dict[str, str]:
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", (ROOT / "deploy" / name).read_text(), re.M))


def test_the_examples_of_settings_are_whole_and_name_nothing_else():
    service, migration = settings_in("parasta.env.example"), settings_in("migrate.env.example")
    known = {f.name.upper() for f in fields(Settings)} | ONLY_IN_INIT
    assert set(service) | set(migration) <= known
    assert {f.name.upper() for f in fields(Settings) if f.default is MISSING} <= set(service)
    assert set(service) & {"MIGRATION_DATABASE_URL", *ONLY_IN_INIT} == set(), "the service never gets these"


def test_an_example_copied_as_it_is_does_not_start():
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        Settings.from_env(settings_in("parasta.env.example"))
