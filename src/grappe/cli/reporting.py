"""The command that writes chapters: of one country, the whole study, or everything in every language."""

from pathlib import Path

import click

from grappe.cli.ready import ready
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice, Refused
from grappe.domain.vocabulary import LANGUAGES

HERE = "http://127.0.0.1:8000"
"""The site that `grappe serve` opens: where links lead unless told otherwise."""


@click.command()
@click.option(
    "--country",
    metavar="CODE",
    help="Country of the chapter: MA, DZ, TN, MR or LY; ALL for the whole study in one file.",
)
@click.option(
    "--edition",
    metavar="EDITION",
    default="today",
    show_default=True,
    help="An edition: 2014, 2019 or `today`; or a date.",
)
@click.option(
    "--lang",
    "spoken",
    metavar="LANG",
    help="Language of the chapter: fr, en or ar; by default that of the terminal.",
)
@click.option(
    "--out",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write (.pdf, .html, .docx); a folder with --all.",
)
@click.option(
    "--all",
    "all_",
    is_flag=True,
    help="Write every country and the whole study, in every language and form, into the folder --out.",
)
@click.option(
    "--base-url", default=HERE, show_default=True, metavar="URL", help="Site that the links lead to."
)
@click.option("--known", metavar="DATE", help="Only decisions recorded by then.")
@click.pass_obj
def report(
    language: str, country: str | None, edition: str, spoken: str | None, out: Path, all_: bool,
    base_url: str, known: str | None,
) -> None:  # fmt: skip
    """Write the chapter of a country, every sentence tied to its data."""
    chosen = _language(spoken or language)
    if all_:
        if country:
            raise BadChoice(name="--country", value=country, accepted="nothing beside --all")
        _write_all(edition, out, base_url, known, (chosen,) if spoken else LANGUAGES)
        return
    if not country:
        raise BadChoice(name="--country", value="", accepted="MA, DZ, TN, MR, LY, ALL, --all")
    from grappe.present.report.writing import SUFFIXES, chapter_bytes

    suffix = check_suffix(out, SUFFIXES)
    check_writable(out)
    ready()
    from grappe.queries.chapters import report_of

    content = report_of(country, edition, known)
    _write(out, chapter_bytes(content, chosen, base_url, suffix))


def _write_all(
    edition: str, folder: Path, base_url: str, known: str | None, languages: tuple[str, ...]
) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refused("not_writable", path=folder)
    ready()
    from grappe.present.report.content import Chapter, Study
    from grappe.present.report.writing import SUFFIXES, chapter_bytes
    from grappe.queries.chapters import chapter, covered, study

    contents: dict[str, Chapter | Study] = {
        f"chapter-{code.lower()}": chapter(code, edition, known) for code in covered()
    }
    contents["study"] = study(edition, known)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused("not_writable", path=folder) from error
    for name, content in contents.items():
        for language in languages:
            for suffix in SUFFIXES:
                path = folder / f"{name}-{edition}-{language}{suffix}"
                _write(path, chapter_bytes(content, language, base_url, suffix))


def _write(path: Path, body: bytes) -> None:
    with replacing(path) as unfinished:
        unfinished.write_bytes(body)
    click.echo(str(path), err=True)


def _language(given: str) -> str:
    if given not in LANGUAGES:
        raise BadChoice(name="--lang", value=given, accepted=", ".join(LANGUAGES))
    return given
