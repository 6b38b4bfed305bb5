"""The International Trauma Questionnaire: which pattern the answers fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import score
from tests.builders import instruments

ITQ = instruments()["itq"]
PTSD, CPTSD = "pattern consistent with PTSD", "pattern consistent with complex PTSD"
NEITHER = "no pattern consistent with PTSD or complex PTSD"
P_MET = [2, 0, 2, 0, 2, 0, 2, 0, 0]
NO_IMPAIRMENT = [2, 0, 2, 0, 2, 0, 1, 1, 1]
NONE = [0] * 9
ROWS = {
    "ITQ-W1": ([*P_MET, *NONE], (True, False, False), PTSD),
    "ITQ-W2": ([*P_MET, *P_MET], (False, True, True), CPTSD),
    "ITQ-W3": ([*NO_IMPAIRMENT, *P_MET], (False, True, False), NEITHER),
    "ITQ-W5": ([4] * 18, (False, True, True), CPTSD),
    "nothing": ([0] * 18, (False, False, False), NEITHER),
    "DSO without its impairment": ([*P_MET, *NO_IMPAIRMENT], (True, False, False), PTSD),
    "the second of each pair": ([0, 2, 0, 2, 0, 2, 0, 0, 2, *NONE], (True, False, False), PTSD),
    "no sense of threat": ([2, 0, 2, 0, 1, 1, 2, 0, 0, *NONE], (False, False, False), NEITHER),
}


@pytest.mark.parametrize(("answers", "found", "words"), ROWS.values(), ids=ROWS)
def test_the_patterns_exclude_each_other(answers: list[int], found: tuple[bool, ...], words: str) -> None:
    scored = score(ITQ, answers)
    assert tuple(scored.subscales[key] for key in ("ptsd", "dso", "cptsd")) == found
    assert (scored.notes, scored.complete, scored.band, scored.case) == ((words,), True, None, None)


@pytest.mark.parametrize("place", range(18))
def test_any_blank_leaves_the_pattern_unknown(place: int) -> None:
    """ITQ-W6."""
    answers: list[int | None] = [4] * 18
    answers[place] = None
    scored = score(ITQ, answers)
    assert (scored.total, scored.complete, scored.missing, scored.notes) == (None, False, 1, ())
    assert scored.subscales == {"ptsd": None, "dso": None, "cptsd": None}


def test_its_number_is_that_of_the_symptoms_without_the_impairment() -> None:
    scored = score(ITQ, [1, 1, 1, 1, 1, 1, 4, 4, 4, 2, 2, 2, 2, 2, 2, 4, 4, 4])
    assert (scored.total, scored.out_of) == (18, 48)
    assert (scored.subscales["ptsd_sum"], scored.subscales["dso_sum"]) == (6, 12)


def test_an_answer_off_the_scale_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"^ITQ item 18: answers run 0 to 4"):
        score(ITQ, [*[0] * 17, 5])


def oracle(answers: list[int]) -> tuple[bool, bool, bool]:
    """Write the published algorithm out."""
    p1, p2, p3, p4, p5, p6, p7, p8, p9, c1, c2, c3, c4, c5, c6, c7, c8, c9 = (a >= 2 for a in answers)
    ptsd = (p1 or p2) and (p3 or p4) and (p5 or p6) and (p7 or p8 or p9)
    dso = (c1 or c2) and (c3 or c4) and (c5 or c6) and (c7 or c8 or c9)
    return ptsd and not dso, dso, ptsd and dso


@given(st.lists(st.integers(0, 4), min_size=18, max_size=18))
def test_the_algorithm_is_the_published_one_and_never_speaks_of_a_diagnosis(answers: list[int]) -> None:
    scored = score(ITQ, answers)
    assert tuple(scored.subscales[key] for key in ("ptsd", "dso", "cptsd")) == oracle(answers)
    assert scored.notes[0] in {PTSD, CPTSD, NEITHER}
    assert not any("diagnos" in note for note in scored.notes)
