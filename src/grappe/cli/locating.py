"""Commands on establishments with coordinates: which industries are localised, and where."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from grappe.cli.registers import Told, asked, point_options, read_establishments
from grappe.cli.show import as_json, as_table
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.present.measures import total_words
from grappe.present.registers import coverage_words

if TYPE_CHECKING:
    from grappe.agglomeration.distance_test import DistanceTest

ROLES = ("lon", "lat", "x", "y", "industry", "weight")
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
    want = asked(establishments, options | {"json_": json_}, ROLES, language)
    register, told = read_establishments(want)
    test = _tested(register.points, {k: options[k] for k in _TEST}, told)
    if out is not None:
        _write_test(test, out)
    if json_:
        as_json(_test_plain(test, told, establishments, out))
        return
    _show_test(test, told, language)
    if out is not None:
        click.echo(total_words(out, language), err=True)


_TEST = ("function", "max_distance", "simulations", "level", "min_establishments", "method", "seed")


_COLUMNS = (
    "industry", "establishments", "verdict", "p_localised", "p_dispersed", "localisation", "dispersion",
)  # fmt: skip


def _tested(points: Any, options: dict[str, Any], told: Told) -> "DistanceTest":
    import numpy as np

    function, method = options.pop("function"), METHODS[options.pop("method")]
    largest = options.pop("max_distance")
    distances = None if largest is None else np.linspace(0.0, largest, STEPS + 1)
    with _bar() as progress:
        if function == "kd":
            from grappe.agglomeration.localise import localise as test

            options |= {"method": method, "coverage": told.coverage}
            found = test(points, distances=distances, progress=progress, **options)
        else:
            from grappe.agglomeration.m_test import m_test

            found = m_test(points, distances=distances, coverage=told.coverage, progress=progress, **options)
    return found


def _write_test(test: "DistanceTest", out: Path) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    with replacing(out) as unfinished:
        if out.suffix.casefold() == ".csv":
            pyarrow.csv.write_csv(test.to_arrow(), unfinished)
        else:
            pyarrow.parquet.write_table(test.to_arrow(), unfinished)


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Localised industries first, the most localised before; then dispersed, neutral, untestable ones."""
    verdicts = ("localised", "dispersed", "neutral", "untestable")

    def place(row: dict[str, Any]) -> tuple[Any, ...]:
        index = max(row["localisation"] or 0.0, row["dispersion"] or 0.0)
        return verdicts.index(row["verdict"]), -index, row["industry"]

    return sorted(rows, key=place)


def _show_test(test: "DistanceTest", told: Told, language: str) -> None:
    from grappe.present.verdicts import counts_words, how_words, method_words, verdict_words, why_words

    rows = _ordered(test.summary())
    for row in rows:
        row["verdict"] = verdict_words(row["verdict"], language)
        row["method"] = method_words(row["method"], language)
        row["why"] = why_words(row["why"], language)
        for name in ("p_localised", "p_dispersed", "localisation", "dispersion"):
            row[name] = None if row[name] is None else float(f"{row[name]:.3g}")
    columns = [*_COLUMNS]
    columns += [name for name in ("method", "why") if any(row[name] for row in rows)]
    as_table(rows, columns)
    click.echo("")
    click.echo(counts_words(test, language))
    click.echo(how_words(test.settings, language))
    click.echo(coverage_words(told.coverage, language))


def _test_plain(test: "DistanceTest", told: Told, path: Path, out: Path | None) -> dict[str, Any]:
    from grappe.present.verdicts import counts

    return _register_plain(told, path, out) | {
        "function": test.function,
        "distances": test.distances.tolist(),
        "settings": dict(test.settings),
        "counts": counts(test),
        "industries": _ordered(test.summary()),
    }


def _register_plain(told: Told, path: Path, out: Path | None) -> dict[str, Any]:
    return {
        "file": str(path), "out": None if out is None else str(out), "columns": dict(told.columns),
        "rows": told.rows, "set_aside": told.set_aside,
        "rejected": None if told.rejected is None else str(told.rejected), "left_out": told.left_out,
        "coverage": told.coverage, "informal_units": False,
    }  # fmt: skip


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on the terminal, told of units done and in all; nothing through a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")
        yield lambda done, total: bar.update(task, completed=done, total=total)


@click.command()
@click.argument("establishments", type=click.Path(path_type=Path))
@point_options
@click.option("--radii", default="2,5,10,20", show_default=True, metavar="KM,…", help="Radii of the windows.")
@click.option(
    "--rules", metavar="NAME,…", help="Count rules that vote on each concentration; all of them by default."
)
@click.option(
    "--level", default=0.05, show_default=True, metavar="SHARE",
    type=click.FloatRange(0, 0.5, min_open=True, max_open=True), help="Level of the test of each industry.",
)  # fmt: skip
@click.option(
    "--min-establishments", default=10, show_default=True, type=click.IntRange(min=2), metavar="N",
    help="Smaller concentrations are not published.",
)  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same result.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the footprints as .geojson, which `grappe figures` reads.",
)  # fmt: skip
@click.pass_obj
def spot(
    language: str, /, establishments: Path, radii: str, rules: str | None, out: Path | None, json_: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Find the concentrations of each industry of a register: where they are, how large, how sure.

    Data show concentration; a cluster also cooperates. ESTABLISHMENTS is read as `localise` reads it.
    """
    if out is not None:
        check_suffix(out, (".geojson", ".json"))
        check_writable(out)
    chosen = _radii(radii)
    want = asked(establishments, options | {"json_": json_}, ROLES, language)
    register, told = read_establishments(want)
    settings = {name: options[name] for name in ("level", "min_establishments", "seed")}
    found = _spotted(register.points, chosen, _names(rules), settings, told)
    if out is not None:
        with replacing(out) as unfinished:
            unfinished.write_bytes(orjson.dumps(found, option=orjson.OPT_SERIALIZE_NUMPY, default=str))
    if json_:
        from grappe.present.concentrations import concentration_rows

        as_json(_register_plain(told, establishments, out) | {"concentrations": concentration_rows(found)})
        return
    _show_spots(found, told, language)
    if out is not None:
        click.echo(total_words(out, language), err=True)


def _spotted(
    points: Any, radii: tuple[float, ...], rules: tuple[str, ...] | None, settings: dict[str, Any], told: Told
) -> dict[str, Any]:
    from grappe.agglomeration.spot import spot as find

    extra = {} if rules is None else {"rules": rules}
    with _bar() as progress:
        found = find(points, radii=radii, coverage=told.coverage, progress=progress, **settings, **extra)
    plain: dict[str, Any] = found.to_geojson()
    return plain


def _show_spots(found: dict[str, Any], told: Told, language: str) -> None:
    from grappe.present.concentrations import COLUMNS, concentration_rows, count_words

    rows = concentration_rows(found)
    for row in rows:
        for name, value in row.items():
            row[name] = float(f"{value:.3g}") if isinstance(value, float) else value
    columns = [name for name in COLUMNS if any(row.get(name) is not None for row in rows)]
    as_table(rows, columns or COLUMNS)
    click.echo("")
    for words in (count_words(found, language), coverage_words(told.coverage, language)):
        click.echo(words)


def _radii(written: str) -> tuple[float, ...]:
    from grappe.domain.errors import BadChoice

    try:
        found = tuple(float(one) for one in written.split(","))
    except ValueError:
        found = ()
    if not found or min(found) <= 0:
        raise BadChoice("bad_radii", value=written)
    return found


def _names(written: str | None) -> tuple[str, ...] | None:
    return None if written is None else tuple(one.strip() for one in written.split(",") if one.strip())
