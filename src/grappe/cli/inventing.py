"""The command that invents a country, to try the others on a register whose truth is known."""

from pathlib import Path

import click

from grappe.cli.writing import check_suffix, check_writable, write_table
from grappe.present.measures import written_words


@click.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="File of the establishments to write, .csv or .parquet.",
)  # fmt: skip
@click.option(
    "--truth", type=click.Path(path_type=Path), metavar="FILE",
    help="File of the industries to write, with how each was placed, .csv or .parquet.",
)  # fmt: skip
@click.option(
    "--establishments", default=10_000, show_default=True, type=click.IntRange(min=1), metavar="N",
    help="How many establishments.",
)  # fmt: skip
@click.option(
    "--industries", default=50, show_default=True, type=click.IntRange(min=1), metavar="N",
    help="How many industries; each has at least one establishment.",
)  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same country.")
@click.pass_obj
def invent(
    language: str, /, out: Path, truth: Path | None, establishments: int, industries: int, seed: int
) -> None:
    """Invent a country: cities, countryside, and industries that are localised, dispersed or neither."""
    for path in (out, truth):
        if path is not None:
            check_suffix(path, (".csv", ".parquet"))
            check_writable(path)
    from grappe.agglomeration.made_up_country import made_up_country

    country = made_up_country(establishments, industries, seed=seed, lonlat=True)
    tables = [(out, country.points.drop_columns(["x", "y"])), (truth, country.industries)]
    for path, table in tables:
        if path is not None:
            write_table(table, path)
            click.echo(written_words(path, language), err=True)
