"""Drawings of a chapter as vectors: the map, the bars, the ties of cooperation, the legend's symbols."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import ceil, cos, hypot, radians, sin
from typing import Any

from shapely import LineString, Polygon, intersection, make_valid
from shapely import box as box_of

from grappe.domain.vocabulary import vocabulary
from grappe.present.report import assets
from grappe.present.report.content import (
    BarsDrawing,
    Code,
    Drawing,
    FlowsDrawing,
    Look,
    MapDrawing,
    Point,
    TiesDrawing,
    Word,
)
from grappe.present.report.flows import flows_svg, flows_words
from grappe.present.report.marks import (
    INK,
    LEVEL_COLOURS,
    PAPER,
    SECTOR_COLOURS,
    mark_paths,
    mark_svg,
)
from grappe.present.report.sentences import Wording, plain
from grappe.present.report.vectors import svg as _svg
from grappe.present.report.vectors import text_at as _text
from grappe.present.words import country_name, label

SEA, LAND, FOCUS, COAST, LIMIT, SOFT = "#e9eeef", "#f4f1e8", "#fffdf6", "#8f9a97", "#a9a18c", "#55606b"
WIDTH = 720
SIDE = 165
"""Room for the names on either side of the map."""
STUDIED = ("MA", "DZ", "TN", "MR", "LY")
"""Countries that a chapter can be of: light on the map of all."""
LEAST = 3.2
"""Degrees that a map is high at least: two towns side by side keep their surroundings."""


def drawing_svg(drawing: Drawing, words: Wording) -> str:
    """A drawing as SVG, its words in the language of the chapter."""
    match drawing:
        case MapDrawing():
            return map_svg(drawing, words)
        case BarsDrawing():
            return bars_svg(drawing, words)
        case TiesDrawing():
            return ties_svg(drawing, words)
        case FlowsDrawing():
            return flows_svg(drawing, words)


def drawing_words(drawing: Drawing, words: Wording) -> str:
    """What a drawing shows, for those who do not see it; nothing where tables beside it say the same."""
    match drawing:
        case BarsDrawing():
            told = [
                (label("sector", sector, words.language), label("state", state, words.language), count)
                for sector, state, count in drawing.rows
                if count
            ]
            return words.listed(
                f"{sector} – {state} ({words.number(count)})" for sector, state, count in told
            )
        case MapDrawing():
            towns = _towns(drawing.points)
            return words.listed(f"{town[0].place} ({words.number(len(town))})" for town in towns)
        case FlowsDrawing():
            return flows_words(drawing, words)
    return ""


def legend_rows(words: Wording) -> list[dict[str, Any]]:
    """The study's legend: sectors, degrees of formalisation, kinds of territory, each with its symbol."""
    language = words.language
    sectors = [
        (mark_svg(Look(int(code), "constituted", "rooted")), f"{code} · {label('sector', code, language)}")
        for code in vocabulary("sector")
    ]
    states = [
        (mark_svg(Look(None, state, "rooted")), words.document(f"state_{state}"))
        for state in ("constituted", "emerging", "expected")
    ]
    positions = [
        (mark_svg(Look(None, "constituted", anchoring)), words.document(f"position_{anchoring or 'none'}"))
        for anchoring in ("rooted", "constructed", None)
    ] + [(mark_svg(Look(None, "constituted", "rooted", ring=True)), words.document("position_ring"))]
    return [
        {"title": words.document(title), "rows": [{"symbol": symbol, "text": text} for symbol, text in rows]}
        for title, rows in (
            ("legend_sector", sectors),
            ("legend_state", states),
            ("legend_position", positions),
        )
    ]


def bars_legend(words: Wording) -> list[dict[str, Any]]:
    """What the fill of a bar says."""
    square = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">'
        '<rect x="3" y="3" width="14" height="14" fill="{0}" fill-opacity="{1}" stroke="{0}" '
        'stroke-width="1.7"/></svg>'
    )
    rows = [
        {"symbol": square.format(SOFT, _OPACITY[state]), "text": words.document(f"state_{state}")}
        for state in ("constituted", "emerging", "expected")
    ]
    return [{"title": words.document("legend_state"), "rows": rows}]


# --- the map ----------------------------------------------------------------------------------------------


