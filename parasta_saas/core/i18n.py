"""The words of the interface in three languages.

Source texts are English. Each room has one small file per language,
`translations/<language>/<room>.po`; they are read once, merged and kept in memory.

Every message is a percent format, with and without variables and in Python as in Jinja
(which cannot do otherwise): a literal per cent sign is written `%%`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES = ("fi", "sv", "en")
OWN_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
SOURCE_LANGUAGE = "en"
DEFAULT_LANGUAGE = "fi"
TRANSLATIONS: Path = Path(__file__).resolve().parent.parent / "translations"

_language: ContextVar[str] = ContextVar("parasta_language", default=DEFAULT_LANGUAGE)


class UnknownLanguage(ValueError):
    """A language code that Parasta doesn't speak."""


class ConflictingTranslation(ValueError):
    """Two rooms translate the same message differently."""


class Picked(NamedTuple):
    """One text of several languages, and whether the asked language was missing."""

    text: str
    language: str
    fell_back: bool


def language() -> str:
    """The language spoken now: fi, sv or en."""
    return _language.get()


def set_language(code: str) -> None:
    """Speak this language from here on (a request does this first: a thread keeps the last one)."""
    _language.set(_known(code))


@contextmanager
def using(code: str) -> Iterator[None]:
    """Speak this language inside the block, for example in a mail to somebody else."""
    token = _language.set(_known(code))
    try:
        yield
    finally:
        _language.reset(token)


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise UnknownLanguage(f"{code!r} is none of {', '.join(LANGUAGES)}")
    return code


def _(message: str, /, **variables: object) -> str:
    """The message in the language spoken now, with %(name)s replaced."""
    return _gettext(message) % variables


def ngettext(singular: str, plural: str, n: int, /, **variables: object) -> str:
    """The singular or plural message for n, which stands in it as %(num)s."""
    return _ngettext(singular, plural, n) % {"num": n, **variables}


def pgettext(context: str, message: str, /, **variables: object) -> str:
    """The message as it reads in this context ("Open" the verb is not "Open" the state)."""
    return _pgettext(context, message) % variables


def _l(message: str, /, **variables: object) -> LazyProxy:
    """The message, translated anew whenever it is shown; for texts made at import."""
    return LazyProxy(lambda: _(message, **variables), enable_cache=False)


def N_(message: str) -> str:
    """The message itself, only marked as one to translate later with `_`."""
    return message


def pick(texts: Mapping[str, str] | None, language: str | None = None, *, main: str = DEFAULT_LANGUAGE) -> Picked:
    """The text in the asked language (by default the one spoken now), else in the first that has words.

    Order: asked, `main` (a Swedish-only provider passes sv), fi, sv, en. No words at all: an empty text.
    """
    asked = language or _language.get()
    for code in dict.fromkeys((asked, main, *LANGUAGES)):
        text = (texts or {}).get(code)
        if text and text.strip():
            return Picked(text, code, fell_back=code != asked)
    return Picked("", asked, fell_back=False)


def install(env: Environment) -> None:
    """Give Jinja `_`, `gettext`, `ngettext`, `pgettext`, `{% trans %}`; variables are escaped."""
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True  # extraction trims too, so that line breaks don't matter
    install_callables: Callable[..., None] = getattr(env, "install_gettext_callables")  # noqa: B009 - added by the extension
    install_callables(_gettext, _ngettext, newstyle=True, pgettext=_pgettext, npgettext=_npgettext)


def _gettext(message: str) -> str:
    # An empty msgid is the header of the file, never a text for people.
    return catalog(_language.get()).gettext(message) if message else ""


def _ngettext(singular: str, plural: str, n: int) -> str:
    return catalog(_language.get()).ngettext(singular, plural, n)


def _pgettext(context: str, message: str) -> str:
    return str(catalog(_language.get()).pgettext(context, message))


def _npgettext(context: str, singular: str, plural: str, n: int) -> str:
    return str(catalog(_language.get()).npgettext(context, singular, plural, n))


@lru_cache(maxsize=len(LANGUAGES))
def catalog(code: str) -> NullTranslations:
    """All rooms' translations into one language; English is the source itself."""
    if _known(code) == SOURCE_LANGUAGE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, merged(code))
    compiled.seek(0)
    return Translations(compiled)


def merged(code: str, folder: Path = TRANSLATIONS) -> Catalog:
    """One catalog of every `<room>.po` of a language; raises ConflictingTranslation."""
    whole = Catalog(locale=code)
    origin: dict[tuple[str | None, Any], str] = {}
    for path, room in rooms(code, folder):
        for message in room:
            if not message.id or not words(message.string):
                continue
            key = (message.context, message.id if isinstance(message.id, str) else message.id[0])
            known = whole.get(message.id, message.context)
            if known is not None and known.string != message.string:
                raise ConflictingTranslation(
                    f"{message.id!r} ({code}): {known.string!r} in {origin[key]}, {message.string!r} in {path.name}"
                )
            whole[message.id] = message
            origin[key] = path.name
    return whole


def rooms(code: str, folder: Path = TRANSLATIONS) -> Iterator[tuple[Path, Catalog]]:
    """The files of a language with what stands in each, in the order of their names."""
    for path in sorted((folder / code).glob("*.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=code)


def words(translation: Any) -> bool:
    """Whether a translation (a text, or one text per plural form) has words in every form."""
    forms = (translation,) if isinstance(translation, str) else tuple(translation)
    return bool(forms) and all(forms)


if __name__ == "__main__":
    from parasta_saas.core.extraction import main

    sys.exit(main(sys.argv[1:]))
