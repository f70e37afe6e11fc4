"""The canonical text of a value is the same however it was written, so its hash is too."""

import pytest

from parasta_saas.core.canonical import canonical, fingerprint


def test_canonical_json_does_not_depend_on_how_it_was_written():
    one = {"b": "a\u0308", "a": [1, None, "x\r\ny"]}
    other = {"a": (1, None, "x\ny"), "b": "ä"}
    assert canonical(one) == canonical(other) == '{"a":[1,null,"x\\ny"],"b":"ä"}'
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_what_json_cannot_say_has_no_fingerprint():
    for value in (float("nan"), {"ä": 1, "a\u0308": 2}):
        with pytest.raises(ValueError):
            canonical(value)
