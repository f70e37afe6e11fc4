"""The demo's commands."""

import os
import signal
import sys
import threading
from pathlib import Path

import click

from .. import cli


@cli.group(invoke_without_command=True)
@click.pass_context
def demo(context: click.Context) -> None:
    """Show the product with the cast: starts everything on this machine."""
    if context.invoked_subcommand is None:
        from ..servers import ServerError
        from .run import run

        try:
            sys.exit(run())
        except ServerError as problem:
            raise click.ClickException(str(problem)) from None


@demo.command("load")
def load() -> None:
    """Load the reference process and the cast into an empty installation."""
    from ...app import create_app
    from . import load_all

    with create_app().app_context():
        load_all()


@cli.command("demo-reset")
def demo_reset() -> None:
    """Delete the demo's data; the next `make demo` begins anew."""
    from ..servers import Home, ServerError, reset

    home = Home.open(os.environ.get("PARASTA_HOME", ".parasta"))
    try:
        reset(home)
    except ServerError as problem:
        raise click.ClickException(str(problem)) from None
    for folder in ("mail", "seal"):
        for file in (home.path / folder).glob("*"):
            file.unlink()
    click.echo(f"{home.path} is empty. `make demo` begins anew.")


@cli.command("mail-sink")
def mail_sink() -> None:
    """A mail server that delivers nowhere and shows what it got at /demo/mail."""
    from .. import mail_sink as sink

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server = sink.start(Path(os.environ["PARASTA_HOME"]) / "mail", int(os.environ["DEMO_MAIL_PORT"]))
    stop.wait()
    server.stop()
