"""The command that finds the concentrations of a register."""

from pathlib import Path
from typing import Any

import click
import orjson

from grappe.cli.progress import progress_bar
from grappe.cli.registers import POINT_ROLES, Told, asked, point_options, read_establishments, register_plain
from grappe.cli.show import as_json, as_long_table
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice
from grappe.present.concentrations import COLUMNS, concentration_rows, count_words
from grappe.present.measures import written_words
from grappe.present.registers import coverage_words


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
@click.option(
    "--across", default="each", show_default=True, type=click.Choice(["each", "fdr"]),
    help="Whether the level holds for each industry, or for the share of false ones among those found.",
)  # fmt: skip
@click.option(
    "--lowest-quotient", default=1.5, show_default=True, type=click.FloatRange(min=1), metavar="Q",
    help="Location quotient that a window must reach.",
)  # fmt: skip
@click.option(
    "--simulations", default=499, show_default=True, type=click.IntRange(min=20), metavar="N",
    help="Draws at random behind each p-value.",
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
    chosen = chosen_radii(radii)
    want = asked(establishments, options | {"json_": json_}, POINT_ROLES, language)
    register, told = read_establishments(want)
    settings = {name: options[name] for name in _SPOT}
    found = _spotted(register.points, chosen, _names(rules), settings, told)
    if out is not None:
        with replacing(out) as unfinished:
            unfinished.write_bytes(orjson.dumps(found, option=orjson.OPT_SERIALIZE_NUMPY, default=str))
    if json_:
        plain = {name: found[name] for name in ("caveats", "settings", "industries")}
        plain["concentrations"] = concentration_rows(found)
        as_json(register_plain(told, establishments, out) | plain)
        return
    _show_spots(found, told, language)
    if out is not None:
        click.echo(written_words(out, language), err=True)


_SPOT = ("level", "across", "min_establishments", "lowest_quotient", "simulations", "seed")


def _spotted(
    points: Any, radii: tuple[float, ...], rules: tuple[str, ...] | None, settings: dict[str, Any], told: Told
) -> dict[str, Any]:
    from grappe.agglomeration.spot import spot as find

    with progress_bar() as progress:
        found = find(points, radii=radii, rules=rules, coverage=told.coverage, progress=progress, **settings)
    plain: dict[str, Any] = found.to_geojson()
    return plain


def _show_spots(found: dict[str, Any], told: Told, language: str) -> None:
    rows = concentration_rows(found)
    columns = [name for name in COLUMNS if any(row.get(name) is not None for row in rows)]
    as_long_table(rows, columns or COLUMNS, language)
    click.echo("")
    for words in (*count_words(found, language), coverage_words(told.coverage, language)):
        click.echo(words)


def chosen_radii(written: str) -> tuple[float, ...]:
    """Radii as an option writes them, in order.

    Raises
    ------
    BadChoice
        If one is no number above zero.
    """
    try:
        found = tuple(sorted({float(one) for one in written.split(",")}))
    except ValueError:
        found = ()
    if not found or min(found) <= 0:
        raise BadChoice("bad_radii", radii=written)
    return found


def _names(written: str | None) -> tuple[str, ...] | None:
    return None if written is None else tuple(one.strip() for one in written.split(",") if one.strip())
