"""Whatever happens in whatever order, nobody is without a next step, or closed for not attending alone.

What is asserted is worked out here from the record by hand, and not by the rules that are tried.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import Phase as Stage
from hypothesis.stateful import invariant, run_state_machine_as_test

from collabcare.domain.acting import Role
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AttendanceStatus, ClosureReason
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.reach_facts import SnoozeKind, Track
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.record_fixtures import anew
from tests.services.ending_hands import Endings
from tests.services.reaching_hands import TRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import AttemptFact, ContactFact, EpisodeFacts, LadderFact
    from collabcare.domain.reach_facts import ClosingReviewFact
    from collabcare.store.record import OpenRecord
    from tests.record_fixtures import Practice

SEARCHES = frozenset({DueKind.REENGAGE, DueKind.REENGAGE_PROMPT})
TWO = 2
JO, AMINA, _SAM, NEW, NEWER = range(5)
"""Places among those who work here; the last two are whoever was let in meanwhile."""
SAYS_NO, MOVED = "Does not want care now", "Has moved away"
HANDED_OVER = frozenset({Ending.STEPPED_UP, Ending.STEPPED_DOWN, Ending.MOVED_ACROSS})
BY_A_PERSON = frozenset({"Reached", "Rebooked", "Wants a pause", SAYS_NO, MOVED})


def missed_unseen(facts: EpisodeFacts) -> ContactFact | None:
    """Return the last missed appointment if they were not seen after it."""
    for contact in reversed(facts.contacts):
        if contact.status in {AttendanceStatus.ATTENDED_ON_TIME, AttendanceStatus.ATTENDED_LATE}:
            return None
        if contact.status is AttendanceStatus.DID_NOT_ATTEND:
            return contact
    return None


def search_of(facts: EpisodeFacts, missed: ContactFact) -> LadderFact:
    found = [each for each in facts.ladders if each.contact_id == missed.id]
    assert found, f"nobody is sought after {missed}"
    return found[-1]


def told_by(search: LadderFact, missed: ContactFact) -> Iterator[AttemptFact]:
    """Yield what was said since the miss, by them or by somebody named at their GP practice."""
    for each in search.attempts:
        practice = each.channel is Channel.GP_PRACTICE and each.spoke_to
        if each.on >= missed.on and (each.outcome is AttemptOutcome.SPOKE or practice):
            yield each


class Watched(Endings):
    """The walk, and what holds after every step of it."""

    opened: Callable[[Watched], Iterator[None]]

    def opens(self) -> None:
        for _step in self.opened(self):
            self.nobody_is_dropped()

    @invariant()
    def nobody_is_dropped(self) -> None:
        facts = self.facts
        due = what_is_due(facts, self.practice.rulebook, today=self.today)
        if facts.patient.died_on is None:
            self.no_safety_answer_is_without_its_conversation(facts, due)
        if facts.phase is Phase.CLOSED:
            self.is_closed_rightly(facts)
            return
        if facts.holder_id is None:
            assert facts.attended == ()
            assert facts.phase in {Phase.REFERRED, Phase.PAUSED}
        assert due or facts.next_booked(self.today), facts
        if facts.patient.died_on is None:
            self.is_sought(facts, due)

    def is_sought(self, facts: EpisodeFacts, due: Sequence[Due]) -> None:
        """Nobody unseen since a miss is out of sight until a person has written down what came of it."""
        missed = missed_unseen(facts)
        if missed is not None:
            search = search_of(facts, missed)
            if search.closed_on is not None:
                same_day = any(each.on == missed.on for each in facts.attended)
                since = [each for each in facts.ladders if each.missed_on >= missed.on]
                found = [each for each in since if each.closed_because in BY_A_PERSON]
                assert same_day or any(list(told_by(each, missed)) for each in found), search
        sought = facts.open_ladder
        if sought is not None:
            assert SEARCHES & {each.kind for each in due}, (sought, due)
            days = (self.today - sought.missed_on).days
            self.visits["sought for more than 30 days"] += days > 30
            self.visits["sought for more than 400 days"] += days > 400
        else:
            assert not SEARCHES & {each.kind for each in due}

    def is_closed_rightly(self, facts: EpisodeFacts) -> None:
        """By what the record held before: a death, the gate, another service, or what was said."""
        self.is_closed_by_more_than_one_hand()
        before, missed = self.before, missed_unseen(self.before)
        match self.ended_with:
            case Ending.DIED:
                assert facts.patient.died_on is not None
            case Ending.NOT_ENGAGING:
                assert facts.ending is not None
                assert facts.ending.reason is ClosureReason.DID_NOT_ATTEND
                review, day = before.closing_reviews[-1], facts.closed_on
                assert missed is not None
                assert day is not None
                assert by_the_gate(before, review, missed, day), (before, review)
            case ended if missed is not None and ended in HANDED_OVER:
                assert any(each.accepted_on and each.agreed for each in before.proposals), before
            case ended if missed is not None:
                search = search_of(before, missed)
                assert search.closed_because in {SAYS_NO, MOVED}, (ended, search)
                said = [each for each in told_by(search, missed) if len(each.note.split()) >= TWO]
                assert said, (ended, search)
                assert ended not in {Ending.COMPLETED, Ending.ADVICE_GIVEN}
                if ended is Ending.DECLINED:
                    assert search.closed_because == SAYS_NO
                    assert any(each.outcome is AttemptOutcome.SPOKE for each in said)

    def is_closed_by_more_than_one_hand(self) -> None:
        """Whatever the record was made to say: of every miss nobody was seen after, two people knew.

        Their own word of ending care is asked for below, where the record still has the miss.
        """
        happened, others = self.happened, self.signers()
        for miss in happened.unseen(died=self.ended_with is Ending.DIED):
            erased_by, ender = happened.misses.get(miss), happened.person(self.ended_by, miss)
            if self.ended_with is Ending.DIED:
                others = {happened.death_by or self.ended_by}
            elif self.ended_with is Ending.NOT_ENGAGING:
                own = {happened.person(each, miss) for each in {"jo", *happened.holders(miss)}}
                assert {happened.person(each, miss) for each in others} - own, (happened, self.ended_by)
                continue
            elif self.ended_with not in HANDED_OVER and erased_by is None:
                assert missed_unseen(self.before) is not None, happened
                continue
            hands = {each for each in (*others, erased_by) if each is not None}
            assert {happened.person(each, miss) for each in hands} - {ender}, (happened, self.ended_by)

    def signers(self) -> set[str]:
        """Return who signed the review or the handover by which care ended."""
        if self.ended_with in HANDED_OVER:
            return {self.handed_over_by} - {""}
        login_of = {each.user_id: login for login, each in self.practice.staff.items()}
        signed = {each.signed_off_by_id for each in self.before.closing_reviews[-1:]}
        return {login_of[each] for each in signed if each is not None}


def by_the_gate(facts: EpisodeFacts, review: ClosingReviewFact, missed: ContactFact, day: date) -> bool:
    """Return whether each of the eight parts stands in the record, and another person's signature."""
    tried = [
        each
        for ladder in facts.ladders
        for each in ladder.attempts
        if each.outcome is not AttemptOutcome.DISCUSSED and each.channel is not Channel.GP_PRACTICE
    ]
    letters = {each.id: each for each in facts.letters}
    gp = letters.get(review.gp_letter_id) if review.gp_letter_id else None
    signed_by, sent_on, told_on = review.signed_off_by_id, review.opt_in_sent_on, review.gp_informed_on
    assert len(tried) >= 3
    assert len({each.channel for each in tried}) >= TWO
    assert len({each.on for each in tried}) >= TWO
    assert any(each.accessible for each in tried)
    assert not any(each.outcome is AttemptOutcome.SPOKE for each in search_of(facts, missed).attempts)
    assert review.communicated
    assert any(each.on > missed.on for each in review.safety_reviews)
    assert review.prompt_reason or not facts.haste
    assert gp is not None
    assert gp.kind == "gp_closing_unreached"
    assert told_on is not None
    assert min(gp.issued_on, told_on) >= missed.on
    assert sent_on is not None
    assert sent_on + timedelta(days=14) <= day
    assert review.discussed_on is not None
    assert signed_by is not None
    assert signed_by not in {facts.holder_id, *(each.by_id for each in tried)}
    assert review.way_back
    return True


