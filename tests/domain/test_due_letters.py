"""Letters to the GP: within 7 days of an assessment, review or step, within 24 hours of the end of care."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ClosureReason, RejectionReason
from collabcare.domain.demographic_facts import EndingFact
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.due_letters import assessment_of
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.ids import ContactId, LetterId
from collabcare.domain.postponing import PostponementFact, Waiting
from tests.builders import contact, day, facts, move, patient, rulebook
from tests.builders_letters import letter
from tests.builders_reach import closing_review
from tests.domain.whats_due import due

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import ContactFact, EpisodeFacts

ASSESSED, TREATED, REVIEWED = "01", "02", "04"


def seen(days: int, kind: str | None = None, **changes: Any) -> ContactFact:  # noqa: ANN401 - any field
    return contact("A", day(days), id=ContactId(days + 1), appointment_type=kind, **changes)


def letters_due(of: EpisodeFacts, today: date) -> list[tuple[str, date, str]]:
    """Return the letters due: kind of letter, day, and why."""
    return [(each.letter, each.due_on, each.why) for each in found(of, today)]


def found(of: EpisodeFacts, today: date) -> list[Due]:
    return [each for each in due(of, today) if each.kind is DueKind.GP_LETTER]


def ended(on: int = 20, reason: ClosureReason | None = None, **changes: Any) -> EpisodeFacts:  # noqa: ANN401 - any
    ending = EndingFact(reason=reason or ClosureReason.TREATMENT_COMPLETED)
    made = facts("A", phase=Phase.CLOSED, closed_on=day(on), ending=ending)
    return replace(made, **changes)


FIRST = "First seen 05-Jan-2026; no letter to the GP about it yet"
ASKED = {
    "assessment: the first contact, where nobody noted kinds": (
        {"contacts": (seen(0), seen(7))},
        [("gp_review", day(7), FIRST)],
    ),
    "assessment: the one recorded as such": (
        {"contacts": (seen(0, TREATED), seen(7, ASSESSED))},
        [("gp_review", day(14), "Assessed 12-Jan-2026; no letter to the GP about it yet")],
    ),
    "no assessment among contacts of another kind": ({"contacts": (seen(0, TREATED), seen(7))}, []),
    "nobody seen yet": ({"contacts": (contact("D", day(0)),)}, []),
    "assessment: closed by the letter of that day": (
        {"contacts": (seen(0),), "letters": (letter("gp_review", day(0)),)},
        [],
    ),
    "assessment: a letter of before does not close it": (
        {"contacts": (seen(0),), "letters": (letter("gp_review", day(-1)),)},
        [("gp_review", day(7), FIRST)],
    ),
    "assessment: word that we are still trying does not close it": (
        {"contacts": (seen(0),), "letters": (letter("gp_not_attending", day(3)),)},
        [("gp_review", day(7), FIRST)],
    ),
    "assessment: a letter to the patient does not close it": (
        {"contacts": (seen(0),), "letters": (letter("patient_missed", day(3)),)},
        [("gp_review", day(7), FIRST)],
    ),
    "review: after its own day": (
        {"contacts": (seen(0), seen(28, REVIEWED)), "letters": (letter("gp_review", day(3)),)},
        [("gp_review", day(35), "Reviewed 02-Feb-2026; no letter to the GP since")],
    ),
    "review: closed by its letter": (
        {"contacts": (seen(0), seen(28, "05")), "letters": (letter("gp_review", day(30)),)},
        [],
    ),
    "step: as before": (
        {
            "contacts": (seen(0),),
            "letters": (letter("gp_review", day(1)),),
            "step_moves": (move(day(10), direction=StepDirection.DOWN),),
        },
        [("gp_step_change", day(17), "Stepped down on 15-Jan-2026; the GP has not been told")],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), ASKED.values(), ids=ASKED)
def test_a_clinic_letter_is_due_within_seven_days(
    changes: dict[str, Any], expected: list[tuple[str, date, str]]
) -> None:
    assert letters_due(replace(facts("A"), **changes), day(40)) == expected


@pytest.mark.parametrize(
    ("days", "late"),
    [
        pytest.param(7, False, id="letter on day 7"),
        pytest.param(8, True, id="letter overdue at day 8"),
        pytest.param(400, True, id="letter 400 days late still asked for"),
    ],
)
def test_a_clinic_letter_is_overdue_from_day_8(days: int, late: bool) -> None:
    (asked,) = found(facts("A"), day(days))
    assert asked.is_overdue(day(days)) is late
    assert "7 days" in asked.source or asked.source == rulebook().pathway.source
    assert (asked.rule, asked.used[0].value) == ("due.assessment_letter", day(0))


@pytest.mark.parametrize(
    ("days", "listed", "late"),
    [
        pytest.param(20, True, False, id="summary: on Today the day care ends"),
        pytest.param(21, True, False, id="summary: within 24 hours"),
        pytest.param(22, True, True, id="summary: overdue past 25 hours"),
        pytest.param(420, True, True, id="summary: still asked for 400 days later"),
    ],
)
def test_the_discharge_summary_is_due_within_24_hours(days: int, listed: bool, late: bool) -> None:
    ((kind, on, why),) = letters_due(ended(), day(days))
    assert (kind, on) == ("gp_discharge", day(21))
    assert why == "Care ended 25-Jan-2026; the GP has no discharge summary yet"
    (asked,) = found(ended(), day(days))
    assert (asked.is_listed(day(days)), asked.is_overdue(day(days))) == (listed, late)
    assert not asked.is_listed(day(19))
    assert asked.rule == "due.discharge_summary"
    assert "24 hours" in asked.source


NAMED = (closing_review(day(0), gp_letter_id=LetterId(5), ended_on=day(20)),)
UNREACHED = {"reason": ClosureReason.DID_NOT_ATTEND, "closing_reviews": NAMED}
SUMMED_UP = {
    "the summary, the day care ended": {"letters": (letter("gp_discharge", day(20)),)},
    "the summary, late": {"letters": (letter("gp_discharge", day(90)),)},
    "the closing letter of the gate": {
        **UNREACHED,
        "letters": (letter("gp_closing_unreached", day(15), 5),),
    },
    "the summary named when they declined": {
        "reason": ClosureReason.PATIENT_REQUESTED,
        "closing_reviews": NAMED,
        "letters": (letter("gp_discharge", day(19), 5),),
    },
    "a referral that was not accepted": {"ending": EndingFact(rejection_reason=RejectionReason.DUPLICATE)},
}


@pytest.mark.parametrize("changes", SUMMED_UP.values(), ids=SUMMED_UP)
def test_no_summary_is_asked_for_once_the_gp_has_it(changes: dict[str, Any]) -> None:
    assert letters_due(ended(**changes), day(100)) == []


STILL = {
    "a review letter is none": {"letters": (letter("gp_review", day(20)),)},
    "a summary of before the end, that nobody named": {"letters": (letter("gp_discharge", day(19)),)},
    "another closing letter than the one named": {
        **UNREACHED,
        "letters": (letter("gp_closing_unreached", day(15), 6),),
    },
    "the closing letter, but they had been reached": {
        "reason": ClosureReason.PATIENT_REQUESTED,
        "closing_reviews": NAMED,
        "letters": (letter("gp_closing_unreached", day(15), 5),),
    },
    "an ending whose reason is not known": {"ending": None, "closing_reviews": NAMED},
    "somebody who has died": {"patient": patient(died_on=day(20)), "reason": ClosureReason.DIED},
}


@pytest.mark.parametrize("changes", STILL.values(), ids=STILL)
def test_no_other_letter_stands_for_the_summary(changes: dict[str, Any]) -> None:
    assert [kind for kind, _on, _why in letters_due(ended(**changes), day(100))] == ["gp_discharge"]


def test_a_letter_that_is_not_wanted_is_declined_with_the_reason_and_asked_again() -> None:
    """Where the patient does not want the GP written to, somebody records so; it is not for ever."""
    (asked,) = found(facts("A"), day(9))
    no = PostponementFact(
        kind=asked.kind,
        subject_id=asked.subject_id,
        due_on=asked.due_on,
        decision=Waiting.DECLINED,
        until=None,
        reason="Does not want the GP told",
        made_on=day(9),
        by="Jo Smith",
    )
    of = facts("A", postponements=(no,))
    again = rulebook().postponing.declined[DueKind.GP_LETTER]
    assert found(of, day(9)) == found(of, day(9 + again - 1)) == []
    assert len(found(of, day(9 + again))) == 1
    review = replace(of, contacts=(*of.contacts, seen(28, REVIEWED)))
    assert [each.due_on for each in found(review, day(40))] == [day(35)], "each is decided for itself"


def test_a_summary_that_is_put_off_waits() -> None:
    (asked,) = found(ended(), day(20))
    waits = asked.put_off(day(23), "put off")
    assert (waits.is_listed(day(22)), waits.is_listed(day(23)), waits.letter) == (False, True, "gp_discharge")


KINDS = st.sampled_from([None, ASSESSED, TREATED, "03", REVIEWED, "05", "06", "07"])
MADE = st.lists(st.tuples(st.integers(0, 60), KINDS), max_size=6, unique_by=lambda made: made[0])


@given(MADE, st.lists(st.tuples(st.integers(-5, 70), st.sampled_from(["gp_review", "patient_missed"]))))
def test_what_is_asked_for_is_what_no_later_letter_told(
    made: list[tuple[int, str | None]], sent: list[tuple[int, str]]
) -> None:
    """Against a naive reading: each assessment and review without a letter to the GP from its day on."""
    contacts = tuple(seen(days, kind) for days, kind in sorted(made, key=lambda each: each[0]))
    letters = tuple(letter(kind, day(days)) for days, kind in sorted(sent))
    of = facts("", contacts=contacts, letters=letters)
    asked = [each.subject_id for each in found(of, day(100))]
    assessed = assessment_of(contacts)
    tells = [each for each in contacts if each.appointment_type in {REVIEWED, "05"}]
    tells += [assessed] if assessed is not None else []
    told = [days for days, kind in sent if kind == "gp_review"]
    expected = {each.id for each in tells if not any(day(days) >= each.on for days in told)}
    assert set(asked) == expected
    assert len(asked) == len(expected)
    for each in found(of, day(100)):
        on = next(one.on for one in contacts if one.id == each.subject_id)
        assert each.due_on == on + timedelta(days=7)
