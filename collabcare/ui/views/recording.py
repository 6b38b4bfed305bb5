"""From a form's command to the service that carries it out, and what is said once it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.corrections import asks_again
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.facts import AttemptFact, ContactFact
from collabcare.domain.foresight import search_after_try, search_if_missed
from collabcare.domain.ids import ContactId, MeasureId
from collabcare.domain.instruments import Safety, Score, score, score_total
from collabcare.domain.measures_to_enter import next_to_enter
from collabcare.domain.routes import way_kept
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.search_ends import SearchEnd, after_contact
from collabcare.domain.tracks import talk_owed
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import (
    BookContact,
    Booking,
    RecordContact,
    book_contact,
    record_contact,
)
from collabcare.services.episodes import MoveStep, move_step
from collabcare.services.letter_ends import EndLetter, end_letter
from collabcare.services.measures import (
    RecordMeasure,
    RecordSafetyConversation,
    record_measure,
    record_safety_conversation,
)
from collabcare.services.milestones import RecordMilestone, VoidMilestone, record_milestone, void_milestone
from collabcare.services.moving import MoveAppointment, move_appointment
from collabcare.services.notes import VoidNote, WriteNote, void_note, write_note
from collabcare.services.searches import (
    LogAttempt,
    PutOff,
    RecordReply,
    log_attempt,
    put_off,
    record_reply,
)
from collabcare.services.supervision import (
    RecordReview,
    RequestSupervision,
    WithdrawRequest,
    record_review,
    request_supervision,
    withdraw_request,
)
from collabcare.ui.forms.crisis_panel import whom_to_ring
from collabcare.ui.forms.measure_form import MeasureForm, asked_here
from collabcare.ui.forms.put_off_form import PutOffForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.aftermath import Aftermath, safety_first
from collabcare.ui.views.due_acts import GP_LETTER
from collabcare.ui.views.record_bar import AGAIN, LETTER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from collabcare.domain.changes import Changes
    from collabcare.domain.instruments import Instrument
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.entry_form import PatientForm

_JUST_RECORDED = ContactId(0)
_NOTHING_BOOKED = " Nothing is booked yet."


def service_of(form: PatientForm, command: object, desk: Desk) -> Callable[[], Changes]:
    """Return the service that carries out a form's command, ready to be called on the writer's thread."""
    uow, pathway = desk.uow, desk.rulebook.pathway
    service: Callable[[], Changes]
    match command:
        case RecordContact() | BookContact() | MoveAppointment() | VoidContact():
            service = _of_contact(command, desk)
        case WriteNote() | VoidNote() | EndLetter() | RecordMilestone() | VoidMilestone():
            service = _of_writing(command, desk)
        case LogAttempt() | RecordReply() | PutOff():
            service = _of_search(command, desk)
        case RecordMeasure() if isinstance(form, MeasureForm):
            service = partial(record_measure, command, uow, form.shown)
        case RecordSafetyConversation():
            service = partial(record_safety_conversation, command, uow, desk.rulebook.safety)
        case MoveStep():
            service = partial(move_step, command, uow, pathway)
        case RequestSupervision():
            service = partial(request_supervision, command, uow)
        case WithdrawRequest():
            service = partial(withdraw_request, command, uow)
        case RecordReview():
            service = partial(record_review, command, uow)
        case _:
            raise TypeError(type(command).__name__)
    return service


def _of_writing(
    command: WriteNote | VoidNote | EndLetter | RecordMilestone | VoidMilestone, desk: Desk
) -> Callable[[], Changes]:
    if isinstance(command, EndLetter):
        return partial(end_letter, command, desk.uow, desk.rulebook)
    if isinstance(command, WriteNote):
        return partial(write_note, command, desk.uow)
    if isinstance(command, RecordMilestone):
        return partial(record_milestone, command, desk.uow)
    if isinstance(command, VoidMilestone):
        return partial(void_milestone, command, desk.uow)
    return partial(void_note, command, desk.uow)


def _of_contact(
    command: RecordContact | BookContact | MoveAppointment | VoidContact, desk: Desk
) -> Callable[[], Changes]:
    if isinstance(command, RecordContact):
        return partial(record_contact, command, desk.uow, desk.rulebook.pathway)
    if isinstance(command, BookContact):
        return partial(book_contact, command, desk.uow)
    if isinstance(command, MoveAppointment):
        return partial(move_appointment, command, desk.uow)
    return partial(void_contact, command, desk.uow, desk.rulebook.pathway)


def _of_search(command: LogAttempt | RecordReply | PutOff, desk: Desk) -> Callable[[], Changes]:
    if isinstance(command, LogAttempt):
        return partial(log_attempt, command, desk.uow, desk.rulebook)
    if isinstance(command, RecordReply):
        return partial(record_reply, command, desk.uow, desk.rulebook)
    return partial(put_off, command, desk.uow, desk.rulebook)


_SAID: dict[type, str] = {
    RecordMilestone: "The milestone is saved. The waits under Now count it.",
    VoidMilestone: "The milestone is marked as an error and stays in the story, with your reason.",
    RequestSupervision: "The question is saved. It is on the agenda of the next supervision.",
    WithdrawRequest: "It is off the agenda. The question and your reason stand in the story.",
}


_TO_DISCUSS = "The case will be brought to the next supervision. No question was written."


def aftermath(form: PatientForm, command: object, made: int | None) -> Aftermath:
    """Return what to say once a form's command has been carried out; ``made`` is the record it made."""
    match command:
        case RecordContact():
            after = _after_contact(form, command)
        case BookContact() | MoveAppointment():
            after = _after_booking(command)
        case WriteNote() | VoidNote() | VoidContact() | EndLetter():
            after = _after_writing(command)
        case LogAttempt() | RecordReply():
            after = _after_attempt(form, command)
        case PutOff() if isinstance(form, PutOffForm):
            after = Aftermath(said=form.afterwards or "The step is put off.")
        case RecordMeasure() if isinstance(form, MeasureForm):
            after = _after_measure(form, command, made)
        case RecordSafetyConversation():
            after = _after_safety(form, command)
        case MoveStep():
            said = f"The move to step {command.to_step} is saved. The GP is to be told."
            after = Aftermath(said=said, act="Write to the GP", opens=f"{LETTER}:{GP_LETTER}")
        case RequestSupervision() | WithdrawRequest() | RecordMilestone() | VoidMilestone():
            after = Aftermath(said=_said(command))
        case _:
            after = Aftermath(said="The review is saved. What was agreed comes up on Today when it is due.")
    return after


