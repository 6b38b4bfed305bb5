"""Made-up facts for tests: whole histories written as one line of letters.

One letter is one week: ``contacts("AAD")`` was seen twice and then did not attend.

====== ==================================
Letter What happened
====== ==================================
A      attended
L      attended late, was seen
D      did not attend
C      cancelled by the patient
P      cancelled by us
N      arrived late, could not be seen
b      booked, nothing recorded yet
space  a week with nothing in it
====== ==================================
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from collabcare.catalogue.days_off import england_calendar
from collabcare.catalogue.instruments import load_instruments
from collabcare.catalogue.pathways import DEFAULT_PATHWAY, load_pathways
from collabcare.catalogue.rulebook import rulebook_of
from collabcare.domain.codes import (
    AttendanceStatus,
    ConsultationMechanism,
    Gender,
    ReferralReason,
    ReferralSource,
)
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.facts import (
    ActionFact,
    AttemptFact,
    ContactFact,
    EpisodeFacts,
    LadderFact,
    MeasureFact,
    PatientFacts,
    ReviewFact,
    SafetyPromptFact,
    StepMoveFact,
)
from collabcare.domain.ids import (
    ActionId,
    ContactId,
    EpisodeId,
    LadderId,
    MeasureId,
    PatientId,
    ReviewId,
    UserId,
)
from collabcare.domain.instruments import EntryMode, Instrument, Safety, score
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.tally import Number

MONDAY = date(2026, 1, 5)
"""Where histories begin: the first Monday of 2026, with no bank holiday until April."""

STATUS_OF = {
    "A": AttendanceStatus.ATTENDED_ON_TIME,
    "L": AttendanceStatus.ATTENDED_LATE,
    "D": AttendanceStatus.DID_NOT_ATTEND,
    "C": AttendanceStatus.CANCELLED_BY_PATIENT,
    "P": AttendanceStatus.CANCELLED_BY_PROVIDER,
    "N": AttendanceStatus.ARRIVED_LATE_NOT_SEEN,
    "b": None,
}

# Any below: a builder takes every field of the fact it builds, by name, and mypy checks the defaults.


def check_digit(nine: str) -> int:
    """Return the tenth digit of an NHS number by modulus 11, or 10 when these nine have none."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11


def nhs_numbers() -> Iterator[str]:
    """Yield valid NHS numbers from the range kept for synthetic people."""
    for nine in range(999_000_001, 1_000_000_000):
        if (check := check_digit(str(nine))) < 10:
            yield f"{nine}{check}"


def day(number: int) -> date:
    """Return the day ``number`` days after the first Monday."""
    return MONDAY + timedelta(days=number)


@cache
def instruments() -> dict[str, Instrument]:
    """Return the questionnaires the program ships."""
    return load_instruments(resources_dir() / "instruments")


def phq9() -> Instrument:
    """Return the PHQ-9."""
    return instruments()["phq9"]


def gad7() -> Instrument:
    """Return the GAD-7."""
    return instruments()["gad7"]


@cache
def pathway() -> Pathway:
    """Return the service model the program starts with."""
    return load_pathways(resources_dir() / "pathways", instruments().keys())[DEFAULT_PATHWAY]


@cache
def calendar() -> WorkingCalendar:
    """Return England's working days around 2026."""
    return england_calendar(MONDAY)


@cache
def rulebook() -> Rulebook:
    """Return everything the rules read beside the facts, as the program starts with it."""
    return rulebook_of(pathway(), instruments(), calendar(), resources_dir() / "rules")


def contacts(history: str, *, first: date = MONDAY, every: int = 7) -> tuple[ContactFact, ...]:
    """Return one contact for each letter, ``every`` so many days from ``first``."""
    return tuple(
        contact(letter, first + timedelta(days=every * place), id=ContactId(place + 1))
        for place, letter in enumerate(history)
        if letter != " "
    )


def contact(letter: str, on: date = MONDAY, **changes: Any) -> ContactFact:  # noqa: ANN401 - see above
    """Return one contact; a cancellation was made on its own day unless ``cancelled_on`` says otherwise."""
    made = ContactFact(
        id=ContactId(1),
        on=on,
        at=time(10, 0),
        minutes=30,
        status=STATUS_OF[letter],
        mechanism=ConsultationMechanism.TELEPHONE,
        practitioner="Jo Smith",
        note="",
        cancelled_on=on if letter in "CP" else None,
    )
    return replace(made, **changes)


def measure(
    total: Number | None,
    on: date = MONDAY,
    *,
    instrument: str = "phq9",
    safety: Safety = Safety.NONE,
    **changes: Any,  # noqa: ANN401 - see above
) -> MeasureFact:
    """Return a questionnaire with this total; None stands for one with too many blanks."""
    made = MeasureFact(
        id=MeasureId(1),
        instrument=instrument,
        taken_on=on,
        entry_mode=EntryMode.TOTAL_ONLY,
        answers=(),
        function_answer=None,
        total=total,
        missing=0 if total is not None else 3,
        prorated=False,
        safety=safety,
        safety_answer=None,
    )
    return replace(made, **changes)


