"""The days the service does not work."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import holidays
import pytest

from collabcare.catalogue.bank_holidays import FILE, load_bank_holidays
from collabcare.catalogue.days_off import england_calendar, national_calendar
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

HOLIDAYS_2026 = ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]


@pytest.mark.parametrize("day", [*(f"2026-{day}" for day in HOLIDAYS_2026), "2027-01-01"])
def test_englands_bank_holidays_are_days_off(day: str) -> None:
    assert not england_calendar(date(2026, 3, 9)).is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-03-17", "2026-07-13", "2026-11-30", "2026-01-02", "2026-08-03"])
def test_other_nations_bank_holidays_are_not(day: str) -> None:
    assert england_calendar(date(2026, 3, 9)).is_working_day(date.fromisoformat(day))


def test_2026_has_as_many_working_days_as_it_should() -> None:
    """365 days less 104 of weekends and the eight weekday bank holidays."""
    calendar = england_calendar(date(2026, 3, 9))
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    assert sum(calendar.is_working_day(day) for day in days) == 365 - 104 - 8


def test_the_years_before_and_after_are_known() -> None:
    calendar = england_calendar(date(2026, 3, 9))
    for year in range(2024, 2030):
        assert not calendar.is_working_day(date(year, 12, 25))


def test_the_sites_own_closed_days_are_days_off_too() -> None:
    training = date(2026, 3, 10)
    assert not england_calendar(date(2026, 3, 9), [training]).is_working_day(training)


@pytest.mark.parametrize("day", [date(2026, 3, 14), date(2026, 4, 3)], ids=["a Saturday", "Good Friday"])
def test_the_sites_own_open_days_are_worked(day: date) -> None:
    clinic = england_calendar(date(2026, 3, 9), open_days=[day])
    assert clinic.is_working_day(day)
    assert clinic.days_on == {day}


def test_a_day_named_as_open_and_closed_is_closed() -> None:
    day = date(2026, 3, 14)
    assert not england_calendar(date(2026, 3, 9), [day], [day]).is_working_day(day)


def test_a_search_of_years_ago_knows_the_bank_holidays_of_its_time() -> None:
    assert not england_calendar(date(2026, 3, 9)).is_working_day(date(2022, 9, 19))


def test_the_national_calendar_knows_the_bank_holidays_and_no_day_of_a_site() -> None:
    known = national_calendar(date(2026, 3, 9))
    assert known.bank_holidays == england_calendar(date(2026, 3, 9)).days_off
    assert known.this_or_next(date(2026, 4, 3)) == date(2026, 4, 7)
    assert known.this_or_next(date(2026, 3, 10)) == date(2026, 3, 10)


KNOWN = load_bank_holidays(resources_dir() / "rules")


@pytest.mark.parametrize("year", KNOWN)
def test_the_file_says_what_the_holidays_package_says(year: int) -> None:
    assert KNOWN[year] == set(holidays.country_holidays("GB", subdiv="ENG", years=[year]))


def test_the_file_has_every_year_for_long_enough() -> None:
    assert [*KNOWN] == [*range(2010, 2061)]


def test_no_country_is_loaded_for_the_years_of_the_file() -> None:
    program = (
        "import sys; from datetime import date; from collabcare.catalogue.days_off import england_calendar;"
        "england_calendar(date(2026, 3, 9)); print('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("line", "other", "words"),
    [
        ('rule = "', 'rule2 = "', "rule is missing"),
        ('source = "', 'x = 1\nsource = "', "x is not a known"),
        ('2026 = ["01-01"', '2026 = ["13-01"', "days.2026 must be days of that year"),
        ('2026 = ["01-01"', "2026 = [1", "days.2026 must be a list of texts"),
        ("2026 = [", "year = [", "days.year is not a known"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, line: str, other: str, words: str) -> None:
    text = (resources_dir() / "rules" / FILE).read_text(encoding="utf-8")
    assert line in text
    (tmp_path / FILE).write_text(text.replace(line, other), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=re.escape(words)):
        load_bank_holidays(tmp_path)


@pytest.mark.parametrize(("year", "monday"), [(1, 4), (1950, 5), (9999, 7)])
def test_any_year_has_a_calendar(year: int, monday: int) -> None:
    """Monday of a week of June without a bank holiday."""
    calendar = england_calendar(date(year, 6, 1))
    week = [calendar.is_working_day(date(year, 6, monday + n)) for n in range(7)]
    assert week == [True] * 5 + [False] * 2