class _Frame:
    """Degrees on paper: equal distances along the middle parallel, the north above."""

    def __init__(self, box: tuple[float, float, float, float], left: float, width: float) -> None:
        self.west, self.south, self.east, self.north = box
        self.narrow = cos(radians((self.south + self.north) / 2))
        self.scale = width / ((self.east - self.west) * self.narrow)
        self.left, self.width = left, width
        self.height = (self.north - self.south) * self.scale
        self.box = box_of(self.west, self.south, self.east, self.north)

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        return self.left + (lon - self.west) * self.narrow * self.scale, (self.north - lat) * self.scale


def map_svg(drawing: MapDrawing, words: Wording) -> str:
    """A map of a country: a symbol per place of each cluster, names on both sides."""
    # Of all countries together the names would cover one another: symbols alone, over the whole width.
    side = 0 if drawing.country == "ALL" else SIDE
    frame = _Frame(_box(drawing), side, WIDTH - 2 * side)
    towns = _towns(drawing.points)
    callouts, needed = (list(_marks(towns, frame)), 0.0) if not side else _callouts(towns, frame, words)
    height = max(frame.height, needed)
    parts = [f'<rect width="{WIDTH}" height="{height:.1f}" fill="{PAPER}"/>']
    parts += _ground(frame, drawing.country)
    parts += _names(frame, words)
    parts.append(
        f'<rect x="{side}" y="0.5" width="{frame.width:g}" height="{frame.height - 1:.1f}" fill="none" '
        f'stroke="{COAST}"/>'
    )
    parts += callouts
    return _svg(WIDTH, height, parts, words)


def _box(drawing: MapDrawing) -> tuple[float, float, float, float]:
    """The extent of the symbols with some room, as high as it is wide at least."""
    rings = [point for ring in assets.polygons(drawing.country) for point in ring]
    spots = [(one.lon, one.lat) for one in drawing.points] or rings
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    room = max(0.22 * max(east - west, north - south), 0.5)
    west, east, south, north = west - room, east + room, south - room, north + room
    high = max(north - south, LEAST, (0.45 if drawing.country == "ALL" else 0.72) * (east - west))
    wide = max(east - west, high / 1.25)
    middle, centre = (south + north) / 2, (west + east) / 2
    return centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2


def _ground(frame: _Frame, country: str) -> Iterator[str]:
    """Sea, land, the country asked of, coasts and limits, cut to the frame."""
    yield f'<rect x="{frame.left:g}" y="0" width="{frame.width:g}" height="{frame.height:.1f}" fill="{SEA}"/>'
    for code in assets.countries():
        cut = [
            piece for ring in assets.polygons(code) if _meets(ring, frame) for piece in _cut_area(ring, frame)
        ]
        if cut:
            path = "".join(_path(ring, frame) + "Z" for ring in cut)
            fill = FOCUS if country in (code, "ALL") and code in STUDIED else LAND
            yield f'<path d="{path}" fill="{fill}" fill-rule="evenodd"/>'
    for layer, style in (
        ("coast", f'stroke="{COAST}" stroke-width="0.8"'),
        ("limits", f'stroke="{LIMIT}" stroke-width="0.8"'),
        ("unsettled", f'stroke="{LIMIT}" stroke-width="0.8" stroke-dasharray="3 2.4"'),
    ):
        cut = [
            piece for line in assets.lines(layer) if _meets(line, frame) for piece in _cut_line(line, frame)
        ]
        if cut:
            yield f'<path d="{"".join(_path(line, frame) for line in cut)}" fill="none" {style}/>'


Line = list[tuple[float, float]]


def _cut_area(ring: Line, frame: _Frame) -> Iterator[Line]:
    if len(ring) < 4:  # an islet that simplification left without an area
        return
    for piece in _pieces(intersection(make_valid(Polygon(ring)), frame.box)):
        if piece.geom_type == "Polygon":
            yield from (list(one.coords) for one in (piece.exterior, *piece.interiors))


def _cut_line(line: Line, frame: _Frame) -> Iterator[Line]:
    for piece in _pieces(intersection(LineString(line), frame.box)):
        if piece.geom_type == "LineString":
            yield list(piece.coords)


