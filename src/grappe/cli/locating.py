"""The command that tests which industries of a register are localised."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grappe.cli.progress import progress_bar
from grappe.cli.registers import POINT_ROLES, Told, asked, point_options, read_establishments, register_plain
from grappe.cli.show import as_json, as_long_table
from grappe.cli.writing import check_suffix, check_writable, write_table
from grappe.present.measures import written_words
from grappe.present.registers import coverage_words

if TYPE_CHECKING:
    from grappe.agglomeration.distance_test import DistanceTest

METHODS = {"auto": "auto", "simulated": "simulated", "closed-form": "closed form"}
STEPS = 100
"""Distances from zero to the largest one, when it is given."""


@click.command()
@click.argument("establishments", type=click.Path(path_type=Path))
@point_options
@click.option(
    "--function", default="kd", show_default=True, type=click.Choice(["kd", "m"]),
    help="K-density of Duranton and Overman, or M of Marcon and Puech.",
)  # fmt: skip
@click.option(
    "--max-distance", type=click.FloatRange(min=0, min_open=True), metavar="KM",
    help="Largest distance; by default the median distance between all pairs.",
)  # fmt: skip
@click.option(
    "--simulations", default=1000, show_default=True, type=click.IntRange(min=20), metavar="N",
    help="Draws at random behind the bands.",
)  # fmt: skip
@click.option(
    "--level", default=0.05, show_default=True, metavar="SHARE",
    type=click.FloatRange(0, 0.5, min_open=True, max_open=True), help="Level of the test on each side.",
)  # fmt: skip
@click.option(
    "--min-establishments", default=10, show_default=True, type=click.IntRange(min=2), metavar="N",
    help="Smaller industries are not tested.",
)  # fmt: skip
@click.option(
    "--method", default="auto", show_default=True, type=click.Choice(list(METHODS)),
    help="How the bands of K-density are made; auto chooses by the size of the industry.",
)  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same verdicts.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE",
    help="Write curves, bands and verdicts as .parquet, which `grappe figures` reads, or .csv.",
)  # fmt: skip
@click.pass_obj
def localise(language: str, /, establishments: Path, out: Path | None, json_: bool, **options: Any) -> None:
    """Test which industries of a register are localised or dispersed, all at once.

    ESTABLISHMENTS is a CSV file (also .gz or .zip), a Parquet file or a folder of them, one row per
    establishment. Columns that no option names are guessed from their names.
    """
    if out is not None:
        check_suffix(out, (".parquet", ".csv"))
        check_writable(out)
    want = asked(establishments, options | {"json_": json_}, POINT_ROLES, language)
    register, told = read_establishments(want)
    test = _tested(register.points, {k: options[k] for k in _TEST}, told)
    if out is not None:
        write_table(test.to_arrow(), out)
    if json_:
        as_json(_test_plain(test, told, establishments, out))
        return
    _show_test(test, told, language)
    if out is not None:
        click.echo(written_words(out, language), err=True)


_TEST = ("function", "max_distance", "simulations", "level", "min_establishments", "method", "seed")


_COLUMNS = (
    "industry", "establishments", "verdict", "p_localised", "p_dispersed", "localisation", "dispersion",
)  # fmt: skip


def _tested(points: Any, options: dict[str, Any], told: Told) -> "DistanceTest":
    import numpy as np

    function, method = options.pop("function"), METHODS[options.pop("method")]
    largest = options.pop("max_distance")
    distances = None if largest is None else np.linspace(0.0, largest, STEPS + 1)
    with progress_bar() as progress:
        if function == "kd":
            from grappe.agglomeration.localise import localise as test

            options |= {"method": method, "coverage": told.coverage}
            found = test(points, distances=distances, progress=progress, **options)
        else:
            from grappe.agglomeration.m_test import m_test

            found = m_test(points, distances=distances, coverage=told.coverage, progress=progress, **options)
    return found


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Localised industries first, the most localised before; then dispersed, neutral, untestable ones."""
    verdicts = ("localised", "dispersed", "neutral", "untestable")

    def place(row: dict[str, Any]) -> tuple[Any, ...]:
        index = max(row["localisation"] or 0.0, row["dispersion"] or 0.0)
        return verdicts.index(row["verdict"]), -index, row["industry"]

    return sorted(rows, key=place)


def _show_test(test: "DistanceTest", told: Told, language: str) -> None:
    from grappe.present.verdicts import (
        counts_words,
        how_words,
        method_words,
        untested_words,
        verdict_words,
        why_words,
    )

    rows = _ordered(test.summary())
    for row in rows:
        row["verdict"] = verdict_words(row["verdict"], language)
        row["method"] = method_words(row["method"], language)
        row["why"] = why_words(row["why"], language)
    # Reasons are long: a terminal gets them below the table.
    aside = () if sys.stdout.isatty() else ("method", "why")
    as_long_table(rows, (*_COLUMNS, *aside), language)
    click.echo("")
    for words in untested_words(test, language):
        click.echo(words)
    click.echo(counts_words(test, language))
    click.echo(how_words(test.settings, language))
    click.echo(coverage_words(told.coverage, language))


def _test_plain(test: "DistanceTest", told: Told, path: Path, out: Path | None) -> dict[str, Any]:
    from grappe.present.verdicts import counts

    return register_plain(told, path, out) | {
        "function": test.function,
        "distances": test.distances.tolist(),
        "settings": dict(test.settings),
        "counts": counts(test),
        "industries": _ordered(test.summary()),
    }
