"""Whatever happens in whatever order, nobody is without a next step, or closed for not attending alone."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from collabcare.domain.attendance import Side
from collabcare.domain.closing_parts import (
    Communicated,
    Discussed,
    GpTold,
    OptInSent,
    WayBackStated,
)
from collabcare.domain.closure import Ending
from collabcare.domain.codes import ClosureReason
from collabcare.domain.due import what_is_due
from collabcare.domain.episode import Phase
from collabcare.domain.gate_today import gate_today, open_review
from collabcare.domain.ids import ContactId, LetterId
from collabcare.domain.missed_run import missed_run
from collabcare.domain.pauses import Absence
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.reach_facts import HasteKind, SnoozeKind, Track
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.domain.search_today import search_step
from collabcare.services.closing_reviews import (
    GiveClosingReason,
    OpenClosingReview,
    give_closing_reason,
    open_closing_review,
)
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import BookContact, Booking, book_contact, record_contact
from collabcare.services.episodes import CloseEpisode, allocate, close_episode
from collabcare.services.haste import MoveTrack, RecordHaste, move_track, record_haste_fact
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.moving import MoveAppointment, move_appointment
from collabcare.services.pauses import (
    EndPause,
    PauseEpisode,
    ReviewPause,
    end_pause,
    pause_episode,
    review_pause,
)
from collabcare.services.postponing import Postpone, postpone
from collabcare.services.proposals import (
    AnswerHandover,
    DecideProposal,
    Propose,
    accept_handover,
    decide_proposal,
    propose,
)
from collabcare.services.searches import CameOfIt, PutOff, RecordReply, put_off, record_reply
from tests.builders import pathway
from tests.builders_reach import safety_part
from tests.record_fixtures import anew
from tests.services.asking_safety import REFUSED, AskingSafety
from tests.services.searching import SENT, attempt, discuss, part, review_of, search, sign

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pytest

    from collabcare.store.record import OpenRecord
    from tests.record_fixtures import Practice

GONE = (Ending.MOVED_AWAY, Ending.MOVED_AWAY, Ending.ADMITTED, Ending.SIGNPOSTED, Ending.COMPLETED)
DAYS = st.sampled_from([0, 1, 2, 7, 14, 28, 45])
STEPS_OF_THE_GATE = ("attempts", "letter", "review", "parts", "gp", "discussed", "signed", "waited")


class Reaching(AskingSafety):
    """One patient nobody holds yet or one in care, and everything that can be done about reaching them."""

    @initialize(history=st.sampled_from(["", "AD", "DD", "AD", "DD"]))
    def begins(self, history: str) -> None:
        holder = self.practice.user("jo") if history else None
        self.episode = self.practice.refer(history, holder_id=holder)

    def after(self, days: int) -> date:
        return self.today + timedelta(days=days)

    @rule(days=DAYS, hour=st.sampled_from([0, 9, 17, 23]))
    def time_passes(self, days: int, hour: int) -> None:
        self.practice.on(self.after(days), time(hour, 30))

    @rule(login=st.sampled_from(["jo", "sam"]))
    def is_allocated(self, login: str) -> None:
        with suppress(*REFUSED):
            allocate(self.episode, self.practice.user(login), self.practice.uow("amina"))

    @rule(days=DAYS, hour=st.sampled_from([None, 9, 16]))
    def books(self, days: int, hour: int | None) -> None:
        slot = Booking(on=self.after(days), at=None if hour is None else time(hour))
        with suppress(*REFUSED):
            book_contact(BookContact(episode_id=self.episode, booking=slot), self.practice.uow())

    @rule(days=DAYS, side=st.sampled_from(Side))
    def moves(self, days: int, side: Side) -> None:
        for slot in [each for each in self.facts.contacts if each.status is None][:1]:
            seen: dict[str, Any] = {"contact_id": slot.id, "seen": slot.row_version, "asked_on": self.today}
            asked = MoveAppointment(**seen, asked_by=side, booking=Booking(on=self.after(days)))
            with suppress(*REFUSED):
                move_appointment(asked, self.practice.uow())

    @rule(letter=st.sampled_from("AADDDCPN"), ago=st.sampled_from([0, 0, 1, 9]), booked=st.booleans())
    def outcome(self, letter: str, ago: int, booked: bool) -> None:
        slot = next((each for each in self.facts.contacts if each.status is None), None) if booked else None
        contact_id = ContactId(slot.id) if slot else None
        command = self.practice.contact(letter, self.episode, slot.on if slot else self.after(-ago))
        with suppress(*REFUSED):
            record_contact(replace(command, contact_id=contact_id), self.practice.uow(), pathway())

    @rule(
        rung=st.integers(1, 6),
        channel=st.sampled_from(Channel),
        outcome=st.sampled_from(AttemptOutcome),
        end=st.sampled_from([None, None, *(set(SearchEnd) - {SearchEnd.DIED})]),
        days=DAYS,
    )
    def tries(
        self, rung: int, channel: Channel, outcome: AttemptOutcome, end: SearchEnd | None, days: int
    ) -> None:
        found = None if end is None else CameOfIt(end=end, return_on=self.after(days))
        told = outcome is AttemptOutcome.THIRD_PARTY
        with suppress(*REFUSED):
            attempt(
                self.practice,
                self.episode,
                rung=rung,
                channel=channel,
                outcome=outcome,
                note="Tried",
                spoke_to="A neighbour" if told else "",
                came_of_it=found,
            )

    @rule(channel=st.sampled_from(Channel), ago=st.sampled_from([0, 0, 1, 9]))
    def answers(self, channel: Channel, ago: int) -> None:
        ladder = self.facts.open_ladder
        if ladder is None:
            return
        on, ladder_id = self.after(-ago), ladder.id
        reply = RecordReply(
            episode_id=self.episode, ladder_id=ladder_id, answered_on=on, channel=channel, note="Will ring"
        )
        with suppress(*REFUSED):
            record_reply(reply, self.practice.uow(), self.practice.rulebook)

    @rule(said_by=st.sampled_from([Channel.CALL, Channel.GP_PRACTICE]), ending=st.sampled_from(GONE))
    def is_said_to_have_moved(self, said_by: Channel, ending: Ending) -> None:
        with suppress(*REFUSED):
            attempt(
                self.practice,
                self.episode,
                channel=said_by,
                outcome=AttemptOutcome.THIRD_PARTY,
                spoke_to="Somebody",
                note=f"Moved, said on {self.today}",
                came_of_it=CameOfIt(end=SearchEnd.MOVED),
            )
        self.tries_to_close(ending)

    @rule(hands_over=st.booleans(), signed=st.booleans())
    def declines(self, hands_over: bool, signed: bool) -> None:
        if hands_over:
            asked = Propose(
                episode_id=self.episode, kind=ProposalKind.DISCHARGE, reason="Near", to_service="North"
            )
            with suppress(*REFUSED):
                made = propose(asked, self.practice.uow()).made or 0
                if signed:
                    yes = DecideProposal(proposal_id=made, seen=1, agreed=True)
                    decide_proposal(yes, self.practice.uow("amina"))
                answer = AnswerHandover(proposal_id=made, seen=1 + signed, on=self.today)
                accept_handover(answer, self.practice.uow())
            self.tries_to_close(Ending.MOVED_ACROSS)
            return
        owed: dict[str, Any] = {"safety": safety_part(self.today)}
        with suppress(*REFUSED):
            kind = "gp_closing_unreached" if self.facts.open_ladder else "gp_discharge"
            letter = issue_letter(IssueLetter(episode_id=self.episode, kind=kind), self.practice.desk()).made
            owed["gp"] = GpTold(on=self.today, letter_id=LetterId(letter or 0))
        self.tries_to_close(Ending.DECLINED, **owed)

    @rule(days=st.sampled_from([1, 7, 28]))
    def is_postponed(self, days: int) -> None:
        for due in what_is_due(self.facts, self.practice.rulebook, today=self.today)[:1]:
            command = Postpone(
                episode_id=self.episode,
                kind=due.kind,
                subject_id=due.subject_id,
                due_on=due.first_due_on,
                until=self.after(days),
                reason="Later",
            )
            with suppress(*REFUSED):
                postpone(command, self.practice.uow(), self.practice.rulebook)

    @rule(kind=st.sampled_from(SnoozeKind), days=st.sampled_from([1, 2, 7]))
    def puts_off(self, kind: SnoozeKind, days: int) -> None:
        step = search_step(self.facts, self.practice.rulebook.search, today=self.today)
        if step is None:
            return
        command = PutOff(
            episode_id=self.episode,
            ladder_id=step.ladder.id,
            rung=step.rung.number,
            kind=kind,
            until=self.after(days),
            reason="Later",
        )
        with suppress(*REFUSED):
            put_off(command, self.practice.uow(), self.practice.rulebook)

    @rule(days=DAYS, ends=st.booleans())
    def pauses(self, days: int, ends: bool) -> None:
        uow, rulebook = self.practice.uow(), self.practice.rulebook
        pause = next((each for each in self.facts.pauses if each.ended_on is None), None)
        with suppress(*REFUSED):
            if pause is None:
                command = PauseEpisode(
                    episode_id=self.episode,
                    reason="",
                    review_on=self.after(days),
                    why=Absence.AWAY,
                    told_by="Her sister",
                )
                pause_episode(command, uow, rulebook)
            elif ends:
                end_pause(EndPause(pause_id=pause.id, seen=pause.row_version), uow)
            else:
                seen = ReviewPause(pause_id=pause.id, seen=pause.row_version, review_on=self.after(days))
                review_pause(seen, uow, rulebook)

    @rule(kind=st.sampled_from(HasteKind), to=st.sampled_from(Track))
    def makes_haste(self, kind: HasteKind, to: Track) -> None:
        fact = RecordHaste(episode_id=self.episode, kind=kind, happened_on=self.today, note="Seen")
        move = MoveTrack(episode_id=self.episode, to=to, reason="Talked")
        with suppress(*REFUSED):
            record_haste_fact(fact, self.practice.uow())
            move_track(move, self.practice.uow("amina"))

    def tries_to_close(self, ending: Ending, **owed: Any) -> None:  # noqa: ANN401 - what is owed by name
        unwritten = any(each.status is None and each.on <= self.today for each in self.facts.contacts)
        before = gate_today(self.facts, self.practice.rulebook, today=self.today)
        command = CloseEpisode(
            episode_id=self.episode, ending=ending, closed_on=self.today, why_no_plan="Not reached", **owed
        )
        with suppress(*REFUSED):
            close_episode(command, self.practice.uow("amina"), self.practice.rulebook)
            self.passed, self.ended_with = before.passed, ending
            assert not unwritten, "closed though an appointment may have been missed"


class Closing(Reaching):
    """The same patient, and everything that is tried to close them."""

    @rule(ending=st.sampled_from(Ending))
    def closes(self, ending: Ending) -> None:
        self.tries_to_close(Ending.NOT_ENGAGING if ending is Ending.DIED else ending)

    @rule()
    def is_said_never_to_have_missed(self) -> None:
        facts = self.facts
        run, search = missed_run(facts, today=self.today), facts.open_ladder
        if not facts.contacts:
            return
        last = facts.contacts[-1]
        void = VoidContact(contact_id=last.id, seen=last.row_version, reason="Another patient")
        with suppress(*REFUSED):
            void_contact(void, self.practice.uow(), pathway())
        if search is not None and search.attempts and run.heard_since is None:
            assert self.facts.open_ladder is not None

    @rule(left_out=st.sampled_from([*STEPS_OF_THE_GATE, *[""] * 8]))
    def goes_to_the_gate(self, left_out: str) -> None:
        """Take somebody missing through all of the gate but one step, and try to close them."""
        done = set(STEPS_OF_THE_GATE) - {left_out}
        with suppress(*REFUSED):
            self.prepares(done)
        self.tries_to_close(Ending.NOT_ENGAGING)

    def prepares(self, done: set[str]) -> None:
        practice, episode = self.practice, self.episode
        for rung, changes in ((1, {}), (2, {"note": "Evening"}), (3, SENT)) if "attempts" in done else ():
            attempt(practice, episode, rung=rung, **changes)
        if "letter" in done:
            attempt(practice, episode, rung=5, **SENT)
        sent_on = self.today
        if "waited" in done:
            practice.on(self.after(14))
        if "review" not in done:
            return
        if open_review(self.facts) is None:
            open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
        if "parts" in done:
            part(practice, episode, Communicated(correctly=True, evidence="Letter"))
            part(practice, episode, safety_part(self.today))
            part(practice, episode, WayBackStated(words="Ring us"))
            part(practice, episode, OptInSent(on=sent_on))
            self.gives_reason()
        if "gp" in done:
            letter = issue_letter(
                IssueLetter(episode_id=episode, kind="gp_closing_unreached"), practice.desk()
            )
            part(practice, episode, GpTold(on=self.today, letter_id=LetterId(letter.made or 0)))
        if "discussed" in done:
            discuss(practice, episode)
            part(practice, episode, Discussed(on=self.today))
        if "signed" in done:
            sign(practice, episode)

    def gives_reason(self) -> None:
        review = review_of(self.practice, self.episode)
        at = {"review_id": review.id, "seen": review.row_version}
        why = GiveClosingReason(**at, reason="With family", instead="GP calls")
        give_closing_reason(why, self.practice.uow("amina"))

    @invariant()
    def nobody_is_without_a_holder_or_a_place_in_the_queue(self) -> None:
        facts = self.facts
        if facts.holder_id is None and facts.phase is not Phase.CLOSED:
            assert facts.attended == ()
            assert facts.phase in {Phase.REFERRED, Phase.PAUSED}

    @invariant()
    def nobody_is_without_a_next_step(self) -> None:
        facts = self.facts
        if facts.phase is Phase.CLOSED:
            return
        due = what_is_due(facts, self.practice.rulebook, today=self.today)
        assert due or facts.next_booked(self.today) or facts.open_ladder, facts

    @invariant()
    def nobody_is_closed_for_not_attending_without_the_gate(self) -> None:
        facts = self.facts
        if facts.ending is not None and facts.ending.reason is ClosureReason.DID_NOT_ATTEND:
            assert self.passed
            assert facts.closing_reviews[-1].signed_off_by_id not in {None, facts.holder_id}
            assert len(search(self.practice, self.episode).attempts) >= 3

    @invariant()
    def nobody_unheard_since_they_missed_is_closed_by_what_others_suppose(self) -> None:
        """Through the gate, with a service that took them and a signature, or as somebody named says."""
        facts = self.facts
        run = missed_run(facts, today=self.today)
        if facts.phase is not Phase.CLOSED or run.last is None or run.heard_since is not None:
            return
        said = [
            each.channel
            for ladder in facts.ladders
            for each in ladder.attempts
            if each.on >= run.last.on and each.outcome is AttemptOutcome.THIRD_PARTY and each.spoke_to
        ]
        match self.ended_with:
            case Ending.NOT_ENGAGING:
                assert self.passed
            case Ending.STEPPED_UP | Ending.STEPPED_DOWN | Ending.MOVED_ACROSS:
                assert any(each.accepted_on and each.agreed for each in facts.proposals)
            case Ending.MOVED_AWAY | Ending.ADMITTED:
                assert Channel.GP_PRACTICE in said
            case other:
                raise AssertionError(f"Closed as {other} without a word from them: {facts}")


def test_nobody_is_ever_dropped(
    practice_place: OpenRecord, practice_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    class Machine(Closing):
        @staticmethod
        def fresh() -> Practice:
            return anew(practice_place, practice_template, tmp_path_factory.mktemp("run"))

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=13,
            phases=[Stage.generate],  # a run is short to read as it is, and shrinking it takes minutes
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