def _pieces(geometry: Any) -> list[Any]:
    return [one for part in getattr(geometry, "geoms", [geometry]) for one in getattr(part, "geoms", [part])]


def _names(frame: _Frame, words: Wording) -> Iterator[str]:
    for one in assets.labels():
        if frame.west < one["lon"] < frame.east and frame.south < one["lat"] < frame.north:
            x, y = frame(one["lon"], one["lat"])
            yield _text(x, y, one[words.language], size=11, anchor="middle", fill="#7d796b")


def _meets(line: list[tuple[float, float]], frame: _Frame) -> bool:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return max(xs) > frame.west and min(xs) < frame.east and max(ys) > frame.south and min(ys) < frame.north


def _path(line: list[tuple[float, float]], frame: _Frame) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (frame(*point) for point in line))


def _towns(points: Iterable[Point]) -> list[list[Point]]:
    """Points by the place they stand at."""
    found: dict[tuple[float, float], list[Point]] = defaultdict(list)
    for one in points:
        found[one.lon, one.lat].append(one)
    return list(found.values())


def _callouts(towns: list[list[Point]], frame: _Frame, words: Wording) -> tuple[list[str], float]:
    """Names of towns and of their clusters beside the map, led to their places; the height they take."""
    line, gap = 14.0, 7.0
    ordered = sorted(towns, key=lambda town: frame(town[0].lon, town[0].lat)[0])
    sides: dict[str, list[list[Point]]] = {"left": [], "right": []}
    load = {"left": 0, "right": 0}
    half = sum(len(town) + 1 for town in towns) / 2
    for town in ordered:
        side = "left" if load["left"] + (len(town) + 1) / 2 <= half else "right"
        sides[side].append(town)
        load[side] += len(town) + 1
    parts: list[str] = []
    needed = 0.0
    for side, listed in sides.items():
        listed.sort(key=lambda town: -town[0].lat)
        sizes = [line * (len(town) + 1) for town in listed]
        wanted = [
            frame(town[0].lon, town[0].lat)[1] - size / 2 for town, size in zip(listed, sizes, strict=True)
        ]
        tops = _apart(wanted, sizes, gap, frame.height)
        for town, top, size in zip(listed, tops, sizes, strict=True):
            x, y = frame(town[0].lon, town[0].lat)
            parts += _callout(town, side, top, frame, words)
            edge = frame.left - 3 if side == "left" else frame.left + frame.width + 3
            parts.append(
                f'<path d="M{edge:.1f} {top + 7:.1f}L{x:.1f} {y:.1f}" fill="none" stroke="{SOFT}" '
                'stroke-width="0.6"/>'
            )
            needed = max(needed, top + size + 4)
    return parts + list(_marks(ordered, frame)), needed


def _callout(town: list[Point], side: str, top: float, frame: _Frame, words: Wording) -> Iterator[str]:
    name = town[0].place_ar if words.language == "ar" and town[0].place_ar else town[0].place
    left = side == "left"
    x = frame.left - 8 if left else frame.left + frame.width + 8
    anchor = "end" if left else "start"
    yield _text(x, top + 11, name, anchor=anchor, bold=True)
    for index, one in enumerate(town, 1):
        y = top + 14 * index
        mark = x - 12 if left else x
        yield f'<g transform="translate({mark:.1f} {y:.1f}) scale(0.6)">{mark_paths(one.look)}</g>'
        yield _text(x - 15 if left else x + 15, y + 10, _cut(one.label), anchor=anchor, size=10)


def _cut(text: str, most: int = 27) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _marks(towns: list[list[Point]], frame: _Frame) -> Iterator[str]:
    """Symbols as near their places as they can stand without covering one another, each led to its place."""
    homes = [(one, frame(one.lon, one.lat)) for town in towns for one in town]
    spots = spread([home for _, home in homes])
    for (_, home), spot in zip(homes, spots, strict=True):
        if hypot(spot[0] - home[0], spot[1] - home[1]) > 4:
            ends = f"M{home[0]:.1f} {home[1]:.1f}L{spot[0]:.1f} {spot[1]:.1f}"
            yield f'<path d="{ends}" stroke="{INK}" stroke-width="0.5"/>'
    for x, y in dict.fromkeys(home for _, home in homes):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.5" fill="{INK}"/>'
    for (one, _), (x, y) in zip(homes, spots, strict=True):
        yield _mark(one.look, x, y)


