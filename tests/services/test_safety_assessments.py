"""Safety assessments: versions that stay, a review that comes, and sharing with its basis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.safety_assessment import CONSENT, acts_quickly, if_contact_lost, standing_assessment
from collabcare.services.safety_assessments import LONGEST_PART, RecordAssessment, record_assessment
from tests.builders import MONDAY, day, rulebook
from tests.builders_safety import draft, policy

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def assess(practice: Practice, episode: EpisodeId, seen: int = 0, **changes: Any) -> Changes:  # noqa: ANN401 - any field of the draft
    """Record an assessment of the first Monday."""
    command = RecordAssessment(episode_id=episode, seen=seen, draft=replace(draft(), **changes))
    return record_assessment(command, practice.uow(), policy())


def test_an_assessment_is_in_the_facts_and_its_review_comes_due(practice: Practice) -> None:
    episode = practice.refer("A")
    changes = assess(practice, episode, own_words="  I am worn out.\r\n")
    assert changes.kinds == {Kind.ASSESSMENT}
    assert changes.episodes == {episode}
    (kept,) = practice.facts(episode).safety_assessments
    assert (kept.id, kept.version, kept.own_words, kept.review_on) == (
        changes.made,
        1,
        "I am worn out.",
        day(7),
    )
    assert kept.recorded_at is not None
    practice.on(day(8))
    due = what_is_due(practice.facts(episode), rulebook(), today=practice.today)
    assert DueKind.SAFETY_REVIEW in {each.kind for each in due}


def test_each_change_is_a_new_version_and_the_old_ones_stay(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode)
    assess(practice, episode, seen=1, if_contact_lost="Ring her sister", act_quickly_if_contact_lost=True)
    facts = practice.facts(episode)
    assert [each.version for each in facts.safety_assessments] == [1, 2]
    assert not facts.safety_assessments[0].if_contact_lost
    standing = standing_assessment(facts)
    assert standing is not None
    assert (standing.version, acts_quickly(facts), if_contact_lost(facts)) == (2, True, "Ring her sister")


def test_what_has_not_changed_is_no_new_version(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode)
    with practice.refused("has changed, so there is nothing to save"):
        assess(practice, episode, seen=1, formulation="Losing the flat. ")


def test_whoever_wrote_from_an_older_version_is_told(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode)
    with practice.refused("Your text is kept", StaleRecord):
        assess(practice, episode, seen=0, formulation="Something else")


WRONG = {
    "nothing written": ({"own_words": " ", "formulation": ""}, "Write what was talked about"),
    "no review": ({"review_on": None}, "Choose the day on which the assessment is reviewed"),
    "too late a review": ({"review_on": day(29)}, "within 28 days"),
    "tomorrow": ({"assessed_on": day(1)}, "cannot have taken place in the future"),
    "shared on no basis": ({"shared_with": "GP"}, "why it is shared without consent"),
    "quickly, but how": ({"act_quickly_if_contact_lost": True}, "what to do if contact is lost"),
    "too long": ({"formulation": "x" * (LONGEST_PART + 1)}, "How we understand this together is too long"),
}


@pytest.mark.parametrize(("changes", "words"), WRONG.values(), ids=WRONG)
def test_what_an_assessment_lacks_is_said(practice: Practice, changes: dict[str, Any], words: str) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        assess(practice, episode, **changes)


def test_the_review_is_by_the_next_contact(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.happen("b", episode, day(4))
    with practice.refused("due by the next contact"):
        assess(practice, episode, review_on=day(5))
    assess(practice, episode, review_on=day(4))


@pytest.mark.parametrize("basis", [CONSENT, "Concern for the children outweighs it"])
def test_sharing_stands_with_its_basis(practice: Practice, basis: str) -> None:
    episode = practice.refer("A")
    assess(practice, episode, shared_with="GP", sharing_basis=f" {basis}")
    kept = practice.facts(episode).safety_assessments[0]
    assert (kept.shared_with, kept.sharing_basis) == ("GP", basis)


def test_the_audit_trail_says_that_and_not_what(practice: Practice) -> None:
    episode = practice.refer("A")
    assess(practice, episode)
    line = practice.audit()[-1]
    assert (line.action, line.kind, line.at.date()) == ("Record safety assessment", "assessment", MONDAY)
