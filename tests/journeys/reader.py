"""Somebody who reads pages and presses what stands on them: no address and no field that a page doesn't show.

With `htmx` a form that has an `hx-post` is sent as htmx would, and the answer's blocks are swapped into the page.
"""

from typing import Any

from lxml import html
from lxml.html import HtmlElement

from tests.visitor import Visitor

BUTTONS = ".//button[not(@type) or @type='submit']"


class Reader:
    """One browser tab of one person."""

    def __init__(self, visitor: Visitor, *, htmx: bool) -> None:
        self.visitor, self.htmx = visitor, htmx
        self.url, self.status = "", 0
        self.page: HtmlElement = html.document_fromstring("<p></p>")
        self.swaps = 0

    @property
    def text(self) -> str:
        """What the page says, in one line."""
        return words_of(self.page.find("body"))

    def open(self, url: str) -> "Reader":
        """Go there and wherever it leads; the page must be there."""
        self._arrive(url, self.visitor.get(url))
        assert self.status == 200, self._told(f"GET {url}")
        return self

    def follow(self, words: str) -> "Reader":
        """Press a link by its words."""
        links = [a for a in self.page.iterfind(".//a[@href]") if words in words_of(a)]
        assert links, self._told(f"no link “{words}”")
        return self.open(links[0].get("href"))

    def says(self, *words: str) -> "Reader":
        """The page has these words on it."""
        for part in words:
            assert part in self.text, self._told(f"the page does not say “{part}”")
        return self

    def press(self, words: str, /, *, within: str = "", **answers: Any) -> "Reader":
        """Fill in a form and press its button; `within`: in the section of that id or heading's id, or in the row that
        has these words."""
        button = self._button(words, within)
        form = self._form_of(button)
        sent = _filled(form, answers)
        if button.get("name"):
            sent.append((button.get("name"), button.get("value", "")))
        self._send(button, form, sent)
        assert self.status in (200, 303), self._told(f"“{words}” was refused")
        return self

    def refused(self, words: str, /, **answers: Any) -> str:
        """Press a button whose form needs mending; the page's words, which say how."""
        button = self._button(words, "")
        form = self._form_of(button)
        self._send(button, form, _filled(form, answers))
        assert self.status == 422, self._told(f"“{words}” was not refused")
        return self.text

    def field(self, name: str) -> str:
        """What stands in a field."""
        found = self.page.xpath(f".//*[@name='{name}']")
        assert found, self._told(f"no field {name}")
        return found[0].text_content().strip() if found[0].tag == "textarea" else found[0].get("value", "")

    def _button(self, words: str, within: str) -> HtmlElement:
        found = [b for b in self.page.xpath(BUTTONS) if words in words_of(b) or words == b.get("aria-label")]
        if within:
            found = [b for b in found if any(_names(place, within) for place in (b, *b.iterancestors("li", "section")))]
        assert found, self._told(f"no button “{words}” {within}")
        return found[0]

    def _form_of(self, button: HtmlElement) -> HtmlElement:
        form = self.page.get_element_by_id(button.get("form")) if button.get("form") else next(
            button.iterancestors("form"), None
        )  # fmt: skip
        assert form is not None and form.get("method") == "post" and form.get("action"), self._told("no form to send")
        return form

    def _send(self, button: HtmlElement, form: HtmlElement, sent: list[tuple[str, str]]) -> None:
        url = button.get("formaction") or form.get("action")
        data: dict[str, Any] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        if not (self.htmx and form.get("hx-post")):
            self._arrive(url, self.visitor.post(url, data))
            return
        assert form.get("hx-post") == form.get("action"), "with and without HTMX the same address"
        target = form.get("hx-target", "").removeprefix("#")
        headers = {"HX-Request": "true", "HX-Target": target, "HX-Current-URL": f"http://localhost{self.url}"}
        answer = self.visitor.post(url, data, headers=headers)
        if "HX-Redirect" in answer.headers:
            self.open(answer.headers["HX-Redirect"])
        else:
            self._swap(answer, target)

    def _swap(self, answer: Any, target: str) -> None:
        """Put the answer's blocks where htmx would."""
        self.status = answer.status_code
        blocks = [b for b in html.fragments_fromstring(answer.text) if isinstance(b, HtmlElement)]
        assert blocks, f"nothing came for #{target}: {answer.status_code}"
        assert blocks[0].get("id") == target, f"#{blocks[0].get('id')} came for #{target}"
        for block in blocks:
            old = self.page.get_element_by_id(block.get("id"), None)
            assert old is not None, f"the page has no #{block.get('id')}"
            old.getparent().replace(old, block)
        self.swaps += 1

    def _arrive(self, url: str, answer: Any) -> None:
        while answer.status_code in (302, 303):
            url = answer.location
            answer = self.visitor.get(url)
        self.url, self.status = url, answer.status_code
        self.page = html.document_fromstring(answer.text)

    def _told(self, problem: str) -> str:
        alerts = [words_of(a) for a in self.page.xpath(".//*[@role='alert' or contains(@class, 'err')]")]
        who = self.visitor.email or "a guest"
        return f"{problem}; {who} at {self.url} ({self.status}): {alerts} {self.text[:3000]}"


def words_of(element: HtmlElement) -> str:
    """The text a person sees, with single spaces."""
    parts = element.xpath(".//text()[not(ancestor::script or ancestor::template)]")
    return " ".join(" ".join(parts).replace("\xad", "").split())


def _names(place: HtmlElement, within: str) -> bool:
    if place.tag == "li" and within in words_of(place):
        return True
    return within in (place.get("id"), place.get("aria-labelledby"))


def _filled(form: HtmlElement, answers: dict[str, Any]) -> list[tuple[str, str]]:
    """The form's fields as a browser would send them, with these answers in them."""
    left, sent = dict(answers), []
    for field in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        name = field.get("name")
        value = _answered(field, answers[name]) if name in answers else _as_shown(field)
        left.pop(name, None)
        if value is not None:
            sent.append((name, value))
    assert not left, f"the form has no fields {sorted(left)}, only {sorted({n for n, _ in sent})}"
    for name, answer in answers.items():
        assert answer is False or any(n == name for n, _ in sent), f"{name} can't be {answer!r}"
    return sent


def _as_shown(field: HtmlElement) -> str | None:
    kind = field.get("type", "text")
    if field.tag == "select":
        chosen = field.xpath(".//option[@selected]") or field.xpath(".//option")
        return chosen[0].get("value") if chosen else None
    if field.tag == "textarea":
        return (field.text or "").removeprefix("\n")
    if kind in ("radio", "checkbox"):
        return field.get("value", "on") if field.get("checked") is not None else None
    return field.get("value", "")


def _answered(field: HtmlElement, answer: Any) -> str | None:
    """The answer, if this field can give it: a radio button or an option only its own value."""
    kind = field.get("type", "text")
    if kind == "checkbox":
        return field.get("value", "on") if answer is True else None
    if kind == "radio":
        return field.get("value") if field.get("value") == answer else None
    if field.tag == "select":
        return answer if field.xpath(".//option[@value=$v]", v=answer) else None
    return str(answer)
