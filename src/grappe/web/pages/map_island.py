"""What the map island is told: words in the reader's language, colours, where the boundaries are."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from grappe.domain.vocabulary import vocabulary
from grappe.present.words import label
from grappe.queries.map_features import LAYERS
from grappe.web.jinja import language

BOUNDARIES = f"{settings.STATIC_URL}grappe/boundaries-atlas.json"


def map_config(*, minimap: bool = False, layers: tuple[str, ...] = LAYERS) -> dict[str, Any]:
    """Configuration of the island, for `data-config`."""
    lists = ("state", "anchoring", "form_kind", "link_kind")
    words = {code: label(name, code, language()) for name in lists for code in vocabulary(name)}
    return {
        "sectors": {code: {"label": label("sector", code, language())} for code in vocabulary("sector")},
        "levels": {code: _level(code) for code in vocabulary("level")},
        "labels": words | _labels(),
        "layers": list(layers),
        "fit": None,
        "minimap": minimap,
    }


def _level(code: str) -> dict[str, str]:
    colour = _palette().get("levels", {}).get(code, {}).get("light")
    return {"label": label("level", code, language())} | ({"color": colour} if colour else {})


@cache
def _palette() -> dict[str, Any]:
    path = Path(settings.STATIC_ROOT) / "grappe" / "palette.json"
    return orjson.loads(path.read_bytes()) if path.is_file() else {}


def _labels() -> dict[str, str]:
    return {
        "map": _("Map of the clusters"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "reset": _("Show everything"),
        "fullscreen": _("Full screen"),
        "closePopup": _("Close"),
        "gestureTouch": _("Use two fingers to move the map."),
        "attribution": _("Source of the clusters: study of March 2019"),
        "mapUnavailable": _("The map cannot be drawn here. The list gives the same clusters."),
        "provisional": _("provisional location"),
        "rival": _("another place is printed too"),
        "unknown": _("sector unknown"),
    }
