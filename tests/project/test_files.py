"""What is kept in the repository speaks of the project alone: no registry, no machine, no foreign address."""

import re
import subprocess
from pathlib import Path

import pytest

# Written in two parts each, so that this file does not name them either.
REGISTRIES = [
    "pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "npmjs" + ".com", "yarnpkg" + ".com",
    "crates" + ".io/api", "arti" + "factory", "nexus" + "/repository", "deveb" + "pi.org",
]  # fmt: skip
MACHINE = re.compile(r"(?<![\w.:/~-])/(?:home|root|Users|work|mnt)/[\w.-]+")
TEXT = {
    ".py", ".md", ".yml", ".yaml", ".toml", ".txt", ".cfg", ".json", ".ts", ".css", ".html", ".j2",
    ".sh", ".po", ".npmrc", ".csv",
    ".svg", "",
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(root: Path) -> list[Path]:
    """Files that the repository keeps or would keep, as git lists them; else those of an archive."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0 and asked.stdout:
        paths = [root / name for name in asked.stdout.decode().split("\0") if name]
    else:
        folders = ("src", "tests", "docs", "scripts", "requirements", "build_hooks", "frontend/src")
        paths = [path for folder in folders for path in (root / folder).rglob("*")]
    return [path for path in paths if path.is_file() and path.suffix in TEXT]


def lines_with(paths: list[Path], root: Path, pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(root)}, line {number}: {match.group()}")
    return found


def test_there_are_files_to_look_at(kept: list[Path]):
    assert len(kept) > 100


def test_no_file_names_a_package_registry(kept: list[Path], root: Path):
    assert lines_with(kept, root, re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE)) == []


def test_no_file_holds_a_path_of_one_machine(kept: list[Path], root: Path):
    assert lines_with(kept, root, MACHINE) == []


def test_no_file_has_been_left_half_merged(kept: list[Path], root: Path):
    assert lines_with(kept, root, re.compile(r"^(<{7} |>{7} |={7}$)")) == []


def test_no_work_is_left_for_later_in_the_code(kept: list[Path], root: Path):
    code = [path for path in kept if path.suffix in (".py", ".ts") and path != Path(__file__)]
    assert lines_with(code, root, re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XXX)\b")) == []


def test_every_data_file_of_the_census_is_utf8_with_unix_lines(root: Path):
    for path in (root / "src" / "grappe").rglob("*.yml"):
        raw = path.read_bytes()
        raw.decode("utf-8")
        assert b"\r" not in raw, path
        assert b"\t" not in raw, path
