"""Where schemes of a user's own stand, as the settings name the folders."""

import os
from pathlib import Path

from django.conf import settings


def scheme_folders() -> tuple[Path, ...]:
    """Folders of schemes beside those shipped; the setting parts them as the system parts paths."""
    named: str = settings.SCHEMES
    return tuple(Path(part) for part in named.split(os.pathsep) if part)
