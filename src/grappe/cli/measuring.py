"""The command that measures a region × industry table."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grappe.cli.registers import Told, asked, read_cells, register_options, register_plain
from grappe.cli.show import as_json, as_long_table
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice, Refused
from grappe.present.measures import GRAINS, warning_words, written_words
from grappe.present.registers import coverage_words
from grappe.present.verdicts import why_words

if TYPE_CHECKING:
    import pyarrow as pa

    from grappe.agglomeration.register_rows import CellRegister


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Measures that one function computes: where it is, what a row of its answer is, its columns.

    `answer` takes the table of an answer that holds several. `renamed` maps a column of the answer to
    the measure it is.
    """

    function: str
    module: str
    grain: str
    measures: tuple[str, ...]
    options: tuple[tuple[str, Any], ...] = ()
    answer: str | None = None
    renamed: tuple[tuple[str, str], ...] = ()
    plants: bool = False


def _related(method: str) -> Family:
    return Family(
        function="relatedness", module="relatedness", grain="pair", measures=(method,),
        options=(("method", method),), renamed=(("relatedness", method),),
    )  # fmt: skip


FAMILIES = (
    Family(
        function="location_quotient", module="location_quotient", grain="cell", measures=("lq", "slq", "zlq")
    ),
    Family(
        function="concentration", module="concentration", grain="industry",
        measures=("hoover", "gini", "theil", "herfindahl"),
    ),
    Family(
        function="specialisation", module="specialisation", grain="region",
        measures=("krugman", "hoover", "herfindahl", "theil", "entropy"),
    ),
    Family(
        function="ellison_glaeser", module="ellison_glaeser", grain="industry", plants=True,
        measures=("gamma", "g", "h", "z", "maurel_sedillot"),
    ),
    Family(
        function="complexity", module="complexity", grain="region", answer="regions",
        measures=("eci", "diversity"),
    ),
    Family(
        function="complexity", module="complexity", grain="industry", answer="industries",
        measures=("pci", "ubiquity"),
    ),
    Family(
        function="complexity", module="complexity", grain="cell", answer="cells", measures=("density",)
    ),
    *(_related(method) for method in ("proximity", "cosine", "association", "jaccard", "correlation")),
    Family(function="coagglomeration", module="coagglomeration", grain="pair", measures=("gamma_c",)),
)  # fmt: skip
"""Every measure of the command. A name that stands in two families is answered by both."""

SHORT = {"eg": "ellison_glaeser"}
"""Short names of families."""

KEYS = {
    "cell": ("region", "industry"),
    "industry": ("industry",),
    "region": ("region",),
    "pair": ("industry_i", "industry_j"),
}
FORMATS = (".csv", ".parquet")


def measure_names() -> list[str]:
    """Names that ``--measures`` accepts: measures, and families for all of theirs."""
    measures = dict.fromkeys(name for family in FAMILIES for name in family.measures)
    families = dict.fromkeys(family.function for family in FAMILIES)
    return [*measures, *SHORT, *families]


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--measures", default="lq", show_default=True, metavar="NAMES",
    help="Measures, parted by commas: " + ", ".join(measure_names()) + ".",
)  # fmt: skip
@click.option("--region", metavar="COLUMN", help="Region of a row.")
@click.option("--industry", metavar="COLUMN", help="Industry of a row.")
@click.option("--value", metavar="COLUMN", help="Jobs or establishments of a row; else each counts as one.")
@click.option(
    "--total", metavar="CODE", help="Industry whose rows hold the totals of regions, such as 10 in QCEW."
)
@click.option(
    "--engine", default="duckdb", show_default=True, type=click.Choice(["duckdb", "spark"]),
    help="What computes the table: in this process, or on a Spark session.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the result as .csv or .parquet; a file per kind of row if there are several.",
)  # fmt: skip
@click.option("--coverage", metavar="TEXT", help="What the register holds; printed with the result.")
@register_options
@click.pass_obj
def measure(
    language: str,
    /,
    table: Path,
    measures: str,
    total: str | None,
    engine: str,
    out: Path | None,
    json_: bool,
    **options: Any,
) -> None:
    """Measure a table of regions and industries: location quotients, concentration, specialisation…

    TABLE is a CSV file (also .gz or .zip), a Parquet file or a folder of them, one row per region and
    industry or per establishment. Columns that no option names are guessed from their names.
    """
    families = _families(measures)
    if out is not None:
        check_suffix(out, FORMATS)
        check_writable(out)
    want = asked(table, options | {"json_": json_}, ("region", "industry", "value"), language)
    with _engine(engine) as backend, read_cells(want, backend) as (cells, told):
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", UserWarning)
            found = _measured(families, cells, total)
        for one in {type(warning.message).__name__ for warning in warned}:
            want.say(warning_words(one, language))
    names = _written(found, out) if out is not None else {}
    if json_:
        as_json(_plain(want.path, found, told, names))
        return
    if not out:
        _show(found, language)
    for name in names.values():
        click.echo(written_words(name, language), err=True)
    want.say(coverage_words(told.coverage, language))


