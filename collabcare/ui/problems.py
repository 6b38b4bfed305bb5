"""What is shown when something goes wrong: one plain sentence, and details for whoever mends it.

A :class:`CollabCareError` is a sentence already. Anything else is a fault in the program; its own message may
quote a name or a note, so neither the details nor the log repeat it: they say where it happened, no more.
"""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from collabcare.domain.errors import CollabCareError

_FAULT = (
    "Something went wrong inside CollabCare. What was saved before is safe; what you just did may not be "
    "saved. Try again, and if it happens again give the details to whoever looks after CollabCare."
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence for the user and, for a fault in the program, details that can be copied."""

    sentence: str
    details: str = ""


class Presenter(Protocol):
    """Something that can show a problem."""

    def error(self, problem: Problem) -> None:
        """Show ``problem`` and wait until it was seen."""


def explain(error: BaseException) -> Problem:
    """Return what to show for ``error``; a fault in the program is also written to the log."""
    if isinstance(error, CollabCareError):
        return Problem(str(error))
    details = outline(error)
    _log.error("A fault in the program:\n%s", details)
    return Problem(_FAULT, details)


def outline(error: BaseException) -> str:
    """Return the kinds of error and the lines they passed through, without any of their messages."""
    lines: list[str] = []
    step: BaseException | None = error
    while step is not None:
        lines.append(f"{type(step).__module__}.{type(step).__qualname__}")
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(step.__traceback__)
        ]
        step = step.__cause__ or step.__context__
    return "\n".join(lines)
