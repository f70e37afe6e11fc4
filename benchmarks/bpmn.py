"""What the BPMN door costs: reading and writing a large file, and saying no to a bad one.

    python -m benchmarks.bpmn

Prints the best of several rounds in milliseconds of this process, and the ratio to lxml only parsing the same bytes
(its C tree, nothing understood). Targets: 900 kB read within 1 s; a refusal within 200 ms of the file's reading.
"""

import time
from collections.abc import Callable

from lxml import etree

from parasta_saas.reference.bpmn import Refused, read, write
from parasta_saas.reference.bpmn.names import BPMN, BPMNDI, DC, DI

ROUNDS, STEPS = 7, 1_190
HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:bpmndi="{BPMNDI}" '
    f'xmlns:dc="{DC}" xmlns:di="{DI}" xmlns:v="urn:vendor" targetNamespace="urn:bench">'
)
BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def large(steps: int = STEPS) -> bytes:
    """A process of `steps` tasks in ten lanes, with documentation, vendors' extensions and its drawing."""
    tasks, flows, shapes, edges = [], [], [], []
    for n in range(steps):
        tasks.append(
            f'<bpmn:userTask id="t{n}" name="Sovitaan työssä oppimisen tavoitteet {n}"><bpmn:documentation>Opettaja, '
            f"opiskelija ja ohjaaja sopivat tavoitteista yhdessä, askel {n}.</bpmn:documentation>"
            f'<bpmn:extensionElements><v:box key="{n}"><v:item name="owner">Koulutus</v:item></v:box>'
            f"</bpmn:extensionElements><bpmn:incoming>f{n}</bpmn:incoming><bpmn:outgoing>f{n + 1}</bpmn:outgoing>"
            "</bpmn:userTask>"
        )
        flows.append(f'<bpmn:sequenceFlow id="f{n}" sourceRef="t{max(n - 1, 0)}" targetRef="t{n}"/>')
        shapes.append(
            f'<bpmndi:BPMNShape id="s{n}" bpmnElement="t{n}"><dc:Bounds x="{n * 150}" y="{n % 10 * 120}" width="100" '
            'height="80"/><bpmndi:BPMNLabel/></bpmndi:BPMNShape>'
        )
        edges.append(
            f'<bpmndi:BPMNEdge id="e{n}" bpmnElement="f{n}"><di:waypoint x="{n * 150 - 50}.5" y="40"/>'
            f'<di:waypoint x="{n * 150}" y="40"/></bpmndi:BPMNEdge>'
        )
    lanes = "".join(
        f'<bpmn:lane id="l{lane}" name="Rooli {lane}">'
        + "".join(f"<bpmn:flowNodeRef>t{n}</bpmn:flowNodeRef>" for n in range(lane, steps, 10))
        + "</bpmn:lane>"
        for lane in range(10)
    )
    process = (
        f'<bpmn:process id="p"><bpmn:laneSet id="ls">{lanes}</bpmn:laneSet>{"".join(tasks + flows)}</bpmn:process>'
    )
    plane = f'<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="p">{"".join(shapes + edges)}'
    return f"{HEAD}{process}{plane}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>".encode()


def bad_ones() -> dict[str, bytes]:
    """Files to refuse, each built to take long if it is not noticed early."""
    end = "</bpmn:definitions>"
    many = '<bpmn:task id="t"/>' * 100_001
    return {
        "entity bomb": f"{BOMB}]><b>&i;</b>".encode(),
        "external entity": b'<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/hostname">]><b>&x;</b>',
        "doctype after 9 MB of comment": b"<!--" + b"x" * 9_000_000 + b"--><!DOCTYPE b><b/>",
        "100 MB": b" " * 100_000_000,
        "100 001 elements": f"{HEAD}{many}{end}".encode(),
        "100 001 elements behind a comment": f"{HEAD}<!-- < -->{many}{end}".encode(),
        "too deep": f"{HEAD}{'<bpmn:subProcess>' * 90_000}{'</bpmn:subProcess>' * 90_000}{end}".encode(),
        "not XML at its very end (9 MB)": f"{HEAD}<bpmn:documentation>{'x' * 9_000_000}".encode(),
        "unclosed comments (9 MB)": f"{HEAD}{'<!--' * 2_250_000}".encode(),
        "another XML": b"<html>" + b"<p>x</p>" * 90_000 + b"</html>",
        "not XML": b"%PDF-1.7" + b"\0" * 1_000_000,
    }


def best(work: Callable[[], object]) -> float:
    """Milliseconds of the quickest round."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return min(found)


def refusal(data: bytes) -> str:
    """The code of the reason."""
    try:
        read(data)
    except Refused as reason:
        return reason.code
    raise AssertionError("this file should have been refused")


def main() -> None:
    data = large()
    document = read(data).document
    plain = best(lambda: etree.fromstring(data))
    print(f"{len(data):,} bytes; lxml alone {plain:.1f} ms")
    for name, took in (("read", best(lambda: read(data))), ("write", best(lambda: write(document)))):
        print(f"{name}: {took:.0f} ms, {took / plain:.1f} × lxml's parse (target: 1,000 ms)")
    for name, bad in bad_ones().items():
        took = best(lambda bad=bad: refusal(bad))
        print(f"refused, {name}: {refusal(bad)} in {took:.1f} ms (target: 200 ms)")


if __name__ == "__main__":
    main()
