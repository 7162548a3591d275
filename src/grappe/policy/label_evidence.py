"""Which facts of the census may show something about an indicator of the excellence label."""

from collections.abc import Mapping

EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "committed_participation": ("members_total",),
    "composition": ("members_count", "member_category"),
    "committed_count": ("members_total",),
    "concentration": ("place", "anchoring"),
    "management_maturity": ("created", "labelled", "contracted"),
    "human_resources": ("facilitator", "project_officer"),
    "role_clarity": ("legal_form",),
    "cooperation": ("project",),
    "innovation_system": ("members_count", "member_category"),
    "finance_prospects": ("recognition", "contracted"),
    "strategy_focus": ("niche",),
    "services": ("activity", "facility"),
    "management_performance": ("result",),
    "communication": ("website",),
    "web_presence": ("website",),
    "success_stories": ("result", "project"),
}
"""Fields of a cluster by indicator. What a source says of a field is put before the cluster, which
decides whether it shows anything; an indicator that stands not here is answered without the census."""
