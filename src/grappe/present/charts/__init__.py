"""Charts of results: a file per kind of chart, one look for all; SVG, PNG and HTML."""
