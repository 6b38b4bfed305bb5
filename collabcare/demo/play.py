"""Let the staff of the demo do what was planned, each through their own door and the real services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from collabcare.demo import acts, agreeing
from collabcare.demo.case import Case
from collabcare.demo.reminding import DAYS_BEFORE
from collabcare.demo.telling import telling
from collabcare.domain.closing_parts import GpTold, SafetyReviewed
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus, ClosureReason
from collabcare.domain.ids import EpisodeId, GpPracticeId, LetterId, MeasureId, UserId
from collabcare.domain.letter_formats import LetterEnd, letters_to_arrange
from collabcare.domain.letters import SUMMARY, is_to_gp
from collabcare.domain.missed_thoughts import Answer, Ask
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.reach_facts import LookedAt
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import Channel
from collabcare.domain.safety import SafetyOutcome
from collabcare.queries.facts import episode_facts
from collabcare.queries.pending import booking_on, episode_version, oldest_open_action, open_ladder
from collabcare.services import contacts, episodes, measures, proposals, reminders, searches, supervision
from collabcare.services.letter_ends import EndLetter, end_letter
from collabcare.services.letters import issue_letter, keep_words
from collabcare.services.patients import NewPatient, ReferAgain, add_patient, refer_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy.orm import Session

    from collabcare.clock import SteadyClock
    from collabcare.services.desk import Desk

_TOGETHER = 2_000
"""Acts to a transaction: enough to make a commit cheap, few enough to keep what a session holds small."""

_ENDINGS = {
    ClosureReason.TREATMENT_COMPLETED: Ending.COMPLETED,
    ClosureReason.NO_FURTHER_TREATMENT: Ending.ADVICE_GIVEN,
    ClosureReason.PATIENT_REQUESTED: Ending.DECLINED,
    ClosureReason.REFUSED_TO_BE_SEEN: Ending.DECLINED,
    ClosureReason.REFERRED_ELSEWHERE: Ending.STEPPED_UP,
    ClosureReason.MOVED_AWAY: Ending.MOVED_AWAY,
    ClosureReason.DIED: Ending.DIED,
}
"""What happened where a life of the demo ends with a national code; nobody in it is closed unreached."""
_THOUGHT_OF = dict.fromkeys(Ask, Answer.YES) | {Ask.GP: Answer.NO}
"""What the staff of the demo answer when somebody did not attend: each question, since each is asked."""
_OTHER_WAY = "Read to them with their interpreter, as they asked."
_TAKES_OVER = "Community mental health team"
_TOLD_BY = "The GP practice"
_SAFE_AT_THE_END = "Talked about when they rang: what to do if things get worse, and whom to ring."
_NO_PLAN = "Talked through at the end; they know how to come back."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything the players share: their desks by login, the practices in order, and the clock they see."""

    desks: Mapping[str, Desk]
    practices: tuple[GpPracticeId, ...]
    clock: SteadyClock
    letters: int


