"""The chapter as PDF: the editable template ``chapter.typ`` laid out by Typst, tagged and archivable.

The rows of the chapter reach the template as data, never as markup: no name can be read as a command.
"""

from importlib.resources import files
from typing import Any

import orjson

from grappe.present.report.assets import assets_folder

STANDARDS = ["a-2a"]
"""PDF/A-2a: archivable, tagged, with alternative texts."""


def pdf_of(document: dict[str, Any]) -> bytes:
    """A worded chapter as PDF.

    Raises
    ------
    Refused
        If the fonts of the chapter were not made.
    """
    import typst

    try:
        return bytes(_compiled(document, format="pdf", pdf_standards=STANDARDS))
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # A name in a script that the fonts lack cannot be archived as PDF/A; it can still be printed.
        return bytes(_compiled(document, format="pdf"))


def pages_of(document: dict[str, Any], ppi: float = 72.0) -> list[bytes]:
    """The pages of the PDF as PNG pictures, to look at."""
    found = _compiled(document, format="png", ppi=ppi)
    return found if isinstance(found, list) else [found]


def _compiled(document: dict[str, Any], **options: Any) -> Any:
    import typst

    template = (files("grappe.present.report") / "chapter.typ").read_bytes()
    return typst.compile(
        template,
        font_paths=[str(assets_folder())],
        ignore_system_fonts=True,
        sys_inputs={"chapter": orjson.dumps(document).decode()},
        **options,
    )