def spread(
    homes: list[tuple[float, float]], apart: float = 13.0, rounds: int = 400
) -> list[tuple[float, float]]:
    """Places near some homes, no two nearer than `apart`, as far as so many rounds can part them.

    >>> spread([(0.0, 0.0)])
    [(0.0, 0.0)]
    """
    if len(homes) < 2:
        return list(homes)
    # A small turn tells symbols of one place apart, always the same way.
    spots = [(x + 0.6 * cos(2.4 * n), y + 0.6 * sin(2.4 * n)) for n, (x, y) in enumerate(homes)]
    for _ in range(rounds):
        moved = False
        for i, j in combinations(range(len(spots)), 2):
            (x, y), (u, v) = spots[i], spots[j]
            gap = hypot(u - x, v - y)
            if gap < apart - 0.01:
                moved = True
                push = (apart - gap) / 2 / (gap or 1)
                dx, dy = (u - x) * push, (v - y) * push
                spots[i], spots[j] = (x - dx, y - dy), (u + dx, v + dy)
        if not moved:
            break
    return spots


def _mark(look: Look, x: float, y: float) -> str:
    return f'<g transform="translate({x - 6.5:.1f} {y - 6.5:.1f}) scale(0.65)">{mark_paths(look)}</g>'


def _apart(wanted: list[float], sizes: list[float], gap: float, height: float) -> list[float]:
    """Tops of boxes in order, each near where it is wanted, none over another, within a height.

    >>> _apart([0.0, 5.0], [10.0, 10.0], 2.0, 100.0)
    [2.0, 14.0]
    """
    tops: list[float] = []
    least = 2.0
    for want, size in zip(wanted, sizes, strict=True):
        tops.append(max(want, least))
        least = tops[-1] + size + gap
    most = max(height, sum(sizes) + gap * len(sizes)) - 2
    for index in reversed(range(len(tops))):
        tops[index] = max(2.0, min(tops[index], most - sizes[index]))
        most = tops[index] - gap
    return tops


# --- bars -------------------------------------------------------------------------------------------------


def bars_svg(drawing: BarsDrawing, words: Wording) -> str:
    """Bars of clusters by sector, filled as the legend fills symbols: solid, pale, empty."""
    import altair as alt
    import vl_convert as vlc

    from grappe.present.charts.look import directed, values

    language = words.language
    fonts_known()
    name = {code: directed(label("sector", code, language), language) for code in vocabulary("sector")}
    told = [row for row in drawing.rows if row[2]]
    states = [one for one in _OPACITY if any(row[1] == one for row in told)]
    named = {one: directed(label("state", one, language), language) for one in states}
    rows = [{"sector": name[s], "state": named[t], "count": n, "order": states.index(t)} for s, t, n in told]
    shown = [code for code in vocabulary("sector") if any(row[0] == code for row in told)]
    aside = language == "ar"
    colours = alt.Scale(domain=[name[c] for c in shown], range=[SECTOR_COLOURS[int(c)] for c in shown])
    most = max((sum(n for s, _, n in told if s == code) for code in shown), default=1)
    chart = (
        alt.Chart(values(rows), width=430, height=22 * len(shown))
        .mark_bar(size=14, strokeWidth=1.4)
        .encode(
            y=alt.Y("sector:N", sort=[name[c] for c in shown], title=None,
                    axis=alt.Axis(orient="right" if aside else "left", labelLimit=420, labelPadding=7,
                                  ticks=False, domain=False)),
            x=alt.X("count:Q", scale=alt.Scale(reverse=aside, domainMax=most, nice=False),
                    title=directed(words.document("bars_axis"), language),
                    axis=alt.Axis(tickMinStep=1, tickCount=min(most, 10), format="d", grid=True)),
            color=alt.Color("sector:N", scale=colours, legend=None),
            stroke=alt.Stroke("sector:N", scale=colours, legend=None),
            fillOpacity=alt.FillOpacity(
                "state:N", title=None, sort=list(named.values()),
                scale=alt.Scale(domain=[named[one] for one in states],
                                range=[_OPACITY[one] for one in states]),
                legend=None,
            ),
            order=alt.Order("order:Q"),
        )
        .configure(font=assets.ARABIC_SANS if aside else assets.SANS, background="transparent")
        .configure_axis(labelColor=INK, titleColor=SOFT, gridColor="#e4dfd2", domainColor=COAST,
                        tickColor=COAST,
                        labelFontSize=11.5, titleFontSize=11, titleFontWeight="normal")
        .configure_view(stroke=None)
    )  # fmt: skip
    return str(vlc.vegalite_to_svg(chart.to_dict()))


