"""What the database refuses to keep: codes outside their set, contradictions, a second of what is one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from collabcare.domain.accommodation import SettledAccommodation
from collabcare.domain.attendance import CancellationReason
from collabcare.domain.closure import LocalStep, TherapyEnding
from collabcare.domain.codes import AppointmentType, RejectionReason, ResponsePriority
from collabcare.domain.demographics import (
    Employment,
    EthnicCategory,
    GenderIdentity,
    InterpreterAtContact,
    SameAsBirth,
    SexualOrientation,
)
from collabcare.domain.plan_facts import MilestoneKind, ProposalKind
from collabcare.domain.reach_facts import HasteKind, SnoozeKind, Track
from collabcare.domain.safety_facts import FormRoute, PlanStatus
from collabcare.store.engine import RawConnection, open_raw
from collabcare.store.models import Base
from tests.store import scenes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

    import sqlalchemy as sa

SETS: dict[str, type[StrEnum]] = {
    "contact.appointment_type": AppointmentType,
    "contact.cancellation_reason": CancellationReason,
    "contact.interpreter": InterpreterAtContact,
    "episode.onward_step": LocalStep,
    "episode.rejection_reason": RejectionReason,
    "episode.tt_discharge_reason": TherapyEnding,
    "haste.kind": HasteKind,
    "measure.form_route": FormRoute,
    "milestone.kind": MilestoneKind,
    "patient.employment": Employment,
    "patient.ethnic_category": EthnicCategory,
    "patient.gender_identity": GenderIdentity,
    "patient.gender_same_as_birth": SameAsBirth,
    "patient.settled_accommodation": SettledAccommodation,
    "patient.sexual_orientation": SexualOrientation,
    "proposal.kind": ProposalKind,
    "referral.response_priority": ResponsePriority,
    "safety_plan.status": PlanStatus,
    "snooze.kind": SnoozeKind,
    "track_move.to_track": Track,
}

FITTING = {
    "phase": "'active'",
    "role": "'reader'",
    "entry_mode": "'items'",
    "status": "'draft'",
    "to_track": "'prompt'",
    "nhs_number_status": "'07'",
    "place": "1",
    "rating": "1",
}
KINDS = {
    "haste": "'perinatal'",
    "milestone": "'care_plan'",
    "proposal": "'discharge'",
    "snooze": "'rebooked'",
}


def insert(table: str, **values: str) -> str:
    """Write a row that keeps every rule but for what ``values`` put in; references are off meanwhile."""
    row = {c.name: _fitting(table, c) for c in Base.metadata.tables[table].columns if not c.nullable}
    row = {name: value for name, value in row.items() if name != "id"} | values
    return f"insert into {table} ({', '.join(row)}) values ({', '.join(row.values())})"


def _fitting(table: str, column: sa.Column[object]) -> str:
    if column.name == "kind":
        return KINDS[table]
    plain = {int: "1", bool: "0", bytes: "x'00'"}.get(column.type.python_type, "'2026-07-06'")
    return FITTING.get(column.name, plain)


@pytest.fixture
def raw(record: Path) -> Iterator[RawConnection]:
    with closing(open_raw(record, scenes.sign_in(record).key)) as raw:
        raw.execute("pragma foreign_keys=off")
        yield raw


@pytest.mark.parametrize(("place", "kind"), SETS.items(), ids=SETS.keys())
def test_a_closed_set_takes_each_of_its_codes_and_no_other(
    raw: RawConnection, place: str, kind: type[StrEnum]
) -> None:
    table, column = place.split(".")
    also = {
        "professionals": "'999'",
        "review_on": "'2026-08-01'",
        "declined_reason": "'No'",
        "agreed_by": "1",
    }
    also = {name: value for name, value in also.items() if name in Base.metadata.tables[table].c}
    for number, member in enumerate(kind, start=2):
        if "number" in Base.metadata.tables[table].c:
            also["number"] = str(number)
        raw.execute(insert(table, **also, **{column: f"'{member.value}'"}))
    for wrong in ("''", "'Q'", "'low'"):
        with pytest.raises(dbapi2.IntegrityError, match=rf"CHECK constraint failed: ck_{table}_{column}"):
            raw.execute(insert(table, **also, **{column: wrong}))


REFUSED = {
    "an accommodation that is no code": ("patient", {"accommodation": "'MA1'"}, "accommodation_length"),
    "a language that is no code": ("patient", {"language": "'eng'"}, "language_length"),
    "an interpreter for no language": (
        "patient",
        {"interpreter_language": "''"},
        "interpreter_language_length",
    ),
    "an episode before itself": ("episode", {"id": "7", "previous_episode_id": "7"}, "previous_is_another"),
    "a snooze into the past": ("snooze", {"until": "'2026-07-05'"}, "until"),
    "back to Standard alone": ("track_move", {"to_track": "'standard'"}, "back_is_agreed"),
    "a pause that ends before it begins": ("pause", {"ended_on": "'2026-07-05'"}, "ended_on"),
    "a goal that ends before it begins": ("goal", {"closed_on": "'2026-07-05'"}, "closed_on"),
    "a fourth goal": ("goal", {"place": "4"}, "place"),
    "a rating of eleven": ("goal_rating", {"rating": "11"}, "rating"),
    "a rating below zero": ("goal_rating", {"rating": "-1"}, "rating"),
    "signed off by the practitioner": (
        "closing_review",
        {"practitioner_id": "2", "signed_off_by": "2", "signed_off_on": "'2026-07-06'"},
        "by_another",
    ),
    "signed off by nobody": ("closing_review", {"signed_off_on": "'2026-07-06'"}, "signed_off"),
    "signed off on no day": ("closing_review", {"signed_off_by": "2"}, "signed_off"),
    "accepted and turned down": (
        "proposal",
        {"accepted_on": "'2026-07-06'", "rejected_on": "'2026-07-06'"},
        "one_answer",
    ),
    "an active plan without a review": ("safety_plan", {"status": "'active'"}, "active_is_whole"),
    "an active plan without whom to call": (
        "safety_plan",
        {"status": "'active'", "review_on": "'2026-08-01'", "professionals": "''"},
        "active_is_whole",
    ),
    "a declined plan without a reason": (
        "safety_plan",
        {"status": "'declined'", "declined_reason": "''"},
        "declined_why",
    ),
}


@pytest.mark.parametrize(("table", "values", "rule"), REFUSED.values(), ids=REFUSED.keys())
def test_a_row_that_contradicts_itself_is_refused(
    raw: RawConnection, table: str, values: dict[str, str], rule: str
) -> None:
    with pytest.raises(dbapi2.IntegrityError, match=f"CHECK constraint failed: ck_{table}_{rule}$"):
        raw.execute(insert(table, **values))


ONCE = {
    "pause": ({}, "update pause set ended_on = '2026-07-07'"),
    "closing_review": ({}, "update closing_review set ended_on = '2026-07-07'"),
    "goal": ({}, "update goal set closed_on = '2026-07-07'"),
    "safety_plan": (
        {"status": "'active'", "review_on": "'2026-08-01'"},
        "update safety_plan set status = 'superseded'",
    ),
}


@pytest.mark.parametrize(
    ("table", "values", "end"), [(t, *rest) for t, rest in ONCE.items()], ids=ONCE.keys()
)
def test_one_is_open_at_a_time(raw: RawConnection, table: str, values: dict[str, str], end: str) -> None:
    def number(of: int) -> dict[str, str]:
        return {"number": str(of)} if "number" in Base.metadata.tables[table].c else {}

    raw.execute(insert(table, **values, **number(1)))
    with pytest.raises(dbapi2.IntegrityError, match=f"UNIQUE constraint failed: {table}.episode_id"):
        raw.execute(insert(table, **values, **number(2)))
    raw.execute(insert(table, **values, **number(2), episode_id="2"))  # another patient's
    raw.execute(end)
    raw.execute(insert(table, **values, **number(3)))


@pytest.mark.parametrize("table", ["safety_assessment", "safety_plan", "relapse_plan"])
def test_versions_are_numbered_once(raw: RawConnection, table: str) -> None:
    raw.execute(insert(table))
    with pytest.raises(dbapi2.IntegrityError, match="UNIQUE constraint failed"):
        raw.execute(insert(table))
    raw.execute(insert(table, number="2"))


def test_the_site_puts_in_each_day_once_and_takes_a_mistake_out_again(raw: RawConnection) -> None:
    raw.execute(insert("site_day", is_open="1"))
    with pytest.raises(dbapi2.IntegrityError, match="UNIQUE constraint failed"):
        raw.execute(insert("site_day"))
    raw.execute("delete from site_day")
    raw.execute(insert("site_day"))


def test_no_column_or_table_is_named_for_a_level_of_danger() -> None:
    names = [
        name
        for table in Base.metadata.tables.values()
        for name in (table.name, *(column.name for column in table.columns))
    ]
    assert [name for name in names if {"risk", "level", "severity"} & set(name.split("_"))] == []
