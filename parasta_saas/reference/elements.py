"""The parts around the steps as people edit them: what each kind has, what uses a part, what is wrong with one. Pure.

A whole is {kind: [things]} of one release: phases, steps, areas, actors, roles, documents, handovers, indicators,
links, principles, diagrams, anchors, forms and bases; every thing has a `key`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..core.i18n import N_, _, pick

Thing = Mapping[str, Any]
Whole = Mapping[str, list[dict[str, Any]]]
Place = tuple[str, str]  # kind and key of a thing
Problem = tuple[str, str]  # field of the form and how to mend it

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MAX_KEY = 48
REQUIRED = ("fi", "sv")

CHOICES: dict[str, dict[str, str]] = {
    "groups": {"customer": N_("Customer"), "producer": N_("Provider of the education"), "stakeholder": N_("Others")},
    "document_kinds": {
        "form": N_("Blank form"), "record": N_("Record"), "plan": N_("Plan"), "agreement": N_("Written agreement"),
        "decision": N_("Decision"), "feedback": N_("Feedback"), "data": N_("Data"),
    },
    "handover_kinds": {
        "sequence": N_("The work goes on with the same actor"), "message": N_("A message to another actor"),
    },
    "link_kinds": {"statute": N_("Statute"), "guide": N_("Guide")},
    "confidences": {"high": N_("Certain"), "medium": N_("Fairly certain"), "low": N_("Uncertain")},
    "measures": {
        "proposal": N_("A proposal"), "high": N_("Certain"), "medium": N_("Fairly certain"), "low": N_("Uncertain"),
    },
}  # fmt: skip


class Field(NamedTuple):
    """One field of a kind. sort: texts (in three languages), line, choice or many; source: where the options are."""

    name: str
    sort: str
    label: str
    required: bool = False
    source: str = ""
    hint: str = ""
    long: bool = False


class Kind(NamedTuple):
    """One kind of part, as its page calls it."""

    title: str
    one: str
    lead: str
    fields: tuple[Field, ...]


NAME = Field("name", "texts", N_("Name"), True)
KINDS = {
    "phases": Kind(N_("Phases"), N_("Phase"), N_("The columns of the map, from left to right."), (
        NAME, Field("short", "texts", N_("Short name"), True, hint=N_("One word, for narrow places.")))),
    "areas": Kind(N_("Process areas"), N_("Process area"), N_("An area holds phases. Each phase is in one area."), (
        NAME, Field("phases", "many", N_("Phases in this area"), source="phases"))),
    "actors": Kind(N_("Actors"), N_("Actor"), N_("Who takes part. Every role belongs to an actor."), (
        NAME, Field("group", "choice", N_("Group"), True, "groups"),
        Field("task", "texts", N_("Responsibility in one sentence"), True, long=True))),
    "roles": Kind(N_("Roles"), N_("Role"), N_("Who does what. Every role belongs to one actor."), (
        NAME, Field("actor", "choice", N_("Actor"), True, "actors"))),
    "documents": Kind(N_("Documents"), N_("Document"), N_("What goes into the steps and what comes out of them."), (
        NAME, Field("kind", "choice", N_("Kind"), True, "document_kinds"))),
    "handovers": Kind(N_("Hand-overs and messages"), N_("Hand-over or message"),
        N_("How the work goes on from one step to the next, and what the actors tell each other."), (
        Field("giver", "choice", N_("From which step"), True, "steps"),
        Field("taker", "choice", N_("To which step or role"), True, "takers"),
        Field("kind", "choice", N_("How"), True, "handover_kinds"),
        Field("name", "texts", N_("What is handed over or told"), hint=N_("A message always has its words.")),
        Field("document", "choice", N_("Document that goes along"), source="documents"))),
    "principles": Kind(N_("Principles"), N_("Principle"), N_("What the process is for. Indicators tell of it."), (
        NAME,)),
    "indicators": Kind(N_("Indicators"), N_("Indicator"), N_("How we see whether the process works."), (
        NAME, Field("formula", "texts", N_("How it is counted"), True, long=True),
        Field("target", "texts", N_("Target"), True),
        Field("principle", "choice", N_("Principle that it tells about"), source="principles"),
        Field("confidence", "choice", N_("Certainty"), True, "measures"))),
    "links": Kind(N_("Statutes and guides"), N_("Statute or guide"), N_("What the steps rest on."), (
        NAME, Field("kind", "choice", N_("Kind"), True, "link_kinds"),
        Field("reference", "line", N_("Reference"), hint=N_("For example 531/2017 70 §. A statute always has one.")),
        Field("confidence", "choice", N_("Certainty of the reference"), True, "confidences"))),
}  # fmt: skip


def thing_of(kind: str, values: Mapping[str, Any], whole: Whole, was: Thing | None = None) -> dict[str, Any]:
    """The thing that a loaded form describes, on top of what it was. Fields as KINDS name them."""
    thing: dict[str, Any] = dict(was or {})
    for field in KINDS[kind].fields:
        value = values.get(field.name)
        if field.sort == "texts":
            thing[field.name] = {code: values.get(f"{field.name}_{code}", "") for code in ("fi", "sv", "en")}
        elif field.sort == "many":
            thing[field.name] = list(dict.fromkeys(value or ()))
        elif field.name == "giver":
            thing["from"] = value
        elif field.name == "taker":
            side, _colon, key = str(value).partition(":")
            for end in ("to", "to_role"):
                thing.pop(end, None)
            thing["to_role" if side == "role" else "to"] = key
        else:
            thing[field.name] = value or None
    if kind == "roles":
        actor = find(whole, "actors", thing["actor"])
        thing["group"] = actor["group"] if actor else thing.get("group", "stakeholder")
    if kind == "phases" and was and was["name"] != thing["name"]:
        thing["name_soft"] = {}  # the seams of compounds belong to the old name
    return thing


def values_of(kind: str, thing: Thing) -> dict[str, Any]:
    """A thing as its form's values; thing_of the other way round."""
    values: dict[str, Any] = {}
    for field in KINDS[kind].fields:
        if field.sort == "texts":
            values |= {f"{field.name}_{code}": text for code, text in (thing.get(field.name) or {}).items()}
        elif field.name == "giver":
            values["giver"] = thing["from"]
        elif field.name == "taker":
            values["taker"] = f"role:{thing['to_role']}" if thing.get("to_role") else f"step:{thing.get('to')}"
        else:
            values[field.name] = thing.get(field.name) or ([] if field.sort == "many" else "")
    return values


