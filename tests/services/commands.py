"""Every command of the services, each with a way to carry it out."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import collabcare.services
from collabcare.domain.acting import Role
from collabcare.domain.caseload import caseload_row
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.ids import EpisodeId, MeasureId
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.safety import SafetyOutcome
from collabcare.services.contacts import (
    BookContact,
    Booking,
    RecordContact,
    book_contact,
    record_contact,
)
from collabcare.services.episodes import (
    CloseEpisode,
    MoveStep,
    allocate,
    close_episode,
    move_step,
    start_maintenance,
)
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.measures import (
    RecordMeasure,
    RecordSafetyConversation,
    record_measure,
    record_safety_conversation,
)
from collabcare.services.patients import NewGpPractice, add_gp_practice, add_patient
from collabcare.services.searches import LogAttempt, log_attempt
from collabcare.services.summaries import PrintSummary, print_summary
from collabcare.services.supervision import (
    AgreedAction,
    RecordReview,
    ReopenAction,
    RequestSupervision,
    complete_action,
    record_review,
    reopen_action,
    request_supervision,
)
from collabcare.services.users import NewColleague, NewUser, add_user, let_user_in
from tests.builders import day, pathway, phq9
from tests.record_fixtures import LOGIN_OF, PASSWORD
from tests.services.care_commands import CARE_ROWS
from tests.services.caseload_commands import CASELOAD_ROWS
from tests.services.desk_commands import DESK_ROWS, UNAUDITED_ROWS
from tests.services.details_commands import DETAILS_ROWS
from tests.services.letter_commands import LETTER_ROWS
from tests.services.loop_commands import LOOP_ROWS
from tests.services.note_commands import NOTE_ROWS
from tests.services.plan_commands import PLAN_ROWS
from tests.services.reach_commands import REACH_ROWS
from tests.services.safety_commands import SAFETY_ROWS
from tests.services.today_commands import TODAY_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.changes import Changes
    from collabcare.services.desk import Desk
    from collabcare.store.unit_of_work import UnitOfWork
    from tests.record_fixtures import Practice

LETTERS = {"P": Role.PRACTITIONER, "S": Role.SUPERVISOR, "A": Role.ADMINISTRATOR, "R": Role.READER}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One patient of whom everything can be recorded, and one who is well and can be closed."""

    practice: Practice
    episode: EpisodeId
    well: EpisodeId
    measure: MeasureId

    def uow(self, role: Role) -> UnitOfWork:
        """Return the door to write of somebody in this role."""
        return self.practice.uow(LOGIN_OF[role])

    def desk(self, role: Role) -> Desk:
        """Return the desk of somebody in this role."""
        return self.practice.desk(LOGIN_OF[role])


def scene(practice: Practice) -> Scene:
    """Let one patient be seen, measured, discussed and missed, and another be seen."""
    well, episode = practice.refer("A", surname="Li"), practice.refer("AAD")
    answers = (1, 1, 1, 1, 1, 1, 1, 1, 1)
    made = record_measure(
        RecordMeasure(episode_id=episode, taken_on=day(14), answers=answers), practice.uow(), phq9()
    ).made
    review = RecordReview(
        episode_id=episode,
        reviewed_on=day(14),
        supervisor_id=practice.user("amina"),
        decision="Carry on",
        actions=(
            AgreedAction(text="Ring", owner_id=practice.user("jo"), due_on=day(20)),
            AgreedAction(text="Write", owner_id=practice.user("jo"), due_on=day(21)),
        ),
    )
    record_review(review, practice.uow())
    complete_action(practice.facts(episode).actions[1].id, practice.uow())
    assert made is not None
    return Scene(practice=practice, episode=episode, well=well, measure=MeasureId(made))


@dataclass(frozen=True, kw_only=True)
class Command:
    """Who may carry out a command, by the first letters of their roles, and how it is carried out.

    What changes nothing in the record is not ``audited``.
    """

    roles: str
    run: Callable[[Scene, Role], Changes]
    audited: bool = True

    def permits(self, role: Role) -> bool:
        """Return whether somebody in this role may."""
        return role in {LETTERS[letter] for letter in self.roles}


def _record_contact(at: Scene, role: Role) -> Changes:
    command = RecordContact(
        episode_id=at.episode,
        on=day(14),
        status=AttendanceStatus.ATTENDED_ON_TIME,
        mechanism=ConsultationMechanism.VIDEO,
        minutes=30,
    )
    return record_contact(command, at.uow(role), pathway())


def _book_contact(at: Scene, role: Role) -> Changes:
    return book_contact(BookContact(episode_id=at.episode, booking=Booking(on=day(20))), at.uow(role))


def _log_attempt(at: Scene, role: Role) -> Changes:
    ladder = at.practice.facts(at.episode).open_ladder
    assert ladder is not None
    command = LogAttempt(
        episode_id=at.episode,
        ladder_id=ladder.id,
        rung=1,
        channel=Channel.CALL,
        outcome=AttemptOutcome.SPOKE,
        next_booking=Booking(on=day(20)),
    )
    return log_attempt(command, at.uow(role), at.practice.rulebook)


def _move_step(at: Scene, role: Role) -> Changes:
    seen = at.practice.facts(at.episode).version
    command = MoveStep(episode_id=at.episode, seen=seen, to_step=3, reason="More", agreed_with_patient=True)
    return move_step(command, at.uow(role), pathway())


