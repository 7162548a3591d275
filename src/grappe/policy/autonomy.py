"""The path to autonomy: the self-financing rate of each period, set against its target.

The study makes it an indicator so that a cluster prepares its way out of the contract (l. 392), and does
not say of which total the rate is a share: that is a named parameter, and without it there is no rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from grappe.policy.cite import Cite, cite_of
from grappe.policy.indicators import self_financing_rate
from grappe.policy.reported import OWN_INCOME, Values

CITES: tuple[Cite, ...] = tuple(cite for text in ("l. 382", "l. 392") if (cite := cite_of(text)))


@dataclass(frozen=True, slots=True)
class AutonomyStep:
    """A period of the path.

    `gap` is the target less the rate, so that what is lacking is above zero; `met` is None where one
    of the two is unknown. `lacking_income` is the own income that would have reached the target, beside
    what there was; it supposes that the total stays, which holds for expenditure and for the cost of
    facilitation. Of a total income, more own income makes the total grow too: then nothing is said.
    """

    period: int
    rate: Decimal | None
    target: Decimal | None
    gap: Decimal | None
    met: bool | None
    lacking_income: Decimal | None
    missing: tuple[str, ...]
    cites: tuple[Cite, ...] = CITES


def autonomy_path(
    values: Mapping[int, Values], targets: Mapping[int, Decimal], denominator: str | None
) -> tuple[AutonomyStep, ...]:
    """The rate of every period that was reported on or has a target, in order.

    Parameters
    ----------
    values : declared money by period
    targets : targets by period, as shares: 0.4 is two fifths
    denominator : one of `grappe.policy.indicators.DENOMINATORS`; None if nobody has named it

    Raises
    ------
    KeyError
        If `denominator` is another word.

    Examples
    --------
    >>> year = {"own_income": Decimal(300), "animation_cost": Decimal(1000)}
    >>> step = autonomy_path({1: year}, {1: Decimal("0.4")}, "animation_cost")[0]
    >>> step.rate, step.gap, step.lacking_income
    (Decimal('0.3'), Decimal('0.1'), Decimal('100.0'))
    """
    periods = sorted({*values, *targets} - {0})
    return tuple(_step(one, values.get(one, {}), targets.get(one), denominator) for one in periods)


def _step(period: int, values: Values, target: Decimal | None, denominator: str | None) -> AutonomyStep:
    found = self_financing_rate(values.get(OWN_INCOME), values, denominator)
    rate = found.low if isinstance(found.low, Decimal) else None
    gap = target - rate if target is not None and rate is not None else None
    lacking = None
    if gap is not None and gap > 0 and denominator not in (None, "total_income"):
        assert denominator is not None
        lacking = gap * values[denominator]
    return AutonomyStep(
        period=period,
        rate=rate,
        target=target,
        gap=gap,
        met=None if gap is None else gap <= 0,
        lacking_income=lacking,
        missing=found.missing,
    )
