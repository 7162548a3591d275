"""A chapter in one language as plain rows: what each of the three writers lays out.

Everything that depends on the language is done here, once; a writer knows its format and no word.
"""

from typing import Any

from grappe.present.report.content import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Country,
    Day,
    Entry,
    Figure,
    Heading,
    Paragraph,
    Sentence,
    Sheet,
    Study,
    Table,
    Word,
)
from grappe.present.report.drawings import bars_legend, drawing_svg, drawing_words, legend_rows
from grappe.present.report.marks import mark_svg
from grappe.present.report.sentences import Run, Wording, plain

Plain = dict[str, Any]

EDITORS = "editors"
"""Source whose statements are the editors' own classification."""


class Worded:
    """The wording of one chapter with a base address, its tables and figures counted as they come."""

    def __init__(self, chapter: Chapter, language: str, base: str, deeper: int = 0) -> None:
        self.chapter = chapter
        self.deeper = deeper
        self.language = language
        self.base = base.rstrip("/")
        self.words = Wording(language, chapter.country)
        self.numbers = {"table": 0, "figure": 0}
        self.main = _most_cited(chapter)

    def document(self, blocks: list[Plain] | None = None) -> Plain:
        """The whole chapter, or a frame for blocks that are worded already."""
        words = self.words
        return {
            "language": self.language,
            "direction": "rtl" if self.language == "ar" else "ltr",
            "title": words.document("title", country=Country(self.chapter.country)),
            "subtitle": words.document("subtitle", on=Day(self.chapter.on)),
            "contents": words.document("contents"),
            "license": words.document("license"),
            "semicolon": plain(words.value(Word("semicolon"))),
            "on-words": words.day(self.chapter.on),
            "legend_title": words.document("legend"),
            "country": self.chapter.country,
            "on": self.chapter.on,
            "depth": 1 + self.deeper,
            "address": f"{self.base}/{self.language}/countries/{self.chapter.country}/",
            "blocks": [self.block(one) for one in self.chapter.blocks] if blocks is None else blocks,
        }

    def block(self, block: Block) -> Plain:
        """One block, with its kind."""
        match block:
            case Heading():
                return {
                    "kind": "heading",
                    "level": block.level + self.deeper,
                    "runs": self.runs(self.words.heading(block.key, block.params)),
                }
            case Paragraph():
                return {"kind": "paragraph", "sentences": [self.sentence(one) for one in block.sentences]}
            case Bullets():
                return {"kind": "bullets", "items": [self.sentence(one) for one in block.items]}
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Sheet():
                return self._sheet(block)

    def sentence(self, sentence: Sentence) -> Plain:
        """A sentence with its marks: statements first; without any, the page of its query."""
        runs = self.words.sentence(sentence.key, sentence.params)
        linked = any(run.href and run.href.startswith("@") for run in runs)
        marks = self.marks(sentence.cites)
        if not marks and not linked:
            marks = [self._data(ask.address) for ask in sentence.asks[:1]]
        return {"runs": self.runs(runs), "marks": marks}

    def runs(self, runs: list[Run]) -> list[Plain]:
        """Runs with whole addresses; the language is told where it is not the chapter's."""
        return [
            {
                "text": run.text,
                "lang": run.lang if run.lang not in (None, self.language) else None,
                "href": self._whole(run.href),
            }
            for run in runs
        ]

    def marks(self, cites: tuple[str, ...]) -> list[Plain]:
        """Short citations that lead to the permanent addresses of their statements."""
        found: dict[str, Plain] = {}
        for one in cites:
            where = self.chapter.citations[one]
            if where.number is not None:
                text = self.words.document("document_mark", number=where.number)
            elif where.line is not None:
                text = self.words.document("line", line=where.line)
                if where.source != self.main:
                    text = f"{where.source}, {text}"
            elif where.source == EDITORS:
                text = self.words.document("editors")
            else:
                text = self.words.document("record", source=where.source)
            address = self._whole(where.href) if where.href else f"{self.base}/statements/{one}"
            found.setdefault(text, {"text": text, "href": address})
        return list(found.values())

    def _data(self, address: str) -> Plain:
        return {"text": self.words.document("data"), "href": f"{self.base}/{self.language}/{address}"}

    def _whole(self, href: str | None) -> str | None:
        if href is None or "://" in href:
            return href
        return f"{self.base}/{href.replace('@', self.language, 1)}"

    def _number(self, kind: str) -> str:
        self.numbers[kind] += 1
        return self.words.document(kind, number=self.numbers[kind])

    def _table(self, table: Table) -> Plain:
        return {
            "kind": "table",
            "key": table.key,
            "number": self._number("table"),
            "caption": self.runs(self.words.caption(table.key, table.params)),
            "data": [self._data(ask.address) for ask in table.asks[:1]],
            "groups": _groups(table, self.words),
            "columns": [
                {
                    "text": self.words.column(column.key),
                    "width": column.width,
                    "align": column.align,
                    "grouped": column.group is not None,
                }
                for column in table.columns
            ],
            "rows": [[self._cell(cell) for cell in row] for row in table.rows],
            "notes": [self.sentence(one) for one in table.notes],
            "legend": legend_rows(self.words) if table.legend else [],
        }

    def _cell(self, cell: Cell) -> Plain:
        runs: list[Run] = []
        for value in cell.values:
            if runs:
                runs.append(Run(" "))
            runs += self.words.value(value)
        return {
            "runs": self.runs(runs),
            "marks": self.marks(cell.cites),
            "symbol": mark_svg(cell.look) if cell.look else None,
            "span": cell.span,
            "entries": [self._entry(one) for one in cell.entries],
        }

    def _figure(self, figure: Figure) -> Plain:
        caption = self.words.caption(figure.key, figure.params)
        notes = [self.sentence(one) for one in figure.notes]
        if figure.key == "map":
            notes.append({"runs": self.runs([Run(self.words.document("credit"))]), "marks": []})
        return {
            "kind": "figure",
            "key": figure.key,
            "number": self._number("figure"),
            "caption": self.runs(caption),
            "data": [self._data(ask.address) for ask in figure.asks[:1]],
            "svg": drawing_svg(figure.drawing, self.words),
            "alt": _said(plain(caption), drawing_words(figure.drawing, self.words)),
            "notes": notes,
            "legend": legend_rows(self.words)
            if figure.legend
            else bars_legend(self.words)
            if figure.key == "bars"
            else [],
        }

    def _sheet(self, sheet: Sheet) -> Plain:
        return {
            "kind": "sheet",
            "level": 2 + self.deeper,
            "name": sheet.name,
            "href": f"{self.base}/id/{sheet.entity}",
            "symbol": mark_svg(sheet.look),
            "rows": [
                {
                    "label": plain(self.words.value(label)),
                    "entries": [self._entry(one) for one in entries],
                }
                for label, entries in sheet.rows
            ],
        }

    def _entry(self, entry: Entry) -> Plain:
        runs: list[Run] = []
        for value in entry.values:
            runs += self.words.value(value)
        qualifiers = [plain(self.words.value(one)) for one in entry.qualifiers]
        if qualifiers:
            comma = str(plain(self.words.value(_comma())))
            runs.append(Run(f" ({comma.join(qualifiers)})"))
        return {
            "runs": self.runs(runs),
            "marks": self.marks(entry.cites),
            "rivals": [self._entry(one) for one in entry.rivals],
        }


