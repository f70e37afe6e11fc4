"""`parasta bpmn`: look into a BPMN file, and write a diagram of a release as one."""

import json
import sys
from pathlib import Path

import click

from ..core.i18n import N_, _, using
from ..reference.bpmn import MOST_BYTES, Refused, Report, read
from . import cli

LABELS = {
    "pools": N_("pools"),
    "lanes": N_("lanes"),
    "tasks": N_("tasks"),
    "events": N_("events"),
    "gateways": N_("gateways"),
    "sequence_flows": N_("sequence flows"),
    "message_flows": N_("message flows"),
    "subprocesses": N_("sub-processes"),
    "call_activities": N_("call activities"),
    "data_objects": N_("data objects"),
    "data_stores": N_("data stores"),
    "shapes": N_("shapes in the drawing"),
    "edges": N_("lines in the drawing"),
    "diagrams": N_("diagrams"),
}


@cli.group()
def bpmn() -> None:
    """BPMN 2.0 files in and out."""


@bpmn.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--language", type=click.Choice(["fi", "sv", "en"]), default="en", show_default=True)
def check(file: Path, as_json: bool, language: str) -> None:
    """Say what stands in the BPMN FILE and what would become of it. Exit code 1 if it is refused. Needs no database."""
    with using(language):
        try:
            with file.open("rb") as opened:
                report = read(opened.read(MOST_BYTES + 1)).report  # one byte more is enough to refuse it
        except OSError:
            _refuse("not_found", _("Check the name of the file: %(path)s can't be read.", path=file), as_json)
        except Refused as refusal:
            _refuse(refusal.code, refusal.reason, as_json)
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else in_words(report))


def _refuse(code: str, reason: str, as_json: bool) -> None:
    answer = {"refused": {"code": code, "reason": reason}}
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else reason, err=not as_json)
    sys.exit(1)


def in_words(report: Report) -> str:
    """The report for a person: what was found, then one line per warning."""
    lines = [f"{count:>6}  {_(LABELS[key])}" for key, count in report.counts.items()]
    kept = sum(report.kept.values())
    lines += ["", _("Encoding: %(name)s", name=report.encoding), _("Kept without being read: %(count)s", count=kept)]
    lines += [f"{count:>6}  {tag}" for tag, count in report.kept.items()]
    lines += [_("Warnings: %(count)s", count=len(report.warnings))]
    return "\n".join((*lines, *(f"  {warning.text}" for warning in report.warnings)))


@bpmn.command()
@click.argument("release")
@click.argument("diagram")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
def export(release: str, diagram: str, output: Path) -> None:
    """Write one DIAGRAM (its key) of a RELEASE (its number) of the reference process as BPMN 2.0."""
    from ..app import create_app
    from ..core.errors import NotFound
    from ..reference.queries import diagram_xml

    with create_app().app_context():
        try:
            data = diagram_xml(release, diagram)
        except NotFound:
            raise click.ClickException(f"There is no diagram {diagram} in release {release}.") from None
    try:
        output.write_bytes(data)
    except OSError as problem:
        raise click.ClickException(f"{output} can't be written: {problem.strerror}.") from None
    click.echo(f"{output}: {len(data):,} bytes.")
