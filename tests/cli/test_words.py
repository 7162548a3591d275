"""Tables for people, and mistakes told in one line each, never by a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

STYLE = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = [
    ["clusters"], ["sheet", "ma-ce3m"], ["sheet", "dz-cba"], ["links"], ["organisations"], ["forms"],
    ["programmes"], ["instruments"], ["potential"], ["disputes"], ["check"], ["search", "casablanca"],
    ["load"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_answers_people_through_a_pipe(grappe, command):
    said = grappe(*command)
    assert (said.code, said.err) == (0, "")
    assert said.out.strip()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_answers_people_at_a_terminal(grappe, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("grappe.cli.show.sys.stdout.isatty", lambda: True)
    said = grappe(*command)
    assert (said.code, said.err) == (0, "")
    assert "None" not in said.out
    assert max(len(STYLE.sub("", line)) for line in said.out.splitlines()) <= 100


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("command", [["sheet", "ma-ce3m"], ["check"]], ids=" ".join)
def test_labels_speak_the_language_asked(grappe, command, language):
    said = grappe("--lang", language, *command)
    assert said.code == 0
    word = {"fr": "Présidence", "en": "President", "ar": "الرئاسة"}[language]
    assert word in said.out or command == ["check"]


def test_a_pipe_gets_one_line_a_cluster_parted_by_tabs(grappe):
    header, *rows = grappe("clusters", "--country", "DZ").out.splitlines()
    assert header.split("\t")[:3] == ["id", "name", "country"]
    assert len(rows) == 9
    assert {len(row.split("\t")) for row in rows} == {len(header.split("\t"))}


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (["sheet", "ma-ce3n"], 3, ["ma-ce3n", "ma-ce3m"]),
        (["links", "--cluster", "ma-ce3n"], 3, ["ma-ce3n"]),
        (["disputes", "--entity", "ma-ce3n"], 3, ["ma-ce3n"]),
        (["check", "--rule", "no_such_rule"], 2, ["no_such_rule", "alike_names"]),
        (["clusters", "--country", "FR"], 2, ["FR", "MA, DZ, TN"]),
        (["clusters", "--sector", "8"], 2, ["8", "1, 2, 3, 4, 5, 6, 7"]),
        (["clusters", "--state", "attendu"], 2, ["attendu", "expected"]),
        (["clusters", "--anchoring", "x"], 2, ["rooted, constructed"]),
        (["clusters", "--scope", "x"], 2, ["tables, mentioned, all"]),
        (["clusters", "--sort", "x"], 2, ["source, name"]),
        (["clusters", "--on", "yesterday"], 2, ["yesterday", "YYYY-MM-DD"]),
        (["clusters", "--known", "2019-13"], 2, ["2019-13", "YYYY-MM-DD"]),
        (["links", "--kind", "x"], 2, ["partnership"]),
        (["links", "--level", "x"], 2, ["intra_maghreb"]),
        (["potential", "--country", "Algeria"], 2, ["Algeria"]),
        (["clusters", "--colour", "red"], 2, ["--colour"]),
        (["grapes"], 2, ["grapes"]),
        (["sheet"], 2, ["ENTITY"]),
        (["load", "no-such-data-set"], 3, ["no-such-data-set", "maghreb-2019"]),
        (["redact", "ma-ce3m", "created", "--reason", "x"], 5, ["created", "ma-ce3m"]),
        (["redact", "ma-ce3m", "nickname", "--reason", "x"], 2, ["nickname", "president"]),
        (["redact", "nobody", "name", "--reason", "x"], 3, ["nobody"]),
        (["redact", "ma-ce3m", "president"], 2, ["--reason"]),
        (["redact", "ma-ce3m", "president", "--reason", " "], 1, ["reason"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_ends_with_its_code_and_says_the_way_out(grappe, command, code, words):
    said = grappe(*command)
    assert (said.code, said.out) == (code, "")
    assert all(word in said.err for word in words), said.err
    assert "Traceback" not in said.err
    assert "{" not in said.err


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_mistake_is_told_in_the_language_asked_with_its_values(grappe, language):
    said = grappe("--lang", language, "clusters", "--sector", "8")
    assert said.code == 2
    assert "1, 2, 3, 4, 5, 6, 7" in said.err
    assert "Accepted" not in said.err


def test_a_malformed_data_set_is_refused_line_by_line(grappe, world):
    folder = world("""
        kind: cluster
        source: book
        as_of: 2019-03
        entities:
          ma-oak:
            name: {value: Oak, line: 1, column: name, printed: Oak}
            created: {value: soon, line: 10, printed: bientôt}
            sector: {value: 9, line: 10, printed: "9"}
    """)
    said = grappe("load", str(folder))
    assert (said.code, said.out) == (4, "")
    first, *problems = said.err.splitlines()
    assert "tiny" in first
    assert len(problems) == 2
    assert "tiny/world.yml, line 7, field 'ma-oak.created': 'soon'" in problems[0]
    assert "tiny/world.yml, line 8, field 'ma-oak.sector': '9'" in problems[1]


def test_help_names_every_command(grappe):
    said = grappe("--help")
    assert said.code == 0
    for command in ("load", "clusters", "sheet", "links", "organisations", "forms", "potential", "programmes",
                    "instruments", "disputes", "check", "search", "redact", "serve"):  # fmt: skip
        assert f"  {command} " in said.out
        assert grappe(command, "--help").code == 0


def process(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from grappe.cli.main import main; main()", *arguments],
        env={**os.environ, "GRAPPE_DATA": str(data), "GRAPPE_LANG": "en", "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_command_of_a_fresh_folder_loads_the_census_and_answers(tmp_path):
    fresh = tmp_path / "deep" / "var"
    said = process("clusters", "--country", "DZ", "--json", data=fresh)
    assert said.returncode == 0, said.stderr
    assert said.stdout.lstrip().startswith("[")
    assert "dz-cba" in said.stdout
    assert "maghreb-2019" in said.stderr
    assert (fresh / "grappe.sqlite3").is_file()


def test_a_taken_port_is_told_with_another_to_take(tmp_path, census):
    import shutil
    import socket

    shutil.copy(census, tmp_path / "grappe.sqlite3")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = process("serve", "--port", str(port), data=tmp_path)
    assert said.returncode == 5
    assert f"--port {port + 1}" in said.stderr
    assert "Traceback" not in said.stderr