def first_of_all(walk: Watched) -> Iterator[None]:
    """Let somebody be sought for longer than a year, put off, paused and on both tracks."""
    yield walk.changes_track(Track.PROMPT, "jo")
    yield walk.changes_track(Track.STANDARD, "amina")
    yield walk.tries(1, TRIES[0], 1)
    yield walk.puts_off(SnoozeKind.CALL_LATER, 1)
    yield walk.nothing_happens_for_long(31)
    yield walk.nothing_happens_for_long(401)
    yield walk.pauses(5, ends=False)
    yield walk.time_passes(7, 9)


def through_the_gate(walk: Watched) -> Iterator[None]:
    for left_out in ("signed", "attempts"):
        yield walk.goes_to_the_gate(left_out)
    yield walk.goes_through_the_gate()


def all_but_one(walk: Watched) -> Iterator[None]:
    for left_out in ("waited", "GP"):
        yield walk.goes_to_the_gate(left_out)


def on_another_word(walk: Watched) -> Iterator[None]:
    for how in ("cancels", "will come", "is reached"):
        if walk.facts.open_ladder is None:
            yield walk.did_not_attend()
        yield walk.is_let_go_on_another_word(how)
    yield walk.says_no_and_is_let_go()


def by_one_hand(walk: Watched) -> Iterator[None]:
    """Whoever makes accounts after the miss, and makes those make more, is one person with them."""
    yield walk.nothing_happens_for_long(1)
    yield walk.lets_somebody_in(JO, Role.SUPERVISOR)
    yield walk.lets_somebody_in(NEW, Role.PRACTITIONER)
    yield walk.is_said_never_to_have_been(NEW, never_was=True)
    yield walk.is_said_to_have_ended(Ending.COMPLETED, waits=False, who=JO)
    yield walk.is_said_to_have_died(NEWER, 0)
    for each in (JO, NEW, NEWER):
        yield walk.is_closed_with_their_death(said=False, who=each)
    yield walk.lives_after_all(JO)
    yield walk.goes_through_the_gate(NEW)


