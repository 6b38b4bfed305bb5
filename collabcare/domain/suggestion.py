"""What every suggestion carries: its sentence, the rule's name, the facts it used and its source.

Rules suggest and never act: nothing here changes a plan, a step, a track or a status. A person decides, and
what they decide is recorded by a service.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from collabcare.domain.display import fmt_date


class Used(NamedTuple):
    """One fact a rule used, by the words a practitioner knows it under; the value is as it is recorded."""

    name: str
    value: date | int | str | bool | None

    @property
    def words(self) -> str:
        """Return the fact as it is shown: what is not recorded says so, and is never a zero."""
        if self.value is None:
            return f"{self.name}: not recorded"
        if isinstance(self.value, bool):
            return f"{self.name}: {'yes' if self.value else 'no'}"
        if isinstance(self.value, date):
            return f"{self.name}: {fmt_date(self.value)}"
        return f"{self.name}: {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One suggestion to a practitioner.

    ``sentence`` is what they read, ``rule`` the rule's name, ``used`` the facts it went by and ``source``
    where the rule comes from (or that it is this project's own default).
    """

    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str
