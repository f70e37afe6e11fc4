"""Random national releases, lineages and overlays: what the invariants of the merge are tried on.

One number makes one world, so a failing case is told in one number: `world(4711)`.
"""

import os
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

SEEDS = st.integers(0, 2**48)
NIGHTLY = 50 if os.environ.get("PARASTA_NIGHTLY") == "1" else 1
VERBS = "sovi kirjaa kerro tarkista varaa kysy lähetä muista perehdytä kokoa".split()
THINGS = "tavoitteet aika työpaikka ohjaaja palaute näyttö sopimus suunnitelma tehtävä viikko turvallisuus".split()
SWEDISH = "boka anteckna berätta kontrollera reservera fråga skicka".split()
MODES = {"minimum": "locked", "name": "locked", "responsible": "floor"}
KINDS = ("rename", "split", "merge", "remove", "move", "new")


def cases(number: int) -> settings:
    """So many cases in `make test`, fifty times as many at night (PARASTA_NIGHTLY=1)."""
    return settings(max_examples=number * NIGHTLY, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class World:
    """One national change and one provider's overlay written before it."""

    base: dict[str, Any]
    theirs: dict[str, Any]
    lineage: list[dict[str, Any]]
    overlay: dict[str, Any]
    random: Random
    count: int = 0


class Maker:
    """Makes texts and changes; every sentence it makes is told apart from every other by its number."""

    def __init__(self, seed: int) -> None:
        self.random, self.number = Random(seed), 0

    def sentence(self, language: str = "fi") -> str:
        self.number += 1
        r = self.random
        verb = r.choice(VERBS if language == "fi" else SWEDISH)
        return f"{verb.capitalize()} {r.choice(THINGS)} {r.choice(THINGS)} kohdassa n{self.number} {r.choice(VERBS)}."

    def text(self, language: str = "fi", most: int = 5) -> str:
        return " ".join(self.sentence(language) for _ in range(self.random.randint(1, most)))

    def edited(self, text: str, language: str = "fi", most: int = 2) -> str:
        """Some sentences changed by a word, taken out or put in."""
        parts = text.split(". ")
        for _ in range(self.random.randint(0, most)):
            at = self.random.randrange(len(parts)) if parts else 0
            match self.random.choice(("word", "word", "add", "add", "remove")):
                case "add":
                    parts.insert(at, self.sentence(language).rstrip("."))
                case "remove" if len(parts) > 1:
                    parts.pop(at)
                case "word" if parts:
                    self.number += 1
                    parts[at] = f"{parts[at].rstrip('.')} m{self.number}"
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def step(self, key: str, phase: str) -> dict[str, Any]:
        r = self.random
        limit = {"value": r.choice([2, 5]), "unit": "working_day", "anchor": r.choice(["after:a", "before:b"])}
        limit["range"] = {"min": 1, "max": 30} if r.random() < 0.8 else None
        return {
            "key": key, "phase": phase, "name": {"fi": f"Askel {key}"}, "responsible": r.choice(["teacher", "lead"]),
            "minimum": {"fi": self.sentence(), "sv": self.sentence("sv")},
            "guidance": {"fi": self.text(), "sv": self.text("sv")},
            "time_limit": limit if r.random() < 0.7 else None,
            "field_policy": {**MODES, "guidance": r.choices(["open", "floor"], [4, 1])[0], "time_limit": "param"},
        }  # fmt: skip

    def release(self, size: int = 6) -> dict[str, Any]:
        phases = [f"p{n}" for n in range(3)]
        steps = [self.step(f"s{n}", phases[n * 3 // size]) for n in range(size)]
        return {"phases": [{"key": key, "name": {"fi": key}} for key in phases], "steps": steps}

    def next_release(self, base: dict[str, Any], mark: str, kinds: tuple[str, ...] = KINDS) -> tuple[Any, Any]:
        """(the release after, its lineage): texts edited here and there, and one or two declared changes."""
        release, lineage = deepcopy(base), []
        for step in release["steps"]:
            if self.random.random() < 0.5:
                language = self.random.choice(["fi", "sv"])
                step["guidance"][language] = self.edited(step["guidance"][language], language)
            if step["time_limit"] and self.random.random() < 0.2:
                step["time_limit"]["value"] = self.random.choice([1, 3, 7])
            if self.random.random() < 0.1:
                step["minimum"]["fi"] = self.sentence()
            if self.random.random() < 0.15:
                step["field_policy"]["guidance"] = self.random.choice(["open", "floor", "floor", "locked"])
        for number in range(self.random.randint(0, 2) if kinds else 0):
            self._declare(release, lineage, self.random.choice(kinds), f"{mark}{number}")
        return release, lineage

    def _declare(self, release: Any, lineage: list[Any], kind: str, mark: str) -> None:
        steps = release["steps"]
        told = {key for entry in lineage for key in (*entry["from"], *entry["to"])}
        free = [at for at, step in enumerate(steps) if step["key"] not in told]
        if len(free) < 3:
            return
        at = self.random.choice(free)
        step, key = steps[at], steps[at]["key"]
        new = {**deepcopy(step), "key": f"t{mark}"}
        match kind:
            case "rename":
                steps[at] = new
                lineage.append({"kind": kind, "from": [key], "to": [new["key"]], "reason": "r"})
            case "split":
                second = self.step(f"u{mark}", step["phase"])
                steps[at : at + 1] = [new, second]
                rule = self.random.choice(["all", "copy", "ask"])
                to = [new["key"], second["key"]]
                lineage.append({"kind": kind, "from": [key], "to": to, "rule": rule, "reason": "r"})
            case "merge":
                other = steps[self.random.choice([n for n in free if n != at])]["key"]
                steps[at] = new
                release["steps"] = [s for s in steps if s["key"] != other]
                lineage.append({"kind": kind, "from": [key, other], "to": [new["key"]], "reason": "r"})
            case "remove":
                steps.pop(at)
                lineage.append({"kind": kind, "from": [key], "to": [], "reason": "r"})
            case "move":
                step["phase"] = self.random.choice(release["phases"])["key"]
                lineage.append({"kind": kind, "from": [key], "to": [key], "reason": "r"})
            case "new":
                steps.insert(at, self.step(f"v{mark}", step["phase"]))

    def overlay(self, release: dict[str, Any], share: float = 0.6) -> dict[str, Any]:
        steps = {step["key"]: self.own(step) for step in release["steps"] if self.random.random() < share}
        overlay: dict[str, Any] = {"steps": {key: own for key, own in steps.items() if own}}
        if not overlay["steps"]:
            overlay["steps"] = {release["steps"][0]["key"]: {"note": {"fi": self.sentence()}}}
        if self.random.random() < 0.5:
            step = self.random.choice(release["steps"])
            name = {"fi": self.sentence()}
            overlay["added"] = [{"key": "own-1", "phase": step["phase"], "after": step["key"], "name": name}]
        return overlay

    def own(self, step: dict[str, Any]) -> dict[str, Any]:
        r, own = self.random, {}
        languages = [code for code in ("fi", "sv") if r.random() < 0.5]
        texts = {code: self._reworded(step, code) for code in languages}
        texts = {code: text for code, text in texts.items() if text != step["guidance"][code]}
        own |= {"guidance": texts} if texts else {}
        if r.random() < 0.4:
            own["note"] = {"fi": self.text(most=2)}
        if r.random() < 0.2:
            own["checklist"] = [{"key": f"c{n}", "name": {"fi": self.sentence()}} for n in range(r.randint(1, 3))]
        limit = step["time_limit"]
        if limit and limit["range"] and r.random() < 0.5:
            own["time_limit_value"] = 1 if limit["anchor"].startswith("after") else 20
        return own

    def _reworded(self, step: dict[str, Any], language: str) -> str:
        national = step["guidance"][language]
        if step["field_policy"]["guidance"] == "floor":
            return f"{national} {self.sentence(language)}"
        return self.edited(national, language)


def world(seed: int, kinds: tuple[str, ...] = KINDS) -> World:
    """The world of a number."""
    maker = Maker(seed)
    base = maker.release()
    theirs, lineage = maker.next_release(base, "a", kinds)
    return World(base, theirs, lineage, maker.overlay(base), maker.random)
