"""Which cases come to supervision, with every reason said.

The whole caseload is reviewed methodically, not only the cases somebody worries about: new cases, every
case at an interval, high scores, safety, missed contacts, silence, and whatever the practitioner asks
(Reach Out case-management supervision; AIMS Center, systematic caseload review). Who is at work plays no
part: the list of a practitioner on leave is there for whoever covers.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.domain.course import course_of
from collabcare.domain.display import fmt_count, fmt_date, fmt_days
from collabcare.domain.episode import IN_TREATMENT, Phase
from collabcare.domain.reach_facts import Track
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.routes import tried_words
from collabcare.domain.supervision_news import changes_proposed, is_news, safety_news
from collabcare.domain.treat_to_target import Flag
from collabcare.domain.triggers import TRIGGER_PLACE, AgendaReason, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collabcare.domain.course import Course
    from collabcare.domain.facts import EpisodeFacts, ReviewFact
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.search_today import SearchStep
    from collabcare.domain.supervision_policy import AgendaPolicy, SupervisionPolicy
    from collabcare.domain.triggers import Found

_TREATED = tuple(IN_TREATMENT)
_PAUSED_PHASE = Phase.PAUSED
_CARED_FOR = (*_TREATED, Phase.MAINTENANCE)
_PROGRESS = {
    Flag.WORSENING: Trigger.WORSENING,
    Flag.CONSULT: Trigger.CONSULT,
    Flag.NOT_IMPROVING: Trigger.NOT_IMPROVING,
}


def agenda_reasons(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> tuple[AgendaReason, ...]:
    """Return why this case comes to supervision, most pressing first; nothing for a closed episode.

    Of somebody who has died only what was asked for is left to discuss.
    """
    found = reasons_in(course_of(facts, rulebook, today), rulebook)
    return tuple(AgendaReason(trigger, reason) for trigger, reason in found)


def reasons_in(course: Course, rulebook: Rulebook) -> Sequence[Found]:
    """Return the same for a course gone through already."""
    facts = course.facts
    if facts.phase is Phase.CLOSED:
        return ()
    if facts.patient.died_on is not None:
        return asked_to_discuss(course, rulebook.agenda)
    found = list(safety_news(course, rulebook))
    found += [(_PROGRESS[flag.kind], flag) for flag in course.targets if flag.kind in _PROGRESS]
    if course.search is not None or course.missed:
        found += _engagement(course, rulebook.agenda)
    if facts.proposals or facts.closing_reviews:
        found += changes_proposed(course, rulebook.agenda)
    policy = rulebook.pathway.supervision
    if course.standing:
        found += _scores(course, policy, rulebook.agenda)
    if (reason := _overdue(course, rulebook)) is not None:
        found.append((Trigger.OVERDUE, reason))
    found += _interval(course, course.discussed, rulebook) if course.discussed else _new(course, rulebook)
    found += asked_to_discuss(course, rulebook.agenda)
    found.sort(key=_place)
    return found


def last_discussed(facts: EpisodeFacts) -> date | None:
    """Return the day this case was last taken to supervision."""
    return facts.reviews[-1].reviewed_on if facts.reviews else None


def review_due_on(facts: EpisodeFacts, policy: SupervisionPolicy) -> date | None:
    """Return the day by which the case is to be discussed again, None before its first discussion."""
    last = last_discussed(facts)
    return None if last is None else last + timedelta(days=policy.interval_days)


def _place(found: Found) -> int:
    return TRIGGER_PLACE[found[0]]


def _engagement(course: Course, policy: AgendaPolicy) -> Iterator[Found]:
    search = course.search
    if search is not None and search.track.track is Track.PROMPT:
        yield Trigger.ENGAGEMENT_PROMPT, Reason(_SEARCH_PROMPT, _sought(search, course), policy.source)
    elif course.missed >= policy.missed_in_a_row:
        reason = Reason(_MISSED, (course.missed,), policy.source)
        yield Trigger.ENGAGEMENT, reason
    elif search is not None and search.reached >= policy.engagement_rung:
        yield Trigger.ENGAGEMENT, Reason(_SEARCH, _sought(search, course), policy.source)


def _sought(search: SearchStep, course: Course) -> tuple[date, int, int, int, str]:
    """Return what a search is discussed by, with the latest attempt and the way it went."""
    attempts = search.ladder.attempts
    last = max(attempts, key=lambda each: each.at, default=None)
    said = "" if last is None else tried_words(last)
    return search.ladder.missed_on, len(attempts), search.reached, course.missed, said


def _scores(course: Course, policy: SupervisionPolicy, agenda: AgendaPolicy) -> Iterator[Found]:
    for threshold in policy.score_thresholds:
        standing = course.standing.get(threshold.instrument)
        if not standing:
            continue
        latest, total = standing[-1]
        if total >= threshold.at_least and is_news(course, latest.taken_on, latest.recorded_at):
            values = (threshold.name, latest.text, latest.taken_on, threshold.at_least)
            yield Trigger.SCORES, Reason(_HIGH, values, agenda.source)


def unseen(course: Course, rulebook: Rulebook) -> Reason | None:
    """Return that nobody has seen a patient in treatment for long, and that they will not be seen soon."""
    facts, booked, policy = course.facts, course.booked, rulebook.pathway.supervision
    if facts.phase not in _TREATED:
        return None
    seen = course.last_seen
    silent = (course.today - (seen or facts.phase_since)).days
    soon = booked is not None and (booked.on - course.today).days <= policy.booked_within_days
    if silent <= policy.unseen_days or soon:
        return None
    return Reason(_UNSEEN, (seen, silent, booked.on if booked else None), rulebook.agenda.source)


def no_next_date(course: Course, rulebook: Rulebook) -> Reason | None:
    """Return that a patient in our care has no next date, which everybody has until care ends.

    Those staying well have one too, though months away; those still waiting are listed as waiting.
    """
    if course.booked is not None or course.facts.phase not in _CARED_FOR:
        return None
    return Reason(_NO_DATE, (course.last_seen,), rulebook.agenda.source)


def _overdue(course: Course, rulebook: Rulebook) -> Reason | None:
    if course.facts.phase is _PAUSED_PHASE:
        return _paused(course, rulebook.agenda)
    return unseen(course, rulebook) or no_next_date(course, rulebook)


def _paused(course: Course, policy: AgendaPolicy) -> Reason | None:
    """Return that a pause has gone past the day it was to be looked at, or long without such a day."""
    pause = course.pause
    started = pause.started_on if pause else course.facts.phase_since
    review_on = pause.review_on if pause else None
    days = (course.today - started).days
    late = days >= policy.unreviewed_pause_days if review_on is None else course.today > review_on
    return Reason(_PAUSED, (started, days, review_on), policy.source) if late else None


def _interval(course: Course, last: ReviewFact, rulebook: Rulebook) -> tuple[Found, ...]:
    policy = rulebook.pathway.supervision
    days = (course.today - last.reviewed_on).days - policy.interval_days
    if days < -policy.notice_days:
        return ()
    values = (last.reviewed_on, review_due_on(course.facts, policy), days)
    return ((Trigger.FOUR_WEEK, Reason(_INTERVAL, values, rulebook.agenda.source)),)


def _new(course: Course, rulebook: Rulebook) -> tuple[Found, ...]:
    facts = course.facts
    waited = (course.today - (facts.allocated_on or facts.referral_received_on)).days
    held_long = facts.holder_id is not None and waited >= rulebook.pathway.supervision.new_case_days
    if not (course.attended or held_long):
        return ()
    return ((Trigger.NEW, Reason(_NEW, (course.last_seen, waited), rulebook.agenda.source)),)


def asked_to_discuss(course: Course, policy: AgendaPolicy) -> tuple[Found, ...]:
    """Return that somebody asked to discuss the case, and what."""
    asked_on = course.facts.supervision_requested_on
    if asked_on is None:
        return ()
    values = (asked_on, course.facts.supervision_question)
    return ((Trigger.REQUEST, Reason(_ASKED, values, policy.source)),)


def _say_search(missed_on: date, tries: int, _rung: int, missed: int, last: str) -> str:
    tried = f"{fmt_count(tries, 'attempt')} (last {last})" if tries else "no attempt recorded"
    in_a_row = f", {missed} missed in a row" if missed > 1 else ""
    return f"Not reached since {fmt_date(missed_on)}, {tried}{in_a_row}"


def _say_unseen(seen: date | None, silent: int, booked_on: date | None) -> str:
    nothing = "nothing booked" if booked_on is None else "nothing booked soon"
    return f"Not seen {'' if seen else 'yet '}for {fmt_days(silent)}, {nothing}"


def _say_paused(started: date, days: int, review_on: date | None) -> str:
    if review_on is None:
        return f"Paused for {fmt_days(days)} with no day set to look at it again"
    return f"Paused since {fmt_date(started)}, to be looked at again by {fmt_date(review_on)}"


def _say_interval(last: date, due_on: date, days: int) -> str:
    if days < 0:
        return f"Last discussed {fmt_date(last)}, due soon, by {fmt_date(due_on)}"
    return f"Last discussed {fmt_date(last)}, {'overdue since' if days else 'due now,'} {fmt_date(due_on)}"


_SEARCH_FACTS = ("Did not attend", "Attempts", "Rung", "Missed in a row", "Last attempt")
_SEARCH = Basis(rule="supervision.engagement", facts=_SEARCH_FACTS, say=_say_search)
_SEARCH_PROMPT = Basis(rule="supervision.engagement_prompt", facts=_SEARCH_FACTS, say=_say_search)
_MISSED = Basis(
    rule="supervision.engagement",
    facts=("Missed in a row",),
    say=lambda missed: f"Did not attend {missed} times in a row",
)
_HIGH = Basis(
    rule="supervision.scores",
    facts=("Questionnaire", "Latest score", "Latest score on", "Listed from"),
    say=lambda name, score, on, _from: f"{name} {score} on {fmt_date(on)}",
)
_UNSEEN = Basis(
    rule="supervision.overdue",
    facts=("Last seen", "Days since", "Next booked"),
    say=_say_unseen,
)
_NO_DATE = Basis(
    rule="supervision.overdue",
    facts=("Last seen",),
    say=lambda seen: f"{f'Last seen {fmt_date(seen)}' if seen else 'Not seen yet'}, nothing booked",
)
_PAUSED = Basis(
    rule="supervision.overdue",
    facts=("Paused since", "Days paused", "Review date"),
    say=_say_paused,
)
_INTERVAL = Basis(
    rule="supervision.four_week",
    facts=("Last discussed", "Due", "Days past that"),
    say=_say_interval,
)
_NEW = Basis(
    rule="supervision.new",
    facts=("Last seen", "Days since allocated"),
    say=lambda seen, waited: (
        "Seen, not yet discussed" if seen else f"Allocated {fmt_days(waited)} ago, not yet discussed"
    ),
)
_ASKED = Basis(
    rule="supervision.request",
    facts=("Asked for", "Question"),
    say=lambda on, question: f"Asked for {fmt_date(on)}{f': {question}' if question else ''}",
)
