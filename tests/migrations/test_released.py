"""Every record that a released program made is opened by this one with nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.facts import NOT_ASKED, NOTHING_STATED
from collabcare.domain.ids import EpisodeId
from collabcare.queries.facts import episode_facts, open_caseload_facts
from collabcare.store import models as m
from collabcare.store.access import unlock
from collabcare.store.drift import drift
from collabcare.store.engine import WRITE
from collabcare.store.keyfile import key_path
from collabcare.store.migrate import SCHEMA_HEAD, current_schema, revision_of
from collabcare.store.record import OpenRecord, open_record, verify
from tests.store import scenes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.store.vault import RecordKey

RELEASED = Path(__file__).parents[1] / "data" / "released_schemas"
LOGIN, PASSWORD = "amara", "demo caseload 2026"

NEW_IN_0002: dict[str, dict[str, object]] = {
    "attempt": {"accessible": 0},
    "contact": {"in_group": 0, "joint": 0, "was_not_brought": 0, "contacted_after": 0},
}
"""The columns of 0002 that say no in a row of 0001; every other is empty in it."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the record that the program of schema 0001 made."""
    record = tmp_path / "elm.ccrecord"
    shutil.copy(RELEASED / "0001.ccrecord", record)
    shutil.copy(key_path(RELEASED / "0001.ccrecord"), key_path(record))
    return record


@pytest.fixture
def opened(old: Path) -> Iterator[OpenRecord]:
    """That record, opened by this program."""
    with open_record(old, LOGIN, PASSWORD) as opened:
        yield opened


def key_of(record: Path) -> RecordKey:
    return unlock(record, LOGIN, PASSWORD).key


def rows(record: Path, key: RecordKey) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table as the file holds it, by the names of its columns."""
    names = [str(row[0]) for row in scenes.rows(record, "select name from sqlite_master", key)]
    tables = [name for name in names if name in m.Base.metadata.tables]
    found = {}
    for table in tables:
        columns = [str(row[1]) for row in scenes.rows(record, f"pragma table_info({table})", key)]
        kept = scenes.rows(record, f"select {', '.join(columns)} from {table} order by id", key)
        found[table] = [dict(zip(columns, row, strict=True)) for row in kept]
    return found


def test_there_is_a_record_of_every_schema_before_this_one() -> None:
    released = sorted(path.stem for path in RELEASED.glob("*.ccrecord"))
    assert released == [f"{number:04d}" for number in range(1, int(SCHEMA_HEAD))]


def test_the_record_kept_is_of_its_schema_and_has_rows_in_every_table(old: Path) -> None:
    key = key_of(old)
    assert scenes.rows(old, "select version_num from alembic_version", key) == [("0001",)]
    kept = rows(old, key)
    assert len(kept) == 16
    assert [table for table, found in kept.items() if not found] == []
    codes = scenes.rows(old, "select distinct attendance from contact where attendance is not null", key)
    assert {code for (code,) in codes} == set(AttendanceStatus)


def test_every_row_is_kept_as_it_was(old: Path) -> None:
    key = key_of(old)
    before = rows(old, key)
    open_record(old, LOGIN, PASSWORD).close()
    after = rows(old, key)
    assert {table: len(found) for table, found in after.items() if found} == {
        table: len(found) for table, found in before.items()
    }
    for table, found in before.items():
        for was, now in zip(found, after[table], strict=True):
            new: dict[str, object] = dict.fromkeys(now.keys() - was.keys())
            kept = dict(was)
            if table == "measure" and was["total"] is not None:
                kept["total"] = str(was["total"])  # the one value that is written in another way
            if table == "episode":
                new["allocated_on"] = now["allocated_on"]  # worked out: the next test says how
            assert now == kept | new | NEW_IN_0002.get(table, {})


def test_a_patient_held_is_allocated_since_that_phase_began_or_since_the_referral(old: Path) -> None:
    key = key_of(old)
    scenes.run(
        old,
        "update episode set holder_id = null where id = 2",
        "update episode set phase = 'allocated', phase_since = '2026-10-30', closed_on = null where id = 3",
        key=key,
    )
    referrals = scenes.rows(old, "select episode_id, received_on from referral order by episode_id", key)
    open_record(old, LOGIN, PASSWORD).close()
    found = scenes.rows(old, "select id, allocated_on from episode order by id", key)
    otherwise: dict[object, object] = {2: None, 3: "2026-10-30"}
    assert found == [(episode, otherwise.get(episode, received)) for episode, received in referrals]
    assert len(found) > 3


def test_the_outcome_is_what_the_models_say_and_whole(opened: OpenRecord) -> None:
    schema = current_schema()
    assert verify(opened) == []
    with opened.engine.connect() as connection:
        assert revision_of(connection) == SCHEMA_HEAD
        assert drift(connection, schema.metadata, schema.triggers) == []


def test_a_copy_was_made_first_and_is_the_record_as_it_was(old: Path) -> None:
    key = key_of(old)
    before = scenes.content(old, key)
    with open_record(old, LOGIN, PASSWORD) as opened:
        copy = opened.copy_before_upgrade
    assert copy == old.with_name(f"elm.ccrecord.before-{SCHEMA_HEAD}")
    assert scenes.content(copy, key) == before
    with open_record(old, LOGIN, PASSWORD) as opened:
        assert opened.copy_before_upgrade is None


def everybody(opened: OpenRecord) -> list[EpisodeFacts]:
    with opened.sessions() as session:
        found = [episode_facts(session, EpisodeId(key)) for key in session.scalars(sa.select(m.Episode.id))]
    return [facts for facts in found if facts is not None]


def test_what_was_never_asked_reads_as_never_asked(opened: OpenRecord) -> None:
    caseload = everybody(opened)
    assert len(caseload) == 8
    for facts in caseload:
        assert (facts.reach, facts.patient.demographics) == (NOT_ASKED, NOTHING_STATED)
        assert (facts.patient.hold_reason, facts.previous_episode_id, facts.relapse_plan) == (None,) * 3
        assert (facts.haste, facts.pauses, facts.safety_plans, facts.goals) == ((), (), (), ())
        assert not any(c.group or c.joint or c.was_not_brought or c.contacted_after for c in facts.contacts)
        assert not any(tried.accessible for ladder in facts.ladders for tried in ladder.attempts)
        assert {form.route for form in facts.measures} <= {None}
        assert (facts.ending is None) == (facts.closed_on is None)


def test_forms_are_read_as_they_were_scored(opened: OpenRecord) -> None:
    forms = [form for facts in everybody(opened) for form in facts.measures]
    assert len(forms) == 83
    assert all(type(form.total) is int for form in forms if form.total is not None)
    found = {(form.answers, form.total, form.missing, form.prorated) for form in forms}
    assert found >= {
        ((2, 2, 2, None, 1, 1, 1, 0, 0), 10, 1, True),
        ((3, 3, 3, 3, None, None, None, 0, 1), None, 3, False),
        ((), 11, 0, False),
    }


def test_the_upgraded_record_is_worked_on(opened: OpenRecord) -> None:
    with opened.sessions() as session:
        session.connection(execution_options=WRITE)
        patient = session.get_one(m.Patient, 1)
        patient.letters_safe = False
        session.commit()
        assert [f.reach.letters_safe for f in open_caseload_facts(session) if f.patient.patient_id == 1] in (
            [False],
            [],
        )
        with pytest.raises(sa.exc.IntegrityError, match="never altered"):
            session.execute(sa.text("update measure set total = 0"))