def _close_episode(at: Scene, role: Role) -> Changes:
    command = CloseEpisode(
        episode_id=at.well, ending=Ending.COMPLETED, closed_on=at.practice.today, why_no_plan="Well"
    )
    return close_episode(command, at.uow(role), at.practice.rulebook)


def _record_measure(at: Scene, role: Role) -> Changes:
    command = RecordMeasure(episode_id=at.episode, taken_on=day(14), answers=(1,) * 9)
    return record_measure(command, at.uow(role), phq9())


def _record_safety_conversation(at: Scene, role: Role) -> Changes:
    command = RecordSafetyConversation(
        episode_id=at.episode,
        measure_id=at.measure,
        outcome=SafetyOutcome.TALKED_TODAY,
        note="Talked today: thoughts as before, plan agreed",
    )
    return record_safety_conversation(command, at.uow(role), at.practice.rulebook.safety)


def _request_supervision(at: Scene, role: Role) -> Changes:
    return request_supervision(RequestSupervision(episode_id=at.episode, question="Why?"), at.uow(role))


def _record_review(at: Scene, role: Role) -> Changes:
    command = RecordReview(
        episode_id=at.episode,
        reviewed_on=day(14),
        supervisor_id=at.practice.user("amina"),
        decision="Carry on",
    )
    return record_review(command, at.uow(role))


def _complete_action(at: Scene, role: Role) -> Changes:
    return complete_action(at.practice.facts(at.episode).actions[0].id, at.uow(role))


def _reopen_action(at: Scene, role: Role) -> Changes:
    action = at.practice.facts(at.episode).actions[1]
    return reopen_action(ReopenAction(action_id=action.id, seen=action.version), at.uow(role))


def _let_user_in(at: Scene, role: Role) -> Changes:
    sam = NewUser(login="sam", name="Sam Brown", role=Role.PRACTITIONER)
    return let_user_in(NewColleague(user=sam, password=PASSWORD), at.desk(role))


def _issue_letter(at: Scene, role: Role) -> Changes:
    told = {"safety": "We have talked about her answer."}
    return issue_letter(IssueLetter(episode_id=at.episode, kind="gp_review", typed=told), at.desk(role))


def _print_summary(at: Scene, role: Role) -> Changes:
    row = caseload_row(at.practice.facts(at.episode), at.practice.rulebook, at.practice.today)
    to = at.practice.folder / "summary.pdf"
    return print_summary(PrintSummary(rows=(row,), filter_text="", to=to), at.desk(role))


COMMANDS = {
    "add_gp_practice": Command(
        roles="PSA", run=lambda at, role: add_gp_practice(NewGpPractice(name="Oak Lane"), at.uow(role))
    ),
    "add_patient": Command(
        roles="PSA", run=lambda at, role: add_patient(at.practice.new_patient(), at.uow(role), pathway())
    ),
    "add_user": Command(
        roles="PSA",
        run=lambda at, role: add_user(NewUser(login="new", name="New", role=Role.READER), at.uow(role)),
    ),
    "allocate": Command(
        roles="PSA", run=lambda at, role: allocate(at.episode, at.practice.user("sam"), at.uow(role))
    ),
    "book_contact": Command(roles="PS", run=_book_contact),
    "close_episode": Command(roles="PS", run=_close_episode),
    "complete_action": Command(roles="PS", run=_complete_action),
    "issue_letter": Command(roles="PS", run=_issue_letter),
    "let_user_in": Command(roles="PSA", run=_let_user_in),
    "log_attempt": Command(roles="PSA", run=_log_attempt),
    "move_step": Command(roles="PS", run=_move_step),
    "print_summary": Command(roles="PSAR", run=_print_summary),
    "record_contact": Command(roles="PS", run=_record_contact),
    "record_measure": Command(roles="PS", run=_record_measure),
    "record_review": Command(roles="PS", run=_record_review),
    "record_safety_conversation": Command(roles="PS", run=_record_safety_conversation),
    "reopen_action": Command(roles="PS", run=_reopen_action),
    "request_supervision": Command(roles="PS", run=_request_supervision),
    "start_maintenance": Command(roles="PS", run=lambda at, role: start_maintenance(at.well, at.uow(role))),
    **{
        name: Command(roles=roles, run=run)
        for name, (roles, run) in {
            **PLAN_ROWS,
            **REACH_ROWS,
            **SAFETY_ROWS,
            **DESK_ROWS,
            **DETAILS_ROWS,
            **CASELOAD_ROWS,
            **CARE_ROWS,
            **TODAY_ROWS,
            **LOOP_ROWS,
            **NOTE_ROWS,
            **LETTER_ROWS,
        }.items()
    },
    **{name: Command(roles=roles, run=run, audited=False) for name, (roles, run) in UNAUDITED_ROWS.items()},
}
"""By the name of the function. A new command without a row here fails a test."""


def declared() -> dict[str, str]:
    """Return every function of the services that opens a transaction, with what it returns."""
    found = {}
    for info in pkgutil.iter_modules(collabcare.services.__path__, "collabcare.services."):
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == info.name and ".begin(" in inspect.getsource(function):
                found[name] = str(inspect.signature(function).return_annotation)
    return found
