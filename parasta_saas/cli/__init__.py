"""`parasta …`: what a person types on the server."""

import sys

import click

from ..core.settings import SettingsError


@click.group()
def cli() -> None:
    """Parasta: partnership in workplace-based vocational education."""


def main() -> None:
    """Entry of the command `parasta`; a missing or weak setting is told in sentences."""
    from . import merge  # noqa: F401  registers the command on `cli`

    if sys.argv[1:2] != ["merge"]:  # it is called in a loop by scripts and needs none of the web
        from . import (
            bpmn,  # noqa: F401
            commands,  # noqa: F401
        )
        from .demo import commands as demo_commands  # noqa: F401

    try:
        cli()
    except SettingsError as problem:
        for sentence in problem.problems:
            click.echo(sentence, err=True)
        sys.exit(2)
