"""The parts of a review of not attending, each a short form of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.closing_parts import (
    Communicated,
    Discussed,
    GpTold,
    OptInSent,
    SafetyReviewed,
    WayBackStated,
)
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_parts import Condition
from collabcare.domain.gate_today import closing_letter, open_review
from collabcare.domain.ids import LetterId
from collabcare.domain.keeping_in_touch import keep_in_touch_days
from collabcare.domain.letters import UNREACHED, letters_of
from collabcare.domain.missed_run import missed_run
from collabcare.domain.supervised_ending import about_ending
from collabcare.domain.typed_dates import Direction
from collabcare.domain.typed_text import says_something
from collabcare.services.closing_reviews import GiveClosingReason, RecordClosingPart
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.looked_at import CONCLUDED_CUE, LookedAtEdit
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.closing_parts import Part
    from collabcare.domain.reach_facts import ClosingReviewFact
    from collabcare.queries.patient_page import PatientPage


_WHICH = "“Ending care, not reached, to the GP”, issued since the last missed appointment. No other counts."
_NO_LETTER = "Issue the letter “Ending care, not reached, to the GP” first: no other letter counts."


class GatePartForm(PatientForm):
    """Edits one part of the review that is open; a subclass says which."""

    def review(self) -> ClosingReviewFact:
        """Return the review that is open.

        Raises:
            RuleViolation: When it has ended meanwhile.
        """
        review = open_review(self.page.facts)
        if review is None:
            raise RuleViolation("This review has ended. Open another if it is needed.")
        return review

    def part(self) -> Part:
        """Return the part as it was written."""
        raise NotImplementedError

    def command(self) -> object:
        review = self.review()
        return RecordClosingPart(review_id=review.id, seen=review.row_version, part=self.part())


class CommunicatedForm(GatePartForm):
    """Whether the appointments were communicated, and how we know."""

    KIND = "gate_communicated"
    TITLE = "Were the appointments communicated?"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        known = open_review(page.facts)
        self.correctly = Segmented(
            "Communicated so that they could know of them",
            [Option("yes", "Yes"), Option("no", "No")],
        )
        if known is not None and known.communicated is not None:
            self.correctly.set_value("yes" if known.communicated else "no")
        self.evidence = NoteEdit(
            "How we know", placeholder="Which letter, text or call, in which format and language", lines=2
        )
        self.evidence.setPlainText(known.communicated_evidence if known else "")
        self._named(correctly=self.correctly, evidence=self.evidence)
        self.body.addWidget(Field("&Communicated so that they could know of them", self.correctly))
        self.body.addWidget(Field("How we &know", self.evidence))
        self.start()

    def first(self) -> QWidget:
        return self.correctly

    def written(self) -> tuple[object, ...]:
        return self.correctly.value(), self.evidence.toPlainText()

    def part(self) -> Part:
        if self.correctly.value() is None:
            refuse_at(self.correctly, "Choose yes or no.")
        return Communicated(correctly=self.correctly.value() == "yes", evidence=self.evidence.text())


class SafetyReviewedForm(GatePartForm):
    """Safety looked at again after the last missed appointment: when, at what, and what was concluded."""

    KIND = "gate_safety"
    TITLE = "Review safety"
    CUE = "After the last missed appointment. It is kept under your name."

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.looked = LookedAtEdit("Looked at", page.facts)
        self.on = DateEdit("Reviewed on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.concluded = NoteEdit("What was concluded", placeholder=CONCLUDED_CUE, lines=3)
        self._named(looked=self.looked, on=self.on, concluded=self.concluded)
        self.body.addWidget(Field("&Looked at", self.looked, hint=self.CUE))
        self.body.addWidget(Field("What was &concluded", self.concluded))
        self.body.addWidget(Field("Revie&wed on", self.on))
        self.start()

    def first(self) -> QWidget:
        return self.looked

    def written(self) -> tuple[object, ...]:
        return self.looked.values(), self.concluded.toPlainText(), self.on.text()

    def part(self) -> Part:
        if not self.looked.values():
            refuse_at(self.looked, "Tick what was looked at.")
        if not says_something(self.concluded.text()):
            refuse_at(self.concluded, "Write what was concluded, in your own words.")
        return SafetyReviewed(
            on=needed_day(self.on), looked_at=self.looked.chosen(), concluded=self.concluded.text()
        )


class GpToldForm(GatePartForm):
    """The day the GP was told, and the letter that was issued."""

    KIND = "gate_gp"
    TITLE = "How was the GP told?"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.letter = ComboBox(
            "Letter to the GP",
            [
                Option(letter.id, f"{letter.title}, {fmt_date(letter.issued_on)}")
                for letter in reversed(letters_of(page.facts, (UNREACHED,)))
            ],
        )
        self.on = DateEdit("Told on", page.today, DateNeeds(direction=Direction.PAST))
        if (issued := closing_letter(page.facts, today=page.today)) is not None:
            self.letter.set_value(issued.id)
            self.on.set_value(issued.issued_on)
        self._named(letter=self.letter, on=self.on)
        self.body.addWidget(Field("&Letter to the GP, as issued", self.letter, hint=_WHICH))
        self.body.addWidget(Field("&Told on", self.on))
        self.start()

    def first(self) -> QWidget:
        return self.letter

    def written(self) -> tuple[object, ...]:
        return self.letter.value(), self.on.text()

    def part(self) -> Part:
        letter = self.letter.value()
        if not isinstance(letter, int):
            refuse_at(self.letter, _NO_LETTER)
        return GpTold(on=needed_day(self.on), letter_id=LetterId(letter))


class _DayForm(GatePartForm):
    """A day that the record knows already, chosen from what it holds."""

    LABEL = ""
    NONE = ""

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.on = ComboBox(self.LABEL.replace("&", ""), self.days(page))
        self._named(on=self.on)
        self.body.addWidget(Field(self.LABEL, self.on, hint="" if self.days(page) else self.NONE))
        self.start()

    def days(self, page: PatientPage) -> list[Option]:
        """Return the days to choose from, the latest first."""
        raise NotImplementedError

    def day(self) -> date:
        """Return the day chosen.

        Raises:
            RuleViolation: When there is none to choose.
        """
        day = self.on.value()
        if not isinstance(day, date):
            refuse_at(self.on, self.NONE)
        return day

    def first(self) -> QWidget:
        return self.on

    def written(self) -> tuple[object, ...]:
        return (self.on.value(),)


class OptInSentForm(_DayForm):
    """The day the keep-in-touch letter went, from the attempts logged."""

    KIND = "gate_opt_in"
    TITLE = "Which was the keep-in-touch letter?"
    LABEL = "&Letter or message sent"
    NONE = "None is logged since the first miss. Send the keep-in-touch letter, and log it as an attempt."

    def days(self, page: PatientPage) -> list[Option]:
        from_step = page.rulebook.reengagement.gate.opt_in_from_step
        sent = keep_in_touch_days(page.facts, from_step=from_step)
        began_on = missed_run(page.facts, today=page.today).began_on
        counting = [day for day in sent if began_on is None or day >= began_on]
        return [Option(day, fmt_date(day, weekday=True)) for day in sorted(counting, reverse=True)]

    def part(self) -> Part:
        return OptInSent(on=self.day())


class DiscussedForm(_DayForm):
    """The day it was discussed in supervision, from the reviews recorded."""

    KIND = "gate_discussed"
    TITLE = "When was it discussed in supervision?"
    LABEL = "&Supervision of"
    NONE = (
        "None is recorded since the last missed appointment. One that decided to keep trying does not count. "
        "Record the discussion in supervision first."
    )

    def days(self, page: PatientPage) -> list[Option]:
        last = missed_run(page.facts, today=page.today).last
        held = {each.reviewed_on for each in about_ending(page.facts, after=last.on if last else None)}
        return [Option(day, fmt_date(day, weekday=True)) for day in sorted(held, reverse=True)]

    def part(self) -> Part:
        return Discussed(on=self.day())


class WayBackForm(GatePartForm):
    """How the patient can come back, as they are told it."""

    KIND = "gate_way_back"
    TITLE = "How can they come back?"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        known = open_review(page.facts)
        self.words = NoteEdit(
            "How they can come back",
            placeholder="In words they can use: whom to ring, no new referral",
            lines=2,
        )
        self.words.setPlainText(known.way_back if known else "")
        self._named(words=self.words)
        self.body.addWidget(Field("How they can come &back", self.words))
        self.start()

    def first(self) -> QWidget:
        return self.words

    def written(self) -> tuple[object, ...]:
        return (self.words.toPlainText(),)

    def part(self) -> Part:
        return WayBackStated(words=self.words.text())


class ClosingReasonForm(GatePartForm):
    """A supervisor's reason to close although a fact asks us to act soon."""

    KIND = "gate_reason"
    TITLE = "Why is closing still right for them?"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        known = open_review(page.facts)
        self.reason = NoteEdit("Why closing is still in their best interests", lines=3)
        self.instead = NoteEdit("What replaces our follow-up", lines=2)
        self.reason.setPlainText(known.prompt_reason if known else "")
        self.instead.setPlainText(known.instead if known else "")
        self._named(reason=self.reason, instead=self.instead)
        self.body.addWidget(Field("&Why closing is still in their best interests", self.reason))
        self.body.addWidget(Field("What r&eplaces our follow-up", self.instead))
        self.start()

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return self.reason.toPlainText(), self.instead.toPlainText()

    def command(self) -> GiveClosingReason:
        review = self.review()
        return GiveClosingReason(
            review_id=review.id,
            seen=review.row_version,
            reason=self.reason.text(),
            instead=self.instead.text(),
        )


GATE_FORMS: dict[Condition, type[GatePartForm]] = {
    Condition.COMMUNICATED: CommunicatedForm,
    Condition.SAFETY: SafetyReviewedForm,
    Condition.PROMPT_FACTS: ClosingReasonForm,
    Condition.GP: GpToldForm,
    Condition.OPT_IN: OptInSentForm,
    Condition.SIGNED_OFF: DiscussedForm,
    Condition.WAY_BACK: WayBackForm,
}
"""Which form meets which condition; trying meets the first, and the signature is an act of its own."""
