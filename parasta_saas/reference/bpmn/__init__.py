"""BPMN 2.0 in and out: `read` a file of any tool, see its `Report`, `write` it again, `match` it with our keys."""

from .matching import Match, Place, match, places
from .model import (
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
)
from .reading import MOST_BYTES, MOST_ELEMENTS, Reading, read
from .refusal import Refused
from .report import Report, Warn
from .walking import lane_of, linked, nodes_within, piece, text_of
from .writing import write

__all__ = [
    "MOST_BYTES", "MOST_ELEMENTS", "Collaboration", "Diagram", "Document", "Edge", "Flow", "Foreign", "Lane",
    "LaneSet", "Match", "MessageFlow", "Node", "Participant", "Place", "Prefixes", "Process", "Reading", "Refused",
    "Report", "Shape", "Warn", "lane_of", "linked", "match", "nodes_within", "piece", "places", "read", "text_of",
    "write",
]  # fmt: skip
