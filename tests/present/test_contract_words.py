"""Contracts in words: every code has its word, every error its sentence, and no gap stays open."""

import ast
import re
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import grappe.actions
import grappe.policy
from grappe.domain.errors import Refused
from grappe.policy.alarms import AlarmRule
from grappe.policy.audit_states import AuditState
from grappe.policy.contract_clauses import WORKING
from grappe.policy.contract_rights import Clause
from grappe.policy.contract_states import ContractState
from grappe.policy.label_register import LABEL_RULES, Giver, LabelKind, LabelState, Receiver
from grappe.policy.lateness import Kept, Side
from grappe.policy.project_stages import BENEFITS, SUPPORT_STEPS, Dimension, Stage
from grappe.policy.renewal_states import RenewalState
from grappe.policy.report_states import ReportState
from grappe.policy.tranche_states import TrancheState
from grappe.present import contract_words as words
from grappe.present.contract_problems import CONTRACT_ERRORS, CONTRACT_PROBLEMS
from grappe.present.contracts import percent, tidy
from grappe.present.problems import error_words
from grappe.present.xlsx import as_xlsx

FILES = [
    *(Path(grappe.policy.__path__[0]) / f"{name}.py" for name in (
        "contract_terms", "contract_clauses", "contract_targets", "contract_rights", "reported",
        "label_register", "label_rehearsal", "label_scale",
        "project_stages",
    )),
    *(Path(grappe.actions.__path__[0]) / f"{name}.py" for name in (
        "contract_record", "draft_contract", "sign_contract", "pay_tranche", "save_report", "verify_report",
        "order_audit", "propose_renewal", "merge_contracts", "end_contract", "set_publication_clause",
        "grant_label", "save_project", "save_self_assessment",
    )),
]  # fmt: skip
SHARED = {
    "changed_meanwhile", "document_empty", "document_too_large", "document_of_no_kind", "too_many_documents",
    "renewal_not_allowed", "bad_yaml", "not_a_mapping",
}  # fmt: skip
"""Codes that other desks word too."""


def uttered() -> set[str]:
    """Codes of errors and problems in the code: first words of `Refused`, `Problem` and their like."""
    found: set[str] = set()
    for file in FILES:
        if not file.exists():
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            place = {"Refused": 0, "InputRefused": 0, "Forbidden": 0, "Problem": 0, "check_follows": 3}.get(
                name
            )
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(node.args[place].value)
    return found


@pytest.mark.parametrize(
    ("codes", "worded"),
    [
        (ContractState, words.CONTRACT_STATES),
        (ReportState, words.REPORT_STATES),
        (TrancheState, words.TRANCHE_STATES),
        (AuditState, words.AUDIT_STATES),
        (RenewalState, words.RENEWAL_STATES),
        (Stage, words.PROJECT_STAGES),
        (LabelState, words.LABEL_STATES),
        (Side, words.SIDES),
        (Kept, words.KEPT),
        (Clause, words.CLAUSES),
        (AlarmRule, words.ALARMS),
        (LabelKind, words.LABELS),
        (Receiver, words.RECEIVERS),
        (Giver, words.GIVERS),
        ({rule.right for rule in LABEL_RULES.values()}, words.RIGHTS),
        (Dimension, words.DIMENSIONS),
        ({step for steps in SUPPORT_STEPS.values() for step in steps}, words.SUPPORT_STEPS),
        (BENEFITS, words.BENEFITS),
    ],
)
def test_every_code_has_its_word_and_no_word_is_idle(codes, worded):
    assert {str(one) for one in codes} == worded.keys()


def test_clauses_with_working_values_have_a_name():
    assert WORKING.keys() <= words.CONTRACT_CLAUSES.keys()


def test_every_error_of_contracts_has_its_sentence():
    worded = CONTRACT_ERRORS.keys() | CONTRACT_PROBLEMS.keys()
    assert uttered() - worded - SHARED == set()


def test_every_sentence_is_uttered():
    source = "".join(file.read_text("utf-8") for file in FILES if file.exists())
    asked = Path(grappe.policy.__path__[0]).parent / "queries"
    source += "".join((asked / f"{name}.py").read_text("utf-8") for name in ("contracts", "contract_drafts"))
    idle = {code for code in (*CONTRACT_ERRORS, *CONTRACT_PROBLEMS) if f'"{code}"' not in source}
    assert idle == set()


def test_every_reason_of_an_alarm_has_its_sentence():
    source = (Path(grappe.policy.__path__[0]) / "alarms.py").read_text("utf-8")
    reasons = set(re.findall(r'_(?:yes|no)\(\s*rule,\s*"(\w+)"', source)) | {"cannot_tell"}
    assert reasons == words.ALARM_REASONS.keys()


def test_an_error_is_worded_without_codes():
    error = Refused(
        "tranche_cannot", contract="orchards-oak", number=2, present="planned", wanted="paid",
        accepted="cancelled,due,withheld",
    )  # fmt: skip
    assert error_words(error, "en") == (
        "The state of tranche 2 of orchards-oak is: planned, condition not met."
        " It cannot become: tranche paid. Possible: tranche cancelled, tranche due, withheld by the officer."
    )


def test_no_sentence_has_a_gap_without_a_name():
    for sentence in (*CONTRACT_ERRORS.values(), *CONTRACT_PROBLEMS.values(), *words.ALARM_REASONS.values()):
        gaps = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
        assert all(gap.isidentifier() for gap in gaps)


def test_numbers_are_exact_in_json_and_rounded_for_people():
    assert tidy(Decimal("1E+3")) == 1000
    assert percent(Decimal(1) / 3) == 33.3


def sheet(rows):
    return load_workbook(BytesIO(as_xlsx({"rows": rows})))["rows"]


def test_a_workbook_keeps_numbers_days_and_blanks_apart():
    rows = [{"id": "a", "amount": "61728.39", "on": "2016-01-01", "cites": ["l. 377"], "none": None}]
    first = list(sheet(rows).iter_rows(values_only=True))[1]
    midnight = datetime(2016, 1, 1)  # noqa: DTZ001 - the format has no zone
    assert first == ("a", 61728.39, midnight, "l. 377", None)


def test_columns_of_all_rows_are_there_and_an_empty_table_is_an_empty_sheet():
    assert [cell.value for cell in sheet([{"a": 1}, {"a": 1, "b": 2}])[1]] == ["a", "b"]
    assert list(sheet([]).iter_rows(values_only=True)) == []


def test_names_of_sheets_are_short_different_and_of_allowed_characters():
    names = load_workbook(BytesIO(as_xlsx({"a" * 40: [], "a" * 41: [], "x/y": [], "": []}))).sheetnames
    assert names == ["a" * 31, "a" * 29 + " 2", "x y", "table"]


@given(st.text(max_size=20))
def test_no_text_is_ever_run_as_a_formula(text):
    value = as_xlsx_cell(text)
    assert not isinstance(value, str) or not value.startswith(("=", "+", "-", "@", "\t", "\r"))


def as_xlsx_cell(text: str) -> object:
    from grappe.present.xlsx import cell

    return cell(text)
