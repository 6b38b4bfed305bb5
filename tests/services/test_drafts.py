"""Forms half written: kept for whoever types them, form by form, until they are saved or thrown away."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from collabcare.domain.ids import EpisodeId
from collabcare.queries.drafts import DraftRow, all_drafts, drafts
from collabcare.services.drafts import DiscardDraft, KeepDraft, discard_draft, keep_draft
from collabcare.store import models as m
from collabcare.store.engine import WRITE
from tests.builders import MONDAY

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def keep(practice: Practice, episode: EpisodeId | None, kind: str, body: str, login: str = "jo") -> None:
    """Let somebody type."""
    keep_draft(KeepDraft(episode_id=episode, kind=kind, body=body), practice.uow(login))


def discard(practice: Practice, episode: EpisodeId | None, kind: str, login: str = "jo") -> None:
    """Let somebody throw away what they typed."""
    discard_draft(DiscardDraft(episode_id=episode, kind=kind), practice.uow(login))


def of(practice: Practice, episode: EpisodeId | None, login: str = "jo") -> dict[str, str]:
    """Return what stands in somebody's forms by their kind."""
    with practice.reading() as session:
        found = drafts(session, practice.user(login), episode)
    assert all(row.episode_id == episode and row.kind == kind for kind, row in found.items())
    return {kind: row.body for kind, row in found.items()}


def everything_of(practice: Practice, login: str = "jo") -> tuple[DraftRow, ...]:
    """Return every draft of somebody."""
    with practice.reading() as session:
        return all_drafts(session, practice.user(login))


def test_each_form_of_each_user_is_kept_apart(practice: Practice) -> None:
    one, other = practice.refer(), practice.refer(surname="Li")
    keep(practice, one, "contact", "a")
    keep(practice, one, "letter", "b")
    keep(practice, other, "contact", "c")
    keep(practice, None, "referral", "d")
    keep(practice, one, "contact", "e", "sam")
    assert of(practice, one) == {"contact": "a", "letter": "b"}
    assert of(practice, other) == {"contact": "c"}
    assert of(practice, None) == {"referral": "d"}
    assert of(practice, one, "sam") == {"contact": "e"}
    assert of(practice, None, "sam") == {}


@pytest.mark.parametrize("of_a_patient", [True, False])
def test_typing_on_takes_the_place_of_what_stood_there(practice: Practice, of_a_patient: bool) -> None:
    episode = practice.refer() if of_a_patient else None
    keep(practice, episode, "note", "She")
    practice.on(MONDAY, time(11, 5))
    keep(practice, episode, "note", "She said")
    (row,) = everything_of(practice)
    assert row == DraftRow(episode_id=episode, kind="note", body="She said", saved_at=practice.clock.now())
    discard(practice, episode, "note")
    assert everything_of(practice) == ()
    discard(practice, episode, "note")


def test_the_latest_comes_first(practice: Practice) -> None:
    episode = practice.refer()
    for minute, kind in enumerate(("contact", "letter", "note")):
        practice.on(MONDAY, time(11, minute))
        keep(practice, episode, kind, "x")
    practice.on(MONDAY, time(12, 0))
    keep(practice, episode, "contact", "y")
    assert [row.kind for row in everything_of(practice)] == ["contact", "note", "letter"]


def test_discarding_takes_nobody_elses(practice: Practice) -> None:
    episode = practice.refer()
    for login in ("jo", "sam"):
        keep(practice, episode, "note", login, login)
    keep(practice, None, "note", "of nobody")
    discard(practice, episode, "note")
    assert of(practice, episode, "sam") == {"note": "sam"}
    assert of(practice, None) == {"note": "of nobody"}


def test_it_is_no_part_of_the_record(practice: Practice) -> None:
    episode = practice.refer()
    before, facts = len(practice.audit()), practice.facts(episode)
    keep(practice, episode, "note", "She said")
    discard(practice, episode, "note")
    assert (len(practice.audit()), practice.facts(episode)) == (before, facts)


def test_a_draft_for_no_such_episode_is_refused(practice: Practice) -> None:
    with practice.refused("not in the record"):
        keep(practice, EpisodeId(404), "note", "x")


def test_the_record_itself_holds_one_draft_a_form(practice: Practice) -> None:
    keep(practice, None, "note", "x")
    keep(practice, practice.refer(), "note", "x")
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        for row in everything_of(practice):
            again = m.Draft(user_id=practice.user("jo"), episode_id=row.episode_id, kind="note", body="y")
            again.saved_at = row.saved_at
            with pytest.raises(sa.exc.IntegrityError, match="UNIQUE"), session.begin_nested():
                session.add(again)