def _said(command: object) -> str:
    """Say what was saved; a question that was left empty is not said to be."""
    if isinstance(command, RequestSupervision) and not command.question.strip():
        return _TO_DISCUSS
    return _SAID[type(command)]


def _after_contact(form: PatientForm, command: RecordContact) -> Aftermath:
    booked = _ahead(form, command)
    if command.status is AttendanceStatus.DID_NOT_ATTEND and form.page.facts.patient.died_on is not None:
        return Aftermath(said="The missed appointment is saved. They have died, so nobody is sought.")
    if command.status is AttendanceStatus.DID_NOT_ATTEND:
        said = f"The missed appointment is saved.{booked}{_reach_by(form, command)}"
        return Aftermath(said=said, act="Log an attempt", opens="attempt")
    if command.status.attended:
        said = f"The contact is saved.{booked or _NOTHING_BOOKED}"
        then = _then_enter(said, form, {command.on, form.page.today}) or _then_book(said, booked)
        return safety_first(form, then)
    if not booked:
        return _then_book(f"The outcome is saved.{_NOTHING_BOOKED}", booked)
    return Aftermath(said=f"The outcome is saved.{booked}")


def _then_enter(said: str, form: PatientForm, days: Collection[date]) -> Aftermath | None:
    """Lead to the questionnaire of the service model that is due and not entered yet, None if all are."""
    book, asked = form.page.rulebook, asked_here(form.page)
    name = next_to_enter(form.page.facts, asked, days, interval_days=book.pathway.measure_interval_days)
    if name is None:
        return None
    return Aftermath(said=said, act=f"Enter {book.instruments[name].name}", opens=f"measure:{name}")


def _then_book(said: str, booked: str) -> Aftermath:
    return Aftermath(said=said) if booked else Aftermath(said=said, act="Book a contact", opens="booking")


