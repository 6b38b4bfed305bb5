"""Which of what was sent was the keep-in-touch letter: a text only where no letter may go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.keeping_in_touch import keep_in_touch_days, went_another
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.builders import MONDAY, attempt, day
from tests.builders_reach import sought

FROM_STEP = 4


def sent(channel: Channel, rung: int = 5, *, letters_safe: bool | None = True) -> bool:
    """Return whether what was sent that way under that step counts as the letter."""
    tried = attempt(rung, day(20), channel=channel, outcome=AttemptOutcome.SENT)
    made = sought(MONDAY, "A", attempts=(tried,))
    facts = replace(made, reach=replace(made.reach, letters_safe=letters_safe))
    counts = day(20) in keep_in_touch_days(facts, from_step=FROM_STEP)
    assert went_another(facts, day(20), from_step=FROM_STEP) is (not counts)
    return counts


@pytest.mark.parametrize("letters_safe", [True, None, False])
@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.EMAIL])
def test_a_letter_or_an_email_of_that_step_is_it(channel: Channel, letters_safe: bool | None) -> None:
    assert sent(channel, letters_safe=letters_safe)
    assert not sent(channel, FROM_STEP - 1, letters_safe=letters_safe)


@pytest.mark.parametrize(("letters_safe", "counts"), [(True, False), (None, False), (False, True)])
def test_a_text_is_it_only_where_no_letter_may_go(letters_safe: bool | None, counts: bool) -> None:
    """Not having asked whether letters are safe is no reason to send none."""
    assert sent(Channel.TEXT, letters_safe=letters_safe) is counts
    assert not sent(Channel.TEXT, FROM_STEP - 1, letters_safe=letters_safe)
