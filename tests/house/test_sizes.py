"""Rooms stay small enough to read."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "parasta_saas").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_is_over_400_lines():
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in CODE + TESTS if lines(p) > 400] == []


def test_no_template_is_over_150_lines():
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in TEMPLATES if lines(p) > 150] == []


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_function_is_over_40_lines(path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 40
    ]
    assert long == []
