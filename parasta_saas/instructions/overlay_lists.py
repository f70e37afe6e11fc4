"""Lists whose items have keys (checklists, links, participants): merged item by item, never by position. Pure.

An item is a mapping with a "key", or a plain string that is its own key.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .conflicts import Conflict, Matter

if TYPE_CHECKING:
    from .overlay_fields import Field


def merge_list(field: "Field", own: Sequence[Any]) -> list[Any]:
    """The provider's list after the release: national items in national order, own ones after the item they
    stood after. What one side removed and the other left goes; what the other changed is asked, and stays."""
    was, new, ours = by_key(field.was or ()), by_key(field.new or ()), by_key(own)
    if field.mode in ("locked", "floor"):
        return _added_only(field, was, new, ours)
    kept: dict[str, Any] = {}
    for key in placed(list(new), list(ours)):
        item = _merge_item(field, key, was, new, ours)
        if item is not None:
            kept[key] = item
    return list(kept.values())


def by_key(items: Sequence[Any]) -> dict[str, Any]:
    """Items by their key, in order; of two with one key the first."""
    found: dict[str, Any] = {}
    for item in items:
        found.setdefault(str(item["key"]) if isinstance(item, Mapping) else str(item), item)
    return found


def placed(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """All of `first` in its order, and each of `second` that it lacks behind the one it stood behind."""
    order, there, last = list(first), set(first), -1
    for key in second:
        if key in there:
            last = order.index(key)
        else:
            last += 1
            order.insert(last, key)
    return order


def _merge_item(field: "Field", key: str, was: dict[str, Any], new: dict[str, Any], ours: dict[str, Any]) -> Any:
    """The item that stays, or None."""
    before, theirs, mine = was.get(key), new.get(key), ours.get(key)
    if mine == before:
        return theirs
    if theirs in (before, mine):
        return mine
    conflict = field.conflict(Matter.CONFLICT, mine, base=before, theirs=theirs, name=f"{field.name}.{key}")
    made = field.out.decided(conflict)
    if made is None:
        field.out.conflicts.append(conflict)
        return mine
    return _decided(field, conflict, made)


def _decided(field: "Field", conflict: Conflict, made: Mapping[str, Any]) -> Any:
    if made["decision"] in ("keep_local", "convert_to_own"):
        return conflict.ours
    if conflict.ours is not None:
        field.out.put_aside(conflict, conflict.ours, made)
    return made["text"] if made["decision"] == "combined" else conflict.theirs


def _added_only(field: "Field", was: dict[str, Any], new: dict[str, Any], ours: dict[str, Any]) -> list[Any]:
    """Every national item is in force as it is; own items stay beside them where the policy lets them."""
    kept: dict[str, Any] = {}
    for key in placed(list(new), list(ours)):
        mine, is_own = ours.get(key), key not in new
        if not is_own:
            kept[key] = new[key]
        elif mine != was.get(key) and field.mode == "floor":
            kept[key] = mine
        if mine is not None and mine not in (was.get(key), kept.get(key)):
            name, theirs = f"{field.name}.{key}", new.get(key)
            conflict = field.conflict(Matter.POLICY_CONFLICT, mine, base=was.get(key), theirs=theirs, name=name)
            made = field.out.decided(conflict)
            if made is None:
                field.out.conflicts.append(conflict)
            else:
                field.out.put_aside(conflict, mine, made)
    return list(kept.values())
