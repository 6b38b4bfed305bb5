"""What an ending leaves open is named before it and after it."""

from __future__ import annotations

from dataclasses import replace

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.ids import UserId
from collabcare.domain.left_open import left_open
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from tests.builders import action, day, facts, measure, patient, rulebook
from tests.domain.whats_due import due

HANDED = ProposalFact(
    id=1, kind=ProposalKind.STEP_UP, proposed_on=day(9), by_id=UserId(1), to_service="Talking Therapies"
)
OPEN = facts(
    "AAA",
    measures=(measure(8, day(0)),),
    actions=(
        action(day(20), text="Ask the GP about sertraline"),
        action(day(1), done_on=day(2), text="Ring her"),
    ),
    proposals=(HANDED,),
)


def test_it_names_what_is_missed_and_what_is_unanswered() -> None:
    said = left_open(OPEN, rulebook(), today=day(30))
    assert [words.partition(":")[0] for words in said] == [
        "Measure due",
        "GP to be told",
        "Handover not answered",
        "Supervision action",
    ]
    assert "Ask the GP about sertraline" in said[-1]
    assert not any("Ring her" in words for words in said)


def test_what_is_not_due_yet_is_not_missed_and_what_waits_for_an_answer_is() -> None:
    early = left_open(OPEN, rulebook(), today=day(14))
    assert "Measure due" not in [words.partition(":")[0] for words in early]
    assert any("sertraline" in words for words in early)


def test_it_stands_after_the_ending_as_it_stood_on_its_day() -> None:
    ended = replace(OPEN, phase=Phase.CLOSED, closed_on=day(30))
    assert left_open(ended, rulebook(), today=day(400)) == left_open(OPEN, rulebook(), today=day(30))
    assert {each.kind for each in due(ended, day(400))} <= {DueKind.GP_LETTER}, "on no list any more"


def test_of_somebody_who_has_died_nothing_is_asked() -> None:
    died = replace(OPEN, patient=patient(died_on=day(20)))
    assert left_open(died, rulebook(), today=day(30)) == ()
    assert left_open(facts(), rulebook(), today=day(0)) == ()
