"""A handbook made of the reference content with one provider's and one unit's words on it: no database."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from parasta_saas.instructions.layers import own_content
from parasta_saas.instructions.manual_document import WHOLE, Reader, document
from parasta_saas.instructions.manual_print import Cover, print_manual
from parasta_saas.instructions.overlay_steps import in_order
from parasta_saas.instructions.stacking import Stacked, stack
from parasta_saas.reference.content import frame_of, read_release

RELEASE = read_release()
FRAME = frame_of(RELEASE)
PHASES = [SimpleNamespace(**phase, content=lambda phase=phase: phase) for phase in RELEASE["phases"]]
FIRST = RELEASE["steps"][0]
EXTRA = "Jos työpaikka jätti numeron, soita aina ensin."
OVERLAYS: dict[str, Any] = {
    "contact-response": {
        "guidance": {"fi": f"{FIRST['guidance']['fi']} {EXTRA}"},
        "note": {"fi": "Päivystäjä **vaihtuu** viikoittain. Kysy: Kerttu Kivi, kerttu@lumo.example."},
        "local_role": {"fi": "Kumppanuuspäivystäjä", "sv": "Partnerskapsjour"}, "time_limit_value": 1,
        "checklist": [{"key": "a", "text": {"fi": "Soita takaisin"}}],
        "forms": [{"key": "f", "title": {"fi": "Yhteydenottolomake"}, "url": "https://lomake.example/l"}],
        "own_links": [{"key": "j", "title": {"fi": "Vaarallinen linkki"}, "url": "javascript:alert(1)"}],
        "attachments": [{"key": "x", "title": {"fi": "Ohjekuva"}, "file_id": "1", "name": "kuva.pdf", "size": 9}],
        "own_roles": [{"key": "r", "name": {"fi": "Varapäivystäjä"}, "duty": {"fi": "Vastaa lomien aikana."}}],
        "deviation": {"reason": "Kokeilu vuoden ajan.", "approver": "Aino Aalto", "expires": "2027-01-31"},
    },
    "goals-and-tasks": {"guidance": {"fi": RELEASE["steps"][12]["guidance"]["fi"] + " Kirjaamme ne heti."}},
}  # fmt: skip
OWN_STEPS = [
    {"key": "own-1", "phase": "partnership", "after": "partner-registration", "name": {"fi": "Tutustumiskäynti"},
     "note": {"fi": "Käymme työpaikalla."}, "local_role": {"fi": "Kumppanuuspäivystäjä"}, "view": "service"},
]  # fmt: skip


@dataclass(frozen=True)
class Made:
    """As queries.manual.Entry."""

    key: str
    phase_key: str
    national: Any
    content: Any
    overlay: Any
    stacked: Stacked

    @property
    def own(self) -> bool:
        return self.national is None

    @property
    def view(self) -> dict[str, Any]:
        return self.stacked.view


def entries(overlays: dict[str, Any] | None = None, own: list | None = None, unit: dict | None = None) -> list[Made]:
    laid, mine = OVERLAYS if overlays is None else overlays, OWN_STEPS if own is None else own
    national, found = {step["key"]: step for step in RELEASE["steps"]}, []
    placed = {step["key"]: step for step in mine}
    for key in in_order(RELEASE["steps"], mine):
        content, overlay = (national[key], laid.get(key, {})) if key in national else own_content(placed[key])
        step = SimpleNamespace(**national[key], phase_key=content["phase"]) if key in national else None
        found.append(
            Made(key, content["phase"], step, content, overlay, stack(content, overlay, (unit or {}).get(key)))
        )
    return found


def read(language: str = "fi", asked=WHOLE, *, made: list[Made] | None = None, **reader: Any):
    return document(PHASES, made or entries(), FRAME, Reader(language, ("fi", "sv"), **reader), asked)


def cover(part: str = "", language: str = "fi") -> Cover:
    return Cover("Lumon koulutuskuntayhtymä", "Käsikirja", part, "", 12, "1.0", date(2026, 11, 24),
                 RELEASE["content_mark"][language], "3f" * 32)  # fmt: skip


def printed(language: str = "fi", asked=WHOLE, *, part: str = "", made: list[Made] | None = None) -> bytes:
    return print_manual(read(language, asked, made=made), cover(part, language), language)
