"""Every record that a released program made is opened by this one with nothing lost."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.facts import NOT_ASKED, NOTHING_STATED
from collabcare.domain.ids import EpisodeId
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reaching import Route
from collabcare.domain.safety_facts import PlanStatus
from collabcare.queries.beside_contacts import beside_contacts
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

RELEASES = [f"{number:04d}" for number in range(1, int(SCHEMA_HEAD))]

NEW_IN: dict[str, dict[str, dict[str, object]]] = {
    "0002": {
        "attempt": {"accessible": 0},
        "contact": {"in_group": 0, "joint": 0, "was_not_brought": 0, "contacted_after": 0},
    },
    "0003": {
        "attempt": {"spoke_to": ""},
        "contact": {"place": ""},
        "safety_conversation": {"ask_by": ""},
        "site": {"out_of_hours": ""},
    },
}
"""What each schema's new columns say in a row of an earlier one; every other new column is null in it."""

RENAMED = {"information_format": "information_formats", "communication_method": "communication_methods"}
"""Columns of a patient that take several answers since the sixth schema: nothing was in them."""

TABLES = {"0001": 16, "0002": 29, "0003": 39, "0004": 40, "0005": 42}
FORMS: dict[str, set[tuple[tuple[int | None, ...], Decimal | int | None, int, bool]]] = {
    "0001": {
        ((2, 2, 2, None, 1, 1, 1, 0, 0), 10, 1, True),
        ((3, 3, 3, 3, None, None, None, 0, 1), None, 3, False),
        ((), 11, 0, False),
    },
    "0002": {
        ((2, 2, 2, None, 1, 1, 1, 0, 0), 10, 1, True),
        ((4, 4, 4, 4, 4, 4, 3, 3, None, 5, 5), Decimal("3.75"), 1, False),
        ((1, 2, 1, 3, 2, 70), 70, 0, False),
        ((), 8, 0, False),
    },
    "0003": {
        ((2, 2, 2, None, 1, 1, 1, 0, 0), 10, 1, True),
        ((4, 4, 4, 4, 4, 4, 3, 3, None, 5, 5), Decimal("3.75"), 1, False),
        ((1, 2, 1, 3, 2, 70), 70, 0, False),
        ((), 8, 0, False),
    },
}
FORMS["0004"] = FORMS["0005"] = FORMS["0003"]
"""Some of the forms in each record: answers, total, how many blanks, whether they were made up for."""

first_release = pytest.mark.parametrize("release", ["0001"], indirect=True)
second_release = pytest.mark.parametrize("release", ["0002"], indirect=True)
third_release = pytest.mark.parametrize("release", ["0003"], indirect=True)
fifth_release = pytest.mark.parametrize("release", ["0005"], indirect=True)
fourth_release = pytest.mark.parametrize("release", ["0004"], indirect=True)
before_the_fourth = pytest.mark.parametrize("release", ["0001", "0002", "0003"], indirect=True)
before_the_third = pytest.mark.parametrize("release", ["0001", "0002"], indirect=True)


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    """Each released schema before this one."""
    return str(request.param)


@pytest.fixture
def old(release: str, tmp_path: Path) -> Path:
    """A copy of the record that the program of that schema made."""
    record, kept = tmp_path / "elm.ccrecord", RELEASED / f"{release}.ccrecord"
    shutil.copy(kept, record)
    shutil.copy(key_path(kept), key_path(record))
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
    assert released == RELEASES


def test_the_record_kept_is_of_its_schema_and_has_rows_in_every_table(old: Path, release: str) -> None:
    key = key_of(old)
    assert scenes.rows(old, "select version_num from alembic_version", key) == [(release,)]
    kept = rows(old, key)
    assert len(kept) == TABLES[release]
    assert [table for table, found in kept.items() if not found] == []
    codes = scenes.rows(old, "select distinct attendance from contact where attendance is not null", key)
    assert {code for (code,) in codes} == set(AttendanceStatus)


def new_values(table: str, release: str) -> dict[str, object]:
    """Return what the columns added since say in a row of this table, where they are not null."""
    later = [tables.get(table, {}) for schema, tables in NEW_IN.items() if schema > release]
    return {name: value for columns in later for name, value in columns.items()}


