"""What a distribution carries that git does not: built front end, compiled catalogues, fonts of the chapter.

Hatchling calls `AssetsHook` whenever it builds grappe. The Makefile calls the same functions by
`python build_hooks/assets.py catalogues` and `… chapter`, so both ways build alike.
"""

import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MANIFEST = Path("src/grappe/web/static/grappe/manifest.json")
LOCALE = Path("src/grappe/locale")
BOUNDARIES = Path("frontend/public/boundaries-atlas.json")
FONTS = Path("frontend/node_modules/@fontsource")
CHAPTER = Path("src/grappe/present/report/assets")
FACES = {
    "source-sans-3": ("latin-400-normal", "latin-600-normal"),
    "source-serif-4": ("latin-600-normal",),
    "ibm-plex-sans-arabic": ("arabic-400-normal", "arabic-600-normal"),
    "amiri": ("arabic-700-normal",),
}
"""Faces that a chapter is set in, those of the atlas.

One file per family and weight: of two that share both, typesetting would take either for all letters.
"""


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
            make_chapter_assets(root)


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


def make_chapter_assets(root: Path) -> None:
    """Put beside the writers of the chapter what they draw with: fonts unpacked, boundaries copied.

    Typesetting needs whole font files; the front end's packages hold them compressed for the web.

    Raises
    ------
    SystemExit
        When a font is neither unpacked already nor among the installed packages.
    """
    folder = root / CHAPTER
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / BOUNDARIES, folder / "boundaries.json")
    for family, faces in FACES.items():
        for face in faces:
            source = root / FONTS / family / "files" / f"{family}-{face}.woff"
            target = folder / f"{family}-{face}.ttf"
            if source.is_file():
                target.write_bytes(unpacked_font(source.read_bytes()))
            elif not target.exists():
                sys.exit(f"{source.relative_to(root)} is missing. Run `npm ci` in frontend/ first.")


def unpacked_font(woff: bytes) -> bytes:
    """A font file out of its WOFF 1.0 wrapping: the same tables, each inflated.

    References
    ----------
    WOFF File Format 1.0, W3C Recommendation, 2012, sections 3 to 5.
    """
    signature, flavour, _, count = struct.unpack_from(">4s4sIH", woff)
    if signature != b"wOFF":
        sys.exit("A font of the front end is not in the WOFF 1.0 format.")
    power = count.bit_length() - 1
    head = struct.pack(">4sHHHH", flavour, count, 16 << power, power, (count - (1 << power)) * 16)
    directory, body = b"", b""
    start = len(head) + 16 * count
    for index in range(count):
        tag, offset, packed, size, checksum = struct.unpack_from(">4s4I", woff, 44 + 20 * index)
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < size else table
        directory += struct.pack(">4s3I", tag, checksum, start + len(body), size)
        body += table + bytes(-size % 4)
    return head + directory + body


if __name__ == "__main__":
    tasks = {"catalogues": compile_catalogues, "chapter": make_chapter_assets}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        sys.exit(f"usage: python build_hooks/assets.py {'|'.join(tasks)}")
    tasks[sys.argv[1]](Path(__file__).resolve().parents[1])
