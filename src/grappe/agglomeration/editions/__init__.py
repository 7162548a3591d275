"""Rules by which known observatories tell a strong cluster, as published: one file per edition."""
