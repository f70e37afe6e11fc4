"""Part 6: the agreement comes out of the session, is signed, sealed, told of and can be checked by anybody."""

import io
import re
import shutil
import subprocess
from pathlib import Path

from tests import installation
from tests.journeys.session import GOAL, GUIDANCE, KAISA, OWN_GOAL, TASK, VILLE
from tests.journeys.story import Story
from tests.visitor import Visitor

MIRJA, SANNI = "mirja@lumo.example", "sanni@lumo.example"
LEGAL = {
    "production": True, "tools": True, "staff": True, "hoks_extract": True, "schedule": "ma–pe klo 8–14",
    "weekly_hours": "30", "daily_hours": "6", "works_from": "8", "works_until": "14.00",
    "safety": "Kaisa näyttää koneet ja turva-asiat ensimmäisenä päivänä.",
}  # fmt: skip


def oskari_completes_and_offers(story: Story) -> None:
    """Goals, tasks and support are there already; what the law asks for besides stands on the page."""
    oskari = story.at("oskari").open(story.facts["session"]).press("Tee sopimus tästä")
    oskari.says(GOAL, OWN_GOAL, TASK, "Mitä laki edellyttää", "Korjattava")
    assert GUIDANCE in oskari.field("support")
    story.facts["agreement"] = oskari.url
    oskari.press("Tallenna", within="form-h", **LEGAL)
    assert "Korjattava:" not in oskari.text, oskari.text
    oskari.press("Lähetä allekirjoitettavaksi").says("Odottaa allekirjoituksia")


def kaisa_signs_from_the_mail(story: Story) -> None:
    """Without an account, by the mail's link. A mail scanner's look uses nothing up."""
    story.work()
    link = story.link(KAISA, "llekirjoita")
    assert link.startswith("/sign/")
    scanner = Visitor(story.world, None)
    assert {scanner.client.head(link).status_code for _ in range(3)} == {200}
    kaisa = story.somebody().open(link).says("Ville Virta", GOAL, "Mitä allekirjoitus tarkoittaa")
    kaisa.press("Allekirjoitan").says("Allekirjoitettu", "Kaisa Kanerva")
    assert not kaisa.page.xpath("//button[contains(., 'Allekirjoitan')]"), "what is signed can't be signed again"


def sanni_signs_and_the_worker_seals(story: Story) -> None:
    story.work()
    sanni = story.at("sanni").open(story.link(SANNI, "llekirjoita")).says(GOAL)
    sanni.press("Allekirjoitan")
    story.work()
    sanni.open(sanni.url).says("asiakirja on sinetöity", "Sanni Salo", "Kaisa Kanerva")


def ville_and_mirja_are_told(story: Story) -> None:
    """A minor's guardian too; neither signs; the moment of telling and of reading are written down."""
    for address in (VILLE, MIRJA):
        link = story.link(address, "Tiedoksi")
        reader = story.somebody().open(link).says(GOAL, "Et allekirjoita mitään")
        reader.press("Olen lukenut tämän").says("Olet lukenut tämän")
    page = story.at("oskari").open(story.facts["agreement"])
    page.says("Annettu tiedoksi", "Luettu")
    assert page.text.count("Luettu") >= 2


def anybody_can_check_it(story: Story, folder: Path) -> None:
    """The public page, the command and pdfsig find the document valid; one flipped byte is found."""
    pdf = story.at("oskari").visitor.get(story.facts["agreement"] + "/agreement.pdf").data
    changed = bytearray(pdf)
    seal_begins = re.search(rb"/ByteRange ?\[0 (\d+)", pdf)
    assert seal_begins, "the document has no seal"
    changed[int(seal_begins[1]) // 2] ^= 1
    files = {"sealed.pdf": pdf, "changed.pdf": bytes(changed)}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    _on_the_public_page(story, files)
    _by_the_command(story, folder)
    if shutil.which("pdfsig"):
        told = subprocess.run(["pdfsig", folder / "sealed.pdf"], capture_output=True, text=True, timeout=60)
        assert "Signature is Valid." in told.stdout, told.stdout


def _on_the_public_page(story: Story, files: dict[str, bytes]) -> None:
    visitor = Visitor(story.world, None)
    for name, content in files.items():
        answer = visitor.post("/verify", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")
        assert ("Tiedosto on aito" in answer.text) is (name == "sealed.pdf"), answer.text
        assert ("on muutettu" in answer.text) is (name == "changed.pdf"), answer.text
        assert "Ville" not in answer.text and "Kaisa" not in answer.text, "names are nobody else's business"


def _by_the_command(story: Story, folder: Path) -> None:
    environment = installation.environment(story.world)
    for name, code in (("sealed.pdf", 0), ("changed.pdf", 1)):
        ended = installation.ended((*installation.PARASTA, "verify-agreement", str(folder / name)), environment)
        assert ended.returncode == code, (name, ended.returncode, ended.stdout, ended.stderr)
