"""The manual keeps up with the package: every command, option, setting, field and rule stands in it."""

import re
from pathlib import Path

import click
import pytest

from grappe.census.rules import RULES
from grappe.cli.main import grappe as command
from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.vocabulary import vocabularies
from grappe.settings import ENVIRONMENT

COMMANDS = sorted(command.commands)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)


def page(root: Path, name: str) -> str:
    return (root / "docs" / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """Text under a heading of the second rank."""
    found = re.search(rf"^## {re.escape(heading)}\b.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no section '## {heading}'"
    return found.group()


def parameters(one: click.Command) -> list[click.Parameter]:
    """Parameters of a command and, for a group, of all commands in it."""
    inside = one.commands.values() if isinstance(one, click.Group) else ()
    return [*one.params, *(parameter for each in inside for parameter in parameters(each))]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_each_of_its_options_is_documented(root: Path, name: str):
    manual = page(root, "commands.md")
    text = section(manual, f"grappe {name}")
    for other in re.findall(r"[Oo]ptions [\w ]*as for (\w+)", text):
        text += section(manual, f"grappe {other}")
    options = [
        one
        for parameter in parameters(command.commands[name])
        if isinstance(parameter, click.Option)
        for one in parameter.opts
        if one.startswith("--")
    ]
    assert [one for one in options if f"{one}" not in text] == []


def test_no_command_is_documented_that_does_not_exist(root: Path):
    headings = re.findall(r"^## grappe ([\w-]+)", page(root, "commands.md"), re.MULTILINE)
    assert sorted(headings) == COMMANDS


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_every_setting_is_documented_with_its_default(root: Path, name: str):
    (line,) = [
        line for line in page(root, "settings.md").split("\n") if line.startswith("|") and f"`{name}`" in line
    ]
    default = ENVIRONMENT[name][0]
    assert default in line


@pytest.mark.parametrize("kind", Kind)
def test_every_field_is_documented_under_its_kind(root: Path, kind: Kind):
    text = page(root, "fields.md")
    assert [name for name in declaration(kind).fields if f"`{name}`" not in text] == []


@pytest.mark.parametrize("rule", RULES)
def test_every_consistency_rule_is_documented(root: Path, rule: str):
    assert f"`{rule}`" in page(root, "methods/disputes-and-findings.md")


def test_every_controlled_list_that_a_field_uses_is_documented(root: Path):
    used = {str(f.vocabulary) for kind in Kind for f in declaration(kind).fields.values() if f.vocabulary}
    assert used <= set(vocabularies())
    text = page(root, "fields.md")
    assert [name for name in sorted(used) if name not in text] == []


def markdown(root: Path) -> list[Path]:
    return [path for path in (root / "README.md", *sorted((root / "docs").rglob("*.md"))) if path.is_file()]


def test_links_between_pages_lead_somewhere(root: Path):
    broken = []
    for path in markdown(root):
        for target in LINK.findall(CODE.sub("", path.read_text("utf-8"))):
            file = target.split("#")[0]
            inside = file and "://" not in file and not file.startswith("mailto:")
            if inside and not (path.parent / file).exists():
                broken.append(f"{path.relative_to(root)}: {target}")
    assert broken == []


def test_every_page_of_the_manual_can_be_reached(root: Path):
    linked = {
        (path.parent / target.split("#")[0]).resolve()
        for path in markdown(root)
        for target in LINK.findall(path.read_text("utf-8"))
        if "://" not in target and target.split("#")[0]
    }
    folders = {one for one in linked if one.is_dir()}
    lost = [
        str(path.relative_to(root))
        for path in markdown(root)
        if path.name != "README.md" and path.resolve() not in linked and path.parent.resolve() not in folders
    ]
    assert lost == []
