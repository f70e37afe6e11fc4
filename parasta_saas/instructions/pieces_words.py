"""What is said of a file that can't be read, and of what did not become a piece, in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..core.formats import number
from ..core.i18n import N_, _
from .pieces import Refused

REFUSED = {
    "belied": N_("The name of the file says something else than what is in it. Name it *.%(found)s."),
    "bomb": N_("This file would unfold to a huge size. Save it anew in your office program and choose that one."),
    "corrupt": N_("The file can't be opened. Open it in your office program, save it anew and choose that one."),
    "empty": N_("There are no words in this. Choose a file with text, or paste the text."),
    "encrypted": N_("The file is locked with a password. Save it without a password and choose that one."),
    "macros": N_("The file has macros, which we never open. Save it as an ordinary .docx or .xlsx file."),
    "not_text": N_("This is not a text file. Choose a .docx, .xlsx, .md or .txt file."),
    "old_format": N_("This is an older kind of file. Save it as .docx or .xlsx and choose that one."),
    "other_format": N_("This is another program's kind of file. Save it as .docx and choose that one."),
    "pdf": N_("A PDF has lost its headings. Choose the file that it was made from, or paste the text."),
    "too_large": N_("Choose a smaller file: %(most)s MB at most. Make the pictures smaller or cut the file in two."),
    "too_many": N_("There are %(found)s pieces; %(most)s at most can be brought at once. Cut the file in two."),
    "too_much": N_("The text has more than %(most)s characters. Cut the file in two."),
    "too_wide": N_("A sheet may have %(rows)s rows and %(columns)s columns at most. Cut it into several sheets."),
    "wrong_kind": N_("Choose a .docx, .xlsx, .md or .txt file."),
}  # fmt: skip
# In this order. The first three became pieces all the same.
TOLD = {
    "no_headings": N_("No headings were found, so the text was cut by its length."),
    "deep": N_("Very deep quotes or lists were made shallower. The words are the same."),
    "hidden_sheet": N_("Hidden sheets were read, too"),
    "bare_heading": N_("Headings without a text under them"),
    "image": N_("Pictures were left out"),
    "object": N_("Charts and objects of other programs were left out"),
    "formula": N_("Formulas without a value were left out"),
    "header": N_("Headers and footers were left out"),
    "footnote": N_("Footnotes were left out"),
    "comment": N_("Comments were left out"),
    "deleted": N_("Words marked as deleted were left out"),
    "contents": N_("The table of contents was left out"),
}
KIND = {"docx": N_("Word file"), "xlsx": N_("Workbook"), "markdown": N_("Markdown"), "text": N_("Text")}


class Account(NamedTuple):
    """One line of the report: what, how many, their words where there are any."""

    said: str
    number: int
    words: list[str]


def refusal(problem: Refused) -> str:
    """How to mend a file that was refused."""
    return _(REFUSED[problem.code], **{k: number(v) if isinstance(v, int) else v for k, v in problem.facts.items()})


def accounts(told: Iterable[Mapping[str, Any]]) -> list[Account]:
    """The report of an import, one line per kind of thing."""
    words: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for each in told:
        counts[each["what"]] += each.get("number", 1)
        if each.get("words"):
            words[each["what"]].append(each["words"])
    return [Account(_(said), counts[what], words[what]) for what, said in TOLD.items() if counts[what]]