def nobody_wrote_it_up(walk: Watched) -> Iterator[None]:
    """They were seen after the miss; of the appointment after that nobody says what became of it."""
    yield walk.comes_after_all()
    yield walk.books(1, 9)
    yield walk.time_passes(2, 9)
    yield walk.is_said_to_have_died(JO, 0)
    yield walk.is_closed_with_their_death(said=False, who=JO)
    yield walk.is_closed_with_their_death(said=False, who=AMINA)


def takes_it_away(walk: Watched) -> Iterator[None]:
    """A supervisor takes the miss out of the record, holding the case or not, and ends care."""
    yield walk.is_given_to(AMINA, "amina")
    yield walk.is_given_to(JO, "amina")
    yield walk.is_said_never_to_have_been(AMINA, never_was=True)
    yield walk.lets_somebody_in(AMINA, Role.SUPERVISOR)
    yield walk.is_said_never_to_have_been(NEW, never_was=True)
    yield walk.is_said_to_have_ended(Ending.COMPLETED, waits=False, who=AMINA)


def takes_it_away_alone(walk: Watched) -> Iterator[None]:
    yield walk.is_said_never_to_have_been(AMINA, never_was=True)
    yield walk.is_said_to_have_ended(Ending.COMPLETED, waits=False, who=AMINA)


OPENINGS = (
    first_of_all,
    through_the_gate,
    all_but_one,
    on_another_word,
    by_one_hand,
    nobody_wrote_it_up,
    takes_it_away,
    takes_it_away_alone,
)


@pytest.mark.timeout(240)  # some 20 s of work by itself, beside others on two cores
def test_nobody_is_ever_dropped(
    practice_place: OpenRecord, practice_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """From openings that come to what could drop somebody, random walks go on."""
    seen = Counter[str]()
    for opening in OPENINGS:

        class Machine(Watched):
            visits: ClassVar = seen
            opened = staticmethod(opening)

            @staticmethod
            def fresh() -> Practice:
                return anew(practice_place, practice_template, tmp_path_factory.mktemp("run"))

        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=3,
                stateful_step_count=40,
                phases=[Stage.generate],  # a run is short to read as it is, and shrinking it takes minutes
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    went_through(seen)


def went_through(visits: Counter[str]) -> None:
    """Assert that the walk was no walk in the air: it came to everything that could drop somebody."""
    least = {
        "gate passed": 1,
        "gate closed": 1,
        "sought for more than 30 days": 5,
        "sought for more than 400 days": 1,
        "tried": 5,
        "answered": 1,
        "put off": 1,
        "paused": 1,
        "track prompt": 1,
        "outcome D": 5,
        "outcome A": 1,
        "outcome C": 1,
        "let go on another word": 2,
        "closed: declined, refused": 2,
        "closed: declined": 1,
        "let in": 5,
        "voided": 1,
        "death": 2,
        "death taken back": 1,
        "allocated": 2,
        "closed: died": 1,
        "closed: died, refused": 3,
    }
    assert {what: visits[what] for what, often in least.items() if visits[what] < often} == {}, visits
