"""What a distribution carries that git does not: the built front end and the compiled catalogues.

Hatchling calls `AssetsHook` whenever it builds grappe. The Makefile calls the same functions by
`python build_hooks/assets.py catalogues`, so both ways compile alike.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MANIFEST = Path("src/grappe/web/static/grappe/manifest.json")
LOCALE = Path("src/grappe/locale")


class AssetsHook(BuildHookInterface[Any]):
    """Compile the catalogues, and build the front end of a wheel where that is still to do."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare the files a distribution needs beside those git knows.

        Parameters
        ----------
        version
            `"editable"` for an installation that points back at the source tree, which is built by `make`.
        build_data
            What Hatchling is about to pack; left as it is, the globs of `pyproject.toml` say all.

        Raises
        ------
        SystemExit
            When the front end is neither built nor can be, or a catalogue has an error.
        """
        root = Path(self.root)
        compile_catalogues(root)
        if self.target_name == "wheel" and version != "editable":
            build_front_end(root)


def compile_catalogues(root: Path) -> None:
    """Compile every `django.po` into the `django.mo` beside it; leave those that are fresh.

    Babel does it, since GNU msgfmt is absent from most machines. A translation with a placeholder that its
    message lacks would fail on a page in that language alone, so it fails here.

    Raises
    ------
    SystemExit
        With file, line, message and error of each faulty entry.
    """
    faults = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3], abort_invalid=True)
        errors = [
            f"{source.relative_to(root)}, line {message.lineno}, {message.id!r}: {error}. Correct it there."
            for message, found in catalogue.check()
            for error in found
        ]
        faults += errors
        if not errors:
            with target.open("wb") as binary:
                write_mo(binary, catalogue)
    if faults:
        sys.exit("\n".join(faults))


def build_front_end(root: Path) -> None:
    """Build the front end by npm unless its manifest is there.

    Raises
    ------
    SystemExit
        When the manifest is missing and so is npm, or when npm fails.
    """
    if (root / MANIFEST).exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(
            f"{MANIFEST} is missing: the front end is not built, and there is no npm to build it. "
            "Install Node 20.19 or later, or install grappe from a wheel, which contains the built front end."
        )
    for arguments in (["ci"], ["run", "build"]):
        done = subprocess.run([npm, *arguments], cwd=root / "frontend", check=False)
        if done.returncode:
            sys.exit(f"npm {' '.join(arguments)} failed in frontend/; its reason stands above.")


if __name__ == "__main__":
    if sys.argv[1:] != ["catalogues"]:
        sys.exit("usage: python build_hooks/assets.py catalogues")
    compile_catalogues(Path(__file__).resolve().parents[1])
