"""Cooperation between clusters: its graph, suggested alliances, and the meetings that bring them about."""
