"""The command that suggests partners: for a cluster, for two countries, for a programme."""

from pathlib import Path
from typing import Any

import click

from grappe.cli.listing import moment_options
from grappe.cli.ready import ready
from grappe.cli.show import as_json
from grappe.domain.errors import BadChoice
from grappe.present.suggestions import suggestions_text


@click.command()
@click.argument("cluster", metavar="[ID]", required=False)
@click.option("--countries", metavar="CODES", help="Two countries, such as MA,TN: their best pairs.")
@click.option("--programme", metavar="ID", help="Pairs inside a programme or network, and who could join.")
@click.option("--level", metavar="LEVEL", help="Only this computed level: national, intra_maghreb, euromed…")
@click.option("--top", metavar="N", help="How many; 10 by default.")
@click.option("--weight", multiple=True, metavar="PART=N", help="Another weight of a part; may be repeated.")
@click.option("--linked", is_flag=True, help="Also those that work together already.")
@click.option(
    "--input-output",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="CSV with from, to, share: who supplies whom, by ISIC code.",
)
@moment_options
@click.pass_obj
def suggest(
    language: str,
    /,
    cluster: str | None,
    countries: str | None,
    programme: str | None,
    on: str | None,
    known: str | None,
    json_: bool,
    table: Path | None,
    **options: Any,
) -> None:
    """Suggest partners, with what speaks for them, what that rests on, and what speaks against."""
    given = {"ID": cluster, "--countries": countries, "--programme": programme}
    if sum(one is not None for one in given.values()) != 1:
        said = ", ".join(name for name, one in given.items() if one is not None)
        raise BadChoice(name="suggest", value=said, accepted=" | ".join(given))
    ready()
    from grappe.queries import suggestions as ask
    from grappe.queries.moment import moment

    when = moment(on, known)
    more = options | {"language": language, "table": _text(table)}
    if cluster is not None:
        answer = ask.suggestions(when, cluster, **more)
    elif countries is not None:
        answer = ask.suggestions_for_countries(when, countries, **more)
    else:
        answer = ask.suggestions_for_programme(when, str(programme), **more)
    if json_:
        as_json(answer)
    else:
        click.echo(suggestions_text(answer, language))


def _text(table: Path | None) -> str | None:
    if table is None:
        return None
    try:
        return table.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadChoice(name="--input-output", value=str(table), accepted="UTF-8") from error
