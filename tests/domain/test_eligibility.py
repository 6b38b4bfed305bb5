"""Whom a model is for: birthdays on both sides of a boundary, and who may refer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ReferralReason, ReferralSource
from collabcare.domain.eligibility import (
    AgeLimits,
    Boundary,
    Referrers,
    Verdict,
    age_verdict,
    birthday_is,
    eligibility_warnings,
    referrer_verdict,
)
from collabcare.domain.errors import RuleViolation
from tests.builders_pathways import SAID, model, models

BORN = date(2010, 3, 9)
SIXTEENTH = date(2026, 3, 9)
IN, OUT, SILENT = Verdict.WITHIN, Verdict.OUTSIDE, Verdict.NOT_STATED
DAY = timedelta(days=1)


def limits(**changes: object) -> AgeLimits:
    """Return limits that state nothing but what is named."""
    made = AgeLimits(
        all_ages=False, least=None, least_is=Boundary.REACHED, most=None, not_for=(), quotation=SAID
    )
    return replace(made, **changes)  # type: ignore[arg-type] # a test names its fields


AGES = {
    "LIFT the day before the 16th birthday": ("lift", BORN, SIXTEENTH - DAY, OUT),
    "LIFT on the 16th birthday": ("lift", BORN, SIXTEENTH, IN),
    "Norfolk the day before": ("norfolk_suffolk", BORN, SIXTEENTH - DAY, OUT),
    "Norfolk on the 16th birthday": ("norfolk_suffolk", BORN, SIXTEENTH, OUT),
    "Norfolk the day after": ("norfolk_suffolk", BORN, SIXTEENTH + DAY, IN),
    "LIFT has no upper limit": ("lift", date(1900, 1, 1), SIXTEENTH, IN),
    "LIFT, born on 29 February, on 28 February": ("lift", date(2008, 2, 29), date(2024, 2, 28), OUT),
    "LIFT, born on 29 February, on that day": ("lift", date(2008, 2, 29), date(2024, 2, 29), IN),
    "Tower Hamlets at 17": ("tower_hamlets", BORN, date(2028, 3, 8), OUT),
    "Tower Hamlets at 18": ("tower_hamlets", BORN, date(2028, 3, 9), IN),
    "PCPCS at 17": ("city_hackney_pcpcs", BORN, date(2028, 3, 8), OUT),
    "Talking Therapies at 16": ("talking_therapies", BORN, SIXTEENTH, IN),
    "PRISM at 16": ("prism", BORN, date(2027, 3, 8), OUT),
    "PRISM at 17": ("prism", BORN, date(2027, 3, 9), IN),
    "PRISM the day before the 66th birthday": ("prism", BORN, date(2076, 3, 8), IN),
    "PRISM on the 66th birthday": ("prism", BORN, date(2076, 3, 9), OUT),
    "Bradford takes a child": ("bradford", BORN, BORN, IN),
    "Catterick takes anybody over 90": ("catterick", date(1930, 1, 1), SIXTEENTH, IN),
    "Cornwall is silent": ("cornwall", BORN, SIXTEENTH, SILENT),
    "PCLW says adults without a number": ("northants_pclw", BORN, SIXTEENTH, SILENT),
}


@pytest.mark.parametrize(("name", "born", "on", "expected"), AGES.values(), ids=AGES)
def test_age_on_the_day(name: str, born: date, on: date, expected: Verdict) -> None:
    assert age_verdict(model(name).age, born, today=on) is expected


def test_over_an_age_for_somebody_born_on_a_leap_day() -> None:
    """They reach it on 1 March of a common year, and are over it on 2 March."""
    over = limits(least=17, least_is=Boundary.PASSED)
    born = date(2008, 2, 29)
    verdicts = [
        age_verdict(over, born, today=date(2025, month, day)) for month, day in [(2, 28), (3, 1), (3, 2)]
    ]
    assert verdicts == [OUT, OUT, IN]


def test_only_an_upper_limit() -> None:
    upto = limits(most=65)
    assert age_verdict(upto, BORN, today=SIXTEENTH) is IN
    assert upto.words == "people up to the age of 65"
    assert limits(all_ages=True).words == "people of all ages"
    assert limits().words == "no age stated as a number"
    assert limits(least=16, least_is=Boundary.PASSED, most=65).words == "people over 16 to 65 years old"


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days, days, st.integers(1, 100))
def test_reached_and_passed_differ_on_the_birthday_alone(born: date, on: date, age: int) -> None:
    if born > on:
        return
    reached = age_verdict(limits(least=age), born, today=on)
    passed = age_verdict(limits(least=age, least_is=Boundary.PASSED), born, today=on)
    years = on.year - born.year
    first_day = birthday_is(born, on) and (years == age)
    assert (reached is not passed) == first_day


@given(days, days, st.integers(1, 100))
def test_nobody_grows_out_of_a_lower_limit(born: date, on: date, age: int) -> None:
    if born > on:
        return
    for boundary in Boundary:
        before, after = (
            age_verdict(limits(least=age, least_is=boundary), born, today=d) for d in (on, on + DAY)
        )
        assert (before, after) != (IN, OUT)


def test_nobody_is_asked_about_before_they_are_born() -> None:
    with pytest.raises(RuleViolation, match="after the day asked about"):
        age_verdict(None, SIXTEENTH, today=BORN)


SOURCES = {
    "Bradford: GP": ("bradford", ReferralSource.GP, IN),
    "Bradford: self": ("bradford", ReferralSource.SELF, OUT),
    "PCPCS: self": ("city_hackney_pcpcs", ReferralSource.SELF, OUT),
    "Norfolk: anyone": ("norfolk_suffolk", ReferralSource.EMPLOYER, IN),
    "Catterick: no referral needed": ("catterick", ReferralSource.SELF, IN),
    "LIFT: self": ("lift", ReferralSource.SELF, IN),
    "Navigator: Jobcentre": ("northants_navigator", ReferralSource.JOBCENTRE, IN),
    "Navigator: a health care professional elsewhere": (
        "northants_navigator",
        ReferralSource.OTHER_SECONDARY_CARE,
        IN,
    ),
    "Navigator: police": ("northants_navigator", ReferralSource.POLICE, OUT),
    "Cornwall: Talking Therapies": ("cornwall", ReferralSource.TALKING_THERAPIES, IN),
    "Tower Hamlets gives words alone": ("tower_hamlets", ReferralSource.SELF, SILENT),
    "PARTNERS2 is silent": ("partners2", ReferralSource.SELF, SILENT),
}


@pytest.mark.parametrize(("name", "source", "expected"), SOURCES.values(), ids=SOURCES)
def test_who_may_refer(name: str, source: ReferralSource, expected: Verdict) -> None:
    assert referrer_verdict(model(name).referrers, source) is expected


@pytest.mark.parametrize(
    ("name", "words", "self_referral"),
    [
        ("norfolk_suffolk", "anyone may refer", IN),
        ("catterick", "no referral is needed", IN),
        ("bradford", "GP", OUT),
        ("tower_hamlets", "not stated by code", SILENT),
    ],
)
def test_who_may_refer_in_words(name: str, words: str, self_referral: Verdict) -> None:
    referrers = model(name).referrers
    assert isinstance(referrers, Referrers)
    assert (referrers.words, referrers.self_referral) == (words, self_referral)


def warned(name: str, **changes: object) -> list[str]:
    """Return what is said of somebody who turns 16 today and comes of their own accord."""
    asked = {
        "birth_date": BORN,
        "referral_source": ReferralSource.SELF,
        "referral_reason": ReferralReason.ANXIETY,
        "today": SIXTEENTH,
    }
    found = eligibility_warnings(model(name), **{**asked, **changes})  # type: ignore[arg-type] # by name
    assert all(each.rule and each.used and "“" in each.source for each in found)
    return [each.sentence for each in found]


def test_the_warning_keeps_the_person_and_says_why() -> None:
    assert warned("norfolk_suffolk") == [
        (
            "Norfolk and Suffolk primary care mental health is for people over the age of 16; this person is "
            "16 today. Do not turn them away: consider who can help, and stay in touch until somebody does."
        )
    ]
    assert warned("lift") == []
    assert warned("bradford") == [
        (
            "Bradford primary care wellbeing service takes referrals from: GP. This one came from: Self. "
            "Consider taking it all the same, and telling the GP practice."
        )
    ]
    assert "for people of 16 or older; this person is 15." in warned("lift", today=SIXTEENTH - DAY)[0]
    assert "for people from 17 to 65 years old" in warned("prism")[0]


def test_tower_hamlets_makes_an_exception_for_perinatal_care() -> None:
    assert warned("tower_hamlets", referral_reason=ReferralReason.PERINATAL) == []
    assert len(warned("tower_hamlets")) == 1


@given(
    st.sampled_from(sorted(models())),
    days,
    days,
    st.sampled_from(ReferralSource),
    st.sampled_from(ReferralReason),
)
def test_whoever_comes_there_is_a_warning_at_most(
    name: str, born: date, on: date, source: ReferralSource, reason: ReferralReason
) -> None:
    try:
        found = eligibility_warnings(
            model(name), birth_date=born, referral_source=source, referral_reason=reason, today=on
        )
    except RuleViolation:
        assert born > on
    else:
        assert all("Consider" in each.sentence or "consider" in each.sentence for each in found)