def worded(content: Chapter | Study, language: str, base: str) -> Plain:
    """A chapter or the study in a language, as plain rows; `base` is the site that its links lead to."""
    if isinstance(content, Chapter):
        return Worded(content, language, base).document()
    return _study(content, language, base)


def _study(study: Study, language: str, base: str) -> Plain:
    """The whole study: each chapter a part, its headings one level deeper, tables numbered throughout."""
    whole = Worded(study.last, language, base, 1)
    words = whole.words
    blocks: list[Plain] = []
    for chapter in study.chapters:
        part = Worded(chapter, language, base, 1)
        part.numbers, part.main = whole.numbers, _most_cited(*study.chapters)
        key = "part_all" if chapter.country == study.last.country else "part"
        title = part.words.document(key, country=Country(chapter.country))
        blocks.append({"kind": "heading", "level": 1, "runs": whole.runs([Run(title)])})
        blocks += [part.block(block) for block in chapter.blocks]
    blocks.append({"kind": "heading", "level": 1, "runs": whole.runs([Run(words.document("part_last"))])})
    whole.main = _most_cited(*study.chapters)
    blocks += [whole.block(block) for block in study.last.blocks]
    return whole.document(blocks) | {
        "title": words.document("study_title"),
        "subtitle": words.document("study_subtitle", on=Day(study.last.on)),
        "address": f"{base.rstrip('/')}/{language}/",
    }


def _said(caption: str, more: str) -> str:
    return f"{caption}. {more}." if more else caption


def _comma() -> Any:
    return Word("comma")


def _groups(table: Table, words: Wording) -> list[Plain]:
    """Headings above the columns, with how many columns each spans; none where no column has one."""
    if not any(column.group for column in table.columns):
        return []
    found: list[Plain] = []
    for column in table.columns:
        text = words.column(column.group) if column.group else None
        if text is not None and found and found[-1]["text"] == text:
            found[-1]["span"] += 1
        else:
            found.append({"text": text, "span": 1})
    return found


def _most_cited(*chapters: Chapter) -> str | None:
    counted: dict[str, int] = {}
    for where in (one for chapter in chapters for one in chapter.citations.values()):
        if where.line is not None:
            counted[where.source] = counted.get(where.source, 0) + 1
    return max(counted, key=lambda one: counted[one], default=None)
