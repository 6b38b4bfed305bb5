"""The contacts of an episode by what came of them, told apart once for all the rules that ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.codes import ATTENDED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import ContactFact

_SEEN = tuple(ATTENDED)  # a tuple is looked through by identity; a set would hash each status in Python


class ByOutcome(NamedTuple):
    """Contacts in order of time: gone ahead, fallen through, and without an outcome (yet to come, or late).

    ``since_seen`` are those that fell through after the last that went ahead.
    """

    attended: tuple[ContactFact, ...]
    fallen: tuple[ContactFact, ...]
    unrecorded: tuple[ContactFact, ...]
    since_seen: tuple[ContactFact, ...]


def by_outcome(contacts: Sequence[ContactFact]) -> ByOutcome:
    """Tell contacts apart, given oldest first."""
    attended: list[ContactFact] = []
    fallen: list[ContactFact] = []
    unrecorded: list[ContactFact] = []
    before = 0
    for contact in contacts:
        status = contact.status
        if status in _SEEN:
            attended.append(contact)
            before = len(fallen)
        elif status is None:
            unrecorded.append(contact)
        else:
            fallen.append(contact)
    return ByOutcome(tuple(attended), tuple(fallen), tuple(unrecorded), tuple(fallen[before:]))


class WithContacts:
    """Facts with contacts, which are told apart when somebody first asks; facts never change."""

    __slots__ = ("_by_outcome",)

    contacts: tuple[ContactFact, ...]
    _by_outcome: ByOutcome

    @property
    def by_outcome(self) -> ByOutcome:
        """Return the contacts by what came of them."""
        found: ByOutcome | None = getattr(self, "_by_outcome", None)
        if found is None:
            found = by_outcome(self.contacts)
            object.__setattr__(self, "_by_outcome", found)
        return found

    @property
    def attended(self) -> tuple[ContactFact, ...]:
        """Return the contacts at which the patient was seen or spoken to."""
        return self.by_outcome.attended

    def next_booked(self, today: date) -> ContactFact | None:
        """Return the next contact booked for today or later."""
        for contact in self.by_outcome.unrecorded:
            if contact.on >= today:
                return contact
        return None
