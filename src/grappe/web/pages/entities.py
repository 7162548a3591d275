"""Lists and sheets of every kind of entity that is not a cluster."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse

from grappe.domain.vocabulary import vocabulary
from grappe.present.plain import Plain
from grappe.queries import lists, navigation, sheets
from grappe.queries.moment import Moment
from grappe.web.jinja import language
from grappe.web.pages.arrangement import arranged, coordinates, dispute_count, references
from grappe.web.pages.clusters import elsewhere
from grappe.web.pages.map_island import BOUNDARIES, map_config
from grappe.web.pages.render import one_of, page_number, part_of, show, when_of


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one or two kinds of entity: their folder, their address name, and what the list filters by."""

    folder: str
    one: str
    kinds: tuple[str, ...]
    list_name: str | None = None
    key: str = "kind"

    def listing(self, request: HttpRequest) -> HttpResponse:
        """All entities of the section, by name."""
        when = when_of(request)
        rows = self._rows(when, request.GET.get("q", "").strip())
        country = one_of(request, "country", _countries(rows))
        kind = one_of(request, "kind", vocabulary(self.list_name)) if self.list_name else None
        kept = [
            row
            for row in rows
            if (country is None or country in _of_country(row)) and (kind is None or row[self.key] == kind)
        ]
        part = part_of(kept, page_number(request))
        return show(
            request,
            f"{self.folder}.html",
            when,
            section=self,
            part=part,
            country=country,
            kind=kind,
            countries=_countries(rows),
            kinds=sorted({str(row[self.key]) for row in rows if row.get(self.key)}),
            named=navigation.named(one for row in part.rows for one in row.get("clusters") or []),
            arabic=navigation.arabic_places() if language() == "ar" else {},
        )

    def sheet(self, request: HttpRequest, entity: str) -> HttpResponse:
        """The sheet of one entity: its fields with their sources, its links, what names it."""
        when = when_of(request)
        found = sheets.sheet(entity, when)
        if found["kind"] not in self.kinds:
            return elsewhere(entity)
        pointing = navigation.pointing_to(entity)
        at_place = navigation.located_at(str(found["name"]), when) if self.folder == "places" else []
        return show(
            request,
            "entity.html",
            when,
            section=self,
            sheet=found,
            groups=arranged(found),
            named=navigation.named(references(found) | {row["entity"] for row in pointing}),
            disputed=dispute_count(found),
            pointing=pointing,
            at_place=at_place,
            point=coordinates(found) if self.folder == "places" else None,
            located=navigation.features_of(entity) is not None,
            boundaries=BOUNDARIES,
            config=map_config(minimap=True),
            arabic=navigation.arabic_places() if language() == "ar" else {},
        )

    def _rows(self, when: Moment, q: str) -> list[Plain]:
        if self.folder == "places":
            return navigation.places()
        return lists.list_kind(when, self.kinds, q=q)


SECTIONS: Mapping[str, Section] = MappingProxyType(
    {
        section.folder: section
        for section in (
            Section("organisations", "organisation", ("organisation",), "organisation_type", "type"),
            Section("forms", "form", ("form",), "form_kind"),
            Section("programmes", "programme", ("programme", "event")),
            Section("instruments", "instrument", ("instrument",), "instrument_kind"),
            Section("projects", "project", ("project",)),
            Section("places", "place", ("place",), "place_kind", "place_kind"),
        )
    }
)


def _of_country(row: Plain) -> list[str]:
    country = row.get("country")
    return [country] if isinstance(country, str) else list(country or [])


def _countries(rows: list[Plain]) -> list[str]:
    return sorted({code for row in rows for code in _of_country(row)})
