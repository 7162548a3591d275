"""The manual is complete: every command, option, setting, address, rule, reason and message is in it."""

import re
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from grappe.census import Census
from grappe.census.reconciliation import Why
from grappe.census.rules import RULES
from grappe.cli.main import grappe
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType
from grappe.domain.finding import Severity
from grappe.present.findings import WHY_WORDS
from grappe.settings import ENVIRONMENT
from tests.docs import fields_doc, glossary_doc, messages_doc
from tests.docs.markdown import ROOT, links, pages

DOCS = ROOT / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def test_every_option_of_the_command_itself_is_documented() -> None:
    opening = re.search(r"^## grappe$(.*?)^## ", text("commands.md"), re.MULTILINE | re.DOTALL)
    assert opening
    for parameter in grappe.params:
        assert parameter.opts[0] in opening[1]


def test_every_setting_is_documented_with_its_default_and_meaning() -> None:
    for name, (default, meaning) in ENVIRONMENT.items():
        shown = f"`{default}`" if default else "(empty)"
        assert f"| `{name}` | {shown} | {meaning} |" in text("settings.md")


def test_every_address_of_the_api_is_documented() -> None:
    from grappe.web.api.urls import api

    paths = {path.removeprefix("/api") for path in api.get_openapi_schema(path_prefix="/api")["paths"]}
    documented = set(re.findall(r"^\| `/api(/[^`]*)`", text("api.md"), re.MULTILINE))
    assert documented - {"/openapi.json"} == paths


def test_every_parameter_of_the_api_is_documented() -> None:
    from grappe.web.api.urls import api

    described = api.get_openapi_schema(path_prefix="/api")["paths"].values()
    asked = {
        one["name"] for path in described for one in path["get"].get("parameters", []) if one["in"] == "query"
    }
    table = text("api.md").split("## Parameters")[1].split("## Values")[0]
    documented = {
        name
        for row in re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert asked
    assert documented == asked


def test_every_rule_is_documented() -> None:
    documented = re.findall(
        r"^\| `(\w+)` \| (?:major|minor|note) \|", text("methods/disputes-and-findings.md"), re.MULTILINE
    )
    assert documented == list(RULES)


def test_every_reason_and_severity_is_documented() -> None:
    for why in {why.value for why in Why} | WHY_WORDS.keys():
        assert f"`{why}`" in text("methods/reconciliation.md")
    for severity in Severity:
        assert f"`{severity.value}`" in text("methods/disputes-and-findings.md")


def test_every_type_and_kind_is_documented_in_the_format() -> None:
    for word in (*FieldType, *Kind):
        assert f"`{word.value}`" in text("dataset-format.md")


WRITE = "run: .venv/bin/python -m tests.docs"


def test_the_page_of_fields_is_what_the_declarations_say() -> None:
    assert fields_doc.PAGE.read_text("utf-8") == fields_doc.page(), WRITE


@pytest.mark.parametrize("part", [glossary_doc, messages_doc])
def test_a_table_written_from_the_code_is_what_the_code_says(part: ModuleType) -> None:
    written = part.PAGE.read_text("utf-8")
    assert written == part.page(written), WRITE


def test_the_table_of_layers_is_the_one_that_is_checked() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    checked = [
        sorted(re.findall(r"grappe\.(\w+)", line))
        for c in contracts
        if c["type"] == "layers"
        for line in c["layers"]
    ]
    table = re.findall(r"^\| [a-z ]+ \| (`[^|]*`) \|", text("adr/0001-layers.md"), re.MULTILINE)
    assert [sorted(re.findall(r"`(\w+)`", row)) for row in table] == checked


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_a_section_name_one_that_is_there(page: Path) -> None:
    # That the files are there is held by tests/project/test_documents.py.
    for target in links(page.read_text("utf-8")):
        file, _, anchor = unquote(target).partition("#")
        found = page.parent / file if file else page
        if anchor and "://" not in target and found.is_file():
            assert anchor in anchors(found), f"{page.name}: {target}"


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_manual_names_no_person_of_the_census(maghreb: Census) -> None:
    # A redacted name must not live on in an example.
    names = [
        str(s.value)
        for person in maghreb.facts.of_kind(Kind.PERSON)
        for s in maghreb.facts.statements(person, "name")
    ]
    manual = "\n".join(page.read_text("utf-8") for page in pages()).casefold()
    assert [name for name in names if name.casefold() in manual] == []
