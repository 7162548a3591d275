"""The command that sets declared clusters beside a register."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from grappe.cli.progress import progress_bar
from grappe.cli.registers import POINT_ROLES, asked, point_options, read_establishments, register_plain
from grappe.cli.show import as_json, as_long_table
from grappe.cli.spotting import chosen_radii
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice
from grappe.present.measures import written_words

if TYPE_CHECKING:
    from grappe.agglomeration.search_declared import Question

DATASET = "maghreb-2019"


@click.command()
@click.argument("register", type=click.Path(path_type=Path))
@point_options
@click.option(
    "--country", metavar="CODE", help="Whose clusters are looked for; all of the census if left out."
)
@click.option(
    "--dataset", default=DATASET, show_default=True, metavar="NAME", help="Census: a name or a folder."
)
@click.option("--on", metavar="DATE", help="The census as of this day; by default the day of the data set.")
@click.option(
    "--nomenclature", default="isic", show_default=True, metavar="NAME",
    help="How codes of industries are read: isic, nace, naf, ciiu…, naics, or own with --concordance.",
)  # fmt: skip
@click.option(
    "--concordance", type=click.Path(path_type=Path), metavar="FILE",
    help="CSV of two columns, code of the register and ISIC Rev.4, that goes before the nomenclature.",
)  # fmt: skip
@click.option(
    "--max-km", default=20.0, show_default=True, type=click.FloatRange(min=0, min_open=True), metavar="KM",
    help="Distance from a place of a cluster to a footprint, at most.",
)  # fmt: skip
@click.option(
    "--sector", default="unless_narrow", show_default=True,
    type=click.Choice(["never", "unless_narrow", "always"]),
    help="When the sector of a cluster is enough to tell its activity.",
)  # fmt: skip
@click.option("--radii", default="2,5,10,20", show_default=True, metavar="KM,…", help="Radii of the windows.")
@click.option(
    "--level", default=0.05, show_default=True, metavar="SHARE",
    type=click.FloatRange(0, 0.5, min_open=True, max_open=True), help="Level of the test of each industry.",
)  # fmt: skip
@click.option(
    "--min-establishments", default=10, show_default=True, type=click.IntRange(min=10), metavar="N",
    help="Smaller concentrations are not published.",
)  # fmt: skip
@click.option(
    "--simulations", default=499, show_default=True, type=click.IntRange(min=20), metavar="N",
    help="Draws at random behind each p-value.",
)  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same result.")
@click.option("--localise", "test", is_flag=True, help="Test the localisation of every industry as well.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the whole result as .json, or its map as .geojson.",
)
@click.option(
    "--firms", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the rows of the register inside undeclared concentrations as .csv, for your eyes alone.",
)  # fmt: skip
@click.pass_obj
def seen(
    language: str, /, register: Path, country: str | None, dataset: str, on: str | None, out: Path | None,
    firms: Path | None, json_: bool, **options: Any,
) -> None:  # fmt: skip
    """Set declared clusters beside a register: declared and seen, not seen, not covered, not declared.

    REGISTER is read as `spot` reads it. Concentrations are found in it, and matched with the clusters of the
    census by place and activity. Nothing is stored, and no database is needed.
    """
    for path, suffixes, name in ((out, (".json", ".geojson"), "--out"), (firms, (".csv",), "--firms")):
        if path is not None:
            check_suffix(path, suffixes, name)
            check_writable(path)
    question = question_of(options)
    want = asked(register, options | {"json_": json_}, POINT_ROLES, language)
    from grappe.agglomeration.search_declared import seen_in_register
    from grappe.census import open as open_census
    from grappe.present.declared_clusters import declared_clusters, named_places

    census = open_census(dataset, on=on)
    clusters = declared_clusters(census.facts, census.on, _country(country))
    read, told = read_establishments(want)
    with progress_bar() as bar:
        step = None if bar is None else lambda _, done, total: bar(done, total)
        answer = seen_in_register(
            read.points, clusters, named_places(census.facts, _country(country)), question,
            coverage=told.coverage, progress=step,
        )  # fmt: skip
    from grappe.present.declared_seen import comparison_plain

    plain = register_plain(told, register, out) | comparison_plain(
        answer.compared, nomenclature=question.concordance.nomenclature, country=_country(country),
        on=census.on.text, tested=answer.tested,
    )  # fmt: skip
    if out is not None:
        with replacing(out) as unfinished:
            body = plain["map"] if out.suffix.casefold() == ".geojson" else plain
            unfinished.write_bytes(orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY, default=str))
    if firms is not None:
        undeclared = answer.compared.undeclared
        _write_firms(
            register, {one.id: read.points.row[one.concentration.members] for one in undeclared}, firms
        )
    if json_:
        as_json({name: value for name, value in plain.items() if name != "map"})
        return
    _show(plain, language)
    for path in (out, firms):
        if path is not None:
            click.echo(written_words(path, language), err=True)


def question_of(options: dict[str, Any]) -> "Question":
    """How to search and match, taken out of the options of a command.

    Raises
    ------
    BadChoice
        If a nomenclature or a radius is not one.
    InputRefused
        If the concordance cannot be read.
    """
    from grappe.agglomeration.activities import Concordance, check_nomenclature
    from grappe.agglomeration.matching import SectorRule, Thresholds
    from grappe.agglomeration.search_declared import Question
    from grappe.agglomeration.uploaded_register import read_concordance

    nomenclature = check_nomenclature(options.pop("nomenclature"))
    own = options.pop("concordance", None)
    read: Concordance = Concordance(nomenclature, read_concordance(own) if own is not None else {})
    return Question(
        concordance=read,
        thresholds=Thresholds(options.pop("max_km"), SectorRule(options.pop("sector"))),
        radii=chosen_radii(options.pop("radii")),
        **{
            name: options.pop(name) for name in ("level", "min_establishments", "simulations", "seed", "test")
        },
    )


def _write_firms(register: Path, rows: Mapping[str, Any], path: Path) -> None:
    from grappe.agglomeration.uploaded_register import firm_rows

    with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(firm_rows(register, rows))


_COLUMNS = {
    "declared_and_seen": ("id", "name", "state", "establishments", "near", "matches", "steady"),
    "declared_not_seen": ("id", "name", "state", "establishments", "near", "elsewhere", "steady"),
    "not_covered": ("id", "name", "state", "reason"),
    "seen_not_declared": (
        "id", "place", "isic", "establishments", "quotient", "p_value", "stability", "votes_for", "steady"
    ),
}  # fmt: skip


def _show(plain: dict[str, Any], language: str) -> None:
    from grappe.present.declared_seen import (
        LISTS,
        caution_words,
        list_words,
        match_words,
        reason_words,
        title_words,
    )

    for name in LISTS:
        click.echo(f"{list_words(name, language)} ({plain['counts'][name]})")
        rows = [dict(row) for row in plain[name]]
        for row in rows:
            row["reason"] = reason_words(row.get("reason"), language)
            row["matches"] = [match_words(one, language) for one in row.get("matches", [])[:2]]
            row["elsewhere"] = match_words(row["elsewhere"], language) if row.get("elsewhere") else None
            row["place"] = title_words(row, language) if name == "seen_not_declared" else None
        if rows:
            as_long_table(rows, _COLUMNS[name], language)
        click.echo("")
    for words in caution_words(plain, language):
        click.echo(words)


def _country(code: str | None) -> str | None:
    from grappe.domain.levels import country_groups

    if code is None:
        return None
    known = sorted({one for members in country_groups().values() for one in members})
    if code.upper() not in known:
        raise BadChoice(name="--country", value=code, accepted=", ".join(known))
    return code.upper()
