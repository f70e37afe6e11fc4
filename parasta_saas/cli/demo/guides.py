"""The knowledge bank as Nelli has published it over the months, and two guides of Lumo's own."""

import json
from datetime import timedelta
from typing import Any

from ...core import clock
from ...instructions.services.guides import write_local_guide
from ...reference.content import DATA
from ...reference.queries.guides import guide_for
from ...reference.services.guides import publish_guide, write_guide
from .acting import acting_as

DAYS_AGO = (126, 98, 61, 33, 12)  # when the guides came out, a batch on each day
AGAIN = "first-meeting"  # is in its second edition
OWN: tuple[dict[str, Any], ...] = (
    {
        "kind": "guide",
        "title": {"fi": "Ensimmäinen puhelu", "sv": "Det första samtalet"},
        "summary": {"fi": "Mitä päivystäjä kysyy ja lupaa.", "sv": "Vad jouren frågar och lovar."},
        "body": {
            "fi": "Soita numerosta, johon voi soittaa takaisin.\n\n- Kerro nimesi ja suora numerosi.\n- Kysy, mitä"
            " työpaikka tarvitsee, ja toista se omin sanoin.\n- Sovi seuraava askel ja päivä.\n\nKirjaa yhteydenotto"
            " saman puhelun aikana.",
            "sv": "Ring från ett nummer som går att ringa tillbaka till.\n\n- Berätta vad du heter och ge ditt direkta"
            " nummer.\n- Fråga vad arbetsplatsen behöver och upprepa det med egna ord.\n- Kom överens om nästa steg"
            " och dag.\n\nAnteckna kontakten under samma samtal.",
        },
        "url": {},
        "steps": ["contact-response"],
    },
    {
        "kind": "form",
        "title": {"fi": "Yhteydenottolomake", "sv": "Kontaktformulär"},
        "summary": {"fi": "Julkinen sivumme, jonka voi lähettää työpaikalle.",
                    "sv": "Vår öppna sida, som kan skickas till arbetsplatsen."},
        "body": {},
        "url": {"fi": "https://lumo.example/yhteys", "sv": "https://lumo.example/kontakt"},
        "steps": ["contact-response", "partner-registration"],
    },
)  # fmt: skip


def load() -> None:
    guides = json.loads((DATA / "guides.json").read_text("utf-8"))["guides"]
    for number, days in enumerate(DAYS_AGO):
        with clock.frozen(clock.now() - timedelta(days=days)), acting_as("nelli") as nelli:
            for guide in guides[number :: len(DAYS_AGO)]:
                publish_guide(nelli, write_guide(nelli, words=_words(guide), key=guide["key"], begin=True))
    _write_again(next(guide for guide in guides if guide["key"] == AGAIN))
    with clock.frozen(clock.now() - timedelta(days=20)), acting_as("aino") as aino:
        for guide in OWN:
            write_local_guide(aino, words=guide)


def _write_again(guide: dict[str, Any]) -> None:
    """The second edition says one thing more."""
    more = {"fi": "\n\nVaraa tapaamiseen rauhallinen paikka.", "sv": "\n\nVälj en lugn plats för mötet."}
    words = _words(guide)
    words["body"] = {code: text + more.get(code, "") for code, text in words["body"].items()}
    with clock.frozen(clock.now() - timedelta(days=5)), acting_as("nelli") as nelli:
        current, _draft = guide_for(nelli, guide["key"])
        assert current is not None
        publish_guide(nelli, write_guide(nelli, words=words, key=current.key, edition=current.edition + 1))


def _words(guide: dict[str, Any]) -> dict[str, Any]:
    """A guide of the data file as the service takes it; there an address may be one for all languages."""
    url = guide["url"]
    urls = dict.fromkeys(("fi", "sv"), url) if isinstance(url, str) else url or {}
    names = ("kind", "title", "summary", "steps", "roles")
    return {**{name: guide[name] for name in names}, "body": guide["body"] or {}, "url": urls}
