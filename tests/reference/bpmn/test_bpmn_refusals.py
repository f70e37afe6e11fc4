"""Files that are not read: each with its reason, nothing expanded, nothing fetched, never a crash."""

import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parasta_saas.core.i18n import using
from parasta_saas.reference.bpmn import MOST_ELEMENTS, Reading, Refused, read, tree, write
from parasta_saas.reference.bpmn.refusal import SENTENCES

FILES = Path(__file__).parent / "files"
GOOD = [path.read_bytes() for path in sorted((FILES / "read").glob("*.bpmn"))]
HEAD = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">'
REASONS = {
    "cut_off": "not_xml",
    "doctype": "doctype",
    "drawing": "not_bpmn",
    "empty": "not_bpmn",
    "entity_bomb": "doctype",
    "external_dtd": "doctype",
    "external_entity": "doctype",
    "old_namespace": "not_bpmn",
    "undeclared_prefix": "prefix",
    "undefined_entity": "not_xml",
    "unknown_encoding": "encoding_unknown",
    "words": "not_bpmn",
    "wrong_encoding": "encoding_broken",
    "zip": "not_bpmn",
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("a request went out")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def reason(data: bytes, **limits: int) -> str:
    with pytest.raises(Refused) as refused:
        read(data, **limits)
    return refused.value.code


@pytest.mark.parametrize("path", sorted((FILES / "refused").glob("*.bpmn")), ids=lambda path: path.stem)
def test_is_refused_with_its_reason(path):
    assert reason(path.read_bytes()) == REASONS[path.stem]


def test_a_file_of_100_mb_is_refused_by_its_length():
    class Unread(bytes):
        """Fails when anything but the length is asked."""

        def __len__(self):
            return 100 * 1024 * 1024

        def __getitem__(self, _index):
            raise AssertionError("looked inside")

    assert reason(Unread()) == "too_large"


def test_one_element_too_many_is_refused_and_one_less_is_read():
    full = HEAD + b"<!-- < --><message/>" + b"<message/>" * (MOST_ELEMENTS - 2)
    assert reason(full + b"<message/></definitions>") == "too_many"
    assert sum(read(full + b"</definitions>").report.kept.values()) == MOST_ELEMENTS
    assert reason(HEAD + b"<message/></definitions>", max_elements=1) == "too_many"


def test_too_deep_a_nesting_is_refused_and_the_deepest_allowed_is_read_and_written():
    def nested(levels: int) -> bytes:
        inside = b"<process>" + b"<subProcess>" * (levels - 2) + b"</subProcess>" * (levels - 2) + b"</process>"
        return HEAD + inside + b"</definitions>"

    assert reason(nested(101)) == "too_deep"
    assert reason(nested(50_000)) == "too_deep"
    assert read(write(read(nested(100)).document)).report.counts["subprocesses"] == 98


def test_a_doctype_is_seen_before_any_parser_looks(monkeypatch):
    monkeypatch.setattr(tree.expat, "ParserCreate", None)
    assert reason((FILES / "refused" / "entity_bomb.bpmn").read_bytes()) == "doctype"


def test_a_doctype_after_a_long_comment_or_in_another_encoding_is_found():
    assert reason(b"<!--" + b" <! " * 10_000 + b"--><!DOCTYPE a><a/>") == "doctype"
    assert reason("<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a><a/>".encode("utf-16")) == "doctype"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_reason_is_a_sentence_in_three_languages(code):
    refusal = Refused(code, most=10, line=3, column=4, encoding="x")
    said = []
    for language in ("fi", "sv", "en"):
        with using(language):
            said.append(refusal.reason)
    assert len(set(said)) == 3 and all(sentence.endswith(".") for sentence in said) and str(refusal) == said[2]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_are_refused_or_read_but_never_a_crash(data):
    whole = data.draw(st.sampled_from(GOOD))
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 60))
    put = data.draw(st.one_of(st.binary(max_size=12), st.sampled_from((b"<", b"&", b'"', b"</", b"\0", b"id", b"x"))))
    try:
        reading = read(whole[:at] + put + whole[at + gone :])
    except Refused:
        return
    assert isinstance(reading, Reading)
    once = write(reading.document)
    assert write(read(once).document) == once
