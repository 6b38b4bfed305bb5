"""How long records are kept, and what somebody who asks for their own gets by when."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from inspect import signature

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.days_off import england_calendar, national_calendar
from collabcare.catalogue.retention import load_retention
from collabcare.domain.calendar import NationalCalendar
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from collabcare.domain.retention import (
    REDACTED,
    RecordHeld,
    RecordLine,
    RecordPart,
    Withhold,
    on_disposal_list,
    refuse_disposal,
    retention_of,
    review_on,
    subject_access_due,
    subject_access_lines,
)
from collabcare.paths import resources_dir

POLICY = load_retention(resources_dir() / "rules")
CALENDAR = national_calendar(date(2026, 6, 1))
ENDED = date(2026, 3, 15)
LATER = date(2046, 3, 15)


@pytest.mark.parametrize(
    ("discharged", "died", "day"),
    [
        pytest.param(ENDED, None, LATER, id="RET-W1"),
        pytest.param(ENDED, date(2030, 5, 1), date(2040, 5, 1), id="RET-W2"),
        pytest.param(date(2028, 1, 3), date(2028, 2, 29), date(2038, 3, 1), id="RET-W4"),
        pytest.param(None, None, None, id="RET-W5"),
        pytest.param(None, date(2030, 5, 1), date(2040, 5, 1), id="death ends care"),
        pytest.param(date(2028, 2, 29), None, date(2048, 2, 29), id="a 29 February that exists"),
        pytest.param(date(2080, 2, 29), None, date(2100, 3, 1), id="2100 has none"),
    ],
)
def test_a_record_is_kept_20_years_after_care_or_10_after_death(
    discharged: date | None, died: date | None, day: date | None
) -> None:
    assert review_on(discharged, died, POLICY) == day


@pytest.mark.parametrize(
    ("born", "discharged", "died", "day"),
    [
        pytest.param(
            date(2023, 6, 1), ENDED, None, date(2048, 6, 1), id="seen at 2, kept to the 25th birthday"
        ),
        pytest.param(date(2021, 3, 15), ENDED, None, LATER, id="seen at 5, both on one day"),
        pytest.param(date(2015, 6, 1), ENDED, None, LATER, id="seen at 10, 20 years are longer"),
        pytest.param(date(2008, 6, 1), ENDED, None, LATER, id="seen at 17, 20 years are longer"),
        pytest.param(date(2024, 2, 29), ENDED, None, date(2049, 3, 1), id="born on a leap day"),
        pytest.param(date(2023, 6, 1), ENDED, date(2030, 5, 1), date(2040, 5, 1), id="a death comes first"),
        pytest.param(date(2023, 6, 1), None, None, None, id="still cared for"),
        pytest.param(None, ENDED, None, LATER, id="date of birth not known"),
    ],
)
def test_a_childs_record_is_kept_at_least_until_they_are_25(
    born: date | None, discharged: date | None, died: date | None, day: date | None
) -> None:
    held = RecordHeld(discharges=(discharged,), died_on=died, birth_date=born)
    assert retention_of(held, POLICY).review_on == day
    if day is not None:
        assert not on_disposal_list(held, POLICY, today=day - timedelta(days=1))
        assert on_disposal_list(held, POLICY, today=day)


def test_who_was_17_as_care_ended_is_kept_for_until_26() -> None:
    """Where a service sets fewer years after care, the birthday counts."""
    short = replace(POLICY, years_after_care=8)
    ended = (date(2026, 5, 31), date(2026, 6, 1), date(2025, 5, 31))
    days = [
        retention_of(RecordHeld(discharges=(each,), birth_date=date(2008, 6, 1)), short).review_on
        for each in ended
    ]
    assert days == [date(2034, 6, 1), date(2034, 6, 1), date(2033, 6, 1)]


def test_a_day_beyond_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(RuleViolation, match="too far in the future"):
        review_on(date(9980, 1, 1), None, POLICY)
    assert review_on(date(9979, 12, 31), None, POLICY) == date(9999, 12, 31)


@given(st.dates(), st.none() | st.dates())
def test_any_dates_give_a_later_day_or_a_plain_refusal(discharged: date, died: date | None) -> None:
    try:
        found = review_on(discharged, died, POLICY)
    except RuleViolation as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either ending is right
    else:
        start = died or discharged
        years = 20 if died is None else 10
        assert found is not None
        assert found.year == start.year + years
        assert found >= start + timedelta(days=365 * years)


@pytest.mark.parametrize("last", [pytest.param(date(2041, 2, 1), id="RET-W3")])
def test_a_new_referral_restarts_the_count_at_the_last_discharge(last: date) -> None:
    again = RecordHeld(discharges=(ENDED, last))
    assert retention_of(again, POLICY).review_on == date(2061, 2, 1)
    assert not on_disposal_list(again, POLICY, today=LATER)


@pytest.mark.parametrize(
    "discharges",
    [pytest.param((None,), id="RET-W5"), pytest.param((ENDED, None), id="RET-W3 open again"), ()],
)
def test_care_that_is_not_over_has_no_day(discharges: tuple[date | None, ...]) -> None:
    held = RecordHeld(discharges=discharges)
    found = retention_of(held, POLICY)
    assert found.review_on is None
    assert "Care is not over" in found.sentence
    assert not on_disposal_list(held, POLICY, today=date(2200, 1, 1))


def test_an_episode_left_open_when_somebody_died_is_closed_before_disposal() -> None:
    held = RecordHeld(discharges=(ENDED, None), died_on=date(2030, 5, 1))
    assert retention_of(held, POLICY).review_on == date(2040, 5, 1)
    assert not on_disposal_list(held, POLICY, today=date(2050, 1, 1))


def test_the_answer_says_what_it_went_by_and_that_people_decide() -> None:
    found = retention_of(RecordHeld(discharges=(ENDED,)), POLICY)
    assert found.sentence == "Keep until 15-Mar-2046, then consider reviewing it; two people decide."
    assert (found.rule, found.source) == (POLICY.rule, POLICY.source)
    assert [each.value for each in found.used] == [ENDED, None, False]


@pytest.mark.parametrize(("today", "listed"), [(LATER - timedelta(days=1), False), (LATER, True)])
def test_a_record_may_be_reviewed_from_its_day_on(today: date, listed: bool) -> None:
    assert on_disposal_list(RecordHeld(discharges=(ENDED,)), POLICY, today=today) is listed


@pytest.mark.parametrize("today", [pytest.param(date(2200, 1, 1), id="RET-W6")])
def test_a_legal_hold_overrides_every_date(today: date) -> None:
    held = RecordHeld(discharges=(ENDED,), legal_hold=True)
    assert not on_disposal_list(held, POLICY, today=today)
    assert "held for a legal reason" in retention_of(held, POLICY).sentence
    with pytest.raises(RuleViolation, match="held for a legal reason"):
        refuse_disposal(held, POLICY, reviewed_by=UserId(1), agreed_by=UserId(2), today=today)


@pytest.mark.parametrize(
    ("agreed_by", "today", "words"),
    [
        (UserId(2), LATER - timedelta(days=1), "must still be kept"),
        (None, LATER, "second person"),
        (UserId(1), LATER, "second person"),
    ],
)
def test_nobody_disposes_early_or_alone(agreed_by: UserId | None, today: date, words: str) -> None:
    held = RecordHeld(discharges=(ENDED,))
    with pytest.raises(RuleViolation, match=words):
        refuse_disposal(held, POLICY, reviewed_by=UserId(1), agreed_by=agreed_by, today=today)


def test_two_people_may_dispose_of_what_is_due() -> None:
    held = RecordHeld(discharges=(ENDED,))
    refuse_disposal(held, POLICY, reviewed_by=UserId(1), agreed_by=UserId(2), today=LATER)


@pytest.mark.parametrize(
    ("received", "complex_request", "due"),
    [
        pytest.param(date(2026, 3, 31), False, date(2026, 4, 30), id="SAR-W1"),
        pytest.param(date(2026, 9, 30), False, date(2026, 10, 30), id="SAR-W2"),
        pytest.param(date(2026, 1, 31), False, date(2026, 3, 2), id="SAR-W3"),
        pytest.param(date(2026, 3, 31), True, date(2026, 6, 30), id="complex"),
        pytest.param(date(2026, 11, 25), False, date(2026, 12, 29), id="over Christmas"),
        pytest.param(date(2026, 9, 3), True, date(2026, 12, 3), id="over no year's end"),
        pytest.param(date(2026, 12, 1), False, date(2027, 1, 4), id="over New Year"),
    ],
)
def test_a_copy_is_due_a_month_on_and_on_a_working_day(
    received: date, complex_request: bool, due: date
) -> None:
    found = subject_access_due(received, CALENDAR, POLICY.subject_access, complex_request=complex_request)
    assert found.due_on == due
    assert found.used[0].value == received
    assert found.used[1].value is complex_request
    assert (found.rule, found.source) == (POLICY.subject_access.rule, POLICY.subject_access.source)


def test_a_request_beyond_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(RuleViolation, match="too far in the future"):
        subject_access_due(date(9998, 12, 1), CALENDAR, POLICY.subject_access)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.booleans())
def test_a_copy_is_due_on_a_working_day_soon_after_its_months(received: date, complex_request: bool) -> None:
    bare = NationalCalendar(bank_holidays=frozenset())
    due = subject_access_due(received, bare, POLICY.subject_access, complex_request=complex_request).due_on
    assert due.weekday() < 5
    least, most = (88, 95) if complex_request else (28, 33)
    assert least <= (due - received).days <= most


def test_a_day_on_which_only_the_site_is_shut_puts_off_nothing_the_law_asks_for() -> None:
    """The rule takes a calendar that cannot hold days of a site, and the working calendar is no such one."""
    thursday = date(2026, 4, 30)
    site = england_calendar(date(2026, 6, 1), closed_days=[thursday])
    assert site.this_or_next(thursday) == date(2026, 5, 1)
    assert subject_access_due(date(2026, 3, 31), CALENDAR, POLICY.subject_access).due_on == thursday
    assert NationalCalendar not in type(site).__mro__
    assert set(signature(national_calendar).parameters) == {"around"}
    assert [each.name for each in fields(NationalCalendar)] == ["bank_holidays"]
    assert signature(subject_access_due).parameters["calendar"].annotation == NationalCalendar.__name__


CARE = RecordLine(part=RecordPart.CARE, text="Seen with her sister.")
DECISION = RecordLine(part=RecordPart.SUPERVISION_DECISION, text="Carry on for four weeks.")
AUDIT = RecordLine(part=RecordPart.AUDIT, text="Letter printed.")
OWN_NOTE = RecordLine(part=RecordPart.SUPERVISION_PERSONAL_NOTE, text="Ask Jo how the case sits with them.")
THIRD = RecordLine(part=RecordPart.CARE, text="Her sister has depression.", withhold=Withhold.THIRD_PARTY)
HARM = RecordLine(part=RecordPart.CARE, text="Told in confidence.", withhold=Withhold.SERIOUS_HARM)


@pytest.mark.parametrize(
    ("lines", "copied"),
    [
        pytest.param((OWN_NOTE, DECISION), (DECISION.text,), id="SAR-W4"),
        pytest.param((CARE, THIRD), (CARE.text, "[Left out: about somebody else]"), id="SAR-W5"),
        pytest.param((HARM, AUDIT), ("[Left out]", AUDIT.text), id="serious harm and audit"),
        pytest.param((), (), id="nothing"),
    ],
)
def test_a_copy_has_the_whole_record_but_what_is_not_theirs(
    lines: tuple[RecordLine, ...], copied: tuple[str, ...]
) -> None:
    originals = tuple(line.text for line in lines)
    assert tuple(line.text for line in subject_access_lines(lines)) == copied
    assert tuple(line.text for line in lines) == originals


@given(
    st.lists(
        st.builds(
            RecordLine,
            part=st.sampled_from(RecordPart),
            text=st.text(),
            withhold=st.none() | st.sampled_from(Withhold),
        )
    )
)
def test_nothing_flagged_is_ever_copied_and_nothing_else_is_lost(lines: list[RecordLine]) -> None:
    theirs = [line for line in lines if line.part is not RecordPart.SUPERVISION_PERSONAL_NOTE]
    copied = subject_access_lines(lines)
    assert [line.part for line in copied] == [line.part for line in theirs]
    for line, original in zip(copied, theirs, strict=True):
        assert line.text == (original.text if original.withhold is None else REDACTED[original.withhold])
