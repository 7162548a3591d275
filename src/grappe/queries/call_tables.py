"""The list of applications to a call, with every opinion, as a workbook for its officer."""

from datetime import datetime

from grappe.domain.actor import Actor
from grappe.policy.call_states import ReviewState
from grappe.present.call_tables import about_call, application_tables
from grappe.present.plain import Plain
from grappe.present.xlsx import as_xlsx
from grappe.queries.calls import desk
from grappe.queries.fiction import watermark
from grappe.store.models import Review


def applications_workbook(call: str, by: Actor, language: str, at: datetime) -> bytes:
    """What the officer of a call sees on its desk, as a spreadsheet in their language.

    Raises
    ------
    UnknownThing
        If there is no such call.
    Forbidden
        If somebody does not run it.
    """
    page = desk(call, by, at)
    about = about_call(page, at.isoformat(timespec="seconds"), language)
    if (invented := watermark()) is not None:
        about = [("!", invented), *about]
    tables = application_tables(page, _opinions(call), language)
    return as_xlsx(tables, about=about, right_to_left=language == "ar", made=at)


def _opinions(call: str) -> dict[str, list[Plain]]:
    rows = Review.objects.filter(application__call=call).exclude(state=str(ReviewState.OPEN))
    found: dict[str, list[Plain]] = {}
    for one in rows.select_related("reviewer__account").order_by("reviewer__account__display_name", "id"):
        # Points that a conflict of interest takes out of the count are not shown as if they counted.
        given = one.state == ReviewState.GIVEN
        found.setdefault(one.application_id, []).append(
            {
                "reviewer": one.reviewer.account.display_name,
                "state": one.state,
                "points": one.points if given else {},
                "comments": one.comments if given else {},
            }
        )
    return found
