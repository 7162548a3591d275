"""Where clusters stand at one edition and at another: bands between two columns, as high as their counts."""

from collections.abc import Iterator

from grappe.domain.vocabulary import vocabulary
from grappe.present.editions import ORDER
from grappe.present.report.content import Code, FlowsDrawing, Value, Word
from grappe.present.report.marks import INK, PAPER
from grappe.present.report.sentences import Wording, plain
from grappe.present.report.vectors import svg, text_at

WIDTH, LEFT, RIGHT, BAR = 720.0, 245.0, 475.0, 9.0
"""Width of the drawing, and where its two columns stand."""
UNIT, MOST, GAP, HEAD = 11.0, 330.0, 9.0, 26.0
"""Height of one cluster, of all at most, room between two situations and for the names of the editions."""
ASIDE = 20.0
"""Room for a number between a bar and the words beside it."""
COLOURS = {
    "constituted": "#1b2632", "emerging": "#6a4c93", "expected": "#8a5a00", "planned": "#8a5a00",
    "merged": "#9a2f1d", "dissolved": "#9a2f1d",
}  # fmt: skip
OTHER = "#6d6a63"


def flows_svg(drawing: FlowsDrawing, words: Wording) -> str:
    """The bands, the situation named beside each end with its number of clusters."""
    aside = words.language == "ar"
    unit = min(UNIT, MOST / max(sum(count for _, _, count in drawing.rows), 1))
    then, now = (_stacked(drawing, side, unit) for side in (0, 1))
    height = max(top + size for top, size in (*then.values(), *now.values())) + 6
    parts = [f'<rect width="{WIDTH:g}" height="{height:g}" fill="{PAPER}"/>']
    for x, edition, anchor in ((LEFT + BAR, drawing.earlier, "end"), (RIGHT, drawing.later, "start")):
        parts.append(
            text_at(_x(x, aside), 13, plain(words.value(edition)), anchor=_turned(anchor, aside), bold=True)
        )
    parts += _bands(drawing, then, now, unit, aside)
    for at, tops, anchor, x in ((LEFT, then, "end", LEFT - 8), (RIGHT, now, "start", RIGHT + BAR + 8)):
        for code, (top, size) in tops.items():
            colour = COLOURS.get(code, OTHER)
            left = WIDTH - at - BAR if aside else at
            parts.append(
                f'<rect x="{left:g}" y="{top:g}" width="{BAR:g}" height="{size:g}" fill="{colour}"/>'
            )
            # A number has a text of its own: the Arabic face has no Western digits.
            further = x - ASIDE if anchor == "end" else x + ASIDE
            for at_x, told, bold in (
                (x, words.number(round(size / unit)), True),
                (further, standing_in_words(code, words), False),
            ):
                parts.append(
                    text_at(
                        _x(at_x, aside), top + size / 2 + 3.6, told,
                        anchor=_turned(anchor, aside), size=10.5, bold=bold,
                    )
                )  # fmt: skip
    return svg(WIDTH, height, parts, words)


def flows_words(drawing: FlowsDrawing, words: Wording) -> str:
    """The same bands in words."""
    arrow = "←" if words.language == "ar" else "→"
    return words.listed(
        f"{standing_in_words(then, words)} {arrow} {standing_in_words(now, words)} ({words.number(count)})"
        for then, now, count in drawing.rows
    )


def standing_in_words(code: str, words: Wording) -> str:
    """Where a cluster stands, in words."""
    return plain(words.value(standing(code)))


def standing(code: str) -> Value:
    """Where a cluster stands: a state, a life, or what can be told without one."""
    for name in ("state", "life"):
        if code in vocabulary(name):
            return Code(name, code)
    return Word(f"standing_{code}")


def _stacked(drawing: FlowsDrawing, side: int, unit: float) -> dict[str, tuple[float, float]]:
    """Top and height of each situation of a column, in the order in which clusters come to be."""
    counts: dict[str, int] = {}
    for row in drawing.rows:
        code = row[:2][side]
        counts[code] = counts.get(code, 0) + row[2]
    found, top = {}, HEAD
    for code in sorted(counts, key=ORDER.index):
        size = counts[code] * unit
        found[code] = (top, size)
        top += max(size, 10.0) + GAP
    return found


def _bands(
    drawing: FlowsDrawing,
    then: dict[str, tuple[float, float]],
    now: dict[str, tuple[float, float]],
    unit: float,
    aside: bool,
) -> Iterator[str]:
    left, right = ({code: top for code, (top, _) in tops.items()} for tops in (then, now))
    for one, other, count in drawing.rows:
        size = count * unit
        a, b = left[one], right[other]
        left[one] += size
        right[other] += size
        start, end = _x(LEFT + BAR, aside), _x(RIGHT, aside)
        bend = (end - start) * 0.5
        path = (
            f"M{start:g} {a:g}C{start + bend:g} {a:g} {end - bend:g} {b:g} {end:g} {b:g}"
            f"L{end:g} {b + size:g}C{end - bend:g} {b + size:g} {start + bend:g} {a + size:g} "
            f"{start:g} {a + size:g}Z"
        )
        colour = COLOURS.get(other, OTHER)
        yield f'<path d="{path}" fill="{colour}" fill-opacity="0.28" stroke="{INK}" stroke-opacity="0.15"/>'


def _x(x: float, aside: bool) -> float:
    return WIDTH - x if aside else x


def _turned(anchor: str, aside: bool) -> str:
    return {"start": "end", "end": "start"}.get(anchor, anchor) if aside else anchor
