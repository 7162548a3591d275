"""A table of a page as a workbook to keep, with what it is and of which day on its first sheet."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from grappe.present.plain import Plain
from grappe.present.xlsx import as_xlsx
from grappe.queries.fiction import watermark
from grappe.web.jinja import language

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    request: HttpRequest,
    name: str,
    title: str,
    tables: Mapping[str, Sequence[Plain]],
    *,
    on: str | None = None,
    notes: Sequence[str] = (),
) -> HttpResponse:
    """The workbook as an answer, kept by no cache.

    Parameters
    ----------
    name : name of the file without its ending
    title : what the first sheet says that this is
    on : day of which it speaks; `notes` are further lines of the first sheet
    """
    invented = watermark()
    about = [
        (_("Content"), title),
        *([(_("As of"), on)] if on else []),
        (_("Address"), request.build_absolute_uri(request.path)),
        *([(_("Invented"), invented)] if invented else []),
        *((_("Note"), note) for note in notes),
    ]
    response = HttpResponse(
        as_xlsx(tables, about=about, right_to_left=language() == "ar", made=datetime.now(UTC)),
        content_type=MEDIA_TYPE,
    )
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.xlsx") or ""
    )
    # Most are for one person; the others cost little to make anew.
    response["Cache-Control"] = "private, no-store"
    return response
