"""What may stop clusters from lasting: every alarm of every cluster with its answer, and the workbook."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from grappe.domain.actor import Actor
from grappe.policy.alarms import BASIS, AlarmRule
from grappe.present.label_tables import alarm_rows
from grappe.present.plain import Plain
from grappe.present.policies import cites_plain
from grappe.queries import navigation
from grappe.queries.alarms import list_alarms
from grappe.queries.filters import COUNTRIES
from grappe.queries.moment import Moment
from grappe.web.jinja import language
from grappe.web.pages.render import one_of, page_number, part_of, show, when_of
from grappe.web.pages.signed_in import by_of
from grappe.web.pages.workbook import workbook
from grappe.web.reader import reader

ANSWERS = ("yes", "no", "cannot_tell")


def alarms(request: HttpRequest) -> HttpResponse:
    """The table of alarms: by cluster, country, rule and answer."""
    when = when_of(request)
    chosen = _chosen(request)
    by = by_of(request) if reader(request) is not None else None
    found = list_alarms(when, **chosen, by=by)
    part = part_of(found, page_number(request))
    return show(
        request,
        "policy/alarms.html",
        when,
        part=part,
        counts=_counts(_whole(when, chosen, by)),
        chosen=chosen,
        countries=COUNTRIES,
        rules=list(AlarmRule),
        answers=ANSWERS,
        basis={rule: cites_plain(cites) for rule, cites in BASIS.items()},
        named=navigation.named({one["cluster"] for one in part.rows} | {chosen["cluster"] or ""}),
    )


def sheet(request: HttpRequest) -> HttpResponse:
    """The same table as a workbook."""
    when = when_of(request)
    by = by_of(request) if reader(request) is not None else None
    found = list_alarms(when, **_chosen(request), by=by)
    on = found[0]["on"] if found else None
    return workbook(
        request,
        "alarms",
        _("What may stop clusters from lasting"),
        {_("Alarms"): alarm_rows(found, language())},
        on=on,
        notes=[_("A fact that is unknown, or older than 24 months, raises no alarm: it cannot be told.")],
    )


def _chosen(request: HttpRequest) -> dict[str, str | None]:
    return {
        "cluster": request.GET.get("cluster", "").strip() or None,
        "country": one_of(request, "country", COUNTRIES),
        "rule": one_of(request, "rule", AlarmRule),
        "raised": one_of(request, "raised", ANSWERS),
    }


def _whole(when: Moment, chosen: dict[str, Any], by: Actor | None) -> list[Plain]:
    """Answers of every kind: what was filtered by its answer is counted beside those left out."""
    return list_alarms(when, **(chosen | {"raised": None}), by=by)


def _counts(found: Iterable[Plain]) -> dict[str, Plain]:
    """Per alarm: how many answers of each kind, and what is lacking most where it cannot be told."""
    counts: dict[str, Plain] = {}
    for alarm in (alarm for one in found for alarm in one["alarms"]):
        row = counts.setdefault(alarm["rule"], {"answers": Counter(), "missing": Counter()})
        row["answers"][alarm["raised"]] += 1
        row["missing"].update(alarm["missing"])
    return counts
