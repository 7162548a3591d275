"""HTML as lines: a block is a line, a row of a table is a line of cells, a list in a cell stays in it."""

from html.parser import HTMLParser

from grappe.census.reading.document import Document, located

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "figcaption",
        "caption",
        "dt",
        "dd",
        "pre",
    ]
)
_SILENT = frozenset({"script", "style", "head", "template", "noscript"})
_ITEM = "•"


class _Lines(HTMLParser):
    """Collects text; inside a row, blocks part items of a cell, outside they end lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.cells: list[str] | None = None
        self.spans: list[int] = []
        self.silent = 0
        self.line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row, cell, item or block."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "tr":
            self._end_line()
            self.cells, self.spans = [], []
            self.line = self.getpos()[0]
        elif tag in ("td", "th") and self.cells is not None:
            self._end_cell()
            span = dict(attrs).get("colspan") or "1"
            self.spans.append(int(span) if span.isdigit() and 0 < int(span) <= 100 else 1)
            self.words = [""]
        elif tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._break()
            if tag == "li":
                self.words.append(f" {_ITEM} " if self.cells is not None else "- ")

    def handle_endtag(self, tag: str) -> None:
        """Close a row, cell or block."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Keep words that a reader sees."""
        if not self.silent:
            if self.cells is None and not "".join(self.words).strip():
                self.line = self.getpos()[0]
            self.words.append(data)

    def _break(self) -> None:
        if self.cells is not None:
            self.words.append(" ")
        else:
            self._end_line()

    def _end_line(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words = []
        if text:
            self.pairs.append((text, f"l. {self.line}"))

    def _end_cell(self) -> None:
        if self.cells is None or not self.spans or len(self.cells) == sum(self.spans):
            return
        self.cells.append(" ".join("".join(self.words).split()))
        # A cell over several columns leaves the others blank, so that every row has its columns.
        self.cells.extend([""] * (sum(self.spans) - len(self.cells)))
        self.words = []

    def _end_row(self) -> None:
        if self.cells is None:
            return
        self._end_cell()
        if any(self.cells):
            self.pairs.append(("\t".join(self.cells), f"l. {self.line}"))
        self.cells, self.spans, self.words = None, [], []

    def finished(self) -> list[tuple[str, str]]:
        """All lines; a row that the file does not close is kept."""
        self.close()
        self._end_row()
        self._end_line()
        return self.pairs


def read_html(text: str, name: str) -> Document:
    """Lines of a page, located by the line of its source; blank lines part blocks of different kind."""
    reader = _Lines()
    reader.feed(text)
    pairs: list[tuple[str, str]] = []
    for one, where in reader.finished():
        if pairs and ("\t" in one) != ("\t" in pairs[-1][0]):
            pairs.append(("", where))
        pairs.append((one, where))
    return located(pairs, name, "html")
