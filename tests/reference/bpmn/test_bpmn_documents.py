"""Documents of our own: written, read again as the same, and opened by another program."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator

from parasta_saas.reference.bpmn import (
    Collaboration,
    Diagram,
    Document,
    Edge,
    Flow,
    Foreign,
    Lane,
    LaneSet,
    MessageFlow,
    Node,
    Participant,
    Prefixes,
    Process,
    Shape,
    lane_of,
    linked,
    piece,
    read,
    text_of,
    write,
)
from parasta_saas.reference.bpmn import names as bpmn_names
from tests.instructions.worlds import cases

TAGS = sorted(bpmn_names.FLOW_NODES - bpmn_names.SUBPROCESSES | bpmn_names.DATA - {"dataObject"})
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20
) | st.sampled_from(("", " ", "a\tb\nc\rd", "<b>&\"'</b>", "]]>", "å ä ö"))
titles = st.none() | words
lengths = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-5000, 5000).map(float)
extras = st.lists(
    st.tuples(st.sampled_from(("v:color", "v:size", "note")), words), max_size=2, unique_by=lambda p: p[0]
)
vendor = st.sampled_from(("<v:box/>", "<v:box>a &amp; b</v:box>", '<v:box><v:in x="1"/>\n tail</v:box>'))


class Ids:
    """Ids that no two elements share."""

    def __init__(self) -> None:
        self.last = 0

    def new(self) -> str:
        self.last += 1
        return f"e{self.last}"


def inner(draw, prefix: str) -> tuple[Foreign, ...]:
    name = f"{prefix}:" if prefix else ""
    found = [Foreign("#comment", "<!-- here -->")] if draw(st.booleans()) else []
    if draw(st.booleans()):
        text = draw(words)
        found.append(piece(Document(prefixes=Prefixes(bpmn=prefix)), "documentation", text))
    if draw(st.booleans()):
        tag = f"{name}extensionElements"
        found.append(Foreign("extensionElements", f"<{tag}>{draw(vendor)}</{tag}>"))
    return tuple(found)


@st.composite
def contents(draw, ids: Ids, prefix: str, depth: int = 0):
    """(lane sets, nodes, flows) of a process or sub-process."""
    nodes = []
    for tag in draw(st.lists(st.sampled_from((*TAGS, "subProcess")), max_size=5)):
        given = dict(attributes=tuple(draw(extras)), inner=inner(draw, prefix), name=draw(titles))
        if tag == "subProcess" and depth < 2:
            lane_sets, within, flows = draw(contents(ids, prefix, depth + 1))
            given |= dict(lane_sets=lane_sets, nodes=within, flows=flows)
        nodes.append(Node(ids.new(), tag, **given))
    ends = [node.id for node in nodes]
    flows = [
        Flow(
            ids.new(), draw(st.sampled_from(ends)), draw(st.sampled_from(ends)), draw(titles), inner=inner(draw, prefix)
        )
        for _ in range(draw(st.integers(0, 4)) if ends else 0)
    ]
    lane_sets = ()
    if draw(st.booleans()):
        low = tuple(Lane(ids.new(), draw(titles), tuple(ends[i::2]), inner=inner(draw, prefix)) for i in range(2))
        lane_sets = (
            LaneSet((Lane(ids.new(), draw(titles), tuple(ends), LaneSet(low)),), draw(st.none() | st.just(ids.new()))),
        )
    if draw(st.booleans()):
        nodes.append(Node(ids.new(), "textAnnotation", attributes=tuple(draw(extras))))
        flows.append(Flow(ids.new(), nodes[-1].id, nodes[0].id, tag="association"))
    return lane_sets, tuple(nodes), tuple(flows)


@st.composite
def documents(draw) -> Document:
    ids, prefix = Ids(), draw(st.sampled_from(("bpmn", "", "x")))
    processes, pools = [], []
    for _ in range(draw(st.integers(0, 2))):
        lane_sets, nodes, flows = draw(contents(ids, prefix))
        processes.append(
            Process(ids.new(), draw(titles), lane_sets, nodes, flows, tuple(draw(extras)), inner(draw, prefix))
        )
        pools.append(Participant(ids.new(), draw(titles), processes[-1].id, inner=inner(draw, prefix)))
    messages = tuple(MessageFlow(ids.new(), pool.id, pools[0].id, draw(titles)) for pool in pools)
    everything = [node.id for process in processes for node in process.nodes]
    shapes = tuple(Shape(e, *draw(st.tuples(*[lengths] * 4)), draw(st.none() | st.just(ids.new()))) for e in everything)
    edges = tuple(
        Edge(
            flow.id,
            tuple(draw(st.lists(st.tuples(lengths, lengths), min_size=2, max_size=4))),
            ids.new(),
            tuple(draw(extras)),
        )
        for process in processes
        for flow in process.flows
    )
    collaborations = (Collaboration(ids.new(), draw(titles), tuple(pools), messages),) if pools else ()
    return linked(
        Document(
            tuple(processes),
            collaborations,
            (Diagram(collaborations[0].id, shapes, edges, ids.new(), draw(titles)),) if collaborations else (),
            (("targetNamespace", "urn:x"), *draw(extras)),
            ((prefix, bpmn_names.BPMN), *Document().namespaces[1:], ("v", "urn:v")),
            Prefixes(bpmn=prefix),
            roots=(Foreign("#comment", "<!-- root -->"),) if draw(st.booleans()) else (),
            before=(Foreign("#comment", "<!-- before -->"),) if draw(st.booleans()) else (),
        )
    )


@cases(200)
@given(documents())
def test_i12_any_document_is_read_as_it_was_written_and_written_as_the_same_bytes(document):
    data = write(document)
    again = read(data)
    assert again.document == document
    assert write(again.document) == data
    assert not again.report.unresolved and not again.report.renamed


FLOW = linked(
    Document(
        processes=(
            Process(
                "Process_1",
                "Työelämäjakso",
                (
                    LaneSet(
                        (
                            Lane("Teacher", "Opettaja", ("Begin", "Plan")),
                            Lane("Instructor", "Ohjaaja", ("Ok", "Do", "Finish")),
                        )
                    ),
                ),
                (
                    Node("Begin", "startEvent"),
                    Node("Plan", "userTask", "Sovitaan tavoitteet"),
                    Node("Ok", "exclusiveGateway", "Sopiiko?", attributes=(("default", "F3"),)),
                    Node("Do", "task", "Opitaan työssä"),
                    Node("Finish", "endEvent"),
                ),
                (
                    Flow("F1", "Begin", "Plan"), Flow("F2", "Plan", "Ok"), Flow("F3", "Ok", "Do"),
                    Flow("F4", "Ok", "Finish", "ei", inner=(piece(Document(), "conditionExpression", "False"),)),
                    Flow("F5", "Do", "Finish"),
                ),
            ),
        ),
        collaborations=(
            Collaboration(
                "Together",
                participants=(
                    Participant("Provider", "Järjestäjä", "Process_1"), Participant("Workplace", "Työpaikka"),
                ),
                message_flows=(MessageFlow("M", "Plan", "Workplace"),),
            ),
        ),
        diagrams=(Diagram("Together", (Shape("Plan", 0, 0, 100, 80, "Plan_di"),), (), "Diagram"),),
    )
)  # fmt: skip


def opened(document: Document) -> BpmnParser:
    """SpiffWorkflow wants lxml's tree; it checks it against the OMG's schema."""
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_xml(etree.fromstring(write(document)).getroottree())
    return parser


def test_another_program_opens_an_export_and_understands_its_way():
    # It runs what has a start event, nodes of the kinds it knows, and doesn't say isExecutable="false". Two ids are
    # its own: a node named Start or End would be taken for one that it has already seen.
    spec = opened(FLOW).get_spec("Process_1")
    assert {"Begin", "Plan", "Ok", "Do", "Finish"} <= set(spec.task_specs)
    assert (spec.task_specs["Plan"].lane, spec.task_specs["Do"].lane) == ("Opettaja", "Ohjaaja")
    assert sorted(follower.name for follower in spec.task_specs["Ok"].outputs) == ["Do", "Finish"]


def test_another_program_opens_an_export_that_is_not_meant_to_run():
    (process,) = FLOW.processes
    parser = opened(replace(FLOW, processes=(replace(process, attributes=(("isExecutable", "false"),)),)))
    assert parser.get_process_ids() == [] and parser.get_process_parser("Process_1") is not None


def test_links_of_nodes_come_from_the_flows():
    (process,) = FLOW.processes
    nodes = {node.id: node for node in process.nodes}
    assert (nodes["Ok"].incoming, nodes["Ok"].outgoing, nodes["Begin"].incoming) == (("F2",), ("F3", "F4"), ())


def test_texts_go_in_and_out_whole():
    text = 'Muista: a < b & "c" > d\r\n&lt;'
    assert text_of((piece(Document(), "documentation", text),)) == text
    assert text_of((piece(Document(), "text", "yksi"),)) == ""


def test_a_name_with_characters_that_xml_cannot_carry_is_written_readably():
    again = read(write(Document((Process("P", "a\x00b\x0bc\ud800"),)))).document
    assert again.processes[0].name == "a\ufffdb\ufffdc\ufffd"


def test_an_outer_lane_that_lists_what_its_inner_lanes_hold_gives_way_to_them():
    lanes = LaneSet(
        (Lane("Outer", refs=("A", "B"), lane_set=LaneSet((Lane("Inner", refs=("A",)),))), Lane("Beside", refs=("B",)))
    )
    found = lane_of(Process("P", lane_sets=(lanes,)))
    assert (found["A"].id, found["B"].id) == ("Inner", "Outer")


@pytest.mark.parametrize("value", [0, -0.0, 0.1, 1e-9, 1e300, -1234.5])
def test_numbers_come_back_exactly(value):
    document = Document(diagrams=(Diagram(None, (Shape(None, value, value, value, value),)),))
    assert read(write(document)).document.diagrams[0].shapes[0].x == value
