"""axe-core over a page: what breaks WCAG 2.2 A and AA, as rule → the elements."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def violations(page: Page, address: str) -> dict[str, list[Any]]:
    """Open the address and look it over."""
    page.goto(address)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return {rule["id"]: [node["html"][:160] for node in rule["nodes"]][:4] for rule in found}
