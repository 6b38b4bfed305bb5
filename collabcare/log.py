"""The log of faults in the program, for whoever mends it."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import TextIOWrapper

_LOG_BYTES = 256 * 1024


def keep_log(folder: Path) -> None:
    """Write faults of the program to ``collabcare.log`` in ``folder``, once there is one to write.

    Only our own logger writes there: it says where something failed and never what a record holds.
    """
    ours = logging.getLogger("collabcare")
    if ours.handlers:
        return
    handler = _LateFile(
        folder / "collabcare.log", maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    ours.addHandler(handler)


class _LateFile(RotatingFileHandler):
    """Makes its folder with the first line, so that a program that never fails leaves nothing."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Go on without: a log that cannot be kept is not worth stopping work for."""
