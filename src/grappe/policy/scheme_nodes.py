"""The files of a scheme read as nodes, so that every mistake is told with its file, line and value."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

import yaml

from grappe.domain.dates import PartialDate, is_date
from grappe.domain.errors import Problem
from grappe.domain.identifiers import is_identifier
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.cite import Cite, CiteKind, cite_of

Item = TypeVar("Item")
_SNAKE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_DEEPEST = 30


def read_nodes(
    path: Path, name: str, problems: list[Problem], of: type[yaml.Node] = yaml.MappingNode
) -> yaml.Node | None:
    """Root node of a file, of one type; what keeps it from being read becomes a problem."""
    try:
        root = yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)
    except UnicodeDecodeError:
        problems.append(Problem("not_utf8", name))
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problems.append(Problem("bad_yaml", name, line, params={"reason": error.problem or "?"}))
        return None
    except yaml.YAMLError as error:
        problems.append(Problem("bad_yaml", name, params={"reason": str(error).splitlines()[0]}))
        return None
    if root is None:
        problems.append(Problem("empty_file", name, 1))
    elif not isinstance(root, of):
        problems.append(Problem("not_a_mapping" if of is yaml.MappingNode else "bad_items", name, 1))
        return None
    elif _too_deep(root, 0):
        problems.append(Problem("bad_yaml", name, 1, params={"reason": "nested too deep"}))
        return None
    return root


def _too_deep(node: yaml.Node, depth: int) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return False
    if depth > _DEEPEST:
        return True
    parts = node.value if isinstance(node, yaml.SequenceNode) else [n for pair in node.value for n in pair]
    return any(_too_deep(part, depth + 1) for part in parts)


@dataclass(frozen=True, slots=True)
class Value:
    """One node with its file and the path of keys that leads to it."""

    file: str
    node: yaml.Node
    path: str

    @property
    def line(self) -> int:
        """Line in the file, counted from one."""
        return int(self.node.start_mark.line) + 1

    @property
    def text(self) -> str | None:
        """The scalar as written; None for a mapping, a list or nothing."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag == "tag:yaml.org,2002:null":
            return None
        return str(self.node.value)

    @property
    def shown(self) -> str | None:
        """What a message quotes."""
        if isinstance(self.node, yaml.ScalarNode):
            return str(self.node.value)
        return None


