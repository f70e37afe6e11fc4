"""Structured log lines, each with the id of its request or job."""

import logging
import sys
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    return _request_id.get()


def set_request_id(value: str) -> None:
    _request_id.set(value)


class _WithRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id()
        return True


def configure(level: str = "INFO", as_json: bool = True) -> None:
    """Send every log line to stderr, as JSON or as plain text."""
    handler = logging.StreamHandler(sys.stderr)
    form = "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s"
    handler.setFormatter(JsonFormatter(form) if as_json else logging.Formatter(form))
    handler.addFilter(_WithRequest())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("pyhanko", "pyhanko_certvalidator"):  # a stranger's broken file is not our error
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