def _ahead(form: PatientForm, command: RecordContact) -> str:
    """Say when the patient is seen next: as was agreed just now, or as was booked before."""
    if command.next_booking is not None:
        return f" Next contact {_slot(command.next_booking)}."
    today = form.page.today
    ahead = (each for each in form.page.facts.contacts if each.status is None and each.on >= today)
    done = (command.contact_id, command.on)
    booked = next((each for each in ahead if (each.id, each.on) != done), None)
    return "" if booked is None else f" Next contact {_day(booked.on, booked.at)}."


def _after_booking(command: BookContact | MoveAppointment) -> Aftermath:
    if isinstance(command, MoveAppointment):
        return Aftermath(said=f"The contact is moved to {_slot(command.booking)}. Nothing was cancelled.")
    return Aftermath(said=f"The contact is booked for {_slot(command.booking)}. It is on Today that day.")


def _after_writing(command: WriteNote | VoidNote | VoidContact | EndLetter) -> Aftermath:
    if isinstance(command, EndLetter):
        return Aftermath(said="What became of the letter is saved. It is off Today.")
    if isinstance(command, WriteNote):
        return Aftermath(said="The note is saved. It changed nothing that is due.")
    if isinstance(command, VoidNote):
        return Aftermath(said="The note is marked as an error and stays in the story, with your reason.")
    said = "The contact is marked as an error. Record what is right, if there is anything."
    if not command.never_was:
        said = "The outcome is taken back, and the appointment stands as it was booked. Record its outcome."
    return Aftermath(said=said, act="Record contact", opens="contact")


def _reach_by(form: PatientForm, command: RecordContact) -> str:
    """Say by when to reach the patient again, from the rule that has just opened the search."""
    book = form.page.rulebook
    missed = ContactFact(
        id=command.contact_id or _JUST_RECORDED,
        on=command.on,
        at=command.at,
        minutes=command.minutes,
        status=None,
        mechanism=command.mechanism,
        practitioner="",
        note="",
        was_not_brought=command.was_not_brought,
        interpreter=command.interpreter,
    )
    ahead = search_if_missed(form.page.facts, missed, book, today=form.page.today)
    if ahead is None:
        return ""
    late = ahead.due_on <= form.page.today
    return f" Reach them again {'today' if late else f'by {fmt_date(ahead.due_on, weekday=True)}'}."


def _after_attempt(form: PatientForm, command: LogAttempt | RecordReply) -> Aftermath:
    end = command.came_of_it.end if command.came_of_it else None
    if end is SearchEnd.WRONG_DETAILS:
        return Aftermath(
            said="The details are put right. The search begins again.", act="Log an attempt", opens="attempt"
        )
    if isinstance(command, LogAttempt) and not command.outcome.reached and end is None:
        still = "The attempt is saved. They are still being sought."
        return Aftermath(said=f"{still} {_next_step(form, command)}".rstrip())
    if end is SearchEnd.DIED:
        said = "The death is recorded, and the search has ended."
        return Aftermath(said=said, act="What is left to do", opens=f"page:{PageName.ENDING}")
    if end is not None and end is not SearchEnd.REBOOKED:
        said, act, opens = f"What came of it is saved. {after_contact(end).sentence}", "", ""
    else:
        ahead = _next_ahead(form, command.next_booking)
        said = f"They are reached, and the search ends.{ahead or _NOTHING_BOOKED}"
        act, opens = ("", "") if ahead else ("Book a contact", "booking")
    owed = talk_owed(form.page.facts, form.page.rulebook.reengagement.tracks)
    if owed and (isinstance(command, RecordReply) or command.outcome.reached):
        said, act, opens = f"{said} {owed}", "Record the conversation", "safety"
    return Aftermath(said=said, act=act, opens=opens)


def _next_ahead(form: PatientForm, booking: Booking | None) -> str:
    """Say the next contact, as it was agreed just now or booked before; nothing where there is none."""
    if booking is not None:
        return f" Next contact {_slot(booking)}."
    held = form.page.facts.next_booked(form.page.today)
    return "" if held is None else f" Next contact {_day(held.on, held.at)}."


