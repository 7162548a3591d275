"""Which links are cooperation: the one published rule, read by the census, its flags and the network."""

PARTNERSHIP_KINDS = frozenset(
    {"partnership", "convention", "coproduction", "membership", "support", "merger", "twinning", "mentoring"}
)
"""Kinds that count as cooperation; a listing, a fair attended or hosting never does (design, section 4)."""
REAL = frozenset({None, "active", "done", "ended"})
"""Statuses of a cooperation that exists or existed; planned and sought ones do not count."""
_CLUSTERS = frozenset({"cluster", "foreign_cluster"})
"""What a cluster is in the census: one of its own, or an organisation of this type."""


def is_cooperation(kind: str, status: str | None, *, facilitated: bool = False) -> bool:
    """Tell whether a link counts in flags, degrees and paths.

    Parameters
    ----------
    kind : code of the list `link_kind`
    status : code of the list `status`, or nothing if no source gives one
    facilitated : whether the link is a co-production that the ends facilitated; see `is_facilitation`

    Returns
    -------
    bool
        True for a cooperation that exists or existed. Whatever is only listed, attended, hosted,
        planned, announced or sought is recorded, shown, and never counted.

    Examples
    --------
    >>> is_cooperation("partnership", "active"), is_cooperation("partnership", "sought")
    (True, False)
    >>> is_cooperation("listing", "active"), is_cooperation("event", "done")
    (False, False)
    >>> is_cooperation("coproduction", "done", facilitated=True)
    False
    """
    return kind in PARTNERSHIP_KINDS and status in REAL and not facilitated


def is_facilitation(kind: str, ends: tuple[str | None, str | None]) -> bool:
    """Tell whether a co-production is printed between clusters, which can only have facilitated it.

    Co-production is between firms, with shared value added and transfer of technology; clusters
    facilitate it. It counts for firms that are its ends. Where a source prints two clusters instead,
    they are its facilitators: the link is recorded and drawn, and counts for neither. Their
    rapprochement is a link of its own, if a source speaks of it.

    Parameters
    ----------
    kind : code of the list `link_kind`
    ends : what the two ends are, such as ``("cluster", "foreign_cluster")``: the type of an
        organisation where one is known, else its kind; unknown is nothing

    Examples
    --------
    >>> is_facilitation("coproduction", ("cluster", "foreign_cluster"))
    True
    >>> is_facilitation("coproduction", ("company", "company"))
    False
    >>> is_facilitation("coproduction", ("cluster", "company"))
    False
    >>> is_facilitation("partnership", ("cluster", "cluster"))
    False
    """
    return kind == "coproduction" and all(end in _CLUSTERS for end in ends)