@dataclass(slots=True)
class Section:
    """A mapping of a scheme's files, asked key by key; `finish` reports the keys that nobody asked for.

    Every question about a wrong or missing value adds a problem and answers with something harmless,
    so that all mistakes of a scheme are found in one reading.
    """

    path: str
    values: dict[str, Value]
    place: tuple[str, int]
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    def finish(self) -> None:
        """Report keys that are no keys here."""
        for key in self.values.keys() - self.asked:
            value = self.values[key]
            accepted = ", ".join(sorted(self.asked))
            self.problems.append(
                Problem("unknown_field", value.file, value.line, value.path, key, {"accepted": accepted})
            )

    def wrong(self, code: str, value: Value, **params: str) -> None:
        """Add a problem about a value."""
        self.problems.append(Problem(code, value.file, value.line, value.path, value.shown, params))

    def has(self, key: str) -> bool:
        """Whether a key is written here, even with nothing behind it."""
        return key in self.values

    def value(self, key: str, *, needed: bool = True) -> Value | None:
        """The value of a key; a needed one that is missing or empty is a problem."""
        self.asked.add(key)
        found = self.values.get(key)
        empty = found is not None and isinstance(found.node, yaml.ScalarNode) and found.text is None
        if needed and (found is None or empty):
            file, line = (found.file, found.line) if found else self.place
            self.problems.append(Problem("missing_field", file, line, _under(self.path, key)))
            return None
        return None if empty else found

    def word(self, key: str, *, needed: bool = True) -> str | None:
        """A code in small letters, digits and low lines."""
        found = self.value(key, needed=needed)
        if found is None:
            return None
        text = found.text
        if not text or not set(text) <= _SNAKE:
            self.wrong("bad_scheme_code", found)
            return None
        return text

    def identifier(self, key: str, *, needed: bool = True) -> str | None:
        """An identifier in small letters, digits and hyphens."""
        found = self.value(key, needed=needed)
        if found is not None and not is_identifier(found.text):
            self.wrong("bad_identifier", found)
            return None
        return found.text if found else None

    def choice(self, key: str, accepted: Collection[str], *, needed: bool = True) -> str | None:
        """A code of a closed list."""
        found = self.value(key, needed=needed)
        if found is not None and found.text not in accepted:
            self.wrong("bad_code", found, accepted=", ".join(accepted))
            return None
        return found.text if found else None

    def plain(self, key: str, *, needed: bool = True) -> str | None:
        """Some text of no particular language."""
        found = self.value(key, needed=needed)
        if found is not None and not (found.text or "").strip():
            self.wrong("bad_text", found)
            return None
        return found.text if found else None

    def words(self, key: str, *, needed: bool = True) -> dict[str, str]:
        """A text in the three languages."""
        found = self.value(key, needed=needed)
        if found is None:
            return {}
        node = found.node
        read = (
            {str(k.value): str(v.value) for k, v in node.value if isinstance(v, yaml.ScalarNode)}
            if isinstance(node, yaml.MappingNode)
            else {}
        )
        if set(read) != set(LANGUAGES) or not all(text.strip() for text in read.values()):
            self.wrong("bad_title", found)
            return {}
        return {language: read[language] for language in LANGUAGES}

    def date(self, key: str, *, needed: bool = True) -> PartialDate | None:
        """A day, month or year."""
        found = self.value(key, needed=needed)
        if found is not None and not is_date(found.text):
            self.wrong("bad_date", found)
            return None
        return PartialDate(str(found.text)) if found else None

    def number(self, key: str, *, needed: bool = True) -> Decimal | None:
        """An exact number that is not negative."""
        found = self.value(key, needed=needed)
        if found is None:
            return None
        number = decimal_of(found.text)
        if number is None:
            self.wrong("bad_amount", found)
        return number

    def whole(self, key: str, *, needed: bool = True) -> int | None:
        """A whole number of 1 or more."""
        found = self.value(key, needed=needed)
        if found is None:
            return None
        text = found.text or ""
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            self.wrong("bad_whole", found)
            return None
        return int(text)

    def yes(self, key: str) -> bool:
        """A flag that is written only where it holds."""
        found = self.value(key, needed=False)
        if found is not None and found.text != "true":
            self.wrong("bad_flag", found)
        return found is not None

    def codes(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of codes."""
        found = self.value(key, needed=needed)
        if found is None:
            return ()
        parts = found.node.value if isinstance(found.node, yaml.SequenceNode) else []
        texts = tuple(str(part.value) for part in parts if isinstance(part, yaml.ScalarNode))
        if not texts or len(texts) != len(parts) or not all(text.strip() for text in texts):
            self.wrong("bad_list", found)
            return ()
        return texts

    def cites(self, *, needed: bool = True) -> tuple[Cite, ...]:
        """The citations of this section; what has none is no item of a scheme."""
        found = self.value("cites", needed=needed)
        if found is None:
            return ()
        parts = found.node.value if isinstance(found.node, yaml.SequenceNode) else []
        if not parts:
            self.wrong("bad_cites", found)
        read = [self._cite(Value(found.file, part, found.path)) for part in parts]
        return tuple(cite for cite in read if cite is not None)

    def each(self, key: str, read: Callable[["Section"], Item], *, needed: bool = False) -> tuple[Item, ...]:
        """What `read` makes of each mapping of a list."""
        return tuple(read(part) for part in self._list(key, needed))

    def _list(self, key: str, needed: bool) -> Iterator["Section"]:
        found = self.value(key, needed=needed)
        if found is None:
            return
        if not isinstance(found.node, yaml.SequenceNode) or not found.node.value:
            self.wrong("bad_items", found)
            return
        for number, part in enumerate(found.node.value, start=1):
            value = Value(found.file, part, f"{found.path}.{number}")
            section = self.section_of(value)
            if section is not None:
                yield section
                section.finish()

    def mapping(self, key: str, *, needed: bool = False) -> "Section | None":
        """A mapping below this one; whoever asks for it finishes it."""
        found = self.value(key, needed=needed)
        return self.section_of(found) if found is not None else None

    def section_of(self, value: Value) -> "Section | None":
        """A value as a section; a problem if it is no mapping."""
        if not isinstance(value.node, yaml.MappingNode):
            self.wrong("not_a_mapping", value)
            return None
        values: dict[str, Value] = {}
        add_values(values, value.node, value.file, value.path, self.problems)
        return Section(value.path, values, (value.file, value.line), self.problems)

    def _cite(self, value: Value) -> Cite | None:
        if isinstance(value.node, yaml.MappingNode):
            return self._document(value)
        cite = cite_of(value.text or "")
        if cite is None:
            self.wrong("bad_cite", value)
        return cite

    def _document(self, value: Value) -> Cite | None:
        """A citation of a legal text or a page, written as a mapping."""
        section = self.section_of(value)
        if section is None:
            return None
        documents = (CiteKind.LAW, CiteKind.EDITORS)
        kind = next((one for one in documents if section.has(str(one))), CiteKind.PAGE)
        title = section.plain(str(kind))
        article = section.plain("article", needed=False) if kind is CiteKind.LAW else None
        href = section.plain("href", needed=kind is CiteKind.PAGE)
        published = section.date("published", needed=False)
        section.finish()
        if title is None:
            return None
        return Cite(
            kind, title=title, article=article, href=href, published=published.text if published else None
        )


def add_values(
    values: dict[str, Value], node: yaml.MappingNode, file: str, path: str, problems: list[Problem]
) -> None:
    """Add the pairs of a mapping to those of a section; a key that is there already is a problem."""
    for key, child in node.value:
        name = str(key.value)
        below = _under(path, name)
        if name in values:
            problems.append(Problem("repeated_key", file, int(key.start_mark.line) + 1, below, name))
            continue
        values[name] = Value(file, child, below)


def decimal_of(text: str | None) -> Decimal | None:
    """The exact number of a text, zero or more; None if it is none.

    Examples
    --------
    >>> decimal_of("2000000"), decimal_of("0.5"), decimal_of("-1"), decimal_of("two")
    (Decimal('2000000'), Decimal('0.5'), None, None)
    """
    if not text or not set(text) <= set("0123456789."):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
