"""Bounds that withheld cells leave on a location quotient."""

import ibis
import ibis.expr.types as ir

from grappe.agglomeration.withheld import INFINITE, Bounds, Number, Sum, part_of, ratio, share, sum_of

_OWN = ("cell", "region", "industry", "elsewhere")
_GIVEN = ("local", "base")


def with_parts(found: ir.Table, *, own_base: bool, own_regions: bool) -> ir.Table:
    """Cells with the columns that `bounds_from_parts` reads, from their margins.

    They are columns because an expression would be written out again at each use; a join or a window must
    stand between these and what is made of them, for the same reason.

    Parameters
    ----------
    found : Ibis table
        What `margins` gives, with bounds.
    own_base, own_regions : bool
        Whether the base, and the totals of regions, are sums of the table's own cells.
    """
    parts = _parts(found, own_base=own_base, own_regions=own_regions)
    columns = {f"{name}_least": bounds.low for name, bounds in parts.items()}
    return found.mutate(**columns, **{f"{name}_most": bounds.high for name, bounds in parts.items()})


def with_top(found: ir.Table) -> ir.Table:
    """What `with_parts` gives with one more column: the cell at which its quotient is largest."""
    return found.mutate(top=peak(*_known(found, _OWN))) if _own(found) else found


def bounds_from_parts(found: ir.Table) -> Bounds:
    """Bounds of the quotient of each row that has the columns of `with_parts` and `with_top`."""
    if _own(found):
        cell, region, industry, elsewhere = _known(found, _OWN)
        return quotient_bounds(cell, region, industry, elsewhere, top=found.top)
    return _over(*_known(found, _GIVEN))


def _own(found: ir.Table) -> bool:
    return "elsewhere_least" in found.columns


def _known(found: ir.Table, names: tuple[str, ...]) -> list[Bounds]:
    return [Bounds(found[f"{name}_least"], found[f"{name}_most"]) for name in names]


def _parts(found: ir.Table, *, own_base: bool, own_regions: bool) -> dict[str, Bounds]:
    cell, whole = sum_of(found), sum_of(found, "all_")
    of_region, of_industry = sum_of(found, "region_"), sum_of(found, "industry_")
    if own_base and own_regions:
        elsewhere = whole - of_region - (of_industry - cell)
        sums = (cell, of_region - cell, of_industry - cell, elsewhere)
        return {name: Bounds(one.low, one.high) for name, one in zip(_OWN, sums, strict=True)}
    if own_regions:
        return {"local": share(cell, of_region - cell), "base": share(of_industry, whole - of_industry)}
    if own_base:
        return {"local": share(cell, of_industry - cell), "base": share(of_region, whole - of_region)}
    return {"local": _within(cell, of_region), "base": _within(of_industry, whole)}


def quotient_bounds(cell: Bounds, region: Bounds, industry: Bounds, elsewhere: Bounds, top: Number) -> Bounds:
    """Sharp bounds of ``a (a + r + c + t) / ((a + r) (a + c))``.

    a is the cell, r the rest of its region, c the rest of its industry, t the rest of both: sums without a
    cell in common, so each moves freely between its bounds. The quotient rises with t and falls with r and
    c. In a it rises as long as ``c (a + r) (a + r + c + t) > (c + t) a (a + c)``, that is up to the positive
    root of ``t a² - 2 r c a - r c (r + c + t)``, and falls from there. `top` is what `peak` gives.
    """
    highest = _quotient(top, region.low, industry.low, elsewhere.high)
    ends = [_quotient(end, region.high, industry.high, elsewhere.low) for end in (cell.low, cell.high)]
    never = cell.high == 0.0
    return Bounds(
        ibis.ifelse(never, 0.0, ibis.least(*ends)),
        ibis.cases((never, 0.0), (elsewhere.high == INFINITE, INFINITE), else_=highest),
    )


def peak(cell: Bounds, region: Bounds, industry: Bounds, elsewhere: Bounds) -> Number:
    """The cell, within its bounds, at which the quotient is largest; infinite when it never stops rising."""
    r, c, t = region.low, industry.low, elsewhere.high
    root = ((r * c) ** 2 + t * r * c * (r + c + t)).sqrt()
    top = ibis.cases((t == 0.0, INFINITE), (t == INFINITE, 0.0), else_=(r * c + root) / t.nullif(0.0))
    return ibis.greatest(cell.low, ibis.least(top, cell.high))


def _quotient(a: Number, r: Number, c: Number, t: Number) -> Number:
    """The quotient, or its limit where parts vanish or are infinite (`t` is finite)."""
    everything = a + r + c + t
    return ibis.cases(
        (a == INFINITE, 1.0),
        ((r == INFINITE) & (c == INFINITE), 0.0),
        (r == INFINITE, part_of(a, c)),
        (c == INFINITE, part_of(a, r)),
        ((a + r > 0.0), part_of(a, c) * everything / (a + r).nullif(0.0)),
        (c > 0.0, everything / c.nullif(0.0)),
        else_=ibis.ifelse(t > 0.0, INFINITE, 1.0),
    )


def _within(part: Sum, whole: Sum) -> Bounds:
    """Bounds of the share of a part in a total that is counted apart."""
    low = ibis.ifelse(whole.high == INFINITE, 0.0, ratio(part.low, whole.high))
    full = (part.high >= whole.low) & (part.high > 0.0)
    return Bounds(low, ibis.ifelse(full, 1.0, ratio(part.high, whole.low)))


def _over(local: Bounds, base: Bounds) -> Bounds:
    """Bounds of a share over another."""
    high = ibis.ifelse((base.low == 0.0) & (local.high > 0.0), INFINITE, ratio(local.high, base.low))
    return Bounds(ratio(local.low, base.high), high)
