"""Every way in which somebody may try to end a patient's care, the gate among them: part of a random walk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from collabcare.domain.closing_parts import (
    Communicated,
    Discussed,
    GpTold,
    OptInSent,
    WayBackStated,
)
from collabcare.domain.closure import Ending
from collabcare.domain.gate_today import open_review
from collabcare.domain.ids import LetterId
from collabcare.domain.own_words import search_to_answer
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.reengagement import Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.closing_reviews import (
    GiveClosingReason,
    OpenClosingReview,
    give_closing_reason,
    open_closing_review,
)
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.pauses import EndPause, end_pause
from collabcare.services.proposals import (
    AnswerHandover,
    DecideProposal,
    Propose,
    accept_handover,
    decide_proposal,
    propose,
)
from tests.builders_reach import safety_part
from tests.services.reaching_hands import MORNING, Searches
from tests.services.searching import SENT, attempt, discuss, part, review_of, sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.facts import EpisodeFacts

LEFT_OUT = ("attempts", "keep-in-touch", "parts", "GP", "discussed", "signed", "waited", "reason")
REVIEWS, OFTEN, ALL_BUT_ONE = 2, 2, 2
OTHERWISE = tuple(each for each in Ending if each is not Ending.NOT_ENGAGING)


class Endings(Searches):
    """The same patient, and everything that is tried to close them.

    ``before`` are the facts care ended by; ``ended_with`` is what it was called.
    """

    before: EpisodeFacts
    ended_with: Ending | None = None
    ended_by = ""
    handed_over_by = ""
    """Who signed the handover since the last miss."""

    @precondition(lambda self: self.cared_for and self.facts.ladders)
    @rule(
        ending=st.sampled_from([*OTHERWISE[:-1], Ending.DECLINED, Ending.DECLINED]),
        waits=st.booleans(),
        who=st.sampled_from([0, 0, 1, 2, 3, 4]),
    )
    def is_said_to_have_ended(self, ending: Ending, waits: bool, who: int = 0) -> None:
        """Safety is reviewed and the GP told, so that nothing but whose word it was stands in the way."""
        if waits:
            self.practice.on(self.after(1), MORNING)
        if self.slot is not None and self.slot.on <= self.today:
            self.records("C", self.slot.on, self.slot)
        owed: dict[str, Any] = {"safety": safety_part(self.today), "onward_to": "Elsewhere"}
        with self.doing("discharge summary"):
            letter = issue_letter(
                IssueLetter(episode_id=self.episode, kind="gp_discharge"), self.practice.desk()
            ).made
            owed["gp"] = GpTold(on=self.today, letter_id=LetterId(letter or 0))
        self.tries_to_close(ending, by=self.one_of(who), **owed)

    @precondition(lambda self: self.cared_for and self.done["closed: declined"] < OFTEN)
    @precondition(lambda self: search_to_answer(self.facts) is not None)
    @rule()
    def says_no_and_is_let_go(self) -> None:
        self.answers(Channel.TEXT, 0, SearchEnd.DECLINES)
        self.is_said_to_have_ended(Ending.DECLINED, waits=True)

    @precondition(lambda self: self.may_be_let_go and self.done["let go on another word"] < OFTEN)
    @rule(how=st.sampled_from(["cancels", "comes late", "will come", "is reached"]))
    def is_let_go_on_another_word(self, how: str) -> None:
        """They are in touch, but not of ending care: somebody tries to end it all the same."""
        if how in {"cancels", "comes late"}:
            self.books(1, 9)
            if self.slot is None:
                return
            self.a_slot_goes_by("C" if how == "cancels" else "N", waits=True, rang=False)
        else:
            self.is_found(SearchEnd.REBOOKED if how == "will come" else None, 1)
            if self.slot is not None:
                self.a_slot_goes_by("C", waits=False, rang=False)
        self.counts("let go on another word")
        self.is_said_to_have_ended(Ending.DECLINED, waits=True)

    @precondition(lambda self: self.cared_for and not self.facts.proposals)
    @rule(signed=st.booleans(), ends=st.booleans())
    def is_handed_over(self, signed: bool, ends: bool) -> None:
        asked = Propose(episode_id=self.episode, kind=ProposalKind.STEP_UP, reason="Near", to_service="North")
        with self.doing("handed over"):
            made = propose(asked, self.practice.uow()).made or 0
            if signed:
                yes = DecideProposal(proposal_id=made, seen=1, agreed=True)
                decide_proposal(yes, self.practice.uow("amina"))
                self.handed_over_by = "amina"
            answer = AnswerHandover(proposal_id=made, seen=1 + signed, on=self.today)
            accept_handover(answer, self.practice.uow())
        self._read = None
        if ends:
            self.is_said_to_have_ended(Ending.STEPPED_UP, waits=False)

    @precondition(lambda self: self.cared_for)
    @rule(said=st.sampled_from([False, False, True]), who=st.integers(0, 4))
    def is_closed_with_their_death(self, said: bool, who: int) -> None:
        told = {"died_on": self.today, "told_by": "Her sister"} if said else {}
        self.tries_to_close(Ending.DIED, by=self.one_of(who), **told)

    signs = "amina"

    @precondition(lambda self: self.may_be_let_go and self.done["gate passed"] < OFTEN)
    @rule(who=st.sampled_from([1, 1, 3, 4]))
    def goes_through_the_gate(self, who: int = 1) -> None:
        self.signs = self.one_of(who)
        self.goes_to_the_gate("")
        self.signs = "amina"

    @precondition(lambda self: self.may_be_let_go and self.done["gate closed"] < ALL_BUT_ONE)
    @rule(left_out=st.sampled_from(LEFT_OUT))
    def goes_to_the_gate(self, left_out: str) -> None:
        """Take somebody who is sought through all of the gate, or all but one step, and try to close them."""
        with self.doing("went to the gate"):
            self._walk(left_out)
        self._read = None
        passed = self.tries_to_close(Ending.NOT_ENGAGING)
        self.counts("gate passed" if passed else "gate closed")

    @property
    def may_be_let_go(self) -> bool:
        """Return whether somebody is sought and no appointment is waited for."""
        sought = self.cared_for and self.facts.open_ladder is not None and self.slot is None
        return sought and len(self.facts.closing_reviews) < REVIEWS

    def _walk(self, left_out: str) -> None:
        practice, episode = self.practice, self.episode
        for pause in self.facts.pauses:
            if pause.ended_on is None:
                end_pause(EndPause(pause_id=pause.id, seen=pause.row_version), practice.uow())
        if left_out != "attempts":
            for rung, how in ((1, {"note": f"Rang {self.today}"}), (3, SENT)):
                practice.on(self.after(1), MORNING)
                attempt(practice, episode, rung=rung, **how)
                self.counts("tried")
        sent_on = self.today
        if left_out != "keep-in-touch":
            attempt(practice, episode, rung=5, note="Keep in touch", **SENT)
        practice.on(self.after(0 if left_out == "waited" else 15), MORNING)
        self._read = None
        if open_review(self.facts) is None:
            open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
        part(practice, episode, OptInSent(on=sent_on))
        for of, records in self._parts.items():
            if of != left_out:
                records()

    @property
    def _parts(self) -> dict[str, Callable[[], object]]:
        """Return what records each part of the review, in the order in which it is done."""
        return {
            "parts": self._says_how,
            "GP": self._tells_gp,
            "discussed": self._discusses,
            "reason": self._gives_reason,
            "signed": partial(sign, self.practice, self.episode, self.signs),
        }

    def _says_how(self) -> None:
        for each in (
            Communicated(correctly=True, evidence="By letter, and a text"),
            safety_part(self.today),
            WayBackStated(words="Ring us"),
        ):
            part(self.practice, self.episode, each)

    def _tells_gp(self) -> None:
        asked = IssueLetter(episode_id=self.episode, kind="gp_closing_unreached")
        letter = issue_letter(asked, self.practice.desk()).made
        part(self.practice, self.episode, GpTold(on=self.today, letter_id=LetterId(letter or 0)))

    def _discusses(self) -> None:
        discuss(self.practice, self.episode)
        part(self.practice, self.episode, Discussed(on=self.today))

    def _gives_reason(self) -> None:
        review = review_of(self.practice, self.episode)
        why = GiveClosingReason(
            review_id=review.id, seen=review.row_version, reason="Lives with family", instead="The GP calls"
        )
        give_closing_reason(why, self.practice.uow("amina"))

    def tries_to_close(self, ending: Ending, *, by: str = "jo", **owed: Any) -> bool:  # noqa: ANN401 - what is owed by name
        """Try to close and return whether it was done; nothing without an outcome is ever left behind."""
        before, unwritten = (
            self.facts,
            any(each.status is None and each.on <= self.today for each in self.facts.contacts),
        )
        command = CloseEpisode(
            episode_id=self.episode, ending=ending, closed_on=self.today, why_no_plan="Not reached", **owed
        )
        with self.doing(f"closed: {ending.value}"):
            close_episode(command, self.practice.uow(by), self.practice.rulebook)
        if self.cared_for:
            return False
        self.before, self.ended_with, self.ended_by = before, ending, by
        assert ending is Ending.DIED or not unwritten, "closed though an appointment may have been missed"
        return True
