"""`parasta merge`: the three-way merge of texts alone, for files and for scripts. No database, no web.

One merge prints the merged text with its conflicts marked; many are JSON lines in and out, in order.
Exit code 0 clean, 1 conflicts, 2 a file or a line that can't be read.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

from ..instructions.merge import Chunk, Kind, MergeResult
from ..instructions.merge import merge as merged
from . import cli

MARKS = ("<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs")
SIDES = ("base", "ours", "theirs")
_FILE = click.Path(path_type=Path, dir_okay=False)


@cli.command()
@click.option("--base", type=_FILE, help="The text that both sides began with.")
@click.option("--ours", type=_FILE, help="The local text.")
@click.option("--theirs", type=_FILE, help="The new national text.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--batch", help="JSON lines {base, ours, theirs} from a file, - for standard input.")
def merge(base: Path | None, ours: Path | None, theirs: Path | None, as_json: bool, batch: str | None) -> None:
    """Merge two changes of one text, sentence by sentence. Exit code 0 clean, 1 conflicts, 2 error."""
    given = [path for path in (base, ours, theirs) if path is not None]
    if batch is not None:
        if given:
            _stop("Give either --batch or the three files.")
        sys.exit(_batch(batch))
    if len(given) != len(SIDES):
        _stop("Give --base, --ours and --theirs, or --batch.")
    was, own, new = (_read(path) for path in given)
    result = merged(was, new, own)
    click.echo(json.dumps(as_data(result), ensure_ascii=False) if as_json else marked(result), nl=as_json)
    sys.exit(0 if result.clean else 1)


def as_data(result: MergeResult) -> dict[str, Any]:
    """`{"text", "conflicts": [{"base", "ours", "theirs"}]}`; where a conflict is open, the text has the local words."""
    return {"text": result.text, "conflicts": [_three(chunk) for chunk in result.conflicts]}


def marked(result: MergeResult) -> str:
    """The merged text; each conflict as a block of its own lines between marks, as in version control."""
    if result.clean:
        return result.text
    text = result.head
    for chunk in result.chunks:
        asks = chunk.kind is Kind.CONFLICT
        if asks or text.endswith(MARKS[-1] + "\n"):
            text = text.rstrip(" ") + "\n" * (bool(text) and not text.endswith("\n"))
            text += _block(chunk) if asks else chunk.text
        else:
            text += "".join(sentence.lead + sentence.text for sentence in chunk.kept)
    return text + (result.tail if not text.endswith("\n") else "")


def _block(chunk: Chunk) -> str:
    three = _three(chunk)
    texts = (three["ours"], three["base"], three["theirs"])
    lines = [line for pair in zip(MARKS, texts, strict=False) for line in pair if line]
    return "\n".join((*lines, MARKS[-1], ""))


def _three(chunk: Chunk) -> dict[str, str]:
    return {"base": chunk.base_text, "ours": chunk.local_text, "theirs": chunk.national_text}


def _batch(name: str) -> int:
    """Answer every line, in order. A line that can't be read stops the run; what was answered is out."""
    clean = True
    try:
        with nullcontext(sys.stdin) if name == "-" else open(name, encoding="utf-8") as lines:
            for answer in _answers(lines):
                clean = clean and not answer["conflicts"]
                sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    except OSError as problem:
        _stop(f"{name} can't be read: {problem.strerror}.")
    except UnicodeDecodeError:
        _stop(f"{name} is not UTF-8.")
    except ValueError as problem:
        sys.stdout.flush()
        _stop(str(problem))
    return 0 if clean else 1


def _answers(lines: Iterable[str] | TextIO) -> Iterator[dict[str, Any]]:
    """ValueError with the number of a line that is not the three texts."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            three = json.loads(line)
        except (ValueError, RecursionError):
            raise ValueError(f"Line {number} is not JSON.") from None
        if not isinstance(three, dict) or not all(isinstance(three.get(side), str) for side in SIDES):
            raise ValueError(f"Line {number} needs the texts base, ours and theirs.")
        yield as_data(merged(three["base"], three["theirs"], three["ours"]))


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as problem:
        _stop(f"{path} can't be read: {problem.strerror}.")
    except UnicodeDecodeError:
        _stop(f"{path} is not UTF-8.")


def _stop(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(2)
