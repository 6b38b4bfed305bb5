"""Referring somebody again who was discharged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.closure import Ending
from collabcare.domain.codes import ReferralReason, ReferralSource
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.errors import StaleRecord
from collabcare.domain.ids import EpisodeId, PatientId
from collabcare.domain.relapse_prevention import WayBack, way_back_of
from collabcare.services.deaths import RecordDeath, record_death
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.patients import ReferAgain, add_patient, refer_again
from collabcare.store.engine import WRITE
from collabcare.store.models import UserAccount
from tests.builders import MONDAY, day, pathway
from tests.builders_pathways import model

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from tests.record_fixtures import Practice


def gone(practice: Practice, **changes: Any) -> EpisodeId:  # noqa: ANN401 - any field
    """Let somebody be seen once on the first Monday and be discharged."""
    episode = practice.refer("A", **changes)
    ended = CloseEpisode(episode_id=episode, ending=Ending.COMPLETED, closed_on=MONDAY, why_no_plan="Well")
    close_episode(ended, practice.uow(), practice.rulebook)
    return episode


def back(practice: Practice, before: EpisodeId, on: date, **changes: Any) -> Changes:  # noqa: ANN401 - any field
    """Refer them again on a day."""
    practice.on(on)
    patient = practice.facts(before).patient
    command = ReferAgain(
        patient_id=patient.patient_id,
        seen=patient.version,
        received_on=on,
        source=ReferralSource.SELF,
        reason=ReferralReason.ANXIETY,
        referral_note="Worse since spring",
    )
    return refer_again(replace(command, **changes), practice.uow(), practice.rulebook)


ELEVEN_MONTHS, THIRTEEN_MONTHS = date(2026, 12, 5), date(2027, 2, 5)


def test_within_the_way_back_it_is_a_step_back_up_where_they_left_off(practice: Practice) -> None:
    """EPI-W5 and RLP-W5, at month 11."""
    before = gone(practice, step=3)
    changes = back(practice, before, ELEVEN_MONTHS)
    facts = practice.facts(EpisodeId(changes.made or 0))
    found = way_back_of(facts, practice.rulebook.relapse)
    assert found is not None
    assert found.way is WayBack.STEP_BACK_UP
    assert changes.suggestions == (found.suggestion,)
    assert "no new referral or assessment form" in changes.suggestions[0].sentence
    assert (facts.previous_episode_id, facts.previous_closed_on) == (before, MONDAY)
    assert (facts.step, facts.holder, facts.phase) == (3, "Jo Smith", Phase.ALLOCATED)
    assert (facts.referral_reason, facts.contacts) == (ReferralReason.ANXIETY, ())
    assert [move.direction for move in facts.step_moves] == [StepDirection.START]
    assert practice.facts(before).closed_on == MONDAY


def test_after_it_they_are_a_new_referral_linked_all_the_same(practice: Practice) -> None:
    """EPI-W5 and RLP-W5, at month 13."""
    before = gone(practice, step=3)
    changes = back(practice, before, THIRTEEN_MONTHS)
    facts = practice.facts(EpisodeId(changes.made or 0))
    found = way_back_of(facts, practice.rulebook.relapse)
    assert found is not None
    assert found.way is WayBack.NEW_REFERRAL
    assert (facts.previous_episode_id, facts.step, facts.holder) == (before, 1, None)
    assert facts.phase is Phase.REFERRED


def test_what_the_form_says_goes_before_what_was(practice: Practice) -> None:
    before = gone(practice, step=3)
    changes = back(practice, before, day(60), step=2, holder_id=practice.user("sam"))
    facts = practice.facts(EpisodeId(changes.made or 0))
    assert (facts.step, facts.holder) == (2, "Sam Brown")


def test_who_has_left_holds_nobody_again(practice: Practice) -> None:
    before = gone(practice)
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.get_one(UserAccount, practice.user("jo")).active = False
        session.commit()
    facts = practice.facts(EpisodeId(back(practice, before, day(60)).made or 0))
    assert (facts.holder_id, facts.phase) == (None, Phase.REFERRED)


def test_the_link_goes_to_the_latest_episode(practice: Practice) -> None:
    first = gone(practice)
    second = EpisodeId(back(practice, first, day(60)).made or 0)
    ended = CloseEpisode(episode_id=second, ending=Ending.MOVED_AWAY, closed_on=day(60), why_no_plan="Moved")
    close_episode(ended, practice.uow(), practice.rulebook)
    third = EpisodeId(back(practice, second, day(90)).made or 0)
    assert practice.facts(third).previous_episode_id == second


def test_a_patient_in_our_care_is_not_referred_again(practice: Practice) -> None:
    before = gone(practice)
    back(practice, before, day(60))
    with practice.refused("in our care already"):
        back(practice, before, day(61))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"received_on": day(61)}, "in the future"),
        ({"received_on": day(-1)}, "before care last ended"),
        ({"step": 9}, "has no step 9"),
        ({"patient_id": PatientId(99)}, "not in the record"),
        ({"referral_note": "x" * 20_001}, "The referral note is too long"),
    ],
)
def test_a_return_that_cannot_be_is_refused(practice: Practice, changes: dict[str, Any], words: str) -> None:
    before = gone(practice)
    with practice.refused(words):
        back(practice, before, day(60), **changes)


def test_somebody_who_died_does_not_come_back(practice: Practice) -> None:
    before = gone(practice)
    patient = practice.facts(before).patient
    practice.on(day(3))
    dead = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=day(2), told_by="Her sister"
    )
    record_death(dead, practice.uow())
    with practice.refused("A death is recorded"):
        back(practice, before, day(60))


def test_a_patient_changed_meanwhile_is_looked_at_again(practice: Practice) -> None:
    before = gone(practice)
    with practice.refused("Somebody else changed this", StaleRecord):
        back(practice, before, day(60), seen=99)


def test_age_and_referrer_turn_nobody_away_and_are_said(practice: Practice) -> None:
    norfolk = model("norfolk_suffolk")
    young = practice.new_patient(birth_date=date(2012, 1, 1))
    changes = add_patient(young, practice.uow(), norfolk)
    assert changes.made is not None
    assert any("Do not turn them away" in each.sentence for each in changes.suggestions)
    assert add_patient(practice.new_patient(surname="Li"), practice.uow(), pathway()).suggestions == ()
