"""What ends with word from a patient: the search for them, and any review of whether to close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.changes import Kind
from collabcare.domain.missed_run import heard_since
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import ClosingReview, Ladder

if TYPE_CHECKING:
    from datetime import date

    from collabcare.store.models import Episode
    from collabcare.store.unit_of_work import Work


def end_search(ladder: Ladder, on: date, because: str) -> None:
    """Close a search for a patient who was reached."""
    ladder.closed_on, ladder.closed_because = on, because


def call_off_review(work: Work, episode: Episode) -> None:
    """End an open review of not attending at once when the patient has been in touch since the last miss."""
    review = open_review_row(work, episode.id)
    if review is None:
        return
    facts = open_facts(work, episode.id)
    heard = heard_since(facts, today=work.today)
    if heard is None:
        return
    if review.opt_in_sent_on is not None and heard.on >= review.opt_in_sent_on:
        review.opted_in_on = heard.on
    review.ended_on = work.today
    touch(work, Kind.CLOSING_REVIEW, facts, review.id)


def open_review_row(work: Work, episode_id: int) -> ClosingReview | None:
    """Return the row of an episode's open review of not attending."""
    return work.session.scalar(
        select(ClosingReview).where(ClosingReview.episode_id == episode_id, ClosingReview.ended_on.is_(None))
    )
