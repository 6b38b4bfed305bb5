"""The user's own look and text size, kept in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from collabcare.ui.theme.tokens import LARGEST_SCALE, SMALLEST_SCALE, ThemeName

if TYPE_CHECKING:
    from collabcare.settings import Settings

_STEP = 0.1


class Look(QObject):
    """Changes the settings of the look; whoever owns the application dresses it again.

    Signals:
        changed: The settings of the look are others now.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def zoom_in(self) -> None:
        """Make all text larger."""
        self._zoom(self._settings.text_scale + _STEP)

    def zoom_out(self) -> None:
        """Make all text smaller."""
        self._zoom(self._settings.text_scale - _STEP)

    def zoom_reset(self) -> None:
        """Bring all text back to its own size."""
        self._zoom(SMALLEST_SCALE)

    def look_as_computer(self) -> None:
        """Use the look of the computer."""
        self.use_theme(ThemeName.SYSTEM)

    def look_light(self) -> None:
        """Use the light look."""
        self.use_theme(ThemeName.LIGHT)

    def look_dark(self) -> None:
        """Use the dark look."""
        self.use_theme(ThemeName.DARK)

    def look_contrast(self) -> None:
        """Use the colours of high contrast."""
        self.use_theme(ThemeName.CONTRAST)

    def use_theme(self, name: ThemeName) -> None:
        """Use another look from now on."""
        self._settings.theme = name.value
        self._keep()

    def _zoom(self, scale: float) -> None:
        within = min(max(round(scale, 1), SMALLEST_SCALE), LARGEST_SCALE)
        if within != self._settings.text_scale:
            self._settings.text_scale = within
            self._keep()

    def _keep(self) -> None:
        self._settings.save()
        self.changed.emit()
