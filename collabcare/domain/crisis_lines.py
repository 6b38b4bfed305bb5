"""Whom somebody can ring: the site's own lines, the national ones, and who of us is on duty.

Shown wherever safety is talked about. Nothing here rings or alerts anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission, Role, allowed
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_page import Helpline
from collabcare.domain.searching import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.ids import UserId
    from collabcare.domain.safety_page import Helplines

SAVE_LINE = "Save helpline"
"""What saving a line is called in the audit trail, which knows who did and when."""
NOBODY_ON_DUTY = "Nobody is set as on duty today. Same-day safety tasks go to the supervisors."
NOBODY_AT_ALL = (
    "Nobody is set as on duty today, and there is no supervisor: same-day safety tasks stay with whoever "
    "holds the patient. Add a supervisor under Colleagues, or set who is on duty under Practice."
)


CLOSED_TODAY = "The service is closed today, so no duty person is named."


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """A number the site keeps at hand, such as the local crisis team's; ``place`` is where it stands."""

    id: int
    row_version: int
    place: int
    name: str
    telephone: str
    when_open: str = ""
    note: str = ""

    @property
    def helpline(self) -> Helpline:
        """Return it as it stands among the others; the site itself wrote it, so it is confirmed."""
        parts = (part.strip().rstrip(".") for part in (self.when_open, self.note))
        about = ". ".join(f"{part[0].upper()}{part[1:]}" for part in parts if part)
        return Helpline(
            id=f"site_{self.id}", name=self.name, contact=self.telephone, about=about, confirmed=True
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisSupport:
    """What the site has set: its lines in their order, who is on duty, and what holds when nobody is here.

    ``has_supervisor`` is whether there is anybody who has what is for duty while nobody is set. ``closed`` is
    whether the service does not work on the day it is read for: nobody of the team is named to ring then.
    """

    lines: tuple[SiteLine, ...] = ()
    duty_id: UserId | None = None
    duty_name: str = ""
    out_of_hours: str = ""
    has_supervisor: bool = True
    closed: bool = False

    def on(self, day: date, calendar: WorkingCalendar) -> CrisisSupport:
        """Return it as it holds on one day."""
        return replace(self, closed=not calendar.is_working_day(day))

    @property
    def on_duty(self) -> str:
        """Say who is on duty, with the number and the hours kept under their name, or that nobody is.

        The hours are said and not read: the site writes them in its own words. On a day the service is closed
        nobody is named, for whoever rang them would be left without an answer.
        """
        if not self.duty_name:
            return NOBODY_ON_DUTY if self.has_supervisor else NOBODY_AT_ALL
        if self.closed:
            return CLOSED_TODAY
        kept = next((each for each in self.lines if self.is_of_duty(each.name)), None)
        if kept is None:
            return f"On duty: {self.duty_name}, no number kept."
        hours = kept.when_open.strip().rstrip(".")
        return f"On duty: {self.duty_name}, {kept.telephone}{f' ({hours})' if hours else ''}."

    def to_ring(self, national: Helplines) -> tuple[Helpline, ...]:
        """Return the lines to ring, the site's own first; on a day it is closed without the duty person's."""
        own = [line for line in self.lines if not (self.closed and self.is_of_duty(line.name))]
        return crisis_lines(own, national)

    def is_of_duty(self, name: str) -> bool:
        """Return whether a line of this name is that of whoever is on duty, said with them already."""
        return bool(self.duty_name) and fold(self.duty_name) in fold(name)


NO_SUPPORT = CrisisSupport()


def crisis_lines(own: Sequence[SiteLine], national: Helplines) -> tuple[Helpline, ...]:
    """Return every line there is: the site's own in their order, then the national ones.

    A national line that the site keeps as its own stands there, confirmed, and is not said twice. The one
    source for the safety form, the plan, Today, what to think of at a missed appointment, and letters.
    """
    ours = tuple(line.helpline for line in sorted(own, key=lambda line: line.place))
    return (*ours, *not_kept(own, national))


def not_kept(own: Sequence[SiteLine], national: Helplines) -> tuple[Helpline, ...]:
    """Return the national lines that the site does not keep as its own."""
    kept = {_plain(line.telephone) for line in own}
    return tuple(line for line in national.lines if _plain(line.contact) not in kept)


def refuse_line(name: str, telephone: str) -> None:
    """Refuse a line without a name or a number.

    Raises:
        RuleViolation: With what is missing.
    """
    if not name:
        raise RuleViolation("Write whose line it is, such as the crisis team.")
    if not any(character.isdigit() for character in telephone):
        raise RuleViolation("Write the number to ring or text.")


def refuse_duty(role: Role, *, active: bool) -> None:
    """Refuse to put on duty somebody who could not record the conversation, or has left.

    Raises:
        RuleViolation: With the reason.
    """
    if not active:
        raise RuleViolation("Somebody who has left cannot be on duty. Choose somebody else.")
    if not allowed(role, Permission.RECORD_SAFETY_CONVERSATION):
        raise RuleViolation(
            "Whoever is on duty must be able to record a safety conversation. Choose somebody else."
        )


def _plain(contact: str) -> str:
    return " ".join(contact.split()).casefold()
