"""Every rendering of a value, once: plain dicts, rows, GeoJSON, words; both faces use it. No Django."""
