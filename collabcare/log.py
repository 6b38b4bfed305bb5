"""The log of faults in the program, for whoever mends it."""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LOG_BYTES = 256 * 1024


def keep_log(folder: Path) -> None:
    """Write faults of the program to ``collabcare.log`` in ``folder``, once there is one to write.

    Only our own logger writes there: it says where something failed and never what a record holds. A folder
    that cannot be made is not worth stopping work for.
    """
    ours = logging.getLogger("collabcare")
    if ours.handlers:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "collabcare.log"
        handler = RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        ours.addHandler(handler)
