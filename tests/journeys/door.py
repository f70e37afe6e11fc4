"""Part 8, and the way in for everybody in the story who comes from a mail: no password, a link or a code."""

import re

from tests.journeys.reader import Reader
from tests.journeys.story import Story


def ask(story: Story, reader: Reader, address: str) -> tuple[str, str]:
    """(link, code) of the mail that this browser asked for, standing at the sign-in page."""
    reader.press("Lähetä viesti", email=address).says("Katso sähköpostiasi")
    story.work()
    text = story.letter(address, "Kirjaudu").text
    link, code = re.search(r"http://localhost(/sign-in/\S+)", text), re.search(r"\b(\d{3} \d{3})\b", text)
    assert link and code, text
    return link[1], code[1]


def come_in(story: Story, reader: Reader, address: str) -> None:
    """By the mailed link, in the browser that asked."""
    link, _code = ask(story, reader, address)
    reader.open(link).press("Kirjaudu")


def one_person_by_link_and_by_code(story: Story, address: str) -> None:
    """The link lets in the browser that asked, once; another browser is told so and asked for the code."""
    asking, other = story.somebody(), story.somebody()
    link, code = ask(story, asking.open("/sign-in"), address)
    other.open(link).says("toisessa selaimessa")
    asking.open(link).press("Kirjaudu")
    assert asking.url == "/o/kahvila-kanerva/today"
    other.refused("Kirjaudu", code=code)

    asking.press("Kirjaudu ulos")
    _link, code = ask(story, asking.open("/sign-in"), address)
    asking.press("Kirjaudu", code=code)
    assert asking.url == "/o/kahvila-kanerva/today"