def options(source: str, whole: Whole, language: str | None = None) -> list[tuple[str, str]]:
    """(value, words) of a field's options."""
    if source in CHOICES:
        return [(key, _(words)) for key, words in CHOICES[source].items()]
    if source == "takers":
        steps = [(f"step:{key}", words) for key, words in options("steps", whole, language)]
        roles = [(f"role:{key}", _("Role: %(name)s", name=words)) for key, words in options("roles", whole, language)]
        return steps + roles
    return [(thing["key"], called(source, thing, whole, language)) for thing in whole.get(source, ())]


def known(source: str, whole: Whole) -> set[str]:
    """The values of a field's options, without their words."""
    if source in CHOICES:
        return set(CHOICES[source])
    if source == "takers":
        return {f"{side}:{thing['key']}" for side in ("step", "role") for thing in whole[f"{side}s"]}
    return {thing["key"] for thing in whole.get(source, ())}


def called(kind: str, thing: Thing, whole: Whole, language: str | None = None) -> str:
    """What people call a thing: a step with its number, a hand-over without words by its two ends."""
    words = pick(thing.get("name") or thing.get("label") or {}, language).text
    if kind == "steps":
        return f"{thing['order']} {words}"
    if kind == "handovers":
        ends = f"{name_in(whole, 'steps', thing['from'])} → {_taker_name(thing, whole)}"
        return f"{words}: {ends}" if words else ends
    return words or str(thing["key"])


def find(whole: Whole, kind: str, key: Any) -> dict[str, Any] | None:
    """The thing of a kind with this key, if it is there."""
    return next((thing for thing in whole.get(kind, ()) if thing["key"] == key), None)


def name_in(whole: Whole, kind: str, key: str) -> str:
    """The name of a thing by its key; the key where it is gone."""
    thing = find(whole, kind, key)
    return called(kind, thing, whole) if thing else key


def _taker_name(thing: Thing, whole: Whole) -> str:
    role = thing.get("to_role")
    return name_in(whole, "roles", role) if role else name_in(whole, "steps", str(thing.get("to")))


def uses(whole: Whole) -> dict[Place, list[Place]]:
    """Where each part is used, so that it can't be removed there: {(kind, key): [(kind, key)]}."""
    found: dict[Place, list[Place]] = defaultdict(list)
    for step in whole["steps"]:
        documents = step.get("documents") or {}
        used = [("phases", step["phase"])]
        used += [("roles", key) for key in (step["responsible"], *step["participants"])]
        used += [("documents", key) for side in ("in", "out") for key in documents.get(side, ())]
        used += [(kind, key) for kind in ("indicators", "links") for key in step.get(kind) or ()]
        for place in dict.fromkeys(used):
            found[place].append(("steps", step["key"]))
    for handover in whole["handovers"]:
        for kind, key in (("documents", handover.get("document")), ("roles", handover.get("to_role"))):
            if key:
                found[kind, key].append(("handovers", handover["key"]))
    for role in whole["roles"]:
        if role.get("actor"):
            found["actors", role["actor"]].append(("roles", role["key"]))
    for indicator in whole["indicators"]:
        if indicator.get("principle"):
            found["principles", indicator["principle"]].append(("indicators", indicator["key"]))
    for diagram in whole["diagrams"]:
        if diagram.get("phase_key") and diagram["drawn"]:  # one that is drawn from the steps goes with its phase
            found["phases", diagram["phase_key"]].append(("diagrams", diagram["key"]))
    return found


