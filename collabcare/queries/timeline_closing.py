"""The story of a review of not attending: that it was begun, and each look at safety in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.gate_evidence import evidence_of
from collabcare.domain.gate_parts import Condition
from collabcare.domain.missed_run import missed_run
from collabcare.domain.safety_reviewed import bare_day, looked_at_words
from collabcare.queries.timeline_entry import EntryKind, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import ClosingReviewFact

_LOOKS = 2_000_000
"""Keeps the numbers of safety reviews apart from those of assessments and plans."""
_MOST = 1_000
"""More safety reviews than there ever are in one review of not attending."""


def closing_entries(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    """Yield the reviews of not attending, and the safety reviews in them."""
    for each in facts.closing_reviews:
        lines = (
            bare_day(each).replace("Only a day was noted", "Of a safety review only a day was noted"),
            *(_by_what(facts, each) if each.signed_off_on else (each.way_back,)),
            f"Called off {fmt_date(each.ended_on)}." if each.ended_on and not each.signed_off_on else "",
        )
        yield TimelineEntry(
            kind=EntryKind.REVIEW,
            subject_id=each.id,
            on=each.opened_on,
            title="Review begun: how to end care of somebody who is not reached",
            text="\n".join(filter(None, lines)),
        )
        yield from _looks(each)


def _by_what(facts: EpisodeFacts, review: ClosingReviewFact) -> Iterator[str]:
    """Yield by what each part was met when it was signed off; a look at safety has an entry of its own."""
    until = review.ended_on or review.signed_off_on or review.opened_on
    run = missed_run(facts, today=until)
    for condition in Condition:
        yield from evidence_of(condition, facts, review, run)


def _looks(review: ClosingReviewFact) -> Iterator[TimelineEntry]:
    for place, each in enumerate(review.safety_reviews):
        yield TimelineEntry(
            kind=EntryKind.SAFETY,
            subject_id=_LOOKS + review.id * _MOST + place,
            on=each.on,
            title=f"Safety reviewed, {each.by}",
            text=f"Looked at: {looked_at_words(each.looked_at)}.\n{each.concluded}",
        )
