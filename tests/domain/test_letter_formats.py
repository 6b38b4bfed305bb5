"""The form a letter has to be made in, the size it is printed in, and what is still to be arranged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.letters import load_letters
from collabcare.domain.communication_needs import InformationFormat
from collabcare.domain.errors import RuleViolation
from collabcare.domain.facts import LetterFact
from collabcare.domain.ids import LetterId
from collabcare.domain.letter_formats import (
    FormNeeded,
    LetterEnd,
    MadeElsewhere,
    base_kind,
    end_title,
    form_needed,
    is_letter,
    is_printed,
    kept_as,
    letters_to_arrange,
    points_needed,
    points_of,
    recipient_words,
    refuse_closing_with_letters,
    refuse_end,
    told,
)
from collabcare.domain.letters import is_to_gp
from collabcare.domain.reach_facts import ReachFacts
from collabcare.paths import resources_dir
from tests.builders import day

if TYPE_CHECKING:
    from datetime import date

BRAILLE = FormNeeded(form=MadeElsewhere.BRAILLE, words="in Braille")
KIND = "patient_missed"
WHAT = [*MadeElsewhere, *LetterEnd]
LONGEST_KIND = 32


def kept(
    number: int, what: MadeElsewhere | LetterEnd | None = MadeElsewhere.BRAILLE, kind: str = KIND
) -> LetterFact:
    """Return a row of the record: a letter issued, words to be made, or the end of those."""
    return LetterFact(
        id=LetterId(number),
        kind=kind if what is None else kept_as(kind, what),
        title="Missed appointment",
        issued_on=day(number),
        recipient=recipient_words("Rose", BRAILLE) if what in set(MadeElsewhere) else "Rose",
    )


def waiting(*rows: LetterFact) -> list[int]:
    return [each.letter.id for each in letters_to_arrange(rows)]


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        pytest.param(ReachFacts(information_formats=("braille",)), "in Braille", id="AIS-W2"),
        pytest.param(ReachFacts(information_formats=("bsl_video",)), "as a BSL video", id="AIS-W2 BSL"),
        pytest.param(ReachFacts(information_formats=("audio",)), "as a recording", id="AIS-W2 audio"),
        pytest.param(ReachFacts(information_formats=("easy_read",)), "in easy read", id="AIS-W2 easy read"),
        pytest.param(ReachFacts(information_formats=("email",)), "by email", id="email"),
        pytest.param(ReachFacts(information_formats=("plain_text",)), "as plain text", id="plain text"),
        pytest.param(ReachFacts(interpreter_language="q1"), "in Braille", id="reads Braille"),
        pytest.param(ReachFacts(interpreter_language="pl"), "translated into Polish", id="Polish"),
        pytest.param(
            ReachFacts(interpreter_language="PL", information_formats=("braille",)),
            "in Braille, translated into Polish",
            id="both",
        ),
        pytest.param(ReachFacts(information_formats=("EASY_READ",)), "in easy read", id="in earlier words"),
        pytest.param(
            ReachFacts(information_formats=("large_print_16", "large_print_18", "bsl_video")),
            "as a BSL video and in 18 pt print",
            id="AIS-W2 with large print",
        ),
        pytest.param(
            ReachFacts(information_formats=("braille", "audio", "large_print_24"), interpreter_language="pl"),
            "in Braille, as a recording and in 24 pt print, translated into Polish",
            id="AIS-W2 three of them",
        ),
        pytest.param(
            ReachFacts(information_formats=("large_print_24",), interpreter_language="pl"),
            "in 24 pt print, translated into Polish",
            id="large print in another language",
        ),
    ],
)
def test_what_the_program_cannot_make_is_made_elsewhere(reach: ReachFacts, words: str) -> None:
    needed = form_needed(reach)
    assert needed is not None
    assert needed.words == words
    assert words in needed.why
    assert words in needed.of_copy
    assert words in needed.on_page
    several = " and " in words or ", " in words
    assert needed.in_short == f"to go {'in several forms' if several else words}"
    assert not is_printed(reach)


@pytest.mark.parametrize(
    ("reach", "points"),
    [
        pytest.param(ReachFacts(information_formats=("large_print_16",)), 16, id="AIS-W1"),
        pytest.param(ReachFacts(information_formats=("large_print_18",)), 18, id="AIS-W1 18 pt"),
        pytest.param(ReachFacts(information_formats=("large_print_24",)), 24, id="AIS-W1 24 pt"),
        pytest.param(ReachFacts(information_formats=("large_print",)), 16, id="no size recorded"),
        pytest.param(
            ReachFacts(information_formats=("large_print_16", "large_print_24")), 24, id="AIS-W1 the largest"
        ),
        pytest.param(ReachFacts(information_formats=("standard",)), 12, id="standard"),
        pytest.param(ReachFacts(), 12, id="AIS-W4"),
        pytest.param(ReachFacts(interpreter_language="q4"), 12, id="signs, format not asked"),
        pytest.param(ReachFacts(interpreter_language="en"), 12, id="English"),
    ],
)
def test_what_is_printed_is_of_the_size_recorded(reach: ReachFacts, points: int) -> None:
    assert form_needed(reach) is None
    assert points_needed(reach) == points
    assert is_printed(reach) is bool(reach.information_formats)
    assert points_of(reach, to_patient=True, large_print=False) == points
    assert points_of(reach, to_patient=True, large_print=True) == max(16, points)
    assert points_of(reach, to_patient=False, large_print=False) == 12


@pytest.mark.parametrize("recorded", InformationFormat)
def test_every_format_on_the_list_is_printed_or_made_elsewhere(recorded: InformationFormat) -> None:
    reach = ReachFacts(information_formats=(recorded,))
    assert is_printed(reach) is (form_needed(reach) is None)


@given(texts=st.lists(st.text(), max_size=3), language=st.text(max_size=3))
def test_whatever_is_recorded_has_an_answer(texts: list[str], language: str) -> None:
    reach = ReachFacts(information_formats=tuple(texts), interpreter_language=language)
    assert points_needed(reach) in {12, 16, 18, 24}
    form_needed(reach)


FORMATS = st.sets(st.sampled_from(InformationFormat)).map(tuple)


@given(asked=FORMATS, more=FORMATS)
def test_asking_for_more_never_prints_smaller_or_makes_less(
    asked: tuple[InformationFormat, ...], more: tuple[InformationFormat, ...]
) -> None:
    few = ReachFacts(information_formats=asked)
    many = ReachFacts(information_formats=(*asked, *more))
    assert points_needed(many) >= points_needed(few)
    assert (form_needed(few) is None) or (form_needed(many) is not None)
    each = [ReachFacts(information_formats=(one,)) for one in many.information_formats]
    assert points_needed(many) == max(map(points_needed, each), default=12)
    assert (form_needed(many) is None) == all(form_needed(one) is None for one in each)
    assert is_printed(many) is (bool(each) and all(map(is_printed, each)))


def test_words_kept_wait_until_their_end_and_nothing_else_ends_them() -> None:
    first, other = kept(1), kept(2, kind="patient_keep_in_touch")
    assert waiting(first, other) == [1, 2]
    assert waiting(first, kept(3, None)) == [1]
    assert waiting(first, other, kept(3, LetterEnd.SENT)) == [2]
    assert waiting(kept(3, LetterEnd.SENT)) == []
    assert [each.words for each in letters_to_arrange((first,))] == ["in Braille"]
    bare = LetterFact(id=LetterId(1), kind=first.kind, title="", issued_on=day(1), recipient="Rose")
    assert [each.words for each in letters_to_arrange((bare,))] == ["in Braille"]


@given(ends=st.lists(st.sampled_from([*LetterEnd, MadeElsewhere.BRAILLE, None]), max_size=12))
def test_as_many_wait_as_were_kept_and_not_ended(ends: list[LetterEnd | MadeElsewhere | None]) -> None:
    left = 0
    for what in ends:
        left += what is MadeElsewhere.BRAILLE
        left -= what in set(LetterEnd) and left > 0
    assert len(waiting(*(kept(number, what) for number, what in enumerate(ends)))) == left


@pytest.mark.parametrize("end", LetterEnd)
def test_an_end_is_refused_that_cannot_be(end: LetterEnd) -> None:
    rows = (kept(1), kept(2))

    def refused(number: int, on: date, how: str = "By the RNIB") -> str:
        with pytest.raises(RuleViolation) as error:
            refuse_end((LetterId(number), end, how), on, rows, today=day(5))
        return str(error.value)

    assert "recorded already" in refused(9, day(5))
    assert "earlier letter" in refused(2, day(5))
    assert "future" in refused(1, day(6))
    assert "before the letter was written" in refused(1, day(0))
    if end is not LetterEnd.SENT:
        assert "why it is not needed" in refused(1, day(5), " ")
    meant = refuse_end((LetterId(1), end, "By the RNIB"), day(5), rows, today=day(5))
    assert meant.letter.id == 1
    assert end_title(meant, end).startswith("Missed appointment: ")


def test_sent_needs_no_more_words() -> None:
    assert refuse_end((LetterId(1), LetterEnd.SENT, ""), day(1), (kept(1),), today=day(1)).letter.id == 1


def test_care_does_not_end_with_a_letter_still_to_be_made() -> None:
    with pytest.raises(RuleViolation, match="A letter in Braille is still to be arranged"):
        refuse_closing_with_letters((kept(1),))
    refuse_closing_with_letters((kept(1), kept(2, LetterEnd.NOT_NEEDED)))


def test_the_story_says_what_each_row_is() -> None:
    assert told(kept(1, None)) == "To Rose."
    assert told(kept(1)) == "Words kept for Rose, to go in Braille."
    assert told(kept(1, LetterEnd.SENT)) == "Rose"


@pytest.mark.parametrize("kind", load_letters(resources_dir() / "letters"))
@pytest.mark.parametrize("what", WHAT)
def test_every_kind_of_letter_can_be_kept_in_every_form(kind: str, what: MadeElsewhere | LetterEnd) -> None:
    row = kept_as(kind, what)
    assert len(row) <= LONGEST_KIND
    assert base_kind(row) == kind
    assert not is_letter(row)
    assert not is_to_gp(row)
