"""Says that somebody being taken on is in the record already, or may be, with the ways on from there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from collabcare.domain.display import fmt_date
from collabcare.domain.namesakes import Arriving, Namesake, namesake_of
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.inline_message import InlineMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collabcare.domain.facts import EpisodeFacts

_NUMBER_LEFT = " The NHS number typed here is not taken over: add it under Details."

_NUMBER_UNREAD = "Could not look up whether this NHS number is in the record already. You can go on."
_NAME_UNREAD = (
    "Could not look up whether somebody of this name and date of birth is in the record already. "
    "You can go on; look for them on the caseload before you add them."
)


class KnownBar(InlineMessage):
    """A bar about one person in the record, with Open, and Refer again where their care here has ended."""

    def __init__(self, suffix: str = "") -> None:
        super().__init__()
        self.again = Button("Refer again", compact=True)
        self.again.setObjectName(f"patient_refer_again{suffix}")
        self.open = Button("Open", compact=True)
        self.open.setObjectName(f"patient_open_known{suffix}")
        self.add_act(self.again)
        self.add_act(self.open)

    def show_somebody(self, sentence: str, *, can_return: bool) -> None:
        """Say who it is, and whether they can be referred again."""
        self.again.setText("Refer again")
        self.again.setVisible(can_return)
        self.open.show()
        self.show_attention(sentence)

    def show_unread(self, sentence: str) -> None:
        """Say that nobody could be looked for."""
        self.again.hide()
        self.open.hide()
        self.show_attention(sentence)

    def show_again(self, name: str, besides: str = "") -> None:
        """Say that they are being referred again; the same button takes it back."""
        self.again.setText("Somebody else")
        self.again.show()
        self.open.show()
        self.show_info(f"Refer again: {name}. What is known of them is kept.{besides}")


class KnownPeople(QObject):
    """Who has the NHS number that was typed, and who has the surname and the date of birth.

    Signals:
        open_requested: The episode of the one the user wants to see.
        again_wanted: The facts of the one the user refers again, None when it is somebody else after all.
    """

    open_requested = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.by_number, self.by_name = KnownBar(), KnownBar("_by_name")
        self.number: EpisodeFacts | None = None
        self.again: EpisodeFacts | None = None
        self._arriving = Arriving(given_name="", nhs_number=None)
        self._found: Sequence[EpisodeFacts] = ()
        self._namesake: Namesake | None = None
        for bar, who in ((self.by_number, self._of_number), (self.by_name, self._of_name)):
            bar.open.clicked.connect(partial(self._on_open, who))
            bar.again.clicked.connect(partial(self._on_again, who))

    def show_number(self, facts: EpisodeFacts | None) -> None:
        """Say that somebody has this NHS number already, or take that back."""
        self.number = facts
        self._say()

    def show_names(self, found: Sequence[EpisodeFacts]) -> None:
        """Say that somebody of this surname was born that day, or take that back."""
        self._found = found
        self._say()

    def number_unread(self, _sentence: str) -> None:
        """Say that the number could not be looked up; nobody found before has it."""
        self.show_number(None)
        self.by_number.show_unread(_NUMBER_UNREAD)

    def names_unread(self, _sentence: str) -> None:
        """Say that the name could not be looked up; nobody found before has it."""
        self.show_names(())
        self.by_name.show_unread(_NAME_UNREAD)

    def judge(self, arriving: Arriving) -> None:
        """Judge those found by who is arriving, as far as it is typed."""
        if arriving != self._arriving:
            self._arriving = arriving
            self._say()

    def take_again(self, facts: EpisodeFacts | None) -> None:
        """Go by their being referred again, or by nobody's."""
        self.again = facts
        self._say()

    def doubt(self) -> str:
        """Return what to say before somebody is added who may well be in the record, or nothing."""
        if self._namesake is None or not self._namesake.is_likely:
            return ""
        who = self._namesake.facts.patient.name
        return f"{who}, born on the same day, is in the record. Save again to add another person beside them."

    def _say(self) -> None:
        known = self.number.patient.patient_id if self.number else None
        others = [facts for facts in self._found if facts.patient.patient_id != known]
        self._namesake = namesake_of(self._arriving, others)
        self._say_number()
        self._say_name()

    def _say_number(self) -> None:
        facts = self.number
        if facts is None or (self.again is not None and self.again is not facts):
            self.by_number.clear()
        elif self.again is facts:
            self.by_number.show_again(facts.patient.name)
        else:
            who = f"{facts.patient.name}, born {fmt_date(facts.patient.birth_date)}"
            ended = facts.closed_on is not None
            before = f"In our care until {fmt_date(facts.closed_on)}" if ended else "In the record already"
            self.by_number.show_somebody(f"{before}: {who}.", can_return=_can_return(facts))

    def _say_name(self) -> None:
        namesake = self._namesake
        if namesake is None or (self.again is not None and self.again is not namesake.facts):
            self.by_name.clear()
        elif self.again is namesake.facts:
            left = self._arriving.nhs_number and not namesake.facts.patient.nhs_number
            self.by_name.show_again(namesake.facts.patient.name, _NUMBER_LEFT if left else "")
        else:
            can_return = _can_return(namesake.facts) and not namesake.other_number
            self.by_name.show_somebody(namesake.sentence, can_return=can_return)

    def _of_number(self) -> EpisodeFacts | None:
        return self.number

    def _of_name(self) -> EpisodeFacts | None:
        return self._namesake.facts if self._namesake else None

    def _on_open(self, who: Callable[[], EpisodeFacts | None]) -> None:
        if (facts := who()) is not None:
            self.open_requested.emit(facts.episode_id)

    def _on_again(self, who: Callable[[], EpisodeFacts | None]) -> None:
        self.again_wanted.emit(None if self.again is not None else who())


def _can_return(facts: EpisodeFacts) -> bool:
    return facts.closed_on is not None and facts.patient.died_on is None
