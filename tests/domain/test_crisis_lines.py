"""Whom somebody can ring: one list, the site's own first, each line a line of print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from collabcare.domain.acting import Role
from collabcare.domain.calendar import WorkingCalendar
from collabcare.domain.crisis_lines import (
    NO_SUPPORT,
    NOBODY_ON_DUTY,
    CrisisSupport,
    SiteLine,
    crisis_lines,
    not_kept,
    refuse_duty,
    refuse_line,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from collabcare.domain.safety_page import lines_not_in
from tests.builders_safety import helplines


def line(place: int, **changes: str) -> SiteLine:
    """Return a line of the site's own."""
    words = {"name": f"Team {place}", "telephone": "0113 496 0999", **changes}
    return SiteLine(id=place, row_version=1, place=place, **words)


def test_the_sites_own_stand_first_in_their_order() -> None:
    found = crisis_lines((line(2), line(1)), helplines())
    assert [each.name for each in found[:3]] == ["Team 1", "Team 2", "Emergency"]
    assert found[2:] == helplines().lines
    assert crisis_lines((), helplines()) == helplines().lines


def test_a_national_line_kept_as_the_sites_own_is_said_once_and_is_confirmed() -> None:
    national = helplines()
    taken = next(each for each in national.lines if each.name == "Samaritans")
    own = line(1, name=taken.name, telephone=f" {taken.contact.upper()} ", note=taken.about)
    found = crisis_lines((own,), national)
    assert [each.name for each in found] == ["Samaritans", "Emergency", "NHS 111", "Shout"]
    assert found[0].confirmed
    assert taken not in not_kept((own,), national)
    assert not_kept((), national) == national.lines


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Team 1: 0113 496 0999."),
        ({"when_open": "Day and night"}, "Team 1: 0113 496 0999. Day and night."),
        ({"when_open": "day and night", "note": "for us"}, "Team 1: 0113 496 0999. Day and night. For us."),
        ({"note": "Ask for Jo."}, "Team 1: 0113 496 0999. Ask for Jo."),
        ({"when_open": "Evenings.", "note": "Ring twice"}, "Team 1: 0113 496 0999. Evenings. Ring twice."),
    ],
)
def test_a_line_is_one_line_of_print(changes: dict[str, str], words: str) -> None:
    assert line(1, **changes).helpline.words == words
    assert line(1).helpline.confirmed


def test_who_is_on_duty_is_said_or_that_nobody_is() -> None:
    assert NO_SUPPORT.on_duty == NOBODY_ON_DUTY
    alone = CrisisSupport(has_supervisor=False).on_duty
    assert "there is no supervisor" in alone
    assert alone.endswith("or set who is on duty under Practice.")
    jo = CrisisSupport(duty_id=UserId(1), duty_name="Jo Smith")
    assert jo.on_duty == "On duty: Jo Smith, no number kept."
    mobile = SiteLine(id=1, row_version=1, place=1, name="jo smith, mobile", telephone="07700 900001")
    assert replace(jo, lines=(mobile,)).on_duty == "On duty: Jo Smith, 07700 900001."
    assert jo.is_of_duty("jo smith, mobile")
    assert not jo.is_of_duty("Crisis team")
    assert not NO_SUPPORT.is_of_duty("Jo Smith")


def test_the_duty_person_is_named_with_their_hours_and_not_on_a_day_the_service_is_closed() -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    calendar = WorkingCalendar(frozenset({sunday}))
    mobile = line(1, name="Duty worker, Jo Smith", when_open="9am to 5pm, Monday to Friday.")
    kept = CrisisSupport(duty_name="Jo Smith", lines=(mobile, line(2, name="Crisis team")))
    working = kept.on(monday, calendar)
    assert working.on_duty == "On duty: Jo Smith, 0113 496 0999 (9am to 5pm, Monday to Friday)."
    assert [each.name for each in working.to_ring(helplines())][:2] == [
        "Duty worker, Jo Smith",
        "Crisis team",
    ]
    closed = kept.on(sunday, calendar)
    assert closed.on_duty == "The service is closed today, so no duty person is named."
    assert closed.to_ring(helplines())[0].name == "Crisis team"
    assert NO_SUPPORT.on(sunday, calendar).on_duty == NOBODY_ON_DUTY


def test_only_lines_a_text_does_not_hold_are_left() -> None:
    lines = helplines().lines
    text = "samaritans:  CALL 116 123\nShout"
    assert [each.name for each in lines_not_in(text, lines)] == ["Emergency", "NHS 111", "Shout"]
    theirs = "NHS 111, option for mental health, or Samaritans on 116\u00a0123. 999 if it cannot wait."
    assert [each.name for each in lines_not_in(theirs, lines)] == ["Shout"]
    assert lines_not_in("My brother, 07700 900 111", lines) == lines
    assert lines_not_in("", (*lines, *lines)) == lines
    assert lines_not_in("", lines) == lines


@pytest.mark.parametrize(("name", "telephone"), [("", "111"), ("Crisis team", ""), ("Crisis team", "soon")])
def test_a_line_without_a_name_or_a_number_is_refused(name: str, telephone: str) -> None:
    with pytest.raises(RuleViolation, match="Write"):
        refuse_line(name, telephone)
    refuse_line("Crisis team", "text 85258")


@pytest.mark.parametrize("role", Role)
def test_only_those_who_can_record_the_conversation_are_on_duty(role: Role) -> None:
    if role in {Role.PRACTITIONER, Role.SUPERVISOR}:
        refuse_duty(role, active=True)
        with pytest.raises(RuleViolation, match="has left"):
            refuse_duty(role, active=False)
        return
    with pytest.raises(RuleViolation, match="able to record a safety conversation"):
        refuse_duty(role, active=True)