def suggested_key(texts: Mapping[str, str], taken: Collection[str]) -> str:
    """A key from a name, English first: "Yhteinen arviointi" → yhteinen-arviointi; -2, -3 … where it is taken."""
    words = next((texts[code] for code in ("en", "fi", "sv") if texts.get(code, "").strip()), "")
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_KEY].rstrip("-") or "osa"
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def problems(kind: str, thing: Thing, whole: Whole) -> Iterator[Problem]:
    """What is wrong with one thing among the others; nothing if it is whole."""
    values = values_of(kind, thing)
    for field in KINDS[kind].fields:
        yield from _field_problems(field, values, whole)
    yield from RULES.get(kind, _no_rule)(thing, whole)


def _field_problems(field: Field, values: Mapping[str, Any], whole: Whole) -> Iterator[Problem]:
    if field.sort == "texts":
        yield from text_problems(field.name, values, required=field.required)
    elif field.sort == "many":
        if set(values[field.name]) - known(field.source, whole):
            yield field.name, _("Choose one of the options.")
    elif field.sort == "choice" and (value := values[field.name]):
        if value not in known(field.source, whole):
            yield field.name, _("Choose one of the options.")
    elif field.required and not values[field.name]:
        yield field.name, _("Fill in this field.")


def text_problems(name: str, values: Mapping[str, Any], *, required: bool) -> Iterator[Problem]:
    """A text has both Finnish and Swedish; one that may be left out has both or neither."""
    lacking = [code for code in REQUIRED if not str(values.get(f"{name}_{code}") or "").strip()]
    if required:
        yield from ((f"{name}_{code}", _("Fill in this field.")) for code in lacking)
    elif lacking and (len(lacking) == 1 or str(values.get(f"{name}_en") or "").strip()):
        yield from ((f"{name}_{code}", _("Write this in Finnish and in Swedish.")) for code in lacking)


def _area_rule(area: Thing, whole: Whole) -> Iterator[Problem]:
    for other in whole["areas"]:
        both = [key for key in area["phases"] if key in other["phases"]]
        if other["key"] != area["key"] and both:
            named = {"phase": name_in(whole, "phases", both[0]), "area": called("areas", other, whole)}
            yield "phases", _("%(phase)s is already in the area %(area)s. Take it out there first.", **named)


def _link_rule(link: Thing, whole: Whole) -> Iterator[Problem]:
    if link["kind"] == "statute" and not link["reference"]:
        yield "reference", _("Write which section it is, for example 531/2017 70 §.")


def _role_rule(role: Thing, whole: Whole) -> Iterator[Problem]:
    if not role.get("actor"):
        yield "actor", _("Choose the actor that this role belongs to.")


def _handover_rule(handover: Thing, whole: Whole) -> Iterator[Problem]:
    ends = _ends(handover)
    if any(_ends(other) == ends and other["key"] != handover["key"] for other in whole["handovers"]):
        yield "taker", _("There is already a hand-over between these two.")
    if handover.get("to") == handover["from"]:
        yield "taker", _("Choose another step or role than the one that it comes from.")
    giver, taker = _actors(handover, whole)
    inside = giver == taker if giver and taker else None
    if handover["kind"] == "sequence":
        if handover.get("to_role"):
            yield "taker", _("The work goes on in a step. Choose a step, or make it a message.")
        elif inside is False:
            yield "kind", _("The step belongs to another actor. Make it a message.")
    elif inside:
        yield "kind", _("Both belong to the same actor. Choose that the work goes on.")
    if handover["kind"] == "message":
        yield from text_problems("name", values_of("handovers", handover), required=True)


def _ends(handover: Thing) -> tuple[Any, Any]:
    return handover["from"], handover.get("to") or handover.get("to_role")


def _actors(handover: Thing, whole: Whole) -> tuple[str | None, str | None]:
    """The actors at both ends, None where a role has none yet."""
    roles = {role["key"]: role.get("actor") for role in whole["roles"]}
    steps = {step["key"]: roles.get(step["responsible"]) for step in whole["steps"]}
    return steps.get(handover["from"]), steps.get(handover.get("to")) or roles.get(handover.get("to_role"))


def _no_rule(thing: Thing, whole: Whole) -> Iterable[Problem]:
    return ()


RULES = {"areas": _area_rule, "links": _link_rule, "roles": _role_rule, "handovers": _handover_rule}
