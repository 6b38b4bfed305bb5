"""Why somebody had not come: said by whoever was spoken to, kept as it was said, never against anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId
from collabcare.domain.loop_tables import cell_words, measure_tables
from collabcare.domain.missed_because import (
    BECAUSE_WORDS,
    MAY_SAY_WHY,
    MissedBecause,
    Why,
    last_said,
    refuse_because,
    to_consider,
    why_missed,
)
from collabcare.domain.reengagement import AttemptOutcome
from tests.builders import MONDAY, attempt, contact, day
from tests.builders_loop import episode
from tests.builders_reach import sought
from tests.domain.test_loop_tables import reported

FORGOT, UNWELL, NOT_ASKED = MissedBecause.FORGOT, MissedBecause.TOO_UNWELL, MissedBecause.NOT_ASKED
ELSE = MissedBecause.SOMETHING_ELSE
SPOKE = attempt(1, day(2), outcome=AttemptOutcome.SPOKE)
MISS = contact("D", MONDAY, id=ContactId(2))


def test_each_reason_has_words_and_only_what_was_said_may_be_one() -> None:
    assert list(BECAUSE_WORDS) == list(MissedBecause)
    assert frozenset({AttemptOutcome.SPOKE, AttemptOutcome.THIRD_PARTY}) == MAY_SAY_WHY


@pytest.mark.parametrize(
    ("because", "words", "may_say", "refused"),
    [
        (None, " ", False, ""),
        (None, "Bus strike", True, "Choose the reason"),
        (FORGOT, "", True, ""),
        (FORGOT, "", False, "once somebody was spoken to"),
        (NOT_ASKED, "", False, "once somebody was spoken to"),
        (ELSE, " ", True, "in a few words"),
        (ELSE, "Bus strike", True, ""),
    ],
)
def test_a_reason_nobody_can_have_given_is_refused(
    because: MissedBecause | None, words: str, may_say: bool, refused: str
) -> None:
    if not refused:
        refuse_because(because, words, may_say=may_say)
        return
    with pytest.raises(RuleViolation, match=refused):
        refuse_because(because, words, may_say=may_say)


def test_what_was_said_last_holds_and_not_asked_gives_way() -> None:
    own = replace(MISS, missed_because=FORGOT, missed_because_words=None)
    told = replace(SPOKE, missed_because=UNWELL, missed_because_words="In bed all week")
    nothing = replace(SPOKE, missed_because=NOT_ASKED)
    assert last_said(None, ()) is None
    assert last_said(MISS, [SPOKE]) is None
    assert last_said(own, [nothing]) == (FORGOT, "")
    assert last_said(own, [told, nothing]) == (UNWELL, "In bed all week")
    assert last_said(None, [nothing]) == (NOT_ASKED, "")
    assert Why(FORGOT, "").sentence == "Why they had not come: forgot."
    assert Why(UNWELL, "flu").sentence == "Why they had not come: too unwell to attend (flu)."


def test_it_is_that_miss_it_was_said_of() -> None:
    facts = sought(MONDAY, "A", attempts=(replace(SPOKE, missed_because=UNWELL),))
    missed = next(each for each in facts.contacts if each.id == facts.ladders[0].contact_id)
    other = next(each for each in facts.contacts if each.id != missed.id)
    assert why_missed(facts, missed) == (UNWELL, "")
    assert why_missed(facts, other) is None


@pytest.mark.parametrize("because", [None, *MissedBecause])
def test_too_unwell_and_dissatisfied_suggest_something_in_words(because: MissedBecause | None) -> None:
    found = to_consider(because)
    assert (found is not None) is (because in {UNWELL, MissedBecause.DISSATISFIED})
    if found is not None:
        assert "Consider" in found.sentence
        assert (found.rule, bool(found.source), len(found.used)) == ("missed_because", True, 1)


def test_the_report_counts_reasons_of_those_reached_and_they_add_up() -> None:
    first = episode("D A", replace(SPOKE, on=day(2), missed_because=UNWELL))
    table = next(each for each in measure_tables(reported(first, episode("DA"))) if each.id == "reasons")
    rows = {cell_words(row[0]): cell_words(row[1]) for row in table.rows}
    assert rows["Too unwell to attend"] == "1 of 2 (50%)"
    assert rows["Not asked"] == "1 of 2 (50%)"
    assert set(rows) == set(BECAUSE_WORDS.values())
    nobody = next(each for each in measure_tables(reported()) if each.id == "reasons")
    assert nobody.rows == ()
