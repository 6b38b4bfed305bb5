"""Where CollabCare finds its own files and keeps the user's.

The program's files (resources/ and migrations/) lie in one of three places: in a frozen
bundle's folder, inside the installed package (``_bundled``), or beside the package in a
checkout. Nothing here creates a folder; whoever writes first does.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from collabcare.domain.errors import EnvironmentProblem

HOME_VARIABLE = "COLLABCARE_HOME"
"""Environment variable with which IT staff move settings and user data to a folder of their choice."""

RECORD_SUFFIX = ".ccrecord"
"""How the name of a record ends."""

_PACKAGE = Path(__file__).resolve().parent


@cache
def resources_dir() -> Path:
    """Return the folder of instruments, pathways, letters, fonts, icons and help; looked for once."""
    return program_dir("resources")


def migrations_dir() -> Path:
    """Return the folder of Alembic's env.py and versions/."""
    return program_dir("migrations")


def program_dir(name: str, *, package: Path = _PACKAGE, bundle: Path | None = None) -> Path:
    """Return one of the program's own folders, wherever this copy of the program runs from.

    Args:
        name: ``resources`` or ``migrations``.
        package: The folder of the collabcare package.
        bundle: The folder a frozen bundle unpacked to; asked of the interpreter when left out.

    Raises:
        EnvironmentProblem: The folder is missing, so the installation is incomplete.
    """
    frozen = bundle or _frozen_bundle()
    # A wheel before a checkout: site-packages may hold somebody else's folder called "resources".
    places = [frozen / name] if frozen else [package / "_bundled" / name, package.parent / name]
    for place in places:
        if place.is_dir():
            return place
    raise EnvironmentProblem(
        f"CollabCare's own folder '{name}' is missing. No record was touched. Install CollabCare again."
    )


def user_data_dir() -> Path:
    """Return the folder suggested for records and used for logs."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home) / "data"
    from platformdirs import user_data_path

    return user_data_path("CollabCare", appauthor=False)


def documents_dir() -> Path:
    """Return the folder suggested for what the user saves outside the record, such as a PDF."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home)
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return documents if documents.is_dir() else Path.home()


def settings_file() -> Path:
    """Return the file of this user's settings on this computer; it holds nothing about patients."""
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home) / "settings.toml"
    from platformdirs import user_config_path

    return user_config_path("CollabCare", appauthor=False) / "settings.toml"


def _frozen_bundle() -> Path | None:
    unpacked = getattr(sys, "_MEIPASS", None)  # set by PyInstaller
    return Path(unpacked) if unpacked else None
