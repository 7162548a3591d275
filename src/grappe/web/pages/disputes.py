"""Disputes and findings."""

from collections import Counter

from django.http import HttpRequest, HttpResponse

from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.vocabulary import vocabulary
from grappe.present.plain import Plain
from grappe.queries import disputes as queries
from grappe.queries import navigation
from grappe.web.pages.render import one_of, page_number, part_of, show, when_of


def disputes(request: HttpRequest) -> HttpResponse:
    """Values of the source that cannot all be true, and what the consistency rules found."""
    when = when_of(request)
    severity = one_of(request, "severity", vocabulary("severity"))
    entity = request.GET.get("entity") or None
    found = queries.list_disputes(when, entity)
    findings = [one for one in queries.list_findings(when) if entity is None or entity in one["entities"]]
    counts = Counter(one["severity"] for one in (*found, *findings))
    page = page_number(request)
    shown = part_of(_grave(found, severity), page)
    noted = part_of(_grave(findings, severity), page)
    ids = {one["entity"] for one in shown.rows} | {id for one in noted.rows for id in one["entities"]}
    return show(
        request,
        "disputes.html",
        when,
        disputes=shown,
        findings=noted,
        severity=severity,
        severities=list(vocabulary("severity")),
        counts=counts,
        entity=entity,
        fields={one["kind"]: declaration(Kind(one["kind"])).fields for one in shown.rows},
        named=navigation.named(ids | ({entity} if entity else set())),
    )


def _grave(rows: list[Plain], severity: str | None) -> list[Plain]:
    return [row for row in rows if severity in (None, row["severity"])]