def test_every_row_is_kept_as_it_was(old: Path, release: str) -> None:
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
            if release == "0001" and table == "measure" and was["total"] is not None:
                kept["total"] = str(was["total"])  # the one value that is written in another way
            if table == "patient" and release > "0001":
                new |= {now_named: kept.pop(before) for before, now_named in RENAMED.items()}
            if release == "0001" and table == "episode":
                new["allocated_on"] = now["allocated_on"]  # worked out: the next test says how
            if release < "0004" and table == "contact" and was["voided_reason"] is not None:
                new |= {name: now[name] for name in ("voided_by", "voided_at")}  # a test of its own, too
            assert now == kept | new | new_values(table, release)


@first_release
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


@first_release
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


@second_release
def test_what_was_asked_is_there(opened: OpenRecord) -> None:
    (asked,) = (facts for facts in everybody(opened) if facts.patient.demographics.disability)
    assert (asked.reach.telephone_safe, asked.reach.letters_safe) == (True, False)
    assert asked.patient.demographics.disability == ("04", "06")
    assert [plan.status for plan in asked.safety_plans] == [PlanStatus.ACTIVE]
    assert asked.safety_assessments
    assert asked.goals[0].closed_on is not None
    assert asked.goals[0].ratings
    searched = [facts for facts in everybody(opened) if facts.track_moves]
    assert [[fact.kind for fact in facts.haste] for facts in searched] == [
        [HasteKind.DOMESTIC_ABUSE, HasteKind.SAFEGUARDING]
    ]
    assert any(ladder.snoozes for facts in searched for ladder in facts.ladders)
    assert [facts.previous_episode_id for facts in everybody(opened) if facts.previous_episode_id] == [2]


@third_release
def test_who_marked_a_contact_as_entered_in_error_is_taken_over_from_the_audit_trail(old: Path) -> None:
    key = key_of(old)
    (told,) = scenes.rows(
        old,
        "select subject_id, actor_id, at from audit_entry where action = 'Mark contact as entered in error'",
        key,
    )
    open_record(old, LOGIN, PASSWORD).close()
    marked = "select id, voided_by, voided_at from contact where voided_by is not null"
    assert scenes.rows(old, marked, key) == [told]


@third_release
def test_what_the_third_schema_held_is_there(opened: OpenRecord) -> None:
    (told,) = (facts for facts in everybody(opened) if len(facts.medication) > 1 and facts.carers)
    assert [(each.dose, each.replaces_id is not None) for each in told.medication[-2:]] == [
        ("50 mg", False),
        ("100 mg", True),
    ]
    assert [(each.name, each.nominated) for each in told.carers] == [("Ewa Nowak", True)]
    assert "Round the block after tea" in [each.text for goal in told.goals for each in goal.actions]
    assert [each.note for each in told.reminders] == ["Asked to ring"]
    assert [each.place for each in told.contacts if each.interpreter_booked] == ["Room 2"]
    assert any(facts.postponements for facts in everybody(opened))


@before_the_fourth
def test_nothing_was_moved_noted_or_told_by_its_way_before(opened: OpenRecord) -> None:
    tries = [tried for facts in everybody(opened) for ladder in facts.ladders for tried in ladder.attempts]
    assert {tried.route for tried in tries} == {None}
    with opened.sessions() as session:
        found = [beside_contacts(session, facts.episode_id).notes for facts in everybody(opened)]
    assert {*found, *(facts.moves for facts in everybody(opened))} == {()}


@before_the_third
def test_what_no_record_held_before_is_in_none_now(opened: OpenRecord) -> None:
    caseload = everybody(opened)
    for facts in caseload:
        patient, reach = facts.patient, facts.reach
        assert (patient.other_telephone, patient.email, patient.pronouns, patient.allergies) == (None,) * 4
        assert (reach.safe_times, reach.interpreter_dialect, reach.interpreter_gender) == (None,) * 3
        assert (reach.communication_professional, reach.carer_support) == (None, None)
        assert (facts.medication, facts.carers, facts.reminders) == ((), (), ())
        assert not any(goal.domain or goal.actions for goal in facts.goals)
    contacts = [contact for facts in caseload for contact in facts.contacts]
    assert {(contact.interpreter_booked, contact.place) for contact in contacts} == {(None, "")}
    tries = [tried for facts in caseload for ladder in facts.ladders for tried in ladder.attempts]
    assert {(tried.spoke_to, tried.promised_on) for tried in tries} == {("", None)}
    asked = [prompt for facts in caseload for prompt in facts.safety_prompts]
    assert {(prompt.ask_by, prompt.ask_on, prompt.tried_on) for prompt in asked} == {("", None, None)}


