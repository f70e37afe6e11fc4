"""`parasta bpmn check FILE` as a person and a program read it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from parasta_saas.cli.bpmn import bpmn
from parasta_saas.reference.bpmn import read

FILES = Path(__file__).parent / "files"
KEYS = [
    "pools", "lanes", "tasks", "events", "gateways", "sequence_flows", "message_flows", "subprocesses",
    "call_activities", "data_objects", "data_stores", "shapes", "edges", "diagrams",
]  # fmt: skip


def run(*words: str):
    return CliRunner().invoke(bpmn, ["check", *words])


@pytest.mark.parametrize("path", sorted((FILES / "read").glob("*.bpmn")), ids=lambda path: path.stem)
def test_check_prints_the_report_as_json(path):
    result = run(str(path), "--json")
    printed = json.loads(result.stdout)
    report = read(path.read_bytes()).report
    assert result.exit_code == 0 and [key for key in printed if key in KEYS] == KEYS
    assert {key: printed[key] for key in KEYS} == report.counts
    assert [w["code"] for w in printed["warnings"]] == [w.code for w in report.warnings]


@pytest.mark.parametrize("path", sorted((FILES / "refused").glob("*.bpmn")), ids=lambda path: path.stem)
def test_check_says_why_a_file_is_refused(path):
    result = run(str(path))
    assert (result.exit_code, result.stdout) == (1, "") and result.stderr.strip().endswith(".")
    refused = json.loads(run(str(path), "--json").stdout)["refused"]
    assert refused["reason"] == result.stderr.strip()


def test_check_speaks_to_people_in_their_language():
    words = run(str(FILES / "read" / "two_lanes.bpmn"), "--language", "sv").stdout
    assert "     1  relationship" in run(str(FILES / "read" / "vendors.bpmn")).stdout
    assert "T finns i fler än en bana: L, M." in words and "Anmärkningar: 3" in words


def test_check_of_a_file_that_is_not_there_says_so(tmp_path):
    result = run(str(tmp_path / "none.bpmn"))
    assert result.exit_code == 1 and "Check the name of the file" in result.stderr


def test_check_reads_no_more_of_a_huge_file_than_it_takes_to_refuse_it(tmp_path):
    huge = tmp_path / "huge.bpmn"
    with huge.open("wb") as opened:
        opened.truncate(100 * 1024 * 1024)
    assert "at most 10 MB" in run(str(huge)).stderr
