"""Each import contract holds, and breaks on a planted violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {
    "Rooms lean downward": ("reference/planted.py", "from parasta_saas.agreements import models\n"),
    "Models, services, policies, queries and events know no web": ("tenants/policies.py", "\nimport flask\n"),
    "Pure modules know no database, clock or web": ("instructions/merge.py", "\nimport sqlalchemy\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    env = {"PYTHONPATH": str(folder), "PATH": ""}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("layers")
    ignore = shutil.ignore_patterns("static", "translations", "__pycache__")
    shutil.copytree(ROOT / "parasta_saas", folder / "parasta_saas", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_house_keeps_its_contracts():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_the_contract(copy, contract):
    name, words = PLANTED[contract]
    file = copy / "parasta_saas" / name
    before = file.read_text() if file.exists() else None
    file.write_text((before or "") + words)
    try:
        done = lint(copy)
    finally:
        file.unlink() if before is None else file.write_text(before)
    assert done.returncode != 0
    assert f"{contract} BROKEN" in done.stdout
