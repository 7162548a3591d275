"""The menu of every page: sections, the pages of each, and where the reader is."""

from collections.abc import Callable
from dataclasses import dataclass

from grappe.present.catalogue import N_

MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (N_("Map"), (("map", N_("Map")),)),
    (
        N_("Census"),
        (
            ("clusters", N_("Clusters")),
            ("organisations", N_("Organisations")),
            ("forms", N_("Spatial forms")),
            ("potential", N_("Potential")),
            ("projects", N_("Projects")),
            ("places", N_("Places")),
        ),
    ),
    (
        N_("Cooperation"),
        (
            ("network", N_("Network")),
            ("links", N_("Links")),
            ("suggestions", N_("Suggested partners")),
            ("events", N_("Matchmaking")),
            ("programmes", N_("Programmes")),
        ),
    ),
    (
        N_("Policy"),
        (
            ("policy", N_("Schemes")),
            ("calls", N_("Calls for proposals")),
            ("contracts", N_("Contracts")),
            ("labels", N_("Labels")),
            ("alarms", N_("Alarms")),
            ("instruments", N_("Instruments")),
        ),
    ),
    (
        N_("Analysis"),
        (
            ("editions", N_("Editions")),
            ("diff", N_("What changed")),
            ("compare", N_("Side by side")),
            ("claims", N_("Claims of the study")),
            ("legal-forms", N_("Legal forms of clusters")),
            ("seen", N_("Declared and seen")),
            ("signals", N_("Signals")),
            ("diagnosis", N_("Regional diagnosis")),
        ),
    ),
    (
        N_("Sources"),
        (
            ("sources", N_("Sources")),
            ("disputes", N_("Disputes")),
            ("methods", N_("Methods")),
            ("glossary", N_("Glossary")),
            ("data", N_("Data and API")),
        ),
    ),
)
"""Title of each section, then its pages (name of the address, title); one page alone has no second row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu; `here` says whether it, or a page below it, is the one that is read."""

    title: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the menu with its pages."""

    title: str
    pages: tuple[Entry, ...]

    @property
    def here(self) -> bool:
        """Whether the page that is read belongs to it."""
        return any(page.here for page in self.pages)


def menu(path: str, address: Callable[[str], str]) -> tuple[Section, ...]:
    """The sections for a reader of the page at `path`; titles are still to be translated.

    The page marked is the one whose address is the longest beginning of the path: ``/fr/network/``
    must not claim a page below it that stands in the menu itself.

    Parameters
    ----------
    path : str
        Path of the page that is read.
    address : function
        Gives the path of a page by the name of its address, in the reader's language.

    Returns
    -------
    tuple of Section

    Examples
    --------
    >>> sections = menu("/en/links/lk-1/", lambda name: "/en/" if name == "map" else f"/en/{name}/")
    >>> [(one.title, [page.title for page in one.pages if page.here]) for one in sections if one.here]
    [('Cooperation', ['Links'])]
    """
    found = [(title, [(page, address(name)) for name, page in pages]) for title, pages in MENU]
    # The map stands at the root, which every path begins with.
    root = address("map")
    above = [
        where
        for _, pages in found
        for _, where in pages
        if path == where or (where != root and path.startswith(where))
    ]
    here = max(above, key=len, default=None)
    return tuple(
        Section(title, tuple(Entry(page, where, where == here) for page, where in pages))
        for title, pages in found
    )
