"""What becomes of each step, and of a provider's own words on it, between two releases. Pure.

Declared, never guessed (reference/lineage). A step that is still there keeps its words. A step that is gone hands
its words to its first heir; where the heir has words already, a person is asked; without an heir they go to the shelf.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..reference import lineage
from .offers import changed_fields

Step = Mapping[str, Any]
Entries = Sequence[Mapping[str, Any]]
FATES = ("", "new", "follows", "split", "meets", "gone", "returns")


@dataclass(frozen=True, slots=True)
class Place:
    """One line of an update. `key`: of the new release, for meets and gone of the old one.

    fate: "" the step goes on · new · follows (words come from `source`) · split (the same, and to be looked at) ·
    meets (words of `key` meet those of `homes[0]`: ask) · gone (no heir) · returns (`overlay` stands here again).
    """

    key: str
    order: int
    fate: str
    source: str
    homes: tuple[str, ...] = ()
    overlay: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def sign(self) -> tuple[str, str, str, tuple[str, ...]]:
        """What tells two plans apart."""
        return self.key, self.fate, self.source, self.homes


@dataclass(frozen=True, slots=True)
class Kept:
    """What an update found and left, by step: overlays before and after, and whose words came where."""

    before: Mapping[str, Mapping[str, Any]]
    after: Mapping[str, Mapping[str, Any]]
    came: Mapping[str, str]  # step of the new release → step of the old one

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Kept":
        return cls(kept.get("before", {}), kept.get("after", {}), kept.get("came", {}))

    def heir(self, key: str) -> str:
        """Where the words of a step were taken."""
        return next((new for new, old in self.came.items() if old == key), key)

    def untouched(self, key: str, current: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether nobody has written on the step, or on its heir, since."""
        return all(current.get(k, {}) == self.after.get(k, {}) for k in {key, self.heir(key)})

    def backwards(self) -> list[dict[str, Any]]:
        """Lineage that leads each word home again."""
        return [{"kind": "rename", "from": [new], "to": [old], "reason": "back"} for new, old in self.came.items()]


def homes_of(key: str, ways: Iterable[Entries], after: Collection[str]) -> list[str]:
    """Steps of the last release where a step's content is, through every release between, first heir first."""
    homes = [key]
    for entries in ways:
        homes = list(dict.fromkeys(heir for home in homes for heir in lineage.followers(entries, home)))
    found = [home for home in homes if home in after]
    return [key, *(home for home in found if home != key)] if key in after else found


def plan(
    before: Mapping[str, Step], after: Mapping[str, Step], local: Collection[str], ways: Sequence[Entries]
) -> list[Place]:
    """Every step that changes or hands words on, new release first, in its order. `local`: steps with own words.

    `ways`: the lineage of each release between the two, oldest first.
    """
    went = {key: homes_of(key, ways, after) for key in _as_declared((*before, *sorted(set(local) - set(before))), ways)}
    comes, meets = _comings(went, local)
    places = [_going_on(step, comes.get(key), before, went, local) for key, step in after.items()]
    found = [place for place in places if place]
    for key, home in meets.items():
        found.append(Place(key, _order(before, key), "meets", key, (home,)))
    for key, homes in went.items():
        if not homes:
            found.append(Place(key, _order(before, key), "gone", key, _neighbours(key, list(before), went)))
    return found


def returning(
    places: Iterable[Place], kept: Kept, current: Mapping[str, Any], after: Mapping[str, Step]
) -> list[Place]:
    """The plan of a withdrawal: where nobody has written since, what stood before the withdrawn release returns."""
    back = {key: old for key, old in kept.before.items() if key in after and kept.untouched(key, current)}
    rest = [place for place in places if place.key not in back]
    again = [
        Place(key, int(after[key]["order"]), "returns", kept.heir(key), (), old.get("overlay", {}))
        for key, old in back.items()
    ]
    return sorted([*rest, *again], key=lambda place: (place.fate in ("meets", "gone"), place.order))


def _as_declared(keys: Iterable[str], ways: Sequence[Entries]) -> list[str]:
    """Steps that join others in the order in which the lineage names them, all others before: A of A, B → C is first,
    and a step that others join is before them."""
    named = dict.fromkeys(key for entries in ways for entry in entries for key in entry["from"])
    rank = {key: at for at, key in enumerate(named) if _joins(key, ways)}
    return sorted(keys, key=lambda key: rank.get(key, -1))


def _joins(key: str, ways: Iterable[Entries]) -> bool:
    """Whether a step's content is joined with another's somewhere on the way."""
    homes = [key]
    for entries in ways:
        if any(entry["kind"] == "merge" and not set(homes).isdisjoint(entry["from"]) for entry in entries):
            return True
        homes = [heir for home in homes for heir in lineage.followers(entries, home)]
    return False


def _comings(went: Mapping[str, list[str]], local: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """(step → whose words come there, step whose words meet others → where)."""
    comes = {key: key for key, homes in went.items() if homes[:1] == [key]}
    meets: dict[str, str] = {}
    for key, homes in went.items():
        if not homes or homes[0] == key:
            continue
        home = homes[0]
        taken = comes.get(home)
        if taken is None or (key in local and taken not in local):
            comes[home] = key
        elif key in local:
            meets[key] = home
    return comes, meets


def _going_on(
    step: Step, source: str | None, before: Mapping[str, Step], went: Mapping[str, list[str]], local: Collection[str]
) -> Place | None:
    key = step["key"]
    was = before.get(key) or before.get(source or "")
    own = source in local
    if was is None and not own:
        fate = "new"
    elif own and source and len(went[source]) > 1:
        fate = "split"
    else:
        fate = "follows" if own and source != key else ""
    others = tuple(went[source][1:]) if fate == "split" and source else ()
    tied = own and (was or {}).get("field_policy") != step.get("field_policy")  # own words may no longer be permitted
    if fate or tied or changed_fields(was or {}, step):
        return Place(key, int(step["order"]), fate, source or key, others)
    return None


def _neighbours(key: str, order: Sequence[str], went: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The nearest steps before and after a gone one that live on."""
    if key not in order:
        return ()
    at = order.index(key)
    sides = (reversed(order[:at]), order[at + 1 :])
    found = [next((went[k][0] for k in side if went[k]), None) for side in sides]
    return tuple(dict.fromkeys(home for home in found if home))


def _order(before: Mapping[str, Step], key: str) -> int:
    return int(before[key]["order"]) if key in before else 0
