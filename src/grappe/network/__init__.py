"""Cooperation between clusters: its graph, the alliances it suggests, and the meetings that bring them about."""
