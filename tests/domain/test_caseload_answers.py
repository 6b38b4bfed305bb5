"""What a row answers about contacts, goals and gaps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain import caseload_answers as answers
from collabcare.domain.caseload import CaseloadRow, caseload_row
from collabcare.domain.facts import EpisodeFacts, LetterFact
from collabcare.domain.ids import LetterId
from collabcare.domain.letters import LetterTo, is_to_gp
from collabcare.domain.plan_facts import GoalFact, GoalRating, MilestoneFact, MilestoneKind, RelapsePlanFact
from collabcare.domain.reengagement import AttemptOutcome
from tests.builders import MONDAY, attempt, day, facts, ladder, measure, rulebook
from tests.record_fixtures import letter_kinds


def row(of: EpisodeFacts, after: int = 20) -> CaseloadRow:
    return caseload_row(of, rulebook(), MONDAY + timedelta(days=after))


def goal(place: int, *ratings: int, closed_on: date | None = None) -> GoalFact:
    rated = tuple(GoalRating(rated_on=day(7 * n), rating=rating) for n, rating in enumerate(ratings))
    return GoalFact(id=place, place=place, text="Choir", opened_on=MONDAY, closed_on=closed_on, ratings=rated)


def letter(kind: str, on: date = MONDAY) -> LetterFact:
    return LetterFact(id=LetterId(1), kind=kind, title="A letter", issued_on=on, recipient="Elm Tree")


def test_the_last_successful_contact_is_the_later_of_seen_and_spoken_to() -> None:
    spoke = ladder(day(7), attempts=(attempt(1, day(9), outcome=AttemptOutcome.SPOKE),))
    assert answers.last_reached(row(facts("AD", ladders=(spoke,)))) == day(9)
    assert answers.last_reached(row(facts("ADA", ladders=(spoke,)))) == day(14)
    assert answers.last_reached(row(facts("D"))) is None
    assert answers.last_reached(row(facts("D", ladders=(spoke,)))) == day(9)
    assert answers.days_since_reached(row(facts("D"))) is None
    assert answers.days_since_reached(row(facts("A"), after=3)) == 3


def test_the_last_contact_is_whatever_came_of_it_and_not_what_is_booked() -> None:
    found = answers.last_contact(facts("ADb"))
    assert found is not None
    assert found.on == day(7)
    assert answers.last_contact(facts("b")) is None


def test_a_follow_up_is_a_contact_and_never_a_measure() -> None:
    due = answers.follow_up(row(facts("A", measures=(measure(9),)), after=20))
    assert due is not None
    assert due.kind in {"contact", "first_contact"}
    assert answers.follow_up(row(facts("A b"), after=1)) is None


@pytest.mark.parametrize(
    ("goals", "told"),
    [
        ((), (0, 0, ())),
        ((goal(1, 2, 6), goal(2)), (2, 0, ((2, 6), (None, None)))),
        ((goal(1, 2, 10),), (1, 1, ((2, 10),))),
        ((goal(1, 2, 10, closed_on=day(8)), goal(1, 1, 4)), (2, 1, ((1, 4),))),
        ((goal(1, 2, 5, closed_on=day(8)),), (0, 0, ())),
        ((goal(1, 0),), (1, 0, ((0, 0),))),
    ],
    ids=["none", "two open", "reached", "reached and closed", "let go", "nought is a rating"],
)
def test_goals_so_far(goals: tuple[GoalFact, ...], told: tuple[int, int, object]) -> None:
    assert tuple(answers.goals_so_far(facts("A", goals=goals))) == told


def test_how_close_the_patient_is_needs_a_rating() -> None:
    assert answers.goals_so_far(facts("A", goals=(goal(1),))).closeness is None
    assert answers.goals_so_far(facts("A", goals=(goal(1, 0),))).closeness == 0
    both = (goal(1, 10, closed_on=day(9)), goal(2, 5))
    assert answers.goals_so_far(facts("A", goals=both)).closeness == pytest.approx(0.75)


@given(st.lists(st.lists(st.integers(0, 10), max_size=4), max_size=3))
def test_closeness_is_a_share(ratings: list[list[int]]) -> None:
    goals = tuple(goal(place, *each) for place, each in enumerate(ratings, start=1))
    close = answers.goals_so_far(facts("A", goals=goals)).closeness
    latest = [each[-1] for each in ratings if each]
    assert close == (pytest.approx(sum(latest) / len(latest) / 10) if latest else None)


def test_every_letter_to_a_gp_is_known_by_its_kind() -> None:
    kinds = letter_kinds().values()
    assert {kind.id for kind in kinds if is_to_gp(kind.id)} == {k.id for k in kinds if k.to is LetterTo.GP}
    gp = facts("A", letters=(letter("gp_review"), letter("patient_missed", day(9))))
    found = answers.last_gp_letter(gp)
    assert found is not None
    assert found.kind == "gp_review"
    assert answers.last_gp_letter(facts("A", letters=(letter("patient_missed"),))) is None


PLAN = {"milestones": (MilestoneFact(kind=MilestoneKind.CARE_PLAN, reached_on=MONDAY),)}


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ({}, ("score", "plan", "GP letter")),
        ({"measures": (measure(0),)}, ("plan", "GP letter")),
        ({"measures": (measure(None),)}, ("score", "plan", "GP letter")),
        ({"measures": (measure(3, instrument="core10"),)}, ("score", "plan", "GP letter")),
        ({"goals": (goal(1),)}, ("score", "GP letter")),
        ({"goals": (goal(1, closed_on=day(8)),)}, ("score", "plan", "GP letter")),
        ({"relapse_plan": RelapsePlanFact(made_on=MONDAY)}, ("score", "GP letter")),
        (PLAN, ("score", "GP letter")),
        ({"letters": (letter("gp_review"),)}, ("score", "plan")),
        ({"letters": (letter("gp_review"),), "measures": (measure(9),), **PLAN}, ()),
    ],
)
def test_what_is_missing(there: dict[str, object], missing: tuple[str, ...]) -> None:
    assert answers.missing_parts(row(facts("A", **there))) == missing


def test_before_the_first_contact_nothing_is_missing() -> None:
    assert answers.missing_parts(row(facts(""))) == ()
