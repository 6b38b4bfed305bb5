"""What only some tries to reach somebody are asked about: each part is made when a try first asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.decided import Decided, may_decide
from collabcare.domain.missed_because import MAY_SAY_WHY
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.ui.forms.booking_fields import BookingFields
from collabcare.ui.forms.decided_part import DecidedPart
from collabcare.ui.forms.found_part import FoundPart
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.why_late import WhyLate

if TYPE_CHECKING:
    from typing import Any

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage
    from collabcare.services.contacts import Booking
    from collabcare.services.searches import CameOfIt
    from collabcare.ui.widgets.date_edit import DateEdit
    from collabcare.ui.widgets.time_edit import TimeEdit


class AttemptLate(WhyLate):
    """Has why they had not come, what was found out, what was decided, and the next contact."""

    LATE = ("why", "found", "decided", "next")

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._found, self._decided, self._next = self.late_part(), self.late_part(), self.late_part()
        self._places = (self._why, self._found, self._decided, self._next)

    @cached_property
    def found(self) -> FoundPart:
        """What was found out."""
        part = FoundPart(self.page.facts, self.page.today)
        part.changed.connect(self._unfold)
        part.theirs.typed.connect(self._on_wish_typed)
        self._found.put(part, part)
        return part

    @cached_property
    def decided(self) -> DecidedPart:
        """What was decided in a talk."""
        part = DecidedPart()
        self._named(decided=part.choice, decided_words=part.words)
        self._decided.put(part, part)
        return part

    @cached_property
    def next(self) -> BookingFields:
        """The next contact, agreed with them."""
        part, holder, lines = BookingFields(self.page.today, self), QWidget(), Lines()
        self._named(next_on=part.on, next_at=part.at, next_how=part.mechanism)
        part.add_to(lines)
        holder.setLayout(lines)
        self._next.put(part, holder)
        return part

    @property
    def next_on(self) -> DateEdit:
        """The day of the next contact."""
        return self.next.on

    @property
    def next_at(self) -> TimeEdit:
        """Its time."""
        return self.next.at

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        if self._next.is_filled:
            self.next.suit_again()

    def doubt(self) -> str:
        return self.next.doubt() if self._next.is_filled else ""

    def _told(self) -> QWidget:
        """Return where what was said is written."""
        raise NotImplementedError

    def _on_wish_typed(self) -> None:
        """Put the keyboard where what they want asks for something."""
        wish = self.found.theirs.value()
        if wish is SearchEnd.REBOOKED:
            self.next_on.setFocus()
        elif wish is SearchEnd.WANTS_PAUSE:
            self.found.return_on.setFocus()
        else:
            self._told().setFocus()

    def _unfold(self) -> None:
        """Show what fits what was chosen."""
        raise NotImplementedError

    def _ask(self, channel: Channel | None, outcome: AttemptOutcome | None) -> None:
        """Ask what a try in this way that came to this is asked, and nothing else."""
        talk = channel is Channel.SUPERVISION
        why = outcome in MAY_SAY_WHY and not talk
        if why or self._why.is_filled:
            self.why.ask(why)
        found = None if outcome in {None, AttemptOutcome.SENT} or talk else outcome
        if found is not None or self._found.is_filled:
            self.found.show_for(found, channel)
        decided = may_decide(channel, outcome)
        if decided or self._decided.is_filled:
            self.decided.show_for(channel, outcome)
        spoke = outcome is AttemptOutcome.SPOKE
        if spoke or self._next.is_filled:
            self.next.say_plan("Speaking to them ends the search.")
        asked = (why, found is not None, decided, spoke)
        for place, shown in zip(self._places, asked, strict=True):
            place.setVisible(shown)

    def _came_of_it(self) -> CameOfIt | None:
        return self.found.came_of_it() if self._found.is_filled else None

    def _next_booking(self) -> Booking | None:
        return self.next.booking() if self._next.is_filled else None

    def _decision(self) -> tuple[Decided | None, str]:
        """Return what was decided and the words about it; refuse the one without the other."""
        return (self.decided.decided(), self.decided.why()) if self._decided.is_filled else (None, "")

    def _why_missed(self) -> dict[str, Any]:  # Any: two fields of a command, by name
        return self.why.given() if self._why.is_filled else {}
