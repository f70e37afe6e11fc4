"""`parasta merge`: files and JSON lines, without a database."""

import json
import os
import subprocess
import sys

import pytest

BASE, OURS, THEIRS = (
    "Soita ensin. Kirjaa asia.\n",
    "Soita heti ensin. Kirjaa asia.\n",
    "Soita aina ensin. Kirjaa asia.\n",
)


def parasta(*arguments, given="", **more):
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **more}
    return subprocess.run(
        [sys.executable, "-m", "parasta_saas.cli", "merge", *map(str, arguments)],
        input=given.encode(), capture_output=True, env=env,
    )  # fmt: skip


@pytest.fixture
def files(tmp_path):
    def write(**texts):
        paths = []
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text.encode())
            paths += [f"--{name}", tmp_path / name]
        return paths

    return write


def test_a_clean_merge_prints_the_text_and_ends_with_0(files):
    ran = parasta(*files(base=BASE, ours=BASE.replace("asia", "asia heti"), theirs=THEIRS))
    assert (ran.returncode, ran.stdout.decode()) == (0, "Soita aina ensin. Kirjaa asia heti.\n")


def test_a_conflict_is_marked_and_ends_with_1(files):
    ran = parasta(*files(base=BASE, ours=OURS, theirs=THEIRS))
    assert ran.returncode == 1
    assert ran.stdout.decode() == (
        "<<<<<<< ours\nSoita heti ensin.\n||||||| base\nSoita ensin.\n=======\nSoita aina ensin.\n>>>>>>> theirs\n"
        "Kirjaa asia.\n"
    )


def test_json_holds_the_text_and_the_conflicts(files):
    ran = parasta(*files(base=BASE, ours=OURS, theirs=THEIRS), "--json")
    assert ran.returncode == 1
    assert json.loads(ran.stdout) == {
        "text": OURS,
        "conflicts": [{"base": "Soita ensin.", "ours": "Soita heti ensin.", "theirs": "Soita aina ensin."}],
    }


def test_a_batch_answers_every_line_in_order(tmp_path):
    three = [(BASE, BASE, THEIRS), (BASE, OURS, THEIRS), ("", "Öljy.", "")]
    lines = "".join(json.dumps(dict(zip(("base", "ours", "theirs"), texts, strict=True))) + "\n" for texts in three)
    (tmp_path / "in.jsonl").write_text(lines, "utf-8")
    for ran in (parasta("--batch", tmp_path / "in.jsonl"), parasta("--batch", "-", given=lines, LC_ALL="C")):
        answers = [json.loads(line) for line in ran.stdout.decode().splitlines()]
        assert [answer["text"] for answer in answers] == [THEIRS, OURS, "Öljy."]
        assert [len(answer["conflicts"]) for answer in answers] == [0, 1, 0]
        assert ran.returncode == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Line 2 is not JSON"),
        ('{"base": 1}', "Line 2 needs the texts"),
        ("[]", "Line 2 needs the texts"),
        ("[" * 100_000, "Line 2 is not JSON"),
    ],
)
def test_a_line_that_can_not_be_read_stops_the_batch_with_2(line, says):
    ran = parasta("--batch", "-", given='{"base": "A.", "ours": "A.", "theirs": "B."}\n' + line + "\n")
    assert ran.returncode == 2
    assert says in ran.stderr.decode()
    assert json.loads(ran.stdout) == {"text": "B.", "conflicts": []}


def test_a_missing_file_wrong_bytes_or_half_a_question_end_with_2(files, tmp_path):
    given = files(base=BASE, ours=OURS)
    (tmp_path / "latin").write_bytes("työ".encode("latin-1"))
    assert parasta(*given).returncode == 2
    assert parasta(*given, "--theirs", tmp_path / "nowhere").returncode == 2
    ran = parasta(*given, "--theirs", tmp_path / "latin")
    assert (ran.returncode, "UTF-8" in ran.stderr.decode()) == (2, True)
    assert parasta("--batch", tmp_path / "nowhere").returncode == 2


def test_ten_thousand_nested_quotes_are_merged_and_not_lost(files):
    deep = "> " * 10_000 + "Syvä lainaus."
    ran = parasta(*files(base=f"{deep}\n\nLoppu.", ours=f"{deep}\n\nLoppu. Oma.", theirs=f"Alku.\n\n{deep}\n\nLoppu."))
    assert (ran.returncode, ran.stdout.decode()) == (0, f"Alku.\n\n{deep}\n\nLoppu. Oma.")


def test_the_web_is_not_loaded_for_it():
    code = "import sys; sys.argv = ['parasta', 'merge', '--help']\nfrom parasta_saas.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass\nprint(sorted({'flask', 'sqlalchemy', 'redis'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.decode().splitlines()[-1] == "[]"
