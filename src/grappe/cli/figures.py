"""The command that draws the results of others."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice, InputRefused
from grappe.present.measures import written_words

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = ("kd", "ranking", "size", "map", "space")
SUFFIXES = (".svg", ".png", ".html")
SHOWN = 20
"""Codes listed in a message."""
RELATED = ("proximity", "cosine", "association", "jaccard", "correlation", "gamma_c", "relatedness")


@click.command()
@click.argument("result", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="File to write: .svg, .png, or .html that needs no network.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(KINDS),
    help="Curve and bands, ranking, quotient against size, map, industry space; else as RESULT suggests.",
)  # fmt: skip
@click.option("--industry", metavar="CODE", help="Industry to draw, or to mark.")
@click.option("--region", metavar="CODE", help="Region to draw, for --kind size.")
@click.option(
    "--boundaries", type=click.Path(path_type=Path), metavar="FILE",
    help="GeoJSON to draw below a map, in degrees.",
)  # fmt: skip
@click.option("--coverage", metavar="TEXT", help="What the register holds, where RESULT does not say it.")
@click.pass_obj
def figures(language: str, /, result: Path, out: Path, kind: str | None, **options: Any) -> None:
    """Draw RESULT, a file that `grappe localise`, `spot` or `measure` wrote, in the language of --lang."""
    suffix = check_suffix(out, SUFFIXES)
    check_writable(out)
    if not result.exists():
        raise InputRefused("no_such_file", path=result)
    chart = _chart(result, kind, options, language)
    from grappe.present.charts.saving import save

    with replacing(out) as unfinished:
        save(chart, unfinished, language, suffix=suffix)
    click.echo(written_words(out, language), err=True)


def _chart(result: Path, kind: str | None, options: dict[str, Any], language: str) -> Any:
    industry: str | None = options["industry"]
    if result.suffix.casefold() in (".geojson", ".json"):
        _check_kind(kind, ("map",))
        from grappe.present.charts.places import places_chart

        below = options["boundaries"]
        boundaries = _geojson(below) if below is not None else None
        return places_chart(_geojson(result), language, boundaries=boundaries, industry=industry)
    table = _table(result)
    if "verdict" in table.column_names:
        _check_kind(kind, ("kd", "ranking"))
        return _test_chart(table, kind, industry, language)
    if {"industry_i", "industry_j"} <= set(table.column_names):
        _check_kind(kind, ("space",))
        return _space_chart(table, industry, options["coverage"], language)
    if {"region", "industry", "lq", "value"} <= set(table.column_names):
        _check_kind(kind, ("size",))
        return _size_chart(table, industry, options["region"], options["coverage"], language)
    raise InputRefused("not_a_result", path=result, columns=", ".join(table.column_names))


def _test_chart(table: "pa.Table", kind: str | None, industry: str | None, language: str) -> Any:
    from grappe.agglomeration.distance_test import DistanceTest

    test = DistanceTest.from_arrow(table)
    if kind == "ranking" or (kind is None and industry is None):
        from grappe.present.charts.ranking import ranking_chart

        return ranking_chart(test, language)
    if industry is None:
        accepted = ", ".join(one.industry for one in test.industries[:SHOWN])
        raise BadChoice("missing_industry_option", accepted=accepted)
    from grappe.present.charts.distance import distance_chart

    return distance_chart(test, industry, language)


def _space_chart(table: "pa.Table", industry: str | None, coverage: str | None, language: str) -> Any:
    from grappe.agglomeration.industry_space import industry_space
    from grappe.present.charts.space import space_chart

    measure = next((name for name in RELATED if name in table.column_names), "")
    space = industry_space(table, relatedness=measure)
    return space_chart(space, language, measure=measure, industry=industry, coverage=coverage)


def _size_chart(
    table: "pa.Table", industry: str | None, region: str | None, coverage: str | None, language: str
) -> Any:
    from grappe.present.charts.size import size_chart

    rows = table.to_pylist()
    if industry is None and region is None:
        codes = sorted({str(row["industry"]) for row in rows})
        raise BadChoice("missing_industry_option", accepted=", ".join(codes[:SHOWN]))
    kept = [
        row
        for row in rows
        if industry in (None, str(row["industry"])) and region in (None, str(row["region"]))
    ]
    if not kept:
        codes = sorted({str(row["industry" if industry else "region"]) for row in rows})
        raise InputRefused("unknown_industry", industry=industry or region, accepted=", ".join(codes[:SHOWN]))
    return size_chart(kept, language, industry=industry, region=region, coverage=coverage)


def _check_kind(kind: str | None, accepted: tuple[str, ...]) -> None:
    if kind is not None and kind not in accepted:
        raise BadChoice("bad_kind", value=kind, accepted=", ".join(accepted))


def _table(path: Path) -> "pa.Table":
    """A result as a table: Parquet with its settings, or CSV in which codes stay text."""
    if path.suffix.casefold() == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return pq.read_table(path)
        except pa.ArrowInvalid as error:
            raise InputRefused("not_parquet", path=path) from error
    from grappe.agglomeration.register_files import open_register

    with open_register(path) as file:
        numbers = {"lq", "value", *RELATED}
        columns = {name: file.column(name) for name in file.columns}
        columns |= {name: columns[name].try_cast("float64") for name in columns.keys() & numbers}
        return file.read(columns).rows


def _geojson(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise InputRefused("no_such_file", path=path)
    try:
        plain = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputRefused("not_geojson", path=path) from error
    if not isinstance(plain, dict) or not isinstance(plain.get("features"), list):
        raise InputRefused("not_geojson", path=path)
    return plain
