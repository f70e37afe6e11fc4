"""The names that BPMN 2.0 uses (OMG formal/2011-01-03): namespaces, kinds of element, order of children. Pure.

A tag in the BPMN namespace is its local name ("userTask"); any other is in Clark's notation ("{uri}local").
"""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
STANDARD = frozenset((BPMN, BPMNDI, DC, DI, XSI, XML, "http://www.w3.org/2001/XMLSchema"))

DIAGRAM, PLANE = f"{{{BPMNDI}}}BPMNDiagram", f"{{{BPMNDI}}}BPMNPlane"
SHAPE, EDGE = f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"
LABEL, LABEL_STYLE = f"{{{BPMNDI}}}BPMNLabel", f"{{{BPMNDI}}}BPMNLabelStyle"
BOUNDS, WAYPOINT, DI_EXTENSION = f"{{{DC}}}Bounds", f"{{{DI}}}waypoint", f"{{{DI}}}extension"

COMMENT, INSTRUCTION, TEXT = "#comment", "#instruction", "#text"  # what has no tag

TASKS = frozenset(
    "task userTask manualTask serviceTask scriptTask businessRuleTask sendTask receiveTask".split()
)  # clause 10.2.3
EVENTS = frozenset("startEvent endEvent intermediateCatchEvent intermediateThrowEvent boundaryEvent".split())  # 10.4
GATEWAYS = frozenset(
    "exclusiveGateway inclusiveGateway parallelGateway complexGateway eventBasedGateway".split()
)  # 10.5
SUBPROCESSES = frozenset(("subProcess", "transaction", "adHocSubProcess"))  # 10.2.5
FLOW_NODES = TASKS | EVENTS | GATEWAYS | SUBPROCESSES | {"callActivity"}
DATA = frozenset(("dataObject", "dataObjectReference", "dataStoreReference"))  # 10.3
ARTIFACTS = frozenset(("textAnnotation", "group"))  # 7.2.3
NODES = FLOW_NODES | DATA | ARTIFACTS
FLOWS = frozenset(("sequenceFlow", "association"))
# Clauses 9.5 and 11: kept, but not shown by us.
NOT_SHOWN = frozenset(
    "choreography globalConversation globalChoreographyTask conversation callConversation subConversation "
    "choreographyTask callChoreography subChoreography".split()
)

# What the report counts, by the keys of `parasta bpmn check`.
COUNTED: dict[str, frozenset[str]] = {
    "pools": frozenset(("participant",)),
    "lanes": frozenset(("lane",)),
    "tasks": TASKS,
    "events": EVENTS,
    "gateways": GATEWAYS,
    "sequence_flows": frozenset(("sequenceFlow",)),
    "message_flows": frozenset(("messageFlow",)),
    "subprocesses": SUBPROCESSES,
    "call_activities": frozenset(("callActivity",)),
    "data_objects": frozenset(("dataObjectReference",)),
    "data_stores": frozenset(("dataStoreReference",)),
    "shapes": frozenset((SHAPE,)),
    "edges": frozenset((EDGE,)),
    "diagrams": frozenset((DIAGRAM,)),
}

# What a reader expects to see in a drawing (a data object shows through its references).
DRAWN = (NODES - {"dataObject"}) | FLOWS | {"lane", "participant", "messageFlow"}
DRAWN |= {"dataInputAssociation", "dataOutputAssociation"}
# What we refer to by id later, so that it gets one where the file gives none.
IDENTIFIED = NODES | FLOWS | {"process", "collaboration", "participant", "lane", "messageFlow"}

_FIRST = (COMMENT, INSTRUCTION, "documentation", "extensionElements")


def _ranks(words: str) -> dict[str, int]:
    return {tag: place for place, tag in enumerate((*_FIRST, *words.split()))}


# The order of children in the schema (BPMN20.xsd, Semantic.xsd, BPMNDI.xsd); FLOWING stands for our nodes and flows.
FLOWING, LAST = "#flowing", 1000
ORDER_OF_ROOTS = _ranks("import extension #flowing relationship")
ORDER_OF_PROCESS = _ranks(
    "supportedInterfaceRef ioSpecification ioBinding auditing monitoring property laneSet #flowing "
    "performer humanPerformer potentialOwner resourceRole correlationSubscription supports"
)
ORDER_OF_COLLABORATION = _ranks(
    "participant messageFlow #flowing callConversation conversation subConversation conversationAssociation "
    "participantAssociation messageFlowAssociation correlationKey choreographyRef conversationLink"
)
ORDER_OF_NODE = _ranks(
    "auditing monitoring categoryValueRef incoming outgoing ioSpecification property dataInput dataOutput "
    "dataInputAssociation dataOutputAssociation inputSet outputSet eventDefinition eventDefinitionRef resourceRole "
    "standardLoopCharacteristics multiInstanceLoopCharacteristics laneSet #flowing completionCondition"
)
ORDER_OF_LANE = _ranks("partitionElement flowNodeRef childLaneSet")
ORDER_OF_DIAGRAM = {COMMENT: 0, INSTRUCTION: 0, DI_EXTENSION: 1, PLANE: 2, LABEL_STYLE: 3}
ORDER_OF_DRAWN = {COMMENT: 0, INSTRUCTION: 0, DI_EXTENSION: 1, BOUNDS: 2, WAYPOINT: 2, SHAPE: 3, EDGE: 4, LABEL: 5}
_PERFORMERS = frozenset(("performer", "humanPerformer", "potentialOwner"))


def rank(order: dict[str, int], tag: str) -> int:
    """Where a child with this tag stands among its siblings; what the schema doesn't know stands last."""
    found = order.get(tag)
    if found is not None:
        return found
    if tag.endswith("EventDefinition") and "eventDefinition" in order:
        return order["eventDefinition"]
    if tag in _PERFORMERS and "resourceRole" in order:
        return order["resourceRole"]
    if tag.startswith(("{", "#")):
        return LAST
    return order.get(FLOWING, LAST - 1)
