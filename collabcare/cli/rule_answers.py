"""Answers about dates, numbers and service models for the ``rules`` commands."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import Track
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from argparse import Namespace

    from collabcare.domain.instruments import Instrument
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.reengagement import LadderDate

Answer: TypeAlias = dict[str, object]
_WORKING_DAY = "Nth working day after a day"
_CALENDAR_SOURCE = "Bank holidays of England from the holidays package; Monday to Friday."
MINUS = "−"
_WHOLE = re.compile(rf"[-+{MINUS}]?[0-9]{{1,12}}")
_SHOWN = 30
_KNOWN_YEARS = range(1971, 2095)
"""England's bank holidays are known for these years and the six after each."""
_MOST_WORKING_DAYS = 1000
_LADDER_SOURCE = "The days and hours of the ladder are this project's defaults."
_LATE = "The slot ended at or after {:%H:%M}, so rung 1 is the next working day's."
_DAY_OFF = (
    "The missed day is a day off, so the first rung is dated the next working day. If the service was at work"
    " that day, act that day."
)
_PROMPT_GOES_ON = (
    "After rung 4 the search stays there, reviewed each week with the supervisor, until the patient is"
    " reached or the supervisor decides."
)


def is_day(value: object) -> TypeGuard[date]:
    """Return whether a value is a day."""
    return isinstance(value, date)


def whole(text: str, what: str) -> int:
    """Read a whole number.

    Raises:
        RuleViolation: When it is not one.
    """
    if not _WHOLE.fullmatch(text.strip()):
        raise RuleViolation(f"{what}: '{shortened(text)}' is not a whole number such as 12.")
    return int(text.strip().replace(MINUS, "-"))


def shortened(text: str) -> str:
    """Return what was typed, cut where it would drown the sentence."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def instruments() -> dict[str, Instrument]:
    """Return the questionnaires there are."""
    from collabcare.catalogue.instruments import load_instruments

    return load_instruments(resources_dir() / "instruments")


def pathways() -> dict[str, Pathway]:
    """Return the service models there are."""
    from collabcare.catalogue.pathways import load_pathways

    return load_pathways(resources_dir() / "pathways", instruments().keys())


def pathway_named(name: str) -> Pathway:
    """Return a service model by its id, however it is written.

    Raises:
        RuleViolation: Naming those there are.
    """
    known = pathways()
    found = known.get(name.casefold().replace("-", "_").replace(" ", "_"))
    if found is None:
        raise RuleViolation(f"There is no service model '{name}'. There are: {', '.join(sorted(known))}.")
    return found


def ladder(args: Namespace) -> Answer:
    """Date the rungs that follow a missed appointment."""
    from collabcare.catalogue.days_off import england_calendar
    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.reengagement import Missed, ladder_dates_after

    model = pathway_named(args.pathway)
    track = Track(args.track)
    policy = model.ladder if track is Track.STANDARD else model.prompt_ladder
    calendar = england_calendar(_known(args.missed))
    if args.rung5_sent is not None:
        later = england_calendar(_known(args.rung5_sent))
        calendar = WorkingCalendar(days_off=calendar.days_off | later.days_off)
    missed = Missed(args.missed, args.time, whole(args.consecutive, "--consecutive"))
    dates = ladder_dates_after(missed, policy, calendar, rung5_sent=args.rung5_sent)
    rungs = [_rung(each) for each in dates]
    notes = [_PROMPT_GOES_ON] if track is Track.PROMPT else []
    if min(each.due_on for each in dates) != args.missed:
        worked = calendar.is_working_day(args.missed)
        notes.insert(0, _LATE.format(policy.same_day_until) if worked else _DAY_OFF)
    rule = f"Re-engagement ladder, {track.value} track"
    source = f"{model.source} {_LADDER_SOURCE}"
    return {"track": track.value, "rungs": rungs, "notes": notes, "rule": rule, "source": source}


def _rung(dated: LadderDate) -> Answer:
    at = dated.at and dated.at.isoformat("minutes")
    return {"rung": dated.number, "due": dated.due_on, "what": dated.what, "by": at}


def _known(day: date) -> date:
    """Return the day, when the bank holidays around it are known.

    Raises:
        RuleViolation: When they are not, and a date counted from it might be a day off.
    """
    if day.year not in _KNOWN_YEARS:
        first, last = _KNOWN_YEARS[0], _KNOWN_YEARS[-1]
        raise RuleViolation(f"Bank holidays are known for {first} to {last} only. Check the date.")
    return day


def wait(args: Namespace) -> Answer:
    """Count the days from referral to first treatment."""
    from collabcare.catalogue.waiting import load_waiting
    from collabcare.domain.waiting import wait as wait_of

    waited = wait_of(args.referred, args.treated, load_waiting(resources_dir() / "rules"))
    return {
        "days": waited.days,
        "within_6_weeks": waited.within_6_weeks,
        "within_18_weeks": waited.within_18_weeks,
        "rule": waited.rule,
        "source": waited.source,
    }


def working_day(args: Namespace) -> Answer:
    """Find a working day."""
    from collabcare.catalogue.days_off import england_calendar

    count = whole(args.count, "N")
    if count > _MOST_WORKING_DAYS:
        raise RuleViolation(f"At most {_MOST_WORKING_DAYS} working days are counted at a time.")
    found = england_calendar(_known(args.day)).nth_after(args.day, count)
    return {"date": found, "rule": _WORKING_DAY, "source": _CALENDAR_SOURCE}


def nhs_number(args: Namespace) -> Answer:
    """Check an NHS number."""
    from collabcare.domain.nhs_number import check_nhs_number

    check = check_nhs_number(" ".join(args.number))
    return {
        "valid": check.valid,
        "display": check.display,
        "reason": check.reason,
        "rule": check.rule,
        "source": check.source,
    }


def retention(args: Namespace) -> Answer:
    """Say when a record may first be reviewed."""
    from collabcare.catalogue.retention import load_retention
    from collabcare.domain.retention import review_on

    policy = load_retention(resources_dir() / "rules")
    day = review_on(args.discharged, args.died, policy)
    return {"review_on": day, "rule": policy.rule, "source": policy.source}
