"""Problems and errors in words: place, value, expectation, way out."""

from grappe.domain.errors import GrappeError, InputRefused, Problem
from grappe.present.call_words import CALL_ERRORS, CALL_PROBLEMS, call_params
from grappe.present.catalogue import N_, say
from grappe.present.contract_problems import CONTRACT_ERRORS, CONTRACT_PROBLEMS
from grappe.present.contract_words import contract_params
from grappe.present.event_problems import EVENT_ERRORS, EVENT_PROBLEMS
from grappe.present.event_words import event_params
from grappe.present.job_problems import JOB_ERRORS, job_params
from grappe.present.measure_problems import MEASURE_ERRORS, TABLE_PROBLEMS
from grappe.present.policy_words import POLICY_ERRORS, POLICY_PROBLEMS
from grappe.present.proposals import PROPOSAL_ERRORS, PROPOSAL_PROBLEMS
from grappe.present.readings import READING_ERRORS
from grappe.present.registers import role_words
from grappe.present.roles import ACCOUNT_ERRORS, account_params
from grappe.present.schedules import (
    SCHEDULE_ERRORS,
    SCHEDULE_PROBLEMS,
    schedule_problem_words,
)
from grappe.present.verdicts import why_words

PROBLEMS = {
    "missing_file": N_("is missing. A data set is a folder with this file in it."),
    "not_a_mapping": N_("is not a mapping of names to values. Write `name: value` lines."),
    "not_utf8": N_("is not UTF-8 text. Save the file in UTF-8."),
    "bad_yaml": N_("is not YAML: {reason}. Check quotes, colons and indentation."),
    "bad_json": N_("is not JSON: {reason}. Write one JSON object a line."),
    "too_many_cells": N_("has more cells than the header. Quote cells that hold a comma."),
    "empty_file": N_("is empty. Fill it or remove it."),
    "repeated_key": N_("is written twice here. Keep one, or write a list."),
    "unknown_field": N_("is not a field here. Accepted: {accepted}."),
    "missing_field": N_("is missing. Add it."),
    "unknown_attribute": N_("has an attribute it cannot have. Accepted: {accepted}."),
    "missing_attribute": N_("needs the attribute `{expected}`. Add it."),
    "missing_value": N_("has no value. Write `value:`; leave the whole statement out if it is unknown."),
    "missing_locator": N_("has no locator. Add `{expected}:`, where the source says it."),
    "missing_caption": N_("has no `{caption}`: nothing could be shown of it. Add one with its source."),
    "bad_validity": N_("is no interval: the first day out must come after the first day in."),
    "not_personal_field": N_("is marked as redacted, and the field is not personal. Restore its value."),
    "bad_title": N_("is not text in the three languages. Write `{{fr: …, en: …, ar: …}}`."),
    "bad_parts": N_(
        "is not a table of parts. Write `part: [[first line, last line], …]`. Parts: {accepted}."
    ),
    "bad_columns": N_("is not a list of column names. Write `columns: [name, …]`, from left to right."),
    "bad_csv": N_("is not CSV: {reason}. Save it again, with a header and quoted cells."),
    "missing_printed": N_("does not quote what is printed. Add `printed:` with the short text of that line."),
    "bad_locator": N_("is not a line number. Write a whole number of 1 or more, or a list of them."),
    "bad_date": N_("is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD."),
    "bad_period": N_("is not a period. Write a date, or two dates parted by a slash."),
    "bad_number": N_("is not a number. Write digits, with a point for decimals."),
    "bad_range": N_("is not a range. Give `low` and `high`, the lower first."),
    "bad_flag": N_("is not a flag. Write true; leave it out if unknown."),
    "bad_url": N_("is not a web address. Write it without spaces, such as www.example.org."),
    "bad_country": N_("is not a country code. Write two capitals of ISO 3166-1, such as MA."),
    "bad_text": N_("is not text. Write some words."),
    "bad_note": N_("is not a note in the three languages. Write `{{fr: …, en: …, ar: …}}`."),
    "bad_code": N_("is not in the list. Accepted: {accepted}."),
    "bad_identifier": N_("is not an identifier. Use small letters, digits and single hyphens."),
    "one_value": N_("must be one reference, not several."),
    "duplicate_id": N_("is defined twice or with two kinds; first in {first}. Give each entity one place."),
    "duplicate_statement": N_("says the same thing from the same line twice; first in {first}. Remove one."),
    "unknown_source": N_("is not a source of this data set. Accepted: {accepted}."),
    "dangling_reference": N_("is referred to and defined nowhere. Define it, or correct the identifier."),
    "wrong_kind": N_("is a {found}, where one of these is expected: {accepted}."),
    "out_of_bounds": N_(
        "is outside the bounds of the card, {low} to {high}. Complete the data, or correct the bounds."
    ),
    "bad_bounds": N_("is not a bound. Write `kind: {{min: …, max: …}}`."),
    "bad_also": N_("needs a row with a `{caption}` and a mapping `{{line: …, printed: …}}`."),
    "no_statement": N_("has no statement. Say something of it with a source, or remove it."),
    "bad_remarks": N_("is not a list of remarks under `remarks:` with a `source:`."),
    "bad_remark": N_("is incomplete. A remark needs id, lines, severity and a message in fr, en and ar."),
    "bad_rulings": N_("is not a list of rulings under `rulings:`."),
    "bad_ruling": N_("is incomplete. A ruling needs entity, field, value, line and why in fr, en and ar."),
    "ruling_names": N_(
        "names {count} statements, where it must name one. Check entity, field, value and line."
    ),
}
"""A sentence per code of problem of a data set; it follows the place and the value."""

