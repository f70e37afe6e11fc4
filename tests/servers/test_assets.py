"""The sprite of icons, and that every icon a page asks for is in it."""

import re
from pathlib import Path

import pytest

from parasta_saas.cli.assets import AssetError, icon_names, sprite

ROOT = Path(__file__).parents[2]
ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" stroke-width="2" stroke="currentColor">
  <path stroke="none" d="M0 0h24v24H0z" fill="none" />
  <path d="M5 12l5 5l10 -10" />
</svg>"""


def test_names_are_sorted_once_and_without_remarks() -> None:
    assert icon_names("# remark\nphone\n\ncheck\nphone\n") == ["check", "phone"]


def test_a_symbol_has_the_icons_name_and_leaves_colour_and_width_to_the_page(tmp_path: Path) -> None:
    (tmp_path / "check.svg").write_text(ICON)
    drawn = sprite(["check"], tmp_path)
    assert '<symbol id="check" viewBox="0 0 24 24" fill="none" stroke="currentColor"' in drawn
    assert drawn.count("<path") == 1
    assert "stroke-width" not in drawn


def test_the_sprite_is_the_same_every_time(tmp_path: Path) -> None:
    (tmp_path / "check.svg").write_text(ICON)
    assert sprite(["check"], tmp_path) == sprite(["check"], tmp_path)


def test_an_unknown_icon_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match="'no-such-icon'"):
        sprite(["no-such-icon"], tmp_path)


def test_every_icon_in_the_templates_is_in_the_list() -> None:
    listed = set(icon_names((ROOT / "parasta_saas/static/icons.txt").read_text()))
    pages = (ROOT / "templates").rglob("*.html")
    used = {
        name
        for page in pages
        for name in re.findall(r"icons\.svg#([a-z0-9-]+)|icon\(\"([a-z0-9-]+)\"", page.read_text())
    }
    assert {name for pair in used for name in pair if name} <= listed


def test_the_lock_file_names_hashes_and_no_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('    "node_modules/') > 5
