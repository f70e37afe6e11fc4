"""Text that people write with a little formatting, made safe to show.

Markdown without raw HTML goes through markdown-it, its HTML once more through nh3 with a short
list of what may stay: two independent fences, so that a hole in one shows nothing.
"""

from collections.abc import Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from .errors import ParastaError
from .formats import number
from .i18n import _

MAX_TEXT = 20_000
SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {
    "p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a",
    "h3", "h4", "h5", "h6",
}  # fmt: skip

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
_parser.disable(["image", "html_inline", "html_block"])
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
    url_schemes=SCHEMES,
    # A relative address would act inside Parasta with the reader's rights.
    url_relative="deny",
    link_rel="noopener nofollow",
)


class TooLong(ParastaError):
    """More than MAX_TEXT characters; refused before anything is parsed."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("The text is too long. Shorten it to %(limit)s characters.", limit=number(MAX_TEXT)))


def to_html(text: str) -> Markup:
    """Safe HTML of the text: paragraphs, lists, emphasis, quotes, code, links; raises TooLong.

    Headings begin at h3, below those of the page. Images, raw HTML and links other than http,
    https, mailto and tel are shown as text or dropped.
    """
    tokens = _parsed(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    return Markup(_cleaner.clean(_parser.renderer.render(tokens, _parser.options, {})))


def to_plain(text: str) -> str:
    """The words alone, for mail and search: a line per paragraph, `- ` before list items; raises TooLong."""
    return "".join(_plain(_parsed(text))).strip("\n")


def _parsed(text: str) -> list[Token]:
    if len(text) > MAX_TEXT:
        raise TooLong
    return _parser.parse(text)


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from _words(token.children or [])
            yield "\n"
        elif token.type in ("fence", "code_block"):
            yield token.content
        elif token.type == "list_item_open":
            # An ordered item carries its number in `info`.
            yield f"{token.info}. " if token.info else "- "


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type in ("text", "code_inline"):
            yield token.content
