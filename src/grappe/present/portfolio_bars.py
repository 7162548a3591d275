"""Money of a portfolio as bars: what is committed, of it what is paid, and what the State owes too late.

The drawing bears classes and no colours: the style sheet gives both themes theirs. Amounts of one currency
share a scale and are never converted; the table beside the drawing says the same in numbers.
"""

from collections.abc import Callable, Sequence
from html import escape

from grappe.present.plain import Plain

WIDTH, ROW, THICK, END = 860.0, 32.0, 14.0, 96.0
"""Width of the drawing, height of a row and of its bar, room for amounts after the bars."""
LETTER, LEAST, MOST = 7.2, 90.0, 350.0
"""Room for a letter of a name before the bars; least and most for a name."""


def portfolio_bars(
    rows: Sequence[Plain],
    name: Callable[[Plain], str],
    words: Callable[[float], str],
    *,
    mirrored: bool = False,
) -> str:
    """Bars of one currency as SVG.

    Parameters
    ----------
    rows : with ``committed``, ``paid`` and ``overdue_by_state``
    name : of a row, in words
    words : an amount, in words
    mirrored : from right to left

    Returns
    -------
    str
        An ``svg`` element; nothing where nothing is committed.

    Examples
    --------
    >>> portfolio_bars([], str, str)
    ''
    >>> one = {"committed": 200, "paid": 50, "overdue_by_state": 0}
    >>> portfolio_bars([one], lambda row: "leather", str).count("<rect")
    2
    """
    amounts = [_amounts(row) for row in rows]
    most = max((one[0] for one in amounts), default=0.0)
    if most <= 0:
        return ""
    names = min(MOST, max(LEAST, 16 + LETTER * max(len(name(row)) for row in rows)))
    room = WIDTH - names - END
    parts = []
    for n, (row, (committed, paid, late)) in enumerate(zip(rows, amounts, strict=True)):
        top = n * ROW + (ROW - THICK) / 2
        told = f"{name(row)}: {words(paid)} / {words(committed)}"
        bars = [_bar("bars__committed", 0, committed, most, names, room, top, mirrored)]
        bars.append(_bar("bars__paid", 0, paid, most, names, room, top, mirrored))
        if late > 0:
            bars.append(_bar("bars__late", paid, late, most, names, room, top, mirrored))
        after = names + room * committed / most + 8
        parts.append(
            f"<g><title>{escape(told)}</title>{''.join(bars)}"
            + _text("bars__name", name(row), names - 10, top, "end", mirrored)
            + _text("bars__amount", words(committed), after, top, "start", mirrored)
            + "</g>"
        )
    size = f'viewBox="0 0 {WIDTH:.0f} {len(rows) * ROW:.0f}"'
    return f'<svg class="bars" {size} aria-hidden="true">{"".join(parts)}</svg>'


def _amounts(row: Plain) -> tuple[float, float, float]:
    committed, paid, late = (float(str(row[one])) for one in ("committed", "paid", "overdue_by_state"))
    return committed, paid, late


def _bar(
    kind: str, start: float, value: float, most: float, names: float, room: float, top: float, mirrored: bool
) -> str:
    x, wide = names + room * start / most, room * value / most
    x = WIDTH - x - wide if mirrored else x
    return f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{THICK:.0f}"/>'


def _text(kind: str, words: str, x: float, top: float, anchor: str, mirrored: bool) -> str:
    # The drawing has a direction of its own, so that an anchor means the same side in every language.
    side = {"end": "start", "start": "end"}[anchor] if mirrored else anchor
    x = WIDTH - x if mirrored else x
    y = top + THICK - 2.5
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{side}" direction="ltr"'
    return f'<text class="{kind}" {where}>{escape(words)}</text>'
