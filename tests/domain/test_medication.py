"""Medicines as reported: what must be said of one, what follows, and by when to ask how it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.earlier_facts import EarlierFacts
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import EpisodeId
from collabcare.domain.medication import (
    SOURCE_WORDS,
    MedicineDraft,
    changed_dose,
    checked_medicine,
    current_medicines,
    haste_told_by,
    is_earlier_dose,
    is_recorded,
    medicine_words,
    medicines_line,
    news_of,
    news_of_change,
    past_medicines,
    refuse_end,
    refuse_note,
    refuse_same_medicine,
    told_words,
)
from collabcare.domain.medication_review import review_after
from collabcare.domain.people_facts import MedicationFact, MedicationSource
from collabcare.domain.reach_facts import HasteFact, HasteKind
from tests.builders import MONDAY, day, facts, patient, rulebook

BORN = date(1985, 7, 14)
DRAFT = MedicineDraft(name="Sertraline", dose="50 mg", reported_by=MedicationSource.PATIENT)
STARTED, CHANGED = HasteKind.ANTIDEPRESSANT_STARTED, HasteKind.ANTIDEPRESSANT_CHANGED


def taken(id: int = 1, **changes: object) -> MedicationFact:
    """Return sertraline at 50 mg since the first Monday, told by the patient."""
    made = MedicationFact(
        id=id,
        episode_id=EpisodeId(1),
        name="Sertraline",
        dose="50 mg",
        reported_by=MedicationSource.PATIENT,
        antidepressant=True,
        started_on=MONDAY,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # any field


def checked(**changes: object) -> MedicineDraft:
    return checked_medicine(replace(DRAFT, **changes), birth_date=BORN, today=MONDAY)  # type: ignore[arg-type]  # any field


def test_what_was_typed_is_tidied_and_never_corrected() -> None:
    kept = checked(name="  sertralin ", dose="50  mg", taking="Dry mouth\r\n")
    assert (kept.name, kept.dose, kept.taking) == ("sertralin", "50 mg", "Dry mouth")
    assert set(SOURCE_WORDS) == set(MedicationSource)


REFUSED = {
    "no name": ({"name": " "}, "Write the name"),
    "nobody told us": ({"reported_by": None}, "Say who told us"),
    "not begun yet": ({"started_on": day(1)}, "recorded once it is taken"),
    "before birth": ({"started_on": date(1980, 1, 1)}, "before the patient was born"),
    "too long": ({"name": "x" * 201}, "too long"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        checked(**changes)


def test_the_same_medicine_is_not_added_twice_but_may_come_back() -> None:
    with pytest.raises(RuleViolation, match="in the list already"):
        refuse_same_medicine(replace(DRAFT, name="SERTRALINE"), [taken()])
    refuse_same_medicine(DRAFT, [taken(ended_on=day(7)), taken(2, name="Citalopram")])


def test_another_dose_needs_to_be_another_and_a_day_that_can_be() -> None:
    assert changed_dose(taken(), " 100 mg ", day(7), today=day(7)) == "100 mg"
    for medicine, dose, on, words in (
        (taken(), " ", day(1), "Write the new dose"),
        (taken(), "50 mg", day(1), "has not changed"),
        (taken(), "100 mg", day(9), "in the future"),
        (taken(), "100 mg", day(-1), "before it was started"),
        (taken(ended_on=day(2)), "100 mg", day(3), "recorded as stopped"),
    ):
        with pytest.raises(RuleViolation, match=words):
            changed_dose(medicine, dose, on, today=day(7))


def test_an_end_says_why_and_a_note_says_something_new() -> None:
    refuse_end(taken(started_on=None), day(-400), "Made them ill", today=day(7))
    with pytest.raises(RuleViolation, match="Say why"):
        refuse_end(taken(), day(7), "", today=day(7))
    with pytest.raises(RuleViolation, match="in the future"):
        refuse_end(taken(), day(8), "Well", today=day(7))
    refuse_note(taken(), "Sleeps better")
    with pytest.raises(RuleViolation, match="Nothing was changed"):
        refuse_note(taken(), "")


def test_only_an_antidepressant_begun_on_a_known_day_is_news() -> None:
    begun = news_of(replace(DRAFT, antidepressant=True, started_on=MONDAY))
    assert begun is not None
    assert (begun.kind, begun.on, begun.note, begun.verb) == (STARTED, MONDAY, "Sertraline 50 mg", "started")
    assert news_of(replace(DRAFT, started_on=MONDAY)) is None
    assert news_of(replace(DRAFT, antidepressant=True)) is None
    changed = news_of_change(taken(), "100 mg", day(7))
    assert changed is not None
    assert (changed.kind, changed.note, changed.verb) == (
        CHANGED,
        "Sertraline: from 50 mg to 100 mg",
        "changed",
    )
    first = news_of_change(taken(dose=""), "100 mg", day(7))
    assert first is not None
    assert first.note == "Sertraline: to 100 mg"
    assert news_of_change(taken(antidepressant=False), "100 mg", day(7)) is None


def test_what_an_entry_told_the_prompt_track_is_found_again() -> None:
    begun = HasteFact(kind=STARTED, happened_on=MONDAY, note="Sertraline 50 mg", id=4)
    by_hand = HasteFact(kind=STARTED, happened_on=MONDAY, note="GP rang", id=5)
    changed = HasteFact(kind=CHANGED, happened_on=MONDAY, note="Sertraline: from 25 mg to 50 mg", id=6)
    told = (by_hand, begun, changed)
    assert haste_told_by(taken(), told) == begun
    assert haste_told_by(taken(2, replaces_id=1), told) == changed
    assert haste_told_by(taken(antidepressant=False), told) is None
    assert haste_told_by(taken(started_on=None), told) is None
    assert haste_told_by(taken(), (by_hand,)) is None
    news = news_of(replace(DRAFT, antidepressant=True, started_on=MONDAY))
    assert news is not None
    assert is_recorded(news, (by_hand,))
    assert not is_recorded(news, (changed,))


def test_what_is_taken_now_and_what_was() -> None:
    old = taken(1, ended_on=day(7))
    new = taken(2, dose="100 mg", started_on=day(7), replaces_id=1)
    other = taken(3, name="Amlodipine", dose="5 mg", antidepressant=False, started_on=None)
    given = (other, old, new)
    assert current_medicines(given) == (other, new)
    assert past_medicines((*given, taken(4, ended_on=day(9)))) == (taken(4, ended_on=day(9)), old)
    assert is_earlier_dose(old, given)
    assert not is_earlier_dose(new, given)
    assert medicines_line(given) == "Amlodipine 5 mg; Sertraline 100 mg"
    assert medicines_line(()) == ""
    assert medicine_words(taken(dose="")) == "Sertraline"
    assert told_words(other) == "Taken before we heard of it, told by the patient"
    assert told_words(replace(old, purpose="low mood")) == (
        "For low mood, since 05-Jan-2026, until 12-Jan-2026, told by the patient"
    )


POLICY = rulebook().medication
CONCERN = HasteFact(kind=HasteKind.SUICIDE_CONCERN, happened_on=MONDAY)
NEWS = news_of(replace(DRAFT, antidepressant=True, started_on=MONDAY))


@pytest.mark.parametrize(
    ("born", "haste", "by", "sooner"),
    [
        pytest.param(BORN, (), "Mon 19-Jan-2026", False, id="two weeks"),
        pytest.param(date(2008, 1, 5), (), "Mon 12-Jan-2026", True, id="18 that day"),
        pytest.param(date(2008, 1, 6), (), "Mon 19-Jan-2026", False, id="still 17"),
        pytest.param(date(2000, 1, 6), (), "Mon 12-Jan-2026", True, id="25"),
        pytest.param(date(2000, 1, 5), (), "Mon 19-Jan-2026", False, id="26 that day"),
        pytest.param(BORN, (CONCERN,), "Mon 12-Jan-2026", True, id="a concern about suicide"),
        pytest.param(BORN, (replace(CONCERN, ended_on=MONDAY),), "Mon 19-Jan-2026", False, id="ended"),
    ],
)
def test_when_to_ask_how_it_goes(born: date, haste: tuple[HasteFact, ...], by: str, *, sooner: bool) -> None:
    """NICE NG222: usually within two weeks, after one at 18 to 25 or with a concern about suicide."""
    assert NEWS is not None
    of = facts(patient=replace(patient(), birth_date=born), haste=haste)
    found = review_after(NEWS, of, POLICY, today=MONDAY)
    assert found is not None
    assert f"ask how it goes by {by}." in found.sentence
    assert ("NICE NG222 asks for this sooner" in found.sentence) is sooner
    assert found.rule == "medication.review"
    assert "NG222" in found.source


def test_an_earlier_spell_counts_and_a_day_gone_by_is_not_suggested() -> None:
    assert NEWS is not None
    of = facts(earlier=replace(EarlierFacts(), haste=(CONCERN,)))
    found = review_after(NEWS, of, POLICY, today=day(7))
    assert found is not None
    assert "With a concern about suicide recorded" in found.sentence
    assert review_after(NEWS, of, POLICY, today=day(8)) is None


@given(st.text(max_size=30), st.text(max_size=30), st.integers(-20_000, 400), st.booleans())
def test_whatever_is_typed_is_kept_or_refused_in_a_sentence(
    name: str,
    dose: str,
    on: int,
    antidepressant: bool,
) -> None:
    typed = replace(
        DRAFT, name=name, dose=dose, started_on=MONDAY + timedelta(days=on), antidepressant=antidepressant
    )
    try:
        kept = checked_medicine(typed, birth_date=BORN, today=MONDAY)
    except RuleViolation:
        return
    assert kept.name
    assert (news_of(kept) is None) is not antidepressant
