"""Bytes of script that a page makes a browser fetch, brotli, worker included."""

import json
import re
from pathlib import Path

BUILT = Path(__file__).parents[2] / "src" / "grappe" / "web" / "static" / "grappe"


def script_sizes() -> dict[str, int]:
    """Brotli bytes of the scripts of a page without map, and of the map page with all it loads."""
    manifest = json.loads((BUILT / "manifest.json").read_text("utf-8"))

    def files(entry: str) -> set[str]:
        row = manifest[entry]
        found = {row["file"], *row.get("assets", [])}
        for other in (*row.get("imports", []), *row.get("dynamicImports", [])):
            found |= files(other)
        return found

    site = files("src/site.ts")
    both = site | files("src/map.ts") | {p.relative_to(BUILT).as_posix() for p in BUILT.rglob("*worker*.mjs")}
    return {"page without map": _bytes(site), "map page": _bytes(both)}


def _bytes(names: set[str]) -> int:
    scripts = {name for name in names if re.search(r"\.m?js$", name)}
    return sum((BUILT / f"{name}.br").stat().st_size for name in scripts)