def answered(instrument: Instrument, *answers: int | None, on: date = MONDAY) -> MeasureFact:
    """Return a questionnaire as these answers score."""
    scored = score(instrument, answers)
    return measure(
        scored.total,
        on,
        instrument=instrument.id,
        entry_mode=EntryMode.ITEMS,
        answers=answers,
        missing=scored.missing,
        prorated=scored.prorated,
        safety=scored.safety,
        safety_answer=scored.safety_answer,
    )


def prompt(on: date = MONDAY, **changes: Any) -> SafetyPromptFact:  # noqa: ANN401 - see above
    """Return a safety conversation asked for by an answer of 1, still open."""
    made = SafetyPromptFact(
        measure_id=MeasureId(1),
        opened_on=on,
        instrument="phq9",
        asked=Safety.PROMPT,
        answer=1,
        outcome=None,
        closed_on=None,
        note="",
    )
    return replace(made, **changes)


def ladder(missed_on: date = MONDAY, **changes: Any) -> LadderFact:  # noqa: ANN401 - see above
    """Return an open search with no attempt made yet."""
    made = LadderFact(
        id=LadderId(1),
        contact_id=ContactId(1),
        missed_on=missed_on,
        slot_ended=time(10, 30),
        first_rung=1,
        consecutive=1,
        attempts=(),
        closed_on=None,
        closed_because=None,
    )
    return replace(made, **changes)


def attempt(rung: int, on: date = MONDAY, **changes: Any) -> AttemptFact:  # noqa: ANN401 - see above
    """Return one try that did not reach the patient."""
    made = AttemptFact(
        rung=rung,
        on=on,
        at=datetime.combine(on, time(11, 0), UTC),
        channel=Channel.CALL,
        outcome=AttemptOutcome.NO_ANSWER,
        by="Jo Smith",
        note="",
    )
    return replace(made, **changes)


def review(on: date = MONDAY, **changes: Any) -> ReviewFact:  # noqa: ANN401 - see above
    """Return one supervision review."""
    made = ReviewFact(
        id=ReviewId(1), reviewed_on=on, supervisor="Amina Shah", question="", decision="Carry on"
    )
    return replace(made, **changes)


def action(due_on: date = MONDAY, **changes: Any) -> ActionFact:  # noqa: ANN401 - see above
    """Return something agreed in supervision, not done yet."""
    made = ActionFact(
        id=ActionId(1),
        review_id=ReviewId(1),
        agreed_on=due_on - timedelta(days=7),
        text="Ring the practice nurse",
        owner_id=UserId(1),
        owner="Jo Smith",
        due_on=due_on,
        done_on=None,
    )
    return replace(made, **changes)


def move(moved_on: date = MONDAY, **changes: Any) -> StepMoveFact:  # noqa: ANN401 - see above
    """Return a step up of which the GP does not know yet."""
    made = StepMoveFact(
        moved_on=moved_on,
        from_step=2,
        to_step=3,
        direction=StepDirection.UP,
        reason="Needs more support",
        agreed_with_patient=True,
        gp_informed_on=None,
    )
    return replace(made, **changes)


def patient(**changes: Any) -> PatientFacts:  # noqa: ANN401 - see above
    """Return a synthetic patient."""
    made = PatientFacts(
        patient_id=PatientId(1),
        version=1,
        nhs_number="9990000018",
        surname="Okafor",
        given_name="Ngozi",
        title="Ms",
        preferred_name=None,
        birth_date=date(1985, 7, 14),
        died_on=None,
        gender=Gender.FEMALE,
        address=("4 Mill Lane", "Leeds"),
        postcode="LS1 1AA",
        telephone="07700 900123",
        contact_note=None,
        gp_name="Dr A Khan",
        gp_practice_name="Elm Tree Surgery",
        gp_practice_address=("1 Elm Street", "Leeds"),
        gp_practice_postcode="LS2 2BB",
    )
    return replace(made, **changes)


def facts(history: str = "", **changes: Any) -> EpisodeFacts:  # noqa: ANN401 - see above
    """Return an episode referred a week before the first Monday, with this history of weekly contacts.

    It is active once it has a contact; everything else is empty until it is named.
    """
    held = contacts(history)
    referred = MONDAY - timedelta(days=7)
    made = EpisodeFacts(
        episode_id=EpisodeId(1),
        version=1,
        patient=patient(),
        pathway_id=DEFAULT_PATHWAY,
        phase=Phase.ACTIVE if any(c.status and c.status.attended for c in held) else Phase.ALLOCATED,
        phase_since=referred,
        referral_received_on=referred,
        referral_source=ReferralSource.GP,
        referral_reason=ReferralReason.DEPRESSION,
        referrer=None,
        holder_id=UserId(1),
        holder="Jo Smith",
        step=2,
        step_since=referred,
        closed_on=None,
        supervision_requested_on=None,
        supervision_question=None,
        contacts=held,
        measures=(),
        safety_prompts=(),
        step_moves=(),
        ladders=(),
        reviews=(),
        actions=(),
        letters=(),
        allocated_on=referred,
    )
    return replace(made, **changes)
