"""How a questionnaire has gone, and what is known before a safety conversation: both in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.ids import MeasureId
from collabcare.domain.instruments import Safety
from collabcare.domain.outcomes import Reliable
from collabcare.domain.progress import Progress, progress
from collabcare.domain.safety import SAFETY_WORDS, SafetyOutcome, last_answer, last_talk, safety_story
from tests.builders import answered, day, facts, gad7, measure, phq9, prompt

MINUS = "\N{MINUS SIGN}"
ITEM_9 = {blank: (1, 1, 1, 1, 0, 0, 0, 0, blank) for blank in (None, 0, 1, 2)}


def changes(*totals: int) -> str:
    """Return the words for a first and a later score."""
    scores = tuple(measure(total, day(14 * n)) for n, total in enumerate(totals))
    return progress(facts(measures=scores), phq9()).change


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        ((15,), ""),
        ((15, 9), f"{MINUS}6 since 05-Jan-2026, reliable improvement, now below the cut-off of 10"),
        ((15, 10), f"{MINUS}5 since 05-Jan-2026, no reliable change"),
        ((10, 9), f"{MINUS}1 since 05-Jan-2026, no reliable change, now below the cut-off of 10"),
        ((9, 15), "+6 since 05-Jan-2026, reliable deterioration"),
        ((14, 0), f"{MINUS}14 since 05-Jan-2026, reliable improvement, now below the cut-off of 10"),
        ((12, 12), "0 since 05-Jan-2026, no reliable change"),
        ((5, 0), f"{MINUS}5 since 05-Jan-2026, no reliable change"),
    ],
    ids=["CHG-W6", "CHG-W1", "CHG-W2", "CHG-W3", "CHG-W5", "to nothing", "same", "CHG-W4"],
)
def test_a_change_in_words(totals: tuple[int, ...], words: str) -> None:
    assert changes(*totals) == words


def test_a_questionnaire_never_answered_is_empty_and_a_zero_is_a_score() -> None:
    assert progress(facts(), phq9()) == Progress(
        latest="", out_of="", band="", latest_on=None, change="", reliable=None
    )
    zero = progress(facts(measures=(measure(0),)), phq9())
    assert (zero.latest, zero.out_of, zero.band) == ("0", "of 27", "none to minimal")


def test_an_unfinished_form_has_no_range() -> None:
    found = progress(facts(measures=(measure(None),)), phq9())
    assert (found.latest, found.out_of, found.band) == ("Incomplete (3 missing)", "", "")


def test_the_range_is_of_symptoms_on_that_scale() -> None:
    found = progress(facts(measures=(measure(15), measure(15, day(7)))), phq9())
    assert (found.band, found.reliable) == ("moderately severe", Reliable.NONE)


def story(*forms: tuple[int | None, ...]) -> tuple[str, str]:
    """Return what is said of the safety question of the last form."""
    numbered = tuple(
        replace(answered(phq9(), *form, on=day(7 * n)), id=MeasureId(n)) for n, form in enumerate(forms)
    )
    last = numbered[-1]
    asked = prompt(last.taken_on, measure_id=last.id, asked=last.safety, answer=last.safety_answer)
    found = safety_story(facts(measures=numbered, safety_prompts=(asked,)), asked, phq9(), day(30))
    return found.asked, found.answers


def test_the_answer_is_shown_beside_the_one_before_it() -> None:
    assert story(ITEM_9[1], ITEM_9[2]) == ("PHQ-9 item 9 was answered 2 on Mon 12-Jan-2026.", "1 → 2")
    assert story(ITEM_9[0], ITEM_9[1], ITEM_9[1])[1] == "1 → 1"
    assert story(ITEM_9[1]) == ("PHQ-9 item 9 was answered 1 on Mon 05-Jan-2026.", "")


def test_a_total_copied_without_its_answers_is_no_answer_to_compare_with() -> None:
    total = replace(measure(9), safety=Safety.ASK, id=MeasureId(1))
    form = replace(answered(phq9(), *ITEM_9[1], on=day(7)), id=MeasureId(2))
    asked = prompt(day(7), measure_id=form.id)
    of = facts(measures=(total, form), safety_prompts=(asked,))
    assert safety_story(of, asked, phq9(), day(7)).answers == ""
    of_total = prompt(day(0), measure_id=total.id, asked=Safety.ASK, answer=None)
    assert (
        safety_story(of, of_total, phq9(), day(7)).asked
        == "PHQ-9 item 9 was not answered on Mon 05-Jan-2026."
    )


def test_a_blank_is_not_answered_and_never_no() -> None:
    assert story(ITEM_9[1], ITEM_9[None]) == (
        "PHQ-9 item 9 was not answered on Mon 12-Jan-2026.",
        "1 → not answered",
    )


TALKED, COVERED = SafetyOutcome.TALKED_TODAY, SafetyOutcome.ALREADY_COVERED


@pytest.mark.parametrize(
    ("prompts", "words"),
    [
        ((), "No safety conversation is recorded yet."),
        ((prompt(day(0)),), "No safety conversation is recorded yet."),
        ((prompt(day(0), closed_on=day(0), outcome=COVERED),), "No safety conversation is recorded yet."),
        (
            (prompt(day(0), closed_on=day(0), outcome=TALKED),),
            "Last safety conversation Mon 05-Jan-2026, 9 days ago.",
        ),
        (
            (
                prompt(day(0), closed_on=day(9), outcome=TALKED),
                prompt(day(8), closed_on=day(8), outcome=TALKED),
            ),
            "Last safety conversation Wed 14-Jan-2026, today.",
        ),
    ],
)
def test_only_a_conversation_counts_as_one(prompts: tuple[object, ...], words: str) -> None:
    assert last_talk(facts(safety_prompts=prompts), day(9)) == words


def test_the_latest_answer_is_said_with_whether_it_waits() -> None:
    assert last_answer(facts(), phq9()) == "PHQ-9 item 9 has not been answered yet."
    of = facts(measures=(answered(phq9(), *ITEM_9[1]),), safety_prompts=(prompt(day(0)),))
    assert last_answer(of, phq9()) == "PHQ-9 item 9 was answered 1 on Mon 05-Jan-2026, not yet talked about."
    blank = facts(measures=(answered(phq9(), *ITEM_9[None]),))
    assert last_answer(blank, phq9()) == "PHQ-9 item 9 was not answered on Mon 05-Jan-2026."


def test_every_outcome_has_its_words() -> None:
    assert set(SAFETY_WORDS) == set(SafetyOutcome)
    assert answered(gad7(), *(3,) * 7).safety is Safety.NONE
