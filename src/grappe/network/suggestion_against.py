"""What speaks against a suggestion: never nothing, or the advice would not be honest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from grappe.domain.dates import partial_date
from grappe.network.suggestion_grounds import closed_border, common_language, exchange_control, visa_needed
from grappe.network.suggestion_profile import Profile

SIZE_GAP = 3
"""The larger has this many times the members of the smaller."""
SILENT_DAYS = 730
"""Days without a fact after which a cluster is silent: two years."""
ASKED = ("niches", "members", "created", "state", "needs")
"""What one would like to know of a partner."""


@dataclass(frozen=True, slots=True)
class Against:
    """One thing against: its code, the ids cited, what the sentence tells, facts about countries."""

    code: str
    cites: tuple[str, ...] = ()
    params: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grounds: tuple[str, ...] = ()


CODES = (
    "bare", "border", "visa", "payments", "language", "size_gap", "not_yet", "over", "silent", "unknown",
    "no_contact",
)  # fmt: skip
"""Everything that can speak against, in the order told."""


def against(a: Profile, b: Profile, on: date, *, bare: bool = False) -> tuple[Against, ...]:
    """What speaks against two clusters working together; at least one thing always does.

    Parameters
    ----------
    a : who asks
    b : who is suggested
    on : day asked
    bare : whether circumstances alone speak for it: language, country, size, maturity

    Returns
    -------
    tuple of Against
        In the order of `CODES`. Without any link between the two, the last says that no contact is
        recorded; with one that is over or never came about, it says that; with one that stands, what is
        not known is told, and if nothing else is against, that nothing is known of how it went.

    Examples
    --------
    >>> from grappe.network.suggestion_profile import Said
    >>> here, there = Profile("a", country=Said("MA", ("s1",))), Profile("b", country=Said("DZ", ("s2",)))
    >>> [one.code for one in against(here, there, date(2019, 3, 1))]
    ['border', 'payments', 'unknown', 'no_contact']
    """
    found = [Against("bare")] if bare else []
    found += [*_countries(a, b, on), *_sizes(a, b), *_life(b), *_silence(b, on), *_unknown(b)]
    direct = [link for link in a.links if link.other(a.id) == b.id]
    if not direct:
        found.append(Against("no_contact"))
    elif not any(link.stands for link in direct):
        found.append(Against("over", tuple(link.id for link in direct)))
    if not found:
        found.append(Against("unknown", (), {"fields": ("outcome",)}))
    return tuple(sorted(found, key=lambda one: CODES.index(one.code)))


def _countries(a: Profile, b: Profile, on: date) -> list[Against]:
    if a.country is None or b.country is None or a.home == b.home:
        return []
    one, other = a.country.value, b.country.value
    cites = tuple(sorted({*a.country.cites, *b.country.cites}))
    both = {"countries": (one, other)}
    found = []
    if border := closed_border(one, other, on):
        found.append(Against("border", cites, both, border))
    if visa := visa_needed(one, other, on):
        found.append(Against("visa", cites, both, visa))
    if control := exchange_control((one, other), on):
        found.append(Against("payments", cites, {"countries": tuple(control)}, tuple(control.values())))
    common = common_language(one, other, on)
    if common is not None and not (common.languages and common.official):
        found.append(Against("language", cites, both, common.grounds))
    return found


def _sizes(a: Profile, b: Profile) -> list[Against]:
    if a.members is None or b.members is None:
        return []
    few, many = sorted((a.members, b.members), key=lambda count: count.middle)
    if many.middle < SIZE_GAP * few.middle:
        return []
    told = tuple(str(int(count.middle)) for count in (few, many))
    return [Against("size_gap", tuple(sorted({*few.cites, *many.cites})), {"members": told})]


def _life(b: Profile) -> list[Against]:
    if b.life is None or b.life.value != "planned":
        return []
    return [Against("not_yet", b.life.cites)]


def _silence(b: Profile, on: date) -> list[Against]:
    if b.latest is None or (on - partial_date(b.latest).end).days <= SILENT_DAYS:
        return []
    return [Against("silent", (), {"day": (b.latest,)})]


def _unknown(b: Profile) -> list[Against]:
    missing = tuple(name for name in ASKED if not getattr(b, name))
    missing += ("country",) if b.country is None else ()
    return [Against("unknown", (), {"fields": missing})] if missing else []
