"""Whose account is whose making, who held a case, and since when it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.another_person import begins_at, held_since, is_nobody_else, person_behind, unseen_from
from collabcare.domain.attendance import CancellationReason
from collabcare.domain.case_people import Account, CasePeople, Held
from collabcare.domain.ids import ContactId, UserId
from tests.builders import MONDAY, contact, contacts, day, facts, ladder

if TYPE_CHECKING:
    from datetime import datetime

    from collabcare.domain.facts import EpisodeFacts

JO, AMINA, LEE, SAM, KIT = (UserId(n) for n in range(1, 6))
MISSED = begins_at(day(7), time(10))
BEFORE, AFTER = MISSED - timedelta(minutes=1), MISSED
ACCOUNTS = (
    Account(JO, AMINA, BEFORE),
    Account(AMINA, None, BEFORE),
    Account(LEE, JO, AFTER),
    Account(SAM, LEE, AFTER),
    Account(KIT, JO, AFTER),
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(JO, JO, True, id="the same account"),
        pytest.param(JO, LEE, True, id="made by them since"),
        pytest.param(LEE, JO, True, id="their maker since"),
        pytest.param(JO, SAM, True, id="made by what they made"),
        pytest.param(LEE, KIT, True, id="made by the same since"),
        pytest.param(AMINA, JO, False, id="made before the miss"),
        pytest.param(JO, AMINA, False, id="their maker before the miss"),
        pytest.param(AMINA, SAM, False, id="made by a colleague since"),
        pytest.param(JO, UserId(9), False, id="an account of which nothing is known"),
    ],
)
def test_an_account_made_since_the_miss_is_its_makers(one: UserId, other: UserId, *, same: bool) -> None:
    assert is_nobody_else({one, None}, other, ACCOUNTS, MISSED) is same
    assert is_nobody_else({other}, one, ACCOUNTS, MISSED) is same


@given(
    makers=st.lists(st.none() | st.integers(0, 7), min_size=8, max_size=8),
    since=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_whoever_is_behind_an_account_is_behind_every_one_of_their_making(
    makers: list[int | None], since: list[bool]
) -> None:
    """Also where the record says that two accounts made each other: it comes to an end."""
    accounts = tuple(
        Account(UserId(n), None if maker is None else UserId(maker), AFTER if late else BEFORE)
        for n, (maker, late) in enumerate(zip(makers, since, strict=True))
    )
    for each in accounts:
        assert is_nobody_else({each.id}, each.id, accounts, MISSED)
        if each.made_by is None or each.made_at < MISSED:
            assert person_behind(each.id, accounts, MISSED) == each.id


CANCELLED_BY_DEATH = {"cancelled_on": day(14), "cancellation_reason": CancellationReason.CLINICAL}
DIED = replace(
    facts(contacts=(*contacts("A"), contact("C", day(14), id=ContactId(9), **CANCELLED_BY_DEATH))),
    patient=replace(facts().patient, died_on=day(14)),
)
NINE, TEN = time(9), time(10)
REFERRED = begins_at(MONDAY - timedelta(days=7), None)


@pytest.mark.parametrize(
    ("of", "since"),
    [
        pytest.param(facts("AD"), begins_at(day(7), TEN), id="the miss"),
        pytest.param(facts("ADCD"), begins_at(day(7), TEN), id="the first of two"),
        pytest.param(facts("ADAD"), begins_at(day(21), TEN), id="the first since they were seen"),
        pytest.param(facts("Ab"), begins_at(day(7), TEN), id="what nobody wrote up"),
        pytest.param(facts("A"), REFERRED, id="nothing missed"),
        pytest.param(DIED, begins_at(day(14), TEN), id="what the death cancelled"),
        pytest.param(
            facts("A", ladders=(ladder(day(7), contact_id=ContactId(8)),)),
            begins_at(day(7), None),
            id="a miss taken back that was sought for",
        ),
        pytest.param(
            facts(
                contacts=(
                    contact("D", day(7), at=None, id=ContactId(1)),
                    contact("A", day(7), at=NINE, id=ContactId(2)),
                )
            ),
            begins_at(day(7), None),
            id="a miss without a time is later than a call of the morning",
        ),
    ],
)
def test_accounts_are_looked_at_from_the_first_miss_not_seen_since(of: EpisodeFacts, since: datetime) -> None:
    assert unseen_from(of, today=day(60)) == since


def test_what_is_still_to_come_was_not_missed() -> None:
    assert unseen_from(facts("Ab"), today=day(6)) == REFERRED


def test_who_held_the_case_at_the_miss_or_after_it() -> None:
    people = CasePeople(held=(Held(AMINA, BEFORE), Held(LEE, AFTER)))
    assert held_since(facts("AD", people=people), MISSED) == {JO, LEE}
    assert held_since(facts("AD", holder_id=None), MISSED) == frozenset()
