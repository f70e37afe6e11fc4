"""Where to go afterwards, asked for by an address: only ever a place inside this service."""

from urllib.parse import urlsplit

LONGEST = 500


def safe_path(wanted: str | None) -> str | None:
    """The path if it stays on this host, else None.

    A browser reads `//host`, `/\\host` and control characters as another host (WHATWG URL).
    """
    if not wanted or not wanted.startswith("/") or len(wanted) > LONGEST:
        return None
    if wanted[1:2] in ("/", "\\") or not wanted.isprintable() or "\\" in wanted:
        return None
    return wanted


def inside_organisation(wanted: str | None) -> str | None:
    """The path if it is a page of an organisation; sign-in leads nowhere else."""
    path = safe_path(wanted)
    return path if path and path.startswith("/o/") else None


def path_of(address: str | None, host: str) -> str | None:
    """Path and query of a full address of this host (a referrer), else None."""
    parts = urlsplit(address or "")
    if parts.scheme not in ("http", "https") or parts.netloc != host:
        return None
    return safe_path(parts.path + (f"?{parts.query}" if parts.query else ""))
