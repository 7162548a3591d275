"""Commands that compare: things side by side, the study's own claims, the legal forms of clusters."""

from typing import Any

import click

from grappe.cli.listing import moment_options
from grappe.cli.ready import ready
from grappe.cli.show import as_json, as_table
from grappe.present.plain import Plain


@click.command()
@click.option("--countries", metavar="CODES", help="Two to six countries, parted by commas: MA,DZ,TN.")
@click.option("--sectors", metavar="CODES", help="Two to six sectors: 1,2,3.")
@click.option("--legal-forms", metavar="CODES", help="Two to six legal forms: association,cooperative.")
@click.option("--clusters", metavar="IDS", help="Two to six clusters, by id.")
@click.option("--forms", metavar="IDS", help="Two to six poles, technopoles or other spatial forms, by id.")
@moment_options
@click.pass_obj
def compare(language: str, /, on: str | None, known: str | None, json_: bool, **asked: str | None) -> None:
    """Two to six things side by side, in alphabetical order; shares are of what is known."""
    ready()
    from grappe.queries.comparisons import compare as ask
    from grappe.queries.moment import moment

    given = {
        name: [one.strip() for one in text.split(",") if one.strip()] for name, text in asked.items() if text
    }
    found = ask(moment(on, known), **given)
    if json_:
        as_json(found)
    elif "parts" in found:
        _show_groups(found, language)
    else:
        _show_entities(found)


@click.command()
@moment_options
@click.pass_obj
def claims(language: str, /, on: str | None, known: str | None, json_: bool) -> None:
    """What the study states of convergence, each claim with its verdict and evidence."""
    ready()
    from grappe.present.comparisons import scope_words, share_words, tally_words, verdict_words
    from grappe.queries.comparisons import list_claims
    from grappe.queries.moment import moment

    found = list_claims(moment(on, known))
    if json_:
        as_json(found)
        return
    rows = [
        {
            "claim": one["claim"][language],
            "lines": [f"l. {quote['line']}" for quote in one["quotes"]],
            "scope": scope_words(scope["scope"], language),
            "verdict": verdict_words(scope["verdict"], language),
            "evidence": [
                f"{tally_words(tally['label'], language)}: {share_words(tally, language)}"
                for tally in scope["evidence"]
            ],
            "unknown": len(scope["unknown"]),
        }
        for one in found
        for scope in one["scopes"]
    ]
    as_table(rows, ("claim", "lines", "scope", "verdict", "evidence", "unknown"))


@click.command("legal-forms")
@moment_options
@click.pass_obj
def legal_forms(language: str, /, on: str | None, known: str | None, json_: bool) -> None:
    """The legal forms of clusters: members, admission, access to public money, what is not told."""
    ready()
    from grappe.present.comparisons import aspect_words, form_code_words
    from grappe.present.words import country_name, label
    from grappe.queries.comparisons import matrix_of_forms
    from grappe.queries.moment import moment

    found = matrix_of_forms(moment(on, known))
    if json_:
        as_json(found)
        return
    rows = []
    for form in found["forms"]:
        row: Plain = {
            "country": country_name(form["country"], language),
            "form": [label("legal_form", code, language) for code in form["covers"]],
            "own line": len(form["told_of_the_cluster"]),
            "country's line": len(form["told_of_the_country"]),
        }
        for name, told in form["aspects"].items():
            words = None
            if told is not None:
                words = form_code_words(told["code"], language) if told["code"] else told["printed"]
                words += f" (l. {', '.join(map(str, told['lines']))})"
            row[aspect_words(name, language)] = words
        rows.append(row)
    as_table(rows, list(rows[0]))


def _show_groups(found: Plain, language: str) -> None:
    from grappe.present.comparisons import code_words, part_words, share_words

    by = found["by"]
    heads = {code: code_words(by, code, language) for code in found["subjects"]}
    rows: list[dict[str, Any]] = [
        {"part": "clusters", "value": ""} | {heads[code]: count for code, count in found["clusters"].items()}
    ]
    for part in found["parts"]:
        for row in part["rows"]:
            cells = {heads[code]: share_words(cell, language) for code, cell in row["cells"].items()}
            rows.append(
                {
                    "part": part_words(part["part"], language),
                    "value": code_words(part["part"], row["code"], language),
                }
                | cells
            )
        if any(part["unknown"].values()):
            missing = {heads[code]: len(ids) for code, ids in part["unknown"].items()}
            rows.append({"part": part_words(part["part"], language), "value": "?"} | missing)
    as_table(rows, ("part", "value", *heads.values()))


def _show_entities(found: Plain) -> None:
    names = {one: found["names"][one] for one in found["subjects"]}
    rows: list[dict[str, Any]] = [
        {"field": row["field"]}
        | {names[one]: [_short(value) for value in row["values"][one]] for one in found["subjects"]}
        for row in found["fields"]
    ]
    for level in sorted({code for levels in found["levels"].values() for code in levels}):
        rows.append({"field": level} | {names[one]: found["levels"][one].get(level, 0) for one in names})
    as_table(rows, ("field", *names.values()))


def _short(value: Plain) -> Any:
    shown = value.get("name", value["value"])
    counted = value.get("of")
    return f"{counted}: {shown}" if counted else shown
