"""A scheme spoken in one language: what a page needs to word its items, one object a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from grappe.policy.cite import Cite
from grappe.policy.eligibility import thresholds
from grappe.policy.finding import Finding, Seen
from grappe.policy.indicators import Comparison
from grappe.policy.profile import Profile
from grappe.policy.scheme import Amount, Condition, Parameter, Scheme, Text, Validity
from grappe.present import policy_tables, policy_words
from grappe.present.catalogue import N_, say
from grappe.present.policies import exact
from grappe.present.words import number

CHANGEABLE = {"min": N_("at least"), "max": N_("at most"), "one_of": N_("one of"), "all_of": N_("all of")}
"""What a threshold says, by kind of condition."""


@dataclass(frozen=True, slots=True)
class SchemeWords:
    """Words for everything of one scheme in one language."""

    scheme: Scheme
    language: str

    def text(self, text: Text | None) -> str:
        """A text of the scheme; nothing where there is none."""
        return text[self.language] if text else ""

    def rule(self, rule: str) -> str:
        """Name of a rule."""
        return policy_words.rule_name(self.scheme, rule, self.language)

    def missing(self, name: str) -> str:
        """A fact or a parameter that is missing."""
        return policy_words.missing_words(self.scheme, name, self.language)

    def unit(self, unit: str | None) -> str:
        """A unit."""
        return policy_words.unit_words(unit, self.language)

    def value(self, finding: Finding, value: Seen) -> str:
        """What a finding saw or needs."""
        return policy_words.value_words(self.scheme, finding.rule, value, self.language)

    def cite(self, cite: Cite) -> str:
        """A citation."""
        return policy_words.cite_words(cite, self.language)

    def period(self, validity: Validity) -> str:
        """A period in which something holds."""
        return policy_tables.validity_words(self.scheme, validity, self.language)

    def met(self, met: bool | None) -> str:
        """Whether a condition is met."""
        return say(self.language, policy_words.VERDICTS[met])

    def eligible(self, met: bool | None) -> str:
        """Whether an applicant is eligible."""
        return say(self.language, policy_words.ELIGIBLE[met])

    def receiver(self, code: str) -> str:
        """A kind of applicant."""
        return say(self.language, policy_words.RECEIVERS[code])

    def actor(self, code: str) -> str:
        """Who acts in a step."""
        return say(self.language, policy_words.ACTORS[code])

    def formula(self, code: str) -> str:
        """How an indicator is computed."""
        return say(self.language, policy_words.FORMULAS[code])

    def comparison(self, found: Comparison) -> str:
        """Whether an indicator can be compared across two versions."""
        return say(self.language, policy_words.COMPARISONS[found])

    def basis(self, code: str) -> str:
        """What the number of an amount is: a cap, a fixed sum, one set case by case."""
        return say(self.language, policy_words.BASES[code])

    def amount(self, amount: Amount) -> str:
        """An amount with its currency, or that it is not given."""
        basis = self.basis(amount.basis)
        if amount.value is None:
            return f"{basis}, {say(self.language, N_('not given by the source'))}"
        return f"{basis} {number(float(amount.value), self.language)} {amount.currency}"

    def figure(self, value: object, unit: str) -> str:
        """A number that the source gives of the scheme."""
        return f"{number(float(str(value)), self.language)} {self.unit(unit)}"

    def parameter(self, parameter: Parameter) -> str:
        """The value of a parameter, or that it is not given."""
        return policy_tables.parameter_words(parameter, self.language)

    def reading(self, profile: Profile, condition: str) -> str:
        """How a fact was told from others, if it was."""
        fields = [one.field for one in self.scheme.all_conditions() if one.id == condition and one.field]
        fact = profile.get(fields[0]) if fields else None
        return say(self.language, policy_words.READINGS[fact.read_as]) if fact and fact.read_as else ""

    def threshold(self, condition: Condition) -> str:
        """What a condition asks for, in words."""
        if condition.parameter is not None and condition.needed is None:
            return say(self.language, N_("not given by the source"))
        kind = CHANGEABLE.get(str(condition.kind))
        return " ".join(
            part
            for part in (
                say(self.language, kind) if kind else "",
                self._needed(condition),
                self.unit(condition.unit),
            )
            if part
        )

    def changeable(self) -> Mapping[str, tuple[str, str]]:
        """Thresholds that a reader may change: name, words and the value in force."""
        found = {
            key: (f"{self.text(one.name)} – {self._kind(one)}", _plain(one))
            for key, one in thresholds(self.scheme).items()
        }
        return found | {
            id: (self.text(one.name), "") for id, one in self.scheme.parameters.items() if self._asked(id)
        }

    def _asked(self, parameter: str) -> bool:
        return any(
            boundary is not None and boundary.parameter == parameter
            for validity in (self.scheme.validity, *(one.validity for one in self.scheme.conditions))
            for boundary in (validity.start, validity.end)
        )

    def _kind(self, condition: Condition) -> str:
        closes = say(self.language, N_("closing day"))
        kind = CHANGEABLE.get(str(condition.kind))
        return say(self.language, kind) if kind else closes

    def _needed(self, condition: Condition) -> str:
        if condition.closes is not None:
            return policy_words.window_words(condition, self.language)
        if condition.needed is None:
            return ""
        return policy_words.value_words(self.scheme, condition.id, condition.needed, self.language)


def _plain(condition: Condition) -> str:
    if condition.closes is not None:
        return condition.closes.text
    if isinstance(condition.needed, tuple):
        return ",".join(condition.needed)
    return str(exact(condition.needed)) if condition.needed is not None else ""
