"""The command that diagnoses a region of a table."""

from pathlib import Path
from typing import Any

import click

from grappe.cli.registers import conditions
from grappe.cli.seen import DATASET
from grappe.cli.show import as_json
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.present.measures import written_words


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--region", required=True, metavar="CODE", help="The region, as the table writes it.")
@click.option("--region-column", metavar="COLUMN", help="Region of a row.")
@click.option("--industry-column", metavar="COLUMN", help="Industry of a row.")
@click.option("--value", metavar="COLUMN", help="Count of a row; else each row counts as one.")
@click.option("--earlier", metavar="COLUMN", help="Count at an earlier date, for growth.")
@click.option("--establishments", metavar="COLUMN", help="Establishments, for rules that ask for them.")
@click.option("--preset", metavar="NAME", help="Register: cbp, denue, overture, qcew, sirene.")
@click.option(
    "--where", multiple=True, metavar="COLUMN=VALUE[,VALUE…]",
    help="Keep the rows whose column holds one of the values; may be repeated.",
)  # fmt: skip
@click.option(
    "--edition", default="us-2014", show_default=True, metavar="NAME", help="Rules of strong clusters."
)
@click.option("--nomenclature", default="isic", show_default=True, metavar="NAME", help="How codes are read.")
@click.option(
    "--place", metavar="NAME", help="Place of the census whose clusters are set beside; else --region."
)
@click.option("--dataset", default=DATASET, show_default=True, metavar="NAME", help="Census, or its folder.")
@click.option("--coverage", metavar="TEXT", help="What the table holds; printed with the result.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the printable note, as .html."
)
@click.option("--json", "json_", is_flag=True, help="JSON instead of text.")
@click.pass_obj
def diagnose(
    language: str, /, table: Path, region: str, earlier: str | None, establishments: str | None,
    preset: str | None, where: tuple[str, ...], edition: str, nomenclature: str, place: str | None,
    dataset: str, coverage: str | None, out: Path | None, json_: bool, **columns: Any,
) -> None:  # fmt: skip
    """Diagnose a region: strengths, growth, options near by, declared clusters and poles, missing links.

    TABLE has one row per region and industry, of every region and industry of the reference. The shortlist is
    explained by parts that add up.
    """
    if out is not None:
        check_suffix(out, (".html",))
        check_writable(out)
    from grappe.agglomeration.activities import Concordance, check_nomenclature
    from grappe.agglomeration.diagnosis import diagnose as ask
    from grappe.agglomeration.uploaded_table import read_table
    from grappe.census import open as open_census
    from grappe.present.declared_clusters import declared_at
    from grappe.present.diagnosis import (
        caution_words,
        diagnosis_note,
        diagnosis_plain,
        gap_words,
        parts_words,
    )

    codes = check_nomenclature(nomenclature)
    roles = {
        "region": columns["region_column"],
        "industry": columns["industry_column"],
        "value": columns["value"],
    }
    read = read_table(
        table, roles, earlier=earlier, establishments=establishments, where=conditions(where), register=preset
    )
    census = open_census(dataset)
    found = ask(
        read.table, region, value=read.value, establishments=read.establishments, earlier=read.earlier,
        earlier_value=read.earlier_value, clusters=declared_at(census.facts, census.on, place or region),
        concordance=Concordance(codes), edition=edition,
    )  # fmt: skip
    if out is not None:
        with replacing(out) as unfinished:
            unfinished.write_text(diagnosis_note(found, coverage, language), "utf-8")
    if json_:
        as_json({"file": str(table)} | diagnosis_plain(found, coverage=coverage, nomenclature=codes))
    else:
        from grappe.present.catalogue import say

        names = {one.id: one.name for one in found.clusters}
        for title, scored in (("Strengths", found.strengths), ("Options for diversification", found.options)):
            click.echo(say(language, title))
            for one in scored:
                click.echo(f"  {one.industry}\t{one.quotient:.2f}\t{parts_words(one.parts, language)}")
        click.echo(say(language, "Missing links"))
        for gap in found.gaps:
            click.echo(f"  {gap_words(gap, names, language)}")
        for words in caution_words(found, coverage, language):
            click.echo(words)
    if out is not None:
        click.echo(written_words(out, language), err=True)