_OPACITY = {"constituted": 1.0, "emerging": 0.4, "expected": 0.0, "potential": 0.0}
_REGISTERED: list[str] = []


def fonts_known() -> None:
    """Let the chart engine measure text in the fonts of the chapter."""
    import vl_convert as vlc

    folder = str(assets.assets_folder())
    if folder not in _REGISTERED:
        vlc.register_font_directory(folder)
        _REGISTERED.append(folder)


# --- ties -------------------------------------------------------------------------------------------------


def ties_svg(drawing: TiesDrawing, words: Wording) -> str:
    """Clusters on one side, partners by level on the other, a line per cooperation in its level's colour."""
    row, head = 13.5, 19.0
    aside = words.language == "ar"
    middle, width = (205.0, 455.0), 720.0
    partners: dict[str, float] = {}
    parts: list[str] = []
    y = 6.0
    level = None
    for id, name, its_level, country in drawing.partners:
        if its_level != level:
            level = its_level
            y += 4 if partners else 0
            parts.append(
                _text(_x(middle[1] + 12, aside, width), y + 11, _level(level, words), size=10.5,
                      anchor=_side("start", aside), fill=LEVEL_COLOURS[level], bold=True)
            )  # fmt: skip
            y += head
        partners[id] = y + 4
        parts.append(
            _text(
                _x(middle[1] + 12, aside, width),
                y + 7.5,
                _cut(name, 34),
                size=9.5,
                anchor=_side("start", aside),
            )
        )
        if country and its_level not in ("national", "unknown"):
            there = country_name(country, words.language)
            parts.append(
                _text(_x(width, aside, width), y + 7.5, there, size=9, anchor=_side("end", aside), fill=SOFT)
            )
        y += row
    height = max(y + 6, 20.0 * len(drawing.clusters) + 12)
    step = (height - 12) / max(len(drawing.clusters), 1)
    clusters: dict[str, float] = {}
    for index, (id, name, look) in enumerate(drawing.clusters):
        at = 6 + step * (index + 0.5)
        clusters[id] = at
        x = _x(middle[0] - 8, aside, width)
        parts.append(f'<g transform="translate({x - 6:.1f} {at - 6:.1f}) scale(0.6)">{mark_paths(look)}</g>')
        parts.append(
            _text(
                _x(middle[0] - 20, aside, width),
                at + 3.5,
                _cut(name, 36),
                size=10,
                anchor=_side("end", aside),
            )
        )
    lines = [
        _tie(
            _x(middle[0], aside, width),
            clusters[cluster],
            _x(middle[1] + 6, aside, width),
            partners[partner],
            level,
        )
        for cluster, partner, level in drawing.ties
        if partner in partners
    ]
    return _svg(
        width,
        ceil(height),
        [f'<rect width="{width:g}" height="{ceil(height)}" fill="{PAPER}"/>', *lines, *parts],
        words,
    )


def _tie(x: float, y: float, to_x: float, to_y: float, level: str) -> str:
    bend = (to_x - x) * 0.45
    return (
        f'<path d="M{x:.1f} {y:.1f}C{x + bend:.1f} {y:.1f} {to_x - bend:.1f} {to_y:.1f} '
        f'{to_x:.1f} {to_y:.1f}" '
        f'fill="none" stroke="{LEVEL_COLOURS[level]}" stroke-width="0.9" stroke-opacity="0.75"/>'
    )


def _x(x: float, aside: bool, width: float) -> float:
    return width - x if aside else x


def _side(anchor: str, aside: bool) -> str:
    return {"start": "end", "end": "start"}[anchor] if aside else anchor


def _level(code: str, words: Wording) -> str:
    level = Word("level_unknown") if code == "unknown" else Code("level", code)
    return plain(words.value(level))
