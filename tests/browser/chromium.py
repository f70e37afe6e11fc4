"""The Chromium of this machine, and what is said where there is none."""

import shutil

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the lightest first
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
]  # fmt: skip
HOW = "install Chromium: apt-get install --no-install-recommends chromium-headless-shell fonts-liberation"
REASON = f"no Chromium on this machine ({HOW})"


def found() -> str | None:
    """Where the program is; None where it is not installed. Nothing is fetched."""
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


def pytest_terminal_summary(terminalreporter) -> None:
    """Name and count the tests that could not run. In tests/conftest.py, for xdist's controller reads no other."""
    skipped = terminalreporter.stats.get("skipped", [])
    names = sorted(r.nodeid for r in skipped if isinstance(r.longrepr, tuple) and REASON in r.longrepr[2])
    if names:
        terminalreporter.write_sep("=", f"{len(names)} browser tests not run: {HOW}", yellow=True)
        for name in names:
            terminalreporter.write_line(name)
