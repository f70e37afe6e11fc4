"""What the parts of the path share: the people at their browsers, the mail, and which part went wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.journeys.reader import Reader
from tests.visitor import Visitor


class Story:
    """One walk through the product. `facts` is what a later part needs of an earlier one."""

    def __init__(self, world: Any, cast: Any, *, htmx: bool) -> None:
        self.world, self.cast, self.htmx = world, cast, htmx
        self.facts: dict[str, Any] = {}
        self._readers: dict[str, Reader] = {}

    def at(self, name: str) -> Reader:
        """The browser of one of the cast, signed in."""
        if name not in self._readers:
            self._readers[name] = Reader(getattr(self.cast, name), htmx=self.htmx)
        return self._readers[name]

    def somebody(self) -> Reader:
        """A browser that has never been here."""
        reader = Reader(Visitor(self.world, None), htmx=self.htmx)
        self._readers[f"guest {len(self._readers)}"] = reader
        return reader

    def work(self) -> None:
        """The RQ worker does what waits."""
        self.world.work()

    def letter(self, to: str, *subject: str) -> Any:
        """The newest mail to an address whose subject has these words."""
        for letter in self.world.letters(to):
            if all(words in letter.subject for words in subject):
                return letter
        raise AssertionError(f"no mail to {to} about {subject}: {[m.subject for m in self.world.letters(to)]}")

    def link(self, to: str, *subject: str) -> str:
        """The address in that mail, as a path."""
        found = re.search(r"http://localhost(/\S+)", self.letter(to, *subject).text)
        assert found, f"no link in “{self.letter(to, *subject).subject}”"
        return found[1]

    @property
    def swaps(self) -> int:
        return sum(reader.swaps for reader in self._readers.values())


@contextmanager
def part(name: str) -> Iterator[None]:
    """A part of the path by its name, so that a failure says where."""
    try:
        yield
    except BaseException as problem:
        problem.add_note(f"This went wrong in the part: {name}")
        raise
