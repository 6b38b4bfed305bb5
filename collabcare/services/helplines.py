"""The numbers the site keeps at hand beside the national helplines: added, changed, ordered, taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.crisis_lines import SAVE_LINE, refuse_line
from collabcare.domain.errors import RuleViolation
from collabcare.domain.typed_text import typed_line
from collabcare.store.models import SiteHelpline

if TYPE_CHECKING:
    from collabcare.domain.safety_page import Helpline
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_NAME = 100
LONGEST_TELEPHONE = 60
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveHelpline:
    """A line as it was typed; ``helpline_id`` and ``seen`` name the line it changes, None for a new one."""

    helpline_id: int | None = None
    seen: int | None = None
    name: str
    telephone: str
    when_open: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmLine:
    """A national line that somebody has checked, to be kept as one of the site's own."""

    line: Helpline

    @property
    def kept(self) -> SaveHelpline:
        """Return it as a line of the site's own."""
        return SaveHelpline(name=self.line.name, telephone=self.line.contact, note=self.line.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveHelpline:
    """A line to stand one place nearer to the top, or to the foot."""

    helpline_id: int
    seen: int
    up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHelpline:
    """A line that no longer holds."""

    helpline_id: int
    seen: int


def save_helpline(command: SaveHelpline, uow: UnitOfWork) -> Changes:
    """Add a line at the foot of the list, or keep what was changed in one.

    Raises:
        RuleViolation: When it has no name or no number.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, SAVE_LINE) as work:
        name = typed_line(command.name, "The name", LONGEST_NAME)
        telephone = typed_line(command.telephone, "The number", LONGEST_TELEPHONE)
        when_open = typed_line(command.when_open, "When it is open", LONGEST_NOTE)
        note = typed_line(command.note, "The note", LONGEST_NOTE)
        refuse_line(name, telephone)
        if command.helpline_id is None:
            last = work.session.scalar(select(func.max(SiteHelpline.place))) or 0
            line = work.add(
                SiteHelpline(place=last + 1, name=name, telephone=telephone, when_open=when_open, note=note)
            )
        else:
            line = work.get(SiteHelpline, command.helpline_id, seen=command.seen)
            line.name, line.telephone, line.when_open, line.note = name, telephone, when_open, note
        work.touched(Kind.HELPLINE, subject_id=line.id)
        work.made = line.id
    return work.changes


def move_helpline(command: MoveHelpline, uow: UnitOfWork) -> Changes:
    """Let a line change places with the one above or below it.

    Raises:
        RuleViolation: When it stands at that end already.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Move helpline") as work:
        line = work.get(SiteHelpline, command.helpline_id, seen=command.seen)
        ordered = list(
            work.session.scalars(select(SiteHelpline).order_by(SiteHelpline.place, SiteHelpline.id))
        )
        here = ordered.index(line)
        there = here + (-1 if command.up else 1)
        if not 0 <= there < len(ordered):
            raise RuleViolation(f"It stands {'first' if command.up else 'last'} already.")
        ordered[here], ordered[there] = ordered[there], ordered[here]
        for place, each in enumerate(ordered, start=1):
            if each.place != place:
                each.place = place
                work.touched(Kind.HELPLINE, subject_id=each.id)
        work.made = line.id
    return work.changes


def remove_helpline(command: RemoveHelpline, uow: UnitOfWork) -> Changes:
    """Take a line out of the list; what was printed with it stays as it was.

    Raises:
        RuleViolation: When it is not in the list any more.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Remove helpline") as work:
        line = work.get(SiteHelpline, command.helpline_id, seen=command.seen)
        work.session.delete(line)
        work.touched(Kind.HELPLINE, subject_id=line.id)
    return work.changes
