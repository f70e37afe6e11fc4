"""Text that people wrote, as blocks for paper: the safe HTML of the page, read back. Pure.

    block  {"kind": "p" | "heading", "runs": [run]} | {"kind": "list" | "enum", "start": n, "items": [[block]]}
           | {"kind": "quote", "blocks": [block]} | {"kind": "code", "text"} | {"kind": "rule"}
    run    {"t": words, "b": bold, "o": the provider's own sentence, "c": code, "u": address or ""}

What is printed is what the page shows, so both go through the same two fences (core/markdown.py).
"""

import re
from html.parser import HTMLParser
from typing import Any

Block = dict[str, Any]
Run = dict[str, Any]

DEEPEST = 5
_INSIDE = r"(?:[ \t]{0,3}(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+))"
_NESTED = re.compile(rf"^({_INSIDE}{{{DEEPEST}}}){_INSIDE}+", re.MULTILINE)
_OUTER = {"p", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "pre", "hr"}


def shallow(text: str) -> str:
    """Markdown whose quotes and lists begin at most DEEPEST deep: the parser drops what lies deeper than it reads."""
    return _NESTED.sub(r"\1", text)


def blocks_of(html: str) -> list[Block]:
    """Safe HTML of core.markdown.to_html or reading.marked as blocks; what is no element of theirs is dropped."""
    reader = _Blocks()
    reader.feed(str(html))
    reader.close()
    return reader.top


def plain_runs(text: str, *, own: bool = False) -> list[Run]:
    """One text without formatting."""
    return [_run(text, own=own)]


def _run(text: str, *, bold: bool = False, own: bool = False, code: bool = False, url: str = "") -> Run:
    return {"t": text, "b": bold, "o": own, "c": code, "u": url}


class _Blocks(HTMLParser):
    """Builds blocks; `into` is where the next block goes, `runs` where the next words go."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list[Block] = []
        self.into: list[list[Block]] = [self.top]
        self.lists: list[Block] = []
        self.runs: list[Run] | None = None
        self.code: list[str] | None = None
        self.bold = self.own = self.inline_code = 0
        self.url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _OUTER:
            self._open(tag, given)
        elif tag == "br":
            self._say("\n")
        elif tag in ("strong", "em"):
            self.bold += 1
        elif tag == "code" and self.code is None:
            self.inline_code += 1
        elif tag == "span":
            self.own += 1
        elif tag == "a":
            self.url = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _OUTER:
            self._shut(tag)
        elif tag in ("strong", "em"):
            self.bold = max(0, self.bold - 1)
        elif tag == "code" and self.code is None:
            self.inline_code = max(0, self.inline_code - 1)
        elif tag == "span":
            self.own = max(0, self.own - 1)
        elif tag == "a":
            self.url = ""

    def handle_data(self, data: str) -> None:
        if self.code is not None:
            self.code.append(data)
        elif data.strip() or self.runs:
            self._say(data.replace("\n", " ") if self.runs is not None or data.strip() else data)

    def _open(self, tag: str, given: dict[str, str | None]) -> None:
        self.runs = None
        if tag in ("ul", "ol"):
            start = given.get("start") or "1"
            made: Block = {"kind": "list" if tag == "ul" else "enum", "start": int(start) if start.isdigit() else 1}
            made["items"] = []
            self.into[-1].append(made)
            self.lists.append(made)
        elif tag == "li" and self.lists:
            item: list[Block] = []
            self.lists[-1]["items"].append(item)
            self.into.append(item)
        elif tag == "blockquote":
            quote: Block = {"kind": "quote", "blocks": []}
            self.into[-1].append(quote)
            self.into.append(quote["blocks"])
        elif tag == "pre":
            self.code = []
        elif tag == "hr":
            self.into[-1].append({"kind": "rule"})
        elif tag != "li":
            self._paragraph("p" if tag == "p" else "heading")

    def _shut(self, tag: str) -> None:
        self.runs = None
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("li", "blockquote") and len(self.into) > 1:
            self.into.pop()
        elif tag == "pre" and self.code is not None:
            self.into[-1].append({"kind": "code", "text": "".join(self.code).rstrip("\n")})
            self.code = None

    def _paragraph(self, kind: str) -> list[Run]:
        runs: list[Run] = []
        self.into[-1].append({"kind": kind, "runs": runs})
        self.runs = runs
        return runs

    def _say(self, words: str) -> None:
        runs = self.runs if self.runs is not None else self._paragraph("p")
        if not runs or runs[-1]["t"].endswith("\n"):
            words = words if words == "\n" else words.lstrip()
        runs.append(
            _run(words, bold=bool(self.bold), own=bool(self.own), code=bool(self.inline_code), url=self.url)
        )  # fmt: skip
