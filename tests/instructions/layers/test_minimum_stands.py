"""In every resolved view the minimum stands as it is nationally, and no mandatory step is missing or out of order."""

from types import SimpleNamespace
from typing import Any

from hypothesis import given

from parasta_saas.instructions.layers import contents
from parasta_saas.instructions.queries.manual import entries_of
from parasta_saas.instructions.resolved import check_overlay, resolve
from parasta_saas.instructions.stacking import stack
from tests.instructions.worlds import SEEDS, Maker, cases

LOCKED = ("minimum", "name", "critical", "key", "phase")


def extras(maker: Maker) -> dict[str, Any]:
    r = maker.random
    made: dict[str, Any] = {}
    if r.random() < 0.5:
        made["checklist"] = [{"key": "c", "text": {"fi": maker.sentence()}}]
    if r.random() < 0.3:
        made["own_roles"] = [{"key": "r", "name": {"fi": "Tutor"}, "duty": {"fi": maker.sentence()}}]
    if r.random() < 0.3:
        made["deviation"] = {"reason": maker.sentence(), "approver": "Kerttu", "expires": "2027-01-01"}
    return made


def whole(maker: Maker, step: dict[str, Any]) -> dict[str, Any]:
    """A random overlay; what is not permitted is left out, as the page would refuse it."""
    own = {k: v for k, v in maker.own(step).items() if k != "checklist"} | extras(maker)
    own["local_role"] = {"fi": "Tiimi"} if maker.random.random() < 0.3 else {}
    own = {name: value for name, value in own.items() if value}
    for refusal in check_overlay(step, own):
        own.pop(refusal.field, None)
    return own


def row(step: dict[str, Any]) -> Any:
    return SimpleNamespace(key=step["key"], phase_key=step["phase"], content=lambda step=step: step)


def own_steps(maker: Maker, steps: list[dict[str, Any]], unit: str) -> list[dict[str, Any]]:
    r, made = maker.random, []
    for number in range(r.randint(0, 4)):
        at = r.choice([step["key"] for step in steps] + [each["key"] for each in made] + ["nowhere"])
        made.append({
            "key": f"own-{number}", "phase": r.choice(steps)["phase"], "after": r.choice([at, None]),
            "name": {"fi": maker.sentence()}, "note": {"fi": maker.sentence()}, "unit": r.choice(["", unit]),
            **extras(maker),
        })  # fmt: skip
    return made


@given(SEEDS)
@cases(300)
def test_in_every_view_the_minimum_stands_and_no_national_step_is_missing(seed):
    maker = Maker(seed)
    release = maker.release()
    steps = release["steps"]
    mine = {step["key"]: whole(maker, step) for step in steps}
    above = {step["key"]: resolve(step, mine[step["key"]]) for step in steps}
    campus = {
        key: {"overlay": whole(maker, view), "above": dict(view["guidance"])}
        for key, view in above.items() if maker.random.random() < 0.6
    }  # fmt: skip
    if maker.random.random() < 0.5:  # the provider writes on meanwhile, so that a unit's words stand on older ones
        mine = {step["key"]: whole(maker, step) for step in steps}
    unit = SimpleNamespace(id="u")
    held = contents(
        "1.0", {key: {"edition": 1, "overlay": own, "base": {}} for key, own in mine.items()},
        own_steps(maker, steps, "u"), {"u": {"name": {}, "steps": campus}},
    )  # fmt: skip
    for at in (None, unit):
        entries = entries_of([row(step) for step in steps], held, at)
        seen = [entry for entry in entries if not entry.key.startswith("own-")]
        assert [entry.key for entry in seen] == [step["key"] for step in steps]
        for entry, step in zip(seen, steps, strict=True):
            assert {name: entry.view.get(name) for name in LOCKED} == {name: step.get(name) for name in LOCKED}
            _asks_no_less(step, entry.view)


@given(SEEDS)
@cases(300)
def test_a_unit_never_asks_less_than_its_provider_whatever_either_wrote(seed):
    maker = Maker(seed)
    step = maker.step("s", "p")
    provider = whole(maker, step)
    wild = {**maker.own(step), "time_limit_value": maker.random.choice([1, 3, 9, 40]), "minimum": {"fi": "Ei mitään."}}
    stacked = stack(step, provider, {"overlay": wild, "above": {"fi": maker.text()}})
    assert stacked.view["minimum"] == step["minimum"]
    assert "minimum" in {refusal.field for refusal in stacked.suspended}
    _asks_no_less(resolve(step, provider), stacked.view)


def _asks_no_less(step: dict[str, Any], view: dict[str, Any]) -> None:
    """A limit is as tight as above or tighter."""
    limit = step["time_limit"]
    if not limit:
        assert view["time_limit"] == limit
        return
    value, floor = view["time_limit"]["value"], limit["value"]
    assert value <= floor if limit["anchor"].startswith("after") else value >= floor
