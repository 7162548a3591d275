"""The search index: the only module that knows one database vendor from another.

The index holds folded text (`grappe.domain.fold`), so accents, case and Arabic spelling do not matter.
"""

from collections.abc import Iterable

from django.db import connection

from grappe.domain.fold import fold

TABLE = "store_search"


def create_index() -> None:
    """Create the empty index, if it is not there; in its ranking a title counts eight times the body."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5("
            "entity UNINDEXED, kind UNINDEXED, title, body,"
            " prefix='2 3', tokenize='unicode61 remove_diacritics 2')"
        )
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('rank', 'bm25(0, 0, 8.0, 1.0)')")


def clear_index() -> None:
    """Empty the index before it is built again."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def forget(entities: Iterable[str]) -> None:
    """Remove some entities from the index."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE entity = %s", [(entity,) for entity in entities])


def add(rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Add ``(entity, kind, folded title, folded body)`` rows."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE}(entity, kind, title, body) VALUES (%s, %s, %s, %s)", list(rows)
        )


def purge() -> None:
    """Write the index anew, so that words of deleted entries linger in none of its segments."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def find(text: str, kind: str | None = None, limit: int | None = None) -> list[tuple[str, str]]:
    """Entities whose text holds every word asked, best first, as ``(entity, kind)``.

    Words match by their beginning; a title counts more than the body.
    """
    words = fold(text).split()
    if not words:
        return []
    query = " ".join(f'"{word}"*' for word in words)
    sql = f"SELECT entity, kind FROM {TABLE} WHERE {TABLE} MATCH %s"
    parameters: list[str | int] = [query]
    if kind:
        sql += " AND kind = %s"
        parameters.append(kind)
    # The ranking kept in the index is sorted inside it: far cheaper than a function called on every hit.
    sql += " ORDER BY rank" if limit else ""
    if limit:
        sql += " LIMIT %s"
        parameters.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(str(entity), str(kind)) for entity, kind in cursor.fetchall()]