class Play:
    """Does one act after another, in the order of their instants, whoever's they are."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._letters_left = stage.letters
        self._waiting: Case | None = None

    def perform(self, lives: Iterable[acts.Life], progress: Callable[[int, int], None] | None = None) -> None:
        """Play all lives together, oldest act first, so that the audit trail runs forward in time."""
        cast = list(lives)
        cases = [Case(life.person) for life in cast]
        script = [(act.at, number, act) for number, life in enumerate(cast) for act in life.acts]
        script.sort(key=lambda line: (line[0], line[1]))
        lines = iter(script)
        done = 0
        director = next(iter(self._stage.desks.values()))
        while together := list(islice(lines, _TOGETHER)):
            with director.uow.batch() as session:
                for at, number, act in together:
                    self._stage.clock.set(at)
                    self._do(act, cases[number], session)
            done += len(together)
            if progress is not None:
                progress(len(cast) * done // len(script), len(cast))

    def _do(self, act: acts.Act, case: Case, session: Session) -> None:
        desk = self._stage.desks[act.by]
        match act:
            case acts.Met():
                self._meet(act, case, desk, session)
            case acts.Filled():
                self._fill(act, case, desk)
            case acts.Referred():
                self._refer(act, case, desk, session)
            case acts.Sought() | acts.Reminded():
                _reach(act, case, desk, session)
            case acts.Reviewed() | acts.Asked() | acts.ActionDone():
                self._supervise(act, case, desk, session)
            case acts.Wrote():
                self._write(act, case, desk, session)
            case acts.Allocated() | acts.Booked() | acts.Talked() | acts.Moved():
                self._move(act, case, desk, session)
            case acts.StayingWell() | acts.Ended():
                self._move(act, case, desk, session)
            case _:
                agreeing.record(act, case, desk, session)

    def _refer(self, act: acts.Referred, case: Case, desk: Desk, session: Session) -> None:
        if act.again:
            self._refer_again(act, case, desk, session)
            return
        person = case.person
        command = NewPatient(
            nhs_number=person.nhs_number,
            surname=person.surname,
            given_name=person.given_name,
            title=person.title,
            preferred_name=person.preferred_name,
            birth_date=person.birth_date,
            gender=person.gender,
            address=person.address,
            postcode=person.postcode,
            telephone=person.telephone,
            contact_note=person.contact_note,
            gp_practice_id=self._stage.practices[person.practice],
            gp_name=person.gp_name,
            received_on=act.received_on,
            source=act.source,
            reason=act.reason,
            referrer=act.referrer,
            referral_note=act.note,
            step=act.step,
            holder_id=self._user(act.holder) if act.holder else None,
        )
        made = add_patient(command, desk.uow, desk.rulebook.pathway).made
        case.begin(EpisodeId(made or 0))

    def _refer_again(self, act: acts.Referred, case: Case, desk: Desk, session: Session) -> None:
        before = episode_facts(session, case.episode_id)
        if before is None:
            return
        command = ReferAgain(
            patient_id=before.patient.patient_id,
            seen=before.patient.version,
            received_on=act.received_on,
            source=act.source,
            reason=act.reason,
            referrer=act.referrer,
            referral_note=act.note,
            step=act.step,
            holder_id=self._user(act.holder) if act.holder else None,
        )
        made = refer_again(command, desk.uow, desk.rulebook).made
        case.begin(EpisodeId(made or 0))

    def _meet(self, act: acts.Met, case: Case, desk: Desk, session: Session) -> None:
        command = contacts.RecordContact(
            episode_id=case.episode_id,
            contact_id=booking_on(session, case.episode_id, act.slot.on),
            on=act.slot.on,
            at=act.slot.at,
            status=act.status,
            mechanism=act.slot.mechanism,
            minutes=act.slot.minutes,
            note=act.note,
            next_booking=_booking(act.following),
            interpreter=case.interpreter,
            appointment_type=act.kind,
            thought_of=_THOUGHT_OF if act.status is AttendanceStatus.DID_NOT_ATTEND else {},
        )
        contacts.record_contact(command, desk.uow, desk.rulebook.pathway)

    def _fill(self, act: acts.Filled, case: Case, desk: Desk) -> None:
        instrument = desk.rulebook.instruments[act.instrument]
        command = measures.RecordMeasure(
            episode_id=case.episode_id,
            taken_on=act.at.date(),
            answers=act.answers,
            total=act.total,
            function_answer=act.function_answer,
        )
        made = measures.record_measure(command, desk.uow, instrument).made
        if _asks(act, instrument.safety_item):
            case.measure_id = MeasureId(made or 0)

    def _supervise(
        self, act: acts.Reviewed | acts.Asked | acts.ActionDone, case: Case, desk: Desk, session: Session
    ) -> None:
        match act:
            case acts.Asked():
                supervision.request_supervision(
                    supervision.RequestSupervision(episode_id=case.episode_id, question=act.question),
                    desk.uow,
                )
            case acts.ActionDone():
                supervision.complete_action(oldest_open_action(session, case.episode_id), desk.uow)
            case acts.Reviewed():
                supervision.record_review(
                    supervision.RecordReview(
                        episode_id=case.episode_id,
                        reviewed_on=act.at.date(),
                        supervisor_id=self._user(act.supervisor),
                        question=act.question,
                        decision=act.decision,
                        actions=tuple(self._agreed(action) for action in act.actions),
                    ),
                    desk.uow,
                )

    def _move(self, act: acts.Act, case: Case, desk: Desk, session: Session) -> None:
        episode_id, uow, pathway = case.episode_id, desk.uow, desk.rulebook.pathway
        match act:
            case acts.Allocated():
                episodes.allocate(episode_id, self._user(act.holder), uow)
            case acts.Booked():
                booking = _booked(act.slot)
                contacts.book_contact(contacts.BookContact(episode_id=episode_id, booking=booking), uow)
            case acts.Talked():
                _talk(act, case, desk)
            case acts.Moved():
                command = episodes.MoveStep(
                    episode_id=episode_id,
                    seen=episode_version(session, episode_id),
                    to_step=act.to_step,
                    reason=act.reason,
                    agreed_with_patient=True,
                )
                episodes.move_step(command, uow, pathway)
            case acts.StayingWell():
                episodes.start_maintenance(episode_id, uow)
            case acts.Ended():
                if case is self._waiting:
                    _tell_otherwise(case, desk, session)
                    self._waiting = None
                _end(act, case, desk, session)
                case.over = True

    def _write(self, act: acts.Wrote, case: Case, desk: Desk, session: Session) -> None:
        if act.needed or self._letters_left > 0:
            self._letters_left -= not act.needed
            letter = telling(case.letter(act.kind, act.typed), desk, session)
            if letter.copy_to_patient is None or case.over:
                issue_letter(letter, desk)
                return
            _tell_otherwise(self._waiting, desk, session)
            if is_to_gp(act.kind):
                issue_letter(replace(letter, copy_to_patient=True), desk)
            else:
                keep_words(letter, desk)
            self._waiting = case

    def _agreed(self, action: acts.Agreed) -> supervision.AgreedAction:
        return supervision.AgreedAction(
            text=action.text, owner_id=self._user(action.owner), due_on=action.due_on
        )

    def _user(self, login: str) -> UserId:
        return self._stage.desks[login].acting.user_id


def _tell_otherwise(case: Case | None, desk: Desk, session: Session) -> None:
    """Let whoever waits for a letter made elsewhere have it in another way; only the last still waits."""
    facts = None if case is None else episode_facts(session, case.episode_id)
    if facts is None:
        return
    for waiting in letters_to_arrange(facts.letters):
        ended = EndLetter(
            episode_id=facts.episode_id,
            letter_id=waiting.letter.id,
            end=LetterEnd.OTHER_WAY,
            ended_on=desk.today,
            how=_OTHER_WAY,
        )
        end_letter(ended, desk.uow, desk.rulebook)


def _asks(act: acts.Filled, safety_item: int | None) -> bool:
    """Return whether a form opens a safety conversation: its question was answered so, or not at all."""
    return safety_item is not None and (act.answers is None or act.answers[safety_item - 1] != 0)


def _end(act: acts.Ended, case: Case, desk: Desk, session: Session) -> None:
    """Close the episode, with what an ending of its kind asks for first."""
    episode_id, today = case.episode_id, act.at.date()
    ending, safety, gp = _ENDINGS[act.reason], None, None
    if ending is Ending.STEPPED_UP:
        handover = proposals.Propose(
            episode_id=episode_id,
            kind=ProposalKind.STEP_UP,
            reason=act.note,
            to_service=_TAKES_OVER,
            awaits_sign_off=False,
        )
        made = proposals.propose(handover, desk.uow).made
        answer = proposals.AnswerHandover(proposal_id=made or 0, seen=1, on=today)
        proposals.accept_handover(answer, desk.uow)
    elif ending is Ending.DECLINED:
        letter = issue_letter(telling(case.letter(SUMMARY), desk, session), desk).made
        safety = SafetyReviewed(
            on=today, looked_at=(LookedAt.ANSWERS, LookedAt.OTHERS), concluded=_SAFE_AT_THE_END
        )
        gp = GpTold(on=today, letter_id=LetterId(letter or 0))
    command = episodes.CloseEpisode(
        episode_id=episode_id,
        ending=ending,
        closed_on=today,
        note=act.note,
        why_no_plan="" if ending is Ending.DIED or case.well_planned else _NO_PLAN,
        safety=safety,
        gp=gp,
        died_on=today if ending is Ending.DIED else None,
        told_by=_TOLD_BY,
    )
    episodes.close_episode(command, desk.uow, desk.rulebook)


def _talk(act: acts.Talked, case: Case, desk: Desk) -> None:
    command = measures.RecordSafetyConversation(
        episode_id=case.episode_id,
        measure_id=case.measure_id,
        outcome=SafetyOutcome.COULD_NOT_ASK if act.could_not_ask else SafetyOutcome.TALKED_TODAY,
        note=act.note,
        ask_by=desk.acting.name if act.could_not_ask else "",
        ask_on=desk.today + timedelta(days=1) if act.could_not_ask else None,
    )
    measures.record_safety_conversation(command, desk.uow, desk.rulebook.safety)


def _reach(act: acts.Sought | acts.Reminded, case: Case, desk: Desk, session: Session) -> None:
    if isinstance(act, acts.Sought):
        _seek(act, case, desk, session)
        return
    booked = booking_on(session, case.episode_id, act.slot.on)
    if booked is not None:
        command = reminders.RecordReminder(
            contact_id=booked, days_before=DAYS_BEFORE, channel=act.channel, outcome=act.outcome
        )
        reminders.record_reminder(command, desk.uow, desk.rulebook)


def _seek(act: acts.Sought, case: Case, desk: Desk, session: Session) -> None:
    command = searches.LogAttempt(
        episode_id=case.episode_id,
        ladder_id=open_ladder(session, case.episode_id),
        rung=act.rung,
        channel=act.channel,
        outcome=act.outcome,
        note=act.note,
        next_booking=_booking(act.following),
        accessible=act.channel is Channel.LETTER and case.interpreter is None,
        route=Route.CALL if act.channel is Channel.CALL else None,
        spoke_to=act.spoke_to,
        promised_on=act.promised_on,
    )
    searches.log_attempt(command, desk.uow, desk.rulebook)


def _booking(slot: acts.Slot | None) -> contacts.Booking | None:
    return None if slot is None else _booked(slot)


def _booked(slot: acts.Slot) -> contacts.Booking:
    return contacts.Booking(on=slot.on, at=slot.at, mechanism=slot.mechanism, minutes=slot.minutes)
