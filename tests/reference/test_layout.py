"""Diagrams are laid out whole and the same way every time, whatever the graph."""

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parasta_saas.reference.layout import Box, Item, Lane, LayoutError, Link, Pool, layout, width, wrap

KINDS = ("task", "task", "task", "start", "end", "catch", "exclusive", "parallel", "data", "note")
NAMES = (
    "", "Sopimuksen laatiminen", "kyllä", "Työpaikka­ohjaaja­koulutuksen tarjoaminen", "Onko ehdot sovittu?",
    "Muissa oppimisympäristöissä hankittavan osaamisen suunnittelu",
    "ettäkäänepäjärjestelmällistyttämättömyydelläänsäkään",
)  # fmt: skip
quiet = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def lanes(draw, prefix: str, depth: int = 0):
    count = draw(st.integers(0, 3 - depth))
    return tuple(
        Lane(
            f"{prefix}.{n}", draw(st.sampled_from(NAMES)), draw(lanes(f"{prefix}.{n}", depth + 1)) if depth < 2 else ()
        )
        for n in range(count)
    )


@st.composite
def diagrams(draw, most: int = 14):
    pools = tuple(
        Pool(f"p{n}", draw(st.sampled_from(NAMES)), draw(lanes(f"p{n}"))) for n in range(draw(st.integers(0, 3)))
    )
    places = [key for pool in pools for key in _keys(pool)] + ["" if not pools else pools[0].key]
    items = [
        Item(f"i{n}", draw(st.sampled_from(places)), draw(st.sampled_from(KINDS)), draw(st.sampled_from(NAMES)), n,
             number=draw(st.sampled_from(("", "12"))), critical=draw(st.booleans()))
        for n in range(draw(st.integers(1, most)))
    ]  # fmt: skip
    hosts = [item for item in items if item.kind == "task"]
    if hosts:
        items += [
            Item(f"b{n}", "", "boundary", draw(st.sampled_from(NAMES)), 50 + n, host=draw(st.sampled_from(hosts)).key)
            for n in range(draw(st.integers(0, 2)))
        ]
    ends = st.sampled_from([item.key for item in items] + [pool.key for pool in pools])
    kinds = st.sampled_from(("sequence", "sequence", "message", "association"))
    links = [
        Link(draw(ends), draw(ends), draw(kinds), draw(st.sampled_from(NAMES)), f"l{n}")
        for n in range(draw(st.integers(0, most * 2)))
    ]
    return pools, items, links


def _keys(frame) -> list[str]:
    return [frame.key, *(key for lane in frame.lanes for key in _keys(lane))]


def _crosses(box: Box, a, b) -> bool:
    (x1, x2), (y1, y2) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return x1 < box.right - 0.2 and x2 > box.x + 0.2 and y1 < box.bottom - 0.2 and y2 > box.y + 0.2


def _on_border(box: Box, point) -> bool:
    x, y = point
    inside = box.x - 0.2 <= x <= box.right + 0.2 and box.y - 0.2 <= y <= box.bottom + 0.2
    return inside and min(abs(x - box.x), abs(x - box.right), abs(y - box.y), abs(y - box.bottom)) < 0.2


@quiet
@given(diagrams())
def test_no_box_and_no_name_lies_on_another(diagram):
    laid = layout(*diagram)
    solid = [item.box for item in laid.items if not item.item.host]
    names = [item.label_box for item in laid.items if item.label_box and not item.item.host]
    for n, box in enumerate(solid + names):
        assert not any(box.meets(other) for other in (solid + names)[n + 1 :])


@quiet
@given(diagrams())
def test_every_item_is_in_its_lane_and_every_lane_in_its_pool(diagram):
    pools, items, _ = diagram
    laid = layout(*diagram)
    frames = {pool.key: pool.box for pool in laid.pools} | {lane.key: lane.box for lane in laid.lanes}
    assert len(laid.items) == len(items) and len(laid.pools) == len(pools)
    paper = Box(0, 0, laid.width, laid.height)
    for item in laid.items:
        home = item.item.lane_key or next((i.lane_key for i in items if i.key == item.item.host), "")
        frame = frames.get(home, paper)
        assert frame.holds(item.box) and (item.label_box is None or paper.holds(item.label_box))
    for lane in laid.lanes:
        parent = lane.key.rpartition(".")[0]
        assert frames[parent].holds(lane.box) and frames[lane.pool_key].holds(lane.box)
    for n, pool in enumerate(laid.pools):
        assert paper.holds(pool.box)
        assert not any(pool.box.meets(other.box) for other in laid.pools[n + 1 :])


@quiet
@given(diagrams())
def test_every_link_goes_at_right_angles_from_border_to_border_and_through_no_box(diagram):
    laid = layout(*diagram)
    boxes = {item.item.key: item.box for item in laid.items} | {pool.key: pool.box for pool in laid.pools}
    assert len(laid.links) == len(diagram[2])
    hosts = {item.item.key for item in laid.items if item.item.host}
    for link in laid.links:
        points = link.points
        assert len(points) >= 2
        assert _on_border(boxes[link.link.source], points[0]) and _on_border(boxes[link.link.target], points[-1])
        for a, b in zip(points[:-1], points[1:], strict=True):
            assert a[0] == b[0] or a[1] == b[1]
            through = [
                item.item.key for item in laid.items
                if item.item.key not in hosts and _crosses(item.box, a, b)
            ]  # fmt: skip
            assert through == []


