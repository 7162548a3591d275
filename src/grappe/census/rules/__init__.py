"""Consistency rules: each looks across fields and entities and returns findings as data.

A rule is a function of all facts and a day; `RULES` is the complete list, in the order shown.
"""

from collections.abc import Callable, Iterator, Mapping

from grappe.census.facts import Facts
from grappe.census.rules.counts import (
    counted_lists,
    named_beyond_count,
    parts_beyond_total,
    recognised_counts,
)
from grappe.census.rules.links import (
    flag_without_link,
    level_against_countries,
    link_without_flag,
    told_before_it_happened,
)
from grappe.census.rules.misplaced import activity_of_another_place
from grappe.census.rules.names import alike_names
from grappe.census.rules.officers import one_officer_two_clusters, two_presidents
from grappe.census.rules.targets import target_told_as_fact
from grappe.census.rules.websites import website_of_host
from grappe.domain.dates import PartialDate
from grappe.domain.finding import Finding

Rule = Callable[[Facts, PartialDate], Iterator[Finding]]

RULES: Mapping[str, Rule] = {
    "parts_beyond_total": parts_beyond_total,
    "named_beyond_count": named_beyond_count,
    "counted_lists": counted_lists,
    "recognised_counts": recognised_counts,
    "one_officer_two_clusters": one_officer_two_clusters,
    "two_presidents": two_presidents,
    "activity_of_another_place": activity_of_another_place,
    "target_told_as_fact": target_told_as_fact,
    "told_before_it_happened": told_before_it_happened,
    "level_against_countries": level_against_countries,
    "flag_without_link": flag_without_link,
    "link_without_flag": link_without_flag,
    "alike_names": alike_names,
    "website_of_host": website_of_host,
}


def findings(facts: Facts, on: PartialDate) -> list[Finding]:
    """Findings of every rule on a day."""
    return [finding for rule in RULES.values() for finding in rule(facts, on)]


__all__ = ["RULES", "Rule", "findings"]
