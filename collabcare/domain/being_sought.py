"""Who is still being sought, and for how long: the longest first, whatever their scores.

Nothing here ends by itself: somebody missing for 400 days stands at the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_count, fmt_date, fmt_days
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.missed_run import is_attempt, missed_run
from collabcare.domain.promises import promises_of
from collabcare.domain.routes import tried_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import AttemptFact, EpisodeFacts, LadderFact
    from collabcare.domain.ids import UserId
    from collabcare.domain.promises import Promise

_STEPS = frozenset({DueKind.REENGAGE, DueKind.REENGAGE_PROMPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """One patient who is being sought, since the first appointment missed in a row.

    ``attempts`` are all since then, ``last`` the latest of them, ``promise`` the day last promised, if any,
    and ``step`` what is to be done next.
    """

    facts: EpisodeFacts
    since: date
    days: int
    attempts: int
    last: AttemptFact | None
    promise: Promise | None
    step: Due | None

    @property
    def last_words(self) -> str:
        """Return the latest attempt in words."""
        if self.last is None:
            return "None yet"
        return f"{fmt_date(self.last.on)}, {tried_words(self.last)}"

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        said = f"Sought for {fmt_days(self.days)}, since {fmt_date(self.since)}"
        return f"{said}; {fmt_count(self.attempts, 'attempt')}."


def being_sought(rows: Iterable[CaseloadRow], *, holder_id: UserId | None = None) -> tuple[Sought, ...]:
    """Return everybody being sought, the longest first; ``holder_id`` leaves only who that user holds."""
    found = [
        _sought(row, row.facts.open_ladder)
        for row in rows
        if row.facts.open_ladder is not None
        and row.facts.patient.died_on is None
        and (holder_id is None or row.facts.holder_id == holder_id)
    ]
    return tuple(sorted(found, key=lambda each: (each.since, each.facts.patient.name_order)))


def _sought(row: CaseloadRow, search: LadderFact) -> Sought:
    facts, today = row.facts, row.today
    since = missed_run(facts, today=today).began_on or search.missed_on
    tried = [
        attempt
        for ladder in facts.ladders
        for attempt in ladder.attempts
        if since <= attempt.on <= today and is_attempt(attempt)
    ]
    promised = [each for each in promises_of(facts, today=today) if each.attempt.on >= since]
    return Sought(
        facts=facts,
        since=since,
        days=(today - since).days,
        attempts=len(tried),
        last=max(tried, key=lambda each: each.at, default=None),
        promise=promised[-1] if promised else None,
        step=next((due for due in row.due if due.kind in _STEPS), None),
    )