@quiet
@given(diagrams(), st.randoms())
def test_the_order_of_items_and_links_changes_nothing(diagram, chance: random.Random):
    pools, items, links = diagram
    laid = layout(pools, items, links)
    mixed = chance.sample(items, len(items)), chance.sample(links, len(links))
    assert layout(pools, *mixed) == laid


def _graph(pools, places: str, kinds: str, links: str):
    """Items a, b … each in a lane (its number) and of a kind (its letter); links like `a>b` and, messages, `a~b`."""
    lanes = [lane.key for pool in pools for lane in pool.lanes or (pool,)]
    names = {"t": "task", "s": "start", "x": "exclusive"}
    items = [
        Item(key, lanes[int(place)], names[kind], "", rank)
        for rank, (key, place, kind) in enumerate(zip("abcdefgh", places, kinds, strict=False))
    ]
    found = [
        Link(one[0], one[2:], "message" if one[1] == "~" else "sequence", key=f"l{n}")
        for n, one in enumerate(links.split())
    ]
    return pools, items, found


TWO_LANES = (Pool("p", lanes=(Lane("p.0"), Lane("p.1"))),)
FACING = _graph((Pool("p"),), "0" * 8, "ttststtt", "b~e d~c b~e a>a b~e d>b a>a a>a a>a b>a c>a a~c")
ACROSS_A_LANE = _graph(TWO_LANES, "0011", "ssss", "a>b c>d a~d c~b")
TO_ITS_OWN_POOL = _graph((Pool("p"), Pool("q")), "00011", "sssxx", "a>b a>c p~a e>d e~c")


@quiet
@example(FACING)
@example(ACROSS_A_LANE)
@example(TO_ITS_OWN_POOL)
@given(diagrams(most=9))
def test_two_links_between_different_things_never_hide_each_other(diagram):
    laid = layout(*diagram)
    stretches = [
        (link.link, a, b) for link in laid.links for a, b in zip(link.points[:-1], link.points[1:], strict=True)
    ]  # fmt: skip
    for n, (one, a, b) in enumerate(stretches):
        for other, c, d in stretches[n + 1 :]:
            if {one.source, one.target} & {other.source, other.target}:
                continue
            assert _shared(a, b, c, d) < 3, (one, other)


def _shared(a, b, c, d) -> float:
    for axis in (0, 1):
        if a[axis] == b[axis] == c[axis] == d[axis]:
            along = 1 - axis
            low = max(min(a[along], b[along]), min(c[along], d[along]))
            return min(max(a[along], b[along]), max(c[along], d[along])) - low
    return 0


def test_flow_runs_from_left_to_right_and_a_return_doesnt_turn_it():
    items = [Item(key, rank=n) for n, key in enumerate("abcd")]
    links = [Link("a", "b"), Link("b", "c"), Link("c", "d"), Link("c", "a")]
    assert [item.column for item in layout((), items, links).items] == [0, 1, 2, 3]


def test_a_straight_chain_is_drawn_straight():
    items = [Item("a", kind="start"), Item("b", label="Sopimuksen laatiminen", rank=1), Item("c", kind="end", rank=2)]
    laid = layout((), items, [Link("a", "b"), Link("b", "c")])
    assert all(len(link.points) == 2 and link.points[0][1] == link.points[1][1] for link in laid.links)


def test_a_message_goes_straight_down_to_the_other_pool():
    pools = (Pool("p", "Oppilaitos", (Lane("l", "opettaja"),)), Pool("q", "Työpaikka"))
    laid = layout(pools, [Item("a", "l"), Item("b", "q")], [Link("a", "b", "message", "kutsu")])
    (message,) = laid.links
    assert message.points[0][0] == message.points[1][0] and len(message.points) == 2
    assert message.label_box and not message.label_box.meets(laid.items[0].box)


def test_an_empty_pool_is_reached_at_its_border():
    laid = layout(
        (Pool("p"), Pool("q", "Kela")), [Item("a", "p")], [Link("a", "q", "message"), Link("q", "a", "message")]
    )
    border = laid.pools[1].box.y
    assert laid.links[0].points[-1][1] == border or laid.links[1].points[-1][1] == border


def test_what_has_no_links_stands_side_by_side():
    assert [item.column for item in layout((), [Item(f"i{n}", rank=n) for n in range(4)]).items] == [0, 1, 2, 3]


def test_nothing_at_all_is_a_diagram_too():
    assert layout((), ()).items == ()


@pytest.mark.parametrize(
    ("pools", "items", "links"),
    [
        ((), [Item("a"), Item("a")], []),
        ((Pool("p", lanes=(Lane("p"),)),), [], []),
        ((Pool("p"),), [Item("a", "q")], []),
        ((Pool("p"),), [Item("p", "p")], []),
        ((), [Item("a")], [Link("a", "b")]),
        ((), [Item("a", host="b")], []),
    ],
)
def test_what_cant_be_placed_is_refused_with_its_name(pools, items, links):
    with pytest.raises(LayoutError, match="[abpq]"):
        layout(pools, items, links)


@given(st.text(max_size=60), st.integers(30, 200))
def test_every_line_fits_its_room(text, room):
    assert all(width(line, 14) <= room or len(line) <= 2 for line in wrap(text, 14, room))


def test_a_long_word_breaks_at_its_seams_or_between_syllables():
    assert wrap("Yhteyden­ottoon vastaaminen", 14, 70) == ["Yhteyden-", "ottoon", "vastaami-", "nen"]
    assert wrap("Yhteyden­ottoon", 14, 150) == ["Yhteydenottoon"]
