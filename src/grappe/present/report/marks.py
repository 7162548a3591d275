"""Symbols of the study's legend as vectors: colour by sector, shape by anchoring, fill by state.

The same paths as on the map of the site (``frontend/src/symbols.ts``), in a box of 20 units.
"""

from grappe.present.report.content import Look

SECTOR_COLOURS = {
    1: "#267000", 2: "#078ae7", 3: "#5e379e", 4: "#872956", 5: "#2c857f", 6: "#362b26", 7: "#b87f01",
}  # fmt: skip
"""Light colours of ``frontend/src/palette.json``."""
UNKNOWN = "#6d6a63"
LEVEL_COLOURS = {
    "national": "#8a5a00", "intra_maghreb": "#1c6e4a", "south_south": "#7a3d8f", "africa": "#7a3d8f",
    "euromed": "#1f5fa8", "other": "#6d6a63", "unknown": "#6d6a63",
}  # fmt: skip
INK, PAPER = "#1b2632", "#ffffff"

SHAPES = {
    "rooted": "M10 3.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z",
    "constructed": "M4.4 4.4h11.2v11.2h-11.2z",
    "none": "M10 2.6l7.4 7.4l-7.4 7.4l-7.4-7.4z",
}
HATCHES = {
    "rooted": "M3.9 9.1L9.1 3.9M4.9 13.1L13.1 4.9M7.1 15.9L15.9 7.1M11.4 16.2L16.2 11.4",
    "constructed": (
        "M4.8 8.2L8.2 4.8M4.8 12.4L12.4 4.8M5.2 15.2L15.2 5.2M8.6 15.2L15.2 8.6M12.6 15.2L15.2 12.6"
    ),
    "none": "M4.6 8L8 11.4M6.4 6.2L13.8 13.6M8.2 4.4L15.6 11.8M4.4 11.6L8.4 15.6M11.4 3.9L16.1 8.6",
}
RING = "M10 0.6a9.4 9.4 0 1 1 0 18.8a9.4 9.4 0 1 1 0-18.8z"
_JOIN = ' stroke-linejoin="round"'


def mark_paths(look: Look) -> str:
    """The drawing of a symbol within its box of 20 units."""
    shape = look.anchoring if look.anchoring in SHAPES else "none"
    colour = SECTOR_COLOURS.get(look.sector or 0, UNKNOWN)
    fill = colour if look.state == "constituted" else PAPER
    paths = [
        f'<path d="{SHAPES[shape]}" fill="{PAPER}" stroke="{PAPER}" stroke-width="3.6"{_JOIN}/>',
        f'<path d="{SHAPES[shape]}" fill="{fill}" stroke="{colour}" stroke-width="1.7"{_JOIN}/>',
    ]
    if look.state == "emerging":
        paths.append(f'<path d="{HATCHES[shape]}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
    if look.ring:
        paths.append(
            f'<path d="{RING}" fill="none" stroke="{INK}" stroke-width="0.95" stroke-dasharray="2.3 1.9"/>'
        )
    return "".join(paths)


def mark_svg(look: Look) -> str:
    """A symbol as a drawing of its own."""
    box = 'viewBox="0 0 20 20" width="20" height="20"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{mark_paths(look)}</svg>'
