"""The bundled face, registered with Qt so that every machine measures and draws the same text."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


@cache
def register_fonts() -> None:
    """Make the bundled face known to Qt, once.

    Raises:
        EnvironmentProblem: A font file is missing or damaged.
    """
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name)) < 0:
            raise EnvironmentProblem(
                f"The font {name} could not be read. No record was touched. Install CollabCare again."
            )
