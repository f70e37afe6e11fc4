"""Every text for people has its Finnish and Swedish words. To see the lists:
`python -m parasta_saas.core.i18n missing fi [path …]` and `… check fi`."""

import pytest
from babel.messages.catalog import Catalog

from parasta_saas.core import extraction, i18n

TRANSLATED = [code for code in i18n.LANGUAGES if code != i18n.SOURCE_LANGUAGE]


@pytest.fixture(scope="module")
def source() -> Catalog:
    return extraction.extracted()


@pytest.fixture(scope="module", params=TRANSLATED)
def complaints(request, source) -> dict[str, list[str]]:
    return extraction.complaints(request.param, source)


@pytest.mark.parametrize("rule", ["missing", "obsolete", "fuzzy", "repeated", "misformatted"])
def test_no_translation_breaks_a_rule(complaints, rule):
    assert not complaints[rule], "\n".join(complaints[rule])


def test_every_source_text_is_a_percent_format(source):
    wrong = [m.id for m in source if m.id and not extraction.fits(m.id, m.id)]
    assert not wrong, "write a literal per cent sign as %%"


@pytest.mark.parametrize("code", TRANSLATED)
def test_rooms_agree_with_each_other(code):
    assert i18n.merged(code)