def _next_step(form: PatientForm, command: LogAttempt) -> str:
    """Say what comes next in the search, and by which day."""
    page = form.page
    at = command.tried_at or form.now() or datetime.combine(page.today, time(12), LONDON)
    made = AttemptFact(
        rung=command.rung,
        on=page.today if command.tried_at is None else london_date(command.tried_at),
        at=at,
        channel=command.channel,
        outcome=command.outcome,
        by=form.acting.name,
        note=command.note,
        accessible=command.accessible and not command.unsafe_reason,
        spoke_to=command.spoke_to,
        promised_on=command.promised_on,
        route=way_kept(command.channel, command.route, command.outcome, command.spoke_to),
        decided=command.decided,
        decided_words=command.decided_words,
    )
    step = search_after_try(page.facts, made, page.rulebook, today=page.today)
    if step is None:
        return ""
    day = fmt_date(step.due_on, weekday=True)
    when = f", overdue since {day}" if step.due_on < page.today else f", by {day}"
    return f"Next: {step.what[:1].lower()}{step.what[1:]}{'' if step.also else when}."


def _after_measure(form: MeasureForm, command: RecordMeasure, made: int | None) -> Aftermath:
    instrument = form.shown
    scored = _scored(instrument, command)
    prorated = f" (prorated, {scored.missing} missing)" if scored.prorated else ""
    total = "incomplete" if scored.total is None else f"{scored.total} of {scored.out_of}{prorated}"
    said = f"{instrument.name} is saved: {total}{f', {scored.band}' if scored.band else ''}."
    if scored.safety is not Safety.NONE and _is_to_be_asked(form, command, scored):
        return Aftermath(
            said=f"{said} Item {instrument.safety_item} asks for a safety conversation: record it here.",
            act="Record conversation",
            opens="safety",
            about=made,
            at_once=True,
        )
    following = form.next_instrument(command.taken_on)
    if following is None:
        return Aftermath(said=said)
    return Aftermath(said=said, act=f"Enter {following.name}", opens=f"measure:{following.id}")


def _is_to_be_asked(form: PatientForm, command: RecordMeasure, scored: Score) -> bool:
    """Return whether a talk is to be recorded: a correction may only repeat what was talked about."""
    corrected = next((each for each in form.page.facts.measures if each.id == command.corrects), None)
    open_ones: set[MeasureId | None] = {each.measure_id for each in form.page.facts.open_safety_prompts}
    return asks_again(scored, corrected) or command.corrects in open_ones


def _scored(instrument: Instrument, command: RecordMeasure) -> Score:
    if command.answers is not None:
        return score(instrument, command.answers)
    return score_total(instrument, command.total or 0)


def _after_safety(form: PatientForm, command: RecordSafetyConversation) -> Aftermath:
    """Say what is saved; what was being entered when a safety answer came up goes on after it."""
    after = _of_safety(form, command)
    then = None if form.page.facts.closed_on else _then_enter("", form, {form.page.today})
    if then is None:
        return after
    if not after.act:
        return replace(after, act=then.act, opens=then.opens)
    return replace(after, also=then.act, also_opens=then.opens)


def _of_safety(form: PatientForm, command: RecordSafetyConversation) -> Aftermath:
    if command.outcome is SafetyOutcome.COULD_NOT_ASK:
        said = (
            "The answer is saved. It stays open, on Today and on duty's list, until it has been talked about."
        )
        support = form.page.support
        return Aftermath(said=f"{said} {whom_to_ring(form.page) if support.closed else support.on_duty}")
    if form.page.facts.closed_on is not None:
        said = "The safety conversation is saved. Tell the GP, or refer them again if they wish."
        return Aftermath(said=said, act="Refer again", opens=AGAIN)
    if command.outcome is SafetyOutcome.TALKED_TODAY:
        said = "The safety conversation is saved. Write the assessment while it is fresh."
        return Aftermath(said=said, act="Write the assessment", opens="page:safety:assessment")
    return Aftermath(said="The safety conversation is saved. Nothing more is asked about it.")


def _slot(booking: Booking | None) -> str:
    return "" if booking is None else _day(booking.on, booking.at)


def _day(on: date, at: time | None) -> str:
    return f"{fmt_date(on, weekday=True)}{f' {fmt_time(at)}' if at else ''}"
