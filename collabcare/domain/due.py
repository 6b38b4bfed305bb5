"""What is due for a patient, and what is overdue: the one definition that every place uses.

Today, the caseload, the patient page, the summary, the commands and the exports all call
:func:`what_is_due`, so they cannot disagree. It is computed from the facts each time and never stored:
nothing here can expire, be forgotten or vanish by itself. A missed contact does not reset a clock: only
contacts at which the patient was seen or spoken to count.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.domain.closing_signature import signature_due
from collabcare.domain.contact_clock import contact_due
from collabcare.domain.course import course_of
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.due_kinds import DUE_PLACE, Due, DueKind
from collabcare.domain.due_letters import clinic_letters, discharge_summary, owed_after_death
from collabcare.domain.episode import IN_TREATMENT, Phase
from collabcare.domain.late_forms import late_conversations
from collabcare.domain.letter_formats import letters_to_arrange
from collabcare.domain.postponing import with_decisions
from collabcare.domain.promises import broken_promise
from collabcare.domain.proposals import is_handover_open
from collabcare.domain.prorated import fmt_score
from collabcare.domain.reach_facts import Track
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.safety_assessment import assessment_review
from collabcare.domain.safety_owed import assessment_to_write
from collabcare.domain.safety_plan import plan_review
from collabcare.domain.safety_prompt import TaskOwner, task_of
from collabcare.domain.safety_reason import why_open
from collabcare.domain.search_letters import letter_in_search, letters_of_step
from collabcare.domain.search_today import SearchStep
from collabcare.domain.stepcare import StepSuggestion, step_to_consider
from collabcare.domain.treat_to_target import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.course import Course
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.rulebook import Rulebook


_TREATED = tuple(IN_TREATMENT)


def what_is_due(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> tuple[Due, ...]:
    """Return everything open for this patient, past and coming, in the order of :class:`DueKind`.

    A patient who has died asks for nothing but that care is ended and the GP written to, a closed episode for
    its discharge summary and for a conversation that a form asked for which came in afterwards; a paused
    episode for no contact or measure.
    """
    return due_in(course_of(facts, rulebook, today), rulebook)


def due_in(course: Course, rulebook: Rulebook) -> tuple[Due, ...]:
    """Return the same for a course gone through already."""
    facts = course.facts
    if facts.patient.died_on is not None:
        found = list(owed_after_death(facts, facts.patient.died_on, rulebook))
    elif facts.phase is Phase.CLOSED:
        found = _once_closed(course, rulebook)
    else:
        found = _while_open(course, rulebook)
    found = with_decisions(found, facts.postponements, rulebook.postponing, today=course.today)
    if len(found) > 1:
        found.sort(key=_place)
    return tuple(found)


def letter_due(course: Course, rulebook: Rulebook) -> str:
    """Return the kind of letter to write for this patient now, nothing where none is due.

    It is the first that is to be done by today (a step of a search may ask for one); else, while they are
    sought, the letter of the search; else the next that comes.
    """
    facts, due = course.facts, due_in(course, rulebook)
    for each in due:
        if each.is_listed(course.today) and (kind := _letter_of(each, facts, rulebook)):
            return kind
    if course.search is not None:
        return letter_in_search(facts, rulebook.search, course.search)
    return next((each.letter for each in due if each.letter), "")


def _letter_of(due: Due, facts: EpisodeFacts, rulebook: Rulebook) -> str:
    """Return the kind of letter that a thing due asks for, among other ways or alone."""
    if isinstance(due.reason, SearchStep):
        return next(iter(letters_of_step(facts, rulebook.search, due.reason)), "")
    return due.letter


def _once_closed(course: Course, rulebook: Rulebook) -> list[Due]:
    return [*late_conversations(course, rulebook), *discharge_summary(course.facts, rulebook)]


def _while_open(course: Course, rulebook: Rulebook) -> list[Due]:
    """Return what an open episode asks for, kind by kind."""
    facts, found = course.facts, list[Due]()
    if course.prompts:
        found += _safety(course, rulebook)
    if facts.safety_prompts and (owed := assessment_to_write(facts)) is not None:
        found.append(owed)
    if facts.safety_assessments or facts.safety_plans:
        found += _safety_reviews(course, rulebook)
    if course.search is not None:
        found.append(_reengage(course.search))
    if course.unrecorded:
        found += _outcomes(course)
    if course.attended or facts.step_moves:
        found += clinic_letters(course, rulebook)
    if facts.letters:
        found += _letters_to_arrange(course)
    if facts.proposals or facts.closing_reviews:
        found += _with_others(course, rulebook)
    if facts.actions:
        found += _actions(facts)
    found += _pause(course, rulebook) if facts.phase is Phase.PAUSED else _care(course, rulebook)
    return found


def _place(due: Due) -> tuple[int, date]:
    return DUE_PLACE[due.kind], due.due_on


def _care(course: Course, rulebook: Rulebook) -> list[Due]:
    """Return what is asked for only while care goes on: a contact, a measure, a thought about the step."""
    found: list[Due] = []
    promise = broken_promise(course.facts, today=course.today)
    if promise is not None:
        found.append(Due(DueKind.PROMISE, promise.promised_on, Reason(_PROMISE, (promise.unheard,))))
    contact = contact_due(course, rulebook)
    if contact is not None and (promise is None or contact.kind is not DueKind.REBOOK):
        found.append(contact)
    if course.attended and course.facts.phase in _TREATED:
        found.append(_measure(course, rulebook))
    if course.targets:
        step = step_to_consider(course, rulebook)
        if step is not None and step.since is not None:
            found.append(Due(_kind_of(step), step.since, step))
    return found


def _kind_of(step: StepSuggestion) -> DueKind:
    """Return whether a thought about the step waits, or scores have worsened and it is for this week."""
    worse = any(flag.kind is Flag.WORSENING for flag in step.flags)
    return DueKind.WORSENING if worse else DueKind.STEP_SUGGESTION


def _safety(course: Course, rulebook: Rulebook) -> Iterator[Due]:
    """Yield the open conversations; one whose form came in from outside is due on the day it came."""
    for prompt in course.prompts:
        task = task_of(prompt, rulebook.safety, rulebook.calendar)
        due_on = task.due_on if task else prompt.opened_on
        for_duty = task is not None and TaskOwner.DUTY in task.owners
        reason = why_open(prompt, rulebook.instruments[prompt.instrument])
        yield Due(DueKind.SAFETY_CONVERSATION, due_on, reason, prompt.measure_id, for_duty)


def _safety_reviews(course: Course, rulebook: Rulebook) -> Iterator[Due]:
    for review in (
        assessment_review(course.facts, rulebook.safety, today=course.today),
        plan_review(course.facts, rulebook.safety, today=course.today),
    ):
        if review is not None:
            yield Due(DueKind.SAFETY_REVIEW, review.due_on, review.suggestion)


def _reengage(search: SearchStep) -> Due:
    kind = DueKind.REENGAGE_PROMPT if search.track.track is Track.PROMPT else DueKind.REENGAGE
    due_at = search.due_at
    at = None if due_at is None else due_at.time()
    return Due(kind, search.due_on, search, search.ladder.id, due_at=at)


def _outcomes(course: Course) -> Iterator[Due]:
    """Yield the appointments of today, to be written up the same day, and the past ones nobody wrote up."""
    for contact in course.unrecorded:
        if contact.on < course.today:
            yield Due(DueKind.OUTCOME, contact.on, Reason(_OUTCOME, (contact.on,)), contact.id)
        elif contact.on == course.today:
            at = None if contact.at is None else fmt_time(contact.at)
            yield Due(DueKind.OUTCOME, contact.on, Reason(_OUTCOME_TODAY, (at,)), contact.id)


def _measure(course: Course, rulebook: Rulebook) -> Due:
    pathway = rulebook.pathway
    if standing := course.standing.get(pathway.measures[0]):
        last, total = standing[-1]
        due_on = last.taken_on + timedelta(days=pathway.measure_interval_days)
        return Due(
            DueKind.MEASURE,
            due_on,
            Reason(_SCORE, (fmt_score(total, prorated=last.prorated), last.taken_on), pathway.source),
        )
    reason = Reason(_SCORE, (None, None), pathway.source)
    return Due(DueKind.MEASURE, course.attended[0].on, reason)


def _letters_to_arrange(course: Course) -> Iterator[Due]:
    """Yield the letters kept in words until they are made in the form the patient needs, and gone."""
    for waiting in letters_to_arrange(course.facts.letters):
        letter = waiting.letter
        reason = Reason(_FORM, (waiting.words, letter.title, letter.issued_on))
        yield Due(DueKind.LETTER_FORM, letter.issued_on, reason, letter.id)


def _with_others(course: Course, rulebook: Rulebook) -> Iterator[Due]:
    """Yield what waits for somebody else: another service, or the other person who signs an ending off."""
    yield from _handovers(course, rulebook)
    yield from signature_due(course.facts, rulebook, today=course.today)


def _handovers(course: Course, rulebook: Rulebook) -> Iterator[Due]:
    """Yield the handovers another service has not answered: until it accepts, the patient is ours."""
    within = timedelta(days=rulebook.agenda.handover_days)
    for proposal in course.facts.proposals:
        if is_handover_open(proposal):
            values = (proposal.to_service, proposal.proposed_on)
            reason = Reason(_HANDOVER, values, rulebook.agenda.source)
            yield Due(DueKind.HANDOVER, proposal.proposed_on + within, reason, proposal.id)


def _actions(facts: EpisodeFacts) -> Iterator[Due]:
    for action in facts.actions:
        if action.done_on is None:
            reason = Reason(_ACTION, (action.owner, action.text, action.agreed_on))
            yield Due(DueKind.SUPERVISION_ACTION, action.due_on, reason, action.id)


def _pause(course: Course, rulebook: Rulebook) -> list[Due]:
    """Return the review of a pause; one without a day for it is due once a pause may last no longer."""
    pause = course.pause
    started = pause.started_on if pause else course.facts.phase_since
    review_on = pause.review_on if pause else None
    due_on = review_on or started + timedelta(days=rulebook.episode.pause_review_days)
    reason = Reason(_PAUSE, (started, review_on), rulebook.episode.source)
    return [Due(DueKind.PAUSE_REVIEW, due_on, reason)]


def _say_today(at: str | None) -> str:
    return f"Booked for today{f' {at}' if at else ''}; record how it went"


def _say_score(total: str | None, on: date | None) -> str:
    return "No score yet" if total is None else f"Last score {total} on {fmt_date(on)}"


def _say_pause(started: date, review_on: date | None) -> str:
    if review_on is None:
        return f"Paused since {fmt_date(started)}, no day set to look at it again"
    return f"Paused since {fmt_date(started)}, to be looked at again by {fmt_date(review_on)}"


_OUTCOME = Basis(
    rule="due.outcome",
    source="NHS Data Dictionary, ATTENDED OR DID NOT ATTEND: a past appointment has an outcome.",
    facts=("Booked for",),
    say=lambda on: f"Booked for {fmt_date(on, weekday=True)}; what happened is not recorded",
)
_OUTCOME_TODAY = Basis(
    rule=_OUTCOME.rule, source=_OUTCOME.source, facts=("Booked for today at",), say=_say_today
)
_SCORE = Basis(
    rule="due.measure",
    source="The service model's interval between measures.",
    facts=("Latest score", "Latest score on"),
    say=_say_score,
)
_FORM = Basis(
    rule="due.letter_form",
    source="NHS Accessible Information Standard (DCB1605): a recorded need is met.",
    facts=("Form needed", "Letter", "Written on"),
    say=lambda words, title, on: f"Letter {words} to arrange: {title}, written {fmt_date(on)}",
)
_HANDOVER = Basis(
    rule="due.handover",
    facts=("Handed over to", "Proposed on"),
    say=lambda to, on: f"Handover to {to} proposed {fmt_date(on)}, not answered yet; still ours until it is",
)
_ACTION = Basis(
    rule="due.supervision_action",
    source="Agreed in supervision.",
    facts=("Owner", "Action", "Agreed on"),
    say=lambda owner, text, agreed: f"{owner}: {text}, agreed {fmt_date(agreed)}",
)
_PROMISE = Basis(
    rule="due.promise",
    source="This project's default: a day that was promised and has gone by makes it our turn again.",
    facts=("What was promised",),
    say=lambda said: f"{said}. Ring them, and record the contact",
)
_PAUSE = Basis(rule="due.pause_review", facts=("Paused since", "Review date"), say=_say_pause)