ERRORS = {
    "dataset_refused": N_("Data set {dataset} is refused, {count} problem(s); the database is as before."),
    "unknown_entity": N_("There is no `{id}` in the census. Close: {close}."),
    "unknown_statement": N_("There is no statement `{id}`."),
    "unknown_dataset": N_(
        "There is no data set `{id}`. Shipped: {accepted}; or give the path of a folder with a dataset.yml."
    ),
    "unknown_thing": N_("There is no {kind} `{id}`."),
    "nothing_loaded": N_("No data set is loaded. Run `grappe load`."),
    "missing_chapter_assets": N_(
        "The fonts and boundaries of the chapter are not in {path}. Run `make install`, then try again."
    ),
    "bad_choice": N_("`{value}` is not a value of {name}. Accepted: {accepted}."),
    "nothing_to_redact": N_("{entity} has no personal value in {field}: nothing was erased."),
    "not_personal": N_(
        "{field} of {entity} is not personal, so it is not redacted. Correct it in the data set."
    ),
    "unknown_field_of": N_("A {kind} has no field `{field}`. Accepted: {accepted}."),
    "missing_reason": N_("A redaction needs a reason. Add --reason."),
    "read_only_dataset": N_(
        "{path} cannot be written, so the name would come back: nothing was erased. Make it writable."
    ),
    "port_taken": N_("Port {port} is taken. Choose another: grappe serve --port {other}."),
    **ACCOUNT_ERRORS,
    **CALL_ERRORS,
    **CONTRACT_ERRORS,
    **EVENT_ERRORS,
    **MEASURE_ERRORS,
    **POLICY_ERRORS,
    **PROPOSAL_ERRORS,
    **READING_ERRORS,
    **SCHEDULE_ERRORS,
    **JOB_ERRORS,
}
"""A sentence per code of error."""


OTHER_PROBLEMS = {
    **TABLE_PROBLEMS,
    **POLICY_PROBLEMS,
    **CALL_PROBLEMS,
    **CONTRACT_PROBLEMS,
    **PROPOSAL_PROBLEMS,
}
"""A sentence per code of problem of what is no data set; it follows the place and the value."""


def problem_words(problem: Problem, language: str = "en") -> str:
    """One line: file, line, field, value, what was expected."""
    if problem.code in EVENT_PROBLEMS:
        return f"{problem.file}: {reason_words(problem, language)}"
    tabular = problem.code in TABLE_PROBLEMS
    place = [problem.file]
    if problem.line is not None:
        line = N_("row {line}") if tabular else N_("line {line}")
        place.append(say(language, line, line=problem.line))
    if problem.field:
        field = N_("column '{field}'") if tabular else N_("field '{field}'")
        place.append(say(language, field, field=problem.field))
    value = f" '{problem.value}'" if problem.value is not None else ""
    return f"{', '.join(place)}:{value} {reason_words(problem, language)}"


def reason_words(problem: Problem, language: str = "en") -> str:
    """What is wrong and what was expected, without the place and the value."""
    if problem.code in EVENT_PROBLEMS:
        return say(
            language, EVENT_PROBLEMS[problem.code], **event_params(problem.code, problem.params, language)
        )
    if problem.code in SCHEDULE_PROBLEMS:
        return schedule_problem_words(problem, language)
    words = OTHER_PROBLEMS.get(problem.code) or PROBLEMS[problem.code]
    return say(language, words, **problem.params)


THING_WORDS = {
    "event": N_("event"),
    "participant": N_("participant"),
    "meeting": N_("meeting"),
    "wish": N_("wish"),
    "slot": N_("slot"),
    "outcome": N_("outcome"),
    "calendar": N_("calendar"),
    "source": N_("source"),
    "country": N_("country"),
}
"""Words for what an address names and there is not; other kinds are told by their code."""


def error_words(error: GrappeError, language: str = "en") -> str:
    """The message of an error; a refused data set lists every problem, a line each."""
    params = {key: value or "-" for key, value in error.params.items()}
    params |= account_params(error.params, language)
    if error.code in EVENT_ERRORS:
        params |= event_params(error.code, error.params, language)
    if error.code in CALL_ERRORS:
        params |= call_params(error.code, params, language)
    if error.code in JOB_ERRORS:
        params |= job_params(error.params, language)
    if error.code in CONTRACT_ERRORS:
        params |= contract_params(error.code, error.params, language)
    if error.code == "unknown_thing" and params.get("kind") in THING_WORDS:
        params |= {"kind": say(language, THING_WORDS[params["kind"]])}
    if "why" in params:
        params |= {"why": why_words(params["why"], language)}
    if "role" in params:
        params |= {"role": role_words(params["role"], language), "option": params["role"]}
    worded = say(language, ERRORS.get(error.code, error.code), **params)
    if isinstance(error, InputRefused):
        return "\n".join([worded, *(f"  {problem_words(p, language)}" for p in error.problems)])
    return worded