def test_forms_are_read_as_they_were_scored(opened: OpenRecord, release: str) -> None:
    forms = [form for facts in everybody(opened) for form in facts.measures]
    assert len(forms) == {"0001": 83, "0002": 87, "0003": 87, "0004": 87, "0005": 87}[release]
    assert {type(form.total) for form in forms if form.total is not None} <= {int, Decimal}
    assert {(form.answers, form.total, form.missing, form.prorated) for form in forms} >= FORMS[release]


def test_the_upgraded_record_is_worked_on(opened: OpenRecord) -> None:
    with opened.sessions() as session:
        session.connection(execution_options=WRITE)
        here = open_caseload_facts(session)[0].patient.patient_id
        session.get_one(m.Patient, here).pronouns = "they"
        session.get_one(m.Site, 1).duty_id = 1
        session.commit()
        facts = open_caseload_facts(session)
        assert [f.patient.pronouns for f in facts if f.patient.patient_id == here] == ["they"]
        with pytest.raises(sa.exc.IntegrityError, match="never altered"):
            session.execute(sa.text("update measure set total = 0"))


@fourth_release
def test_what_the_fourth_schema_held_is_there(opened: OpenRecord) -> None:
    caseload = everybody(opened)
    assert [[move.moved_on is not None for move in facts.moves] for facts in caseload if facts.moves] == [
        [True]
    ]
    tries = [tried for facts in caseload for ladder in facts.ladders for tried in ladder.attempts]
    assert Route.VOICEMAIL in {tried.route for tried in tries}
    assert "text" in {facts.reach.preferred_way for facts in caseload}
    with opened.sessions() as session:
        written = [note.text for f in caseload for note in beside_contacts(session, f.episode_id).notes]
    assert "The sister rang" in written


@fifth_release
def test_what_the_fifth_schema_held_is_there_and_nothing_was_agreed_before(opened: OpenRecord) -> None:
    caseload = everybody(opened)
    assert {facts.follow_up_weeks for facts in caseload} == {None}
    reviews = [review for facts in caseload for review in facts.closing_reviews]
    concluded = {said.concluded for review in reviews for said in review.safety_reviews}
    assert "Nothing new since November" in concluded
    tries = [tried for facts in caseload for ladder in facts.ladders for tried in ladder.attempts]
    assert "Amara at 16:00" in {tried.decided_words for tried in tries}
    with opened.sessions() as session:
        taken_back = session.scalars(sa.select(m.EndingTakenBack)).one()
        assert taken_back.reason == "Another patient had died"


NEEDS = {
    ("large print 18 pt", "BSL"): ("large_print_18", "bsl"),
    ("Large print 24 pt", "sign language (SSE)"): ("large_print_24", "sign_supported"),
    ("Braille", None): ("braille", None),
    ("BSL video", "with an advocate"): ("bsl_video", "advocate"),
    (None, "none needed"): (None, "none_needed"),
    ("standard", " deafblind manual "): ("standard", "deafblind_manual"),
    ("Large yellow sheets", "uses_sign_language"): ("Large_yellow_sheets", "uses_sign_language"),
    ("", " "): (None, None),
}
"""The one answer of before, and what is kept of it as the first of several."""


@fifth_release
def test_the_one_answer_to_each_need_is_carried_over_by_its_code(old: Path) -> None:
    key = key_of(old)

    def quoted(said: str | None) -> str:
        return "null" if said is None else f"'{said}'"

    scenes.run(
        old,
        *(
            f"update patient set information_format = {quoted(said)}, communication_method = {quoted(how)}"
            f" where id = {number}"
            for number, (said, how) in enumerate(NEEDS, 1)
        ),
        key=key,
    )
    with open_record(old, LOGIN, PASSWORD) as opened:
        found = {int(facts.patient.patient_id): facts.reach for facts in everybody(opened)}
    select = "select information_formats, communication_methods from patient order by id"
    assert scenes.rows(old, select, key) == list(NEEDS.values())
    assert (found[1].information_formats, found[1].communication_methods) == (("large_print_18",), ("bsl",))
    assert (found[3].information_formats, found[3].communication_methods) == (("braille",), ())