def _families(measures: str) -> list[Family]:
    """Families asked for, each with the measures asked of it."""
    written = [name.strip().casefold() for name in measures.split(",") if name.strip()]
    asked_for = [SHORT.get(name, name) for name in written]
    accepted = measure_names()
    for name in written:
        if name not in accepted:
            raise BadChoice("bad_choice", name="--measures", value=name, accepted=", ".join(accepted))
    if not asked_for:
        raise BadChoice("bad_choice", name="--measures", value=measures, accepted=", ".join(accepted))
    wanted = [
        (family, tuple(m for m in family.measures if m in asked_for or family.function in asked_for))
        for family in FAMILIES
    ]
    order = {name: position for position, name in enumerate(asked_for)}
    found = [replace(family, measures=measures) for family, measures in wanted if measures]
    return sorted(found, key=lambda one: min(order.get(m, order.get(one.function, 0)) for m in one.measures))


_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "OFF",
}


@contextmanager
def _engine(name: str) -> Iterator[Any]:
    """The engine asked for; nothing for the one in this process. A Spark session ends with the command."""
    if name == "duckdb":
        yield None
        return
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Refused("no_spark") from None
    import ibis

    # What Spark has to say of itself is not for the user of a table.
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    builder = SparkSession.builder.appName("grappe")
    for name, value in _QUIET.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield ibis.pyspark.connect(session)
    finally:
        session.stop()


def _measured(families: Sequence[Family], cells: "CellRegister", total: str | None) -> dict[str, "pa.Table"]:
    """A table per kind of row, with the measures asked for, in their order; highest first."""
    answers: dict[tuple[str, tuple[Any, ...]], Any] = {}
    found: dict[str, pa.Table] = {}
    for family in families:
        called = family.function, family.options
        if called not in answers:
            answers[called] = _called(family, cells, total)
        answer = answers[called]
        if family.answer:
            answer = getattr(answer, family.answer)
        table = _columns(answer, family)
        known = found.get(family.grain)
        found[family.grain] = table if known is None else _joined(known, table, KEYS[family.grain])
    return {grain: _ranked(table, KEYS[grain]) for grain, table in found.items()}


def _called(family: Family, cells: "CellRegister", total: str | None) -> Any:
    function: Callable[..., Any] = getattr(
        import_module(f"grappe.agglomeration.{family.module}"), family.function
    )
    table, options = cells.table, dict(family.options)
    if total is not None and family.function == "location_quotient":
        options["total"] = total
    elif total is not None:
        # Elsewhere the totals are those of the parts; counted beside them they would count twice.
        table = table.filter(table.industry != total)
    return function(table, **{"size" if family.plants else "value": cells.value}, **options)


_REASONS = ("undefined", "why")
"""Columns of a measure that say by a code why there is none."""


def _columns(answer: Any, family: Family) -> "pa.Table":
    """The keys and the measures asked for, with the bounds of each, and the reason where one has none."""
    renamed = dict(family.renamed)
    table = answer.rename({new: old for old, new in renamed.items()}).to_pyarrow()
    wanted = [*KEYS[family.grain]]
    for name in family.measures:
        wanted += [one for one in (name, f"{name}_low", f"{name}_high") if one in table.column_names]
    wanted += [one for one in ("value", "plants", *_REASONS) if one in table.column_names]
    return table.select(list(dict.fromkeys(wanted)))


def _joined(left: "pa.Table", right: "pa.Table", keys: tuple[str, ...]) -> "pa.Table":
    """Two tables side by side; what both hold is kept once."""
    again = [name for name in right.column_names if name in left.column_names and name not in keys]
    return left.join(right.drop_columns(again), list(keys), join_type="full outer")


def _ranked(table: "pa.Table", keys: tuple[str, ...]) -> "pa.Table":
    first = next(name for name in table.column_names if name not in keys)
    order = [(first, "descending"), *((key, "ascending") for key in keys)]
    return table.sort_by(order)


def _written(found: "dict[str, pa.Table]", out: Path) -> dict[str, Path]:
    """Write a file per kind of row; all of them or none."""
    import pyarrow.csv
    import pyarrow.parquet

    names = {
        grain: out if len(found) == 1 else out.with_name(f"{out.stem}-{GRAINS[grain].file}{out.suffix}")
        for grain in found
    }
    with ExitStack() as stack:
        for grain, table in found.items():
            unfinished = stack.enter_context(replacing(names[grain]))
            if out.suffix.casefold() == ".csv":
                pyarrow.csv.write_csv(table, unfinished)
            else:
                pyarrow.parquet.write_table(table, unfinished)
    return names


def _plain(path: Path, found: "dict[str, pa.Table]", told: Told, names: dict[str, Path]) -> dict[str, Any]:
    plain = register_plain(told, path, None)
    for grain, table in found.items():
        plain[GRAINS[grain].file] = str(names[grain]) if names else _rows(table)
    return plain


def _rows(table: "pa.Table") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _show(found: "dict[str, pa.Table]", language: str) -> None:
    for position, (grain, table) in enumerate(found.items()):
        if len(found) > 1:
            click.echo(("\n" if position else "") + GRAINS[grain].heading(language))
        rows = _rows(table)
        reasons = [name for name in _REASONS if any(row.get(name) for row in rows)]
        for row in rows:
            row |= {name: why_words(row[name], language) for name in reasons}
        columns = [name for name in table.column_names if name in reasons or name not in _REASONS]
        as_long_table(rows, columns, language)
