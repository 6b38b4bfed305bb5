"""What may be done about reaching a patient, in whatever order: part of a random walk."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from collabcare.domain.acting import Acting, Role
from collabcare.domain.attendance import Side
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.due import what_is_due
from collabcare.domain.ids import UserId
from collabcare.domain.own_words import search_to_answer
from collabcare.domain.patient_details import details_of
from collabcare.domain.pauses import Absence
from collabcare.domain.reach_facts import HasteKind, SnoozeKind, Track
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.domain.search_today import search_step
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import BookContact, Booking, book_contact, record_contact
from collabcare.services.deaths import RecordDeath, TakeBackDeath, record_death, take_back_death
from collabcare.services.episodes import allocate
from collabcare.services.haste import MoveTrack, RecordHaste, move_track, record_haste_fact
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
from collabcare.services.searches import CameOfIt, PutOff, RecordReply, put_off, record_reply
from collabcare.services.users import NewUser, add_user
from tests.builders import pathway
from tests.services.asking_safety import AskingSafety
from tests.services.searching import SENT, attempt
from tests.services.what_happened import Happened, Slot

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact

DAYS = st.sampled_from([0, 1, 2, 7, 14, 28])
AGES = st.sampled_from([401, 31, 120])
MORNING = time(9, 30)
DEATHS, OFTEN, ACCOUNTS = 2, 2, 3
MISSED = AttendanceStatus.DID_NOT_ATTEND
_CALL: dict[str, Any] = {"channel": Channel.CALL, "outcome": AttemptOutcome.NO_ANSWER}
TRIES: list[dict[str, Any]] = [
    _CALL,
    {**_CALL, "outcome": AttemptOutcome.LEFT_MESSAGE},
    {"channel": Channel.TEXT, "outcome": AttemptOutcome.SENT},
    SENT,
    {"channel": Channel.VISIT, "outcome": AttemptOutcome.NO_ANSWER},
    {"channel": Channel.GP_PRACTICE, "outcome": AttemptOutcome.THIRD_PARTY, "spoke_to": "Reception"},
    {"channel": Channel.GP_PRACTICE, "outcome": AttemptOutcome.DISCUSSED},
    {"channel": Channel.SUPERVISION, "outcome": AttemptOutcome.DISCUSSED},
]

SAFE = "Said that she is safe and well"


class Contacts(AskingSafety):
    """One patient, whom somebody holds or nobody yet, and what becomes of appointments with them."""

    def __init__(self) -> None:
        super().__init__()
        self.happened = Happened()

    def opens(self) -> None:
        """Go the way that is known, before the random one begins."""

    @property
    def logins(self) -> list[str]:
        """Return who may work with a patient, those who were let in meanwhile too."""
        return ["jo", "amina", "sam", *self.happened.made]

    def one_of(self, who: int) -> str:
        return self.logins[who % len(self.logins)]

    @initialize(history=st.sampled_from(["AD", "AD", "", "DD", "ADD"]))
    def begins(self, history: str) -> None:
        self.episode = self.practice.refer(history, holder_id=self.practice.user("jo") if history else None)
        self.goes_on_with("jo" if history else None)
        if history == "AD":
            self.opens()

    @precondition(lambda self: not self.cared_for)
    @rule(missed=st.booleans())
    def another_is_referred(self, missed: bool) -> None:
        """Once care has ended the walk goes on with somebody else, who may miss their first appointment."""
        self.practice.on(self.today, MORNING)
        self.episode = self.practice.refer(received_on=self.today)
        self._read = None
        self.goes_on_with("jo")
        if missed:
            self.records("D", self.today)

    def goes_on_with(self, holder: str | None) -> None:
        """Begin to keep what happens to another patient; the accounts stay."""
        self.happened = Happened(made=self.happened.made)
        for each in self.facts.contacts:
            self.happened.happened("D" if each.status is MISSED else "A", Slot(each.on, each.at))
        if holder is not None:
            self.happened.is_held_by(holder, self.practice.clock.now())

    def after(self, days: int) -> date:
        return self.today + timedelta(days=days)

    @property
    def slot(self) -> ContactFact | None:
        """Return the first appointment without an outcome."""
        return next((each for each in self.facts.contacts if each.status is None), None)

    @rule(days=DAYS, hour=st.sampled_from([0, 9, 17, 23]))
    def time_passes(self, days: int, hour: int) -> None:
        self.practice.on(self.after(days), time(hour, 30))

    @precondition(lambda self: self.facts.open_ladder is not None)
    @rule(days=AGES)
    def nothing_happens_for_long(self, days: int) -> None:
        self.practice.on(self.after(days), MORNING)

    nothing_for_longer = nothing_happens_for_long

    @precondition(lambda self: self.cared_for and self.done["allocated"] < OFTEN)
    @rule(to=st.integers(0, 4), by=st.sampled_from(["jo", "amina"]))
    def is_given_to(self, to: int, by: str) -> None:
        login = self.one_of(to)
        if self.facts.holder_id != self.practice.user(login):
            with self.doing("allocated"):
                allocate(self.episode, self.practice.user(login), self.practice.uow(by))
                self.happened.is_held_by(login, self.practice.clock.now())

    @precondition(lambda self: len(self.happened.made) < ACCOUNTS)
    @rule(by=st.integers(0, 4), role=st.sampled_from([Role.SUPERVISOR, Role.PRACTITIONER]))
    def lets_somebody_in(self, by: int, role: Role) -> None:
        """Somebody makes an account, for a colleague or for themselves."""
        login, maker = f"new{len(self.happened.made)}", self.one_of(by)
        with self.doing("let in"):
            made = add_user(NewUser(login=login, name=login, role=role), self.practice.uow(maker)).made
            acting = Acting(user_id=UserId(made or 0), login=login, name=login, role=role)
            self.practice.staff[login] = acting
            self.happened.made[login] = maker, self.practice.clock.now()

    @precondition(lambda self: self.cared_for and self.slot is None)
    @rule(days=DAYS, hour=st.sampled_from([None, 9, 16]))
    def books(self, days: int, hour: int | None) -> None:
        slot = Booking(on=self.after(days), at=None if hour is None else time(hour))
        with self.doing("booked"):
            book_contact(BookContact(episode_id=self.episode, booking=slot), self.practice.uow())

    @precondition(lambda self: self.slot is not None and len(self.facts.moves) == 0)
    @rule(days=DAYS, side=st.sampled_from(Side))
    def moves(self, days: int, side: Side) -> None:
        slot = self.slot
        assert slot is not None
        seen: dict[str, Any] = {"contact_id": slot.id, "seen": slot.row_version, "asked_on": self.today}
        with self.doing(f"moved for {side.value}"):
            asked = MoveAppointment(**seen, asked_by=side, booking=Booking(on=self.after(days)))
            move_appointment(asked, self.practice.uow())

    @precondition(lambda self: self.cared_for and self.slot is not None)
    @rule(letter=st.sampled_from("CADDPN"), waits=st.booleans(), rang=st.booleans())
    def a_slot_goes_by(self, letter: str, waits: bool, rang: bool) -> None:
        """What was booked comes to its day, or is given up before."""
        slot = self.slot
        assert slot is not None
        if waits or letter not in "CP":
            self.practice.on(max(self.today, slot.on), time(18))
        self.records(letter, slot.on, slot, rang=rang)

    @precondition(lambda self: self.cared_for and self.facts.open_ladder is None)
    @rule()
    def did_not_attend(self) -> None:
        self.practice.on(self.after(1), time(18))
        self.records("D", self.today)

    did_not_attend_again = did_not_attend
    """What is named twice is tried twice as often."""

    @precondition(lambda self: self.cared_for and self.facts.open_ladder is not None)
    @precondition(lambda self: self.done["outcome A"] < OFTEN)
    @rule()
    def comes_after_all(self) -> None:
        self.practice.on(self.after(1), time(18))
        self.records("A", self.today)

    @precondition(lambda self: self.cared_for)
    @rule(letter=st.sampled_from("DA"), ago=st.sampled_from([0, 1, 9]))
    def is_recorded(self, letter: str, ago: int) -> None:
        """A contact nobody had booked, or one of another day typed in late."""
        self.records(letter, self.after(-ago))

    def records(self, letter: str, on: date, slot: ContactFact | None = None, *, rang: bool = False) -> None:
        command = self.practice.contact(letter, self.episode, on)
        if slot is not None:
            command = replace(command, contact_id=slot.id, at=slot.at)
        if rang and command.status is AttendanceStatus.DID_NOT_ATTEND:
            command = replace(command, contacted_after=True, note="Rang at noon, had forgotten")
        with self.doing(f"outcome {letter}{'+' * rang}"):
            record_contact(command, self.practice.uow(), pathway())
            self.happened.happened(letter, Slot(on, command.at))

    @precondition(lambda self: self.cared_for and self.facts.contacts and self.done["voided"] < OFTEN)
    @rule(who=st.sampled_from([0, 0, 1, 2, 3, 4]), never_was=st.booleans())
    def is_said_never_to_have_been(self, who: int, never_was: bool) -> None:
        last, search, login = self.facts.contacts[-1], self.facts.open_ladder, self.one_of(who)
        asked: dict[str, Any] = {"reason": "Another patient", "never_was": never_was}
        void = VoidContact(contact_id=last.id, seen=last.row_version, **asked)
        before = self.done["voided"]
        with self.doing("voided"):
            void_contact(void, self.practice.uow(login), pathway())
            attended = last.status is not None and last.status.attended
            self.happened.is_taken_back(Slot(last.on, last.at), login, attended=attended)
        if login == "jo" and search is not None and search.attempts and self.done["voided"] > before:
            assert last.status is not AttendanceStatus.DID_NOT_ATTEND, "a miss that was followed up is gone"
        if login == "jo" and last.status is AttendanceStatus.DID_NOT_ATTEND and self.done["voided"] > before:
            assert self.slot is not None, "a missed appointment is gone"

    @precondition(lambda self: self.cared_for and self.done["death"] < DEATHS)
    @precondition(lambda self: self.facts.patient.died_on is None)
    @rule(who=st.integers(0, 4), ago=st.sampled_from([0, 1, 20]))
    def is_said_to_have_died(self, who: int, ago: int) -> None:
        patient, login = self.facts.patient, self.one_of(who)
        with self.doing("death"):
            died = RecordDeath(
                patient_id=patient.patient_id,
                seen=patient.version,
                died_on=self.after(-ago),
                told_by="Her sister",
            )
            slots = [Slot(each.on, each.at) for each in self.facts.contacts if each.status is None]
            record_death(died, self.practice.uow(login))
            self.happened.death_by = login
            now = self.practice.clock.now()
            self.happened.went_by += [each for each in slots if each.begins <= now]

    @precondition(lambda self: self.cared_for and self.facts.patient.died_on is not None)
    @rule(who=st.integers(0, 4))
    def lives_after_all(self, who: int) -> None:
        """A death was recorded in error; of whom it was recorded nobody is lost either."""
        patient = self.facts.patient
        with self.doing("death taken back"):
            asked = TakeBackDeath(patient_id=patient.patient_id, seen=patient.version)
            take_back_death(asked, self.practice.uow(self.one_of(who)), pathway())
            self.happened.death_by = None
            self.happened.went_by.clear()

    lives_after_some_time = lives_after_all


class Searches(Contacts):
    """The same patient, and what is done while they are sought."""

    @precondition(lambda self: self.facts.open_ladder is not None)
    @rule(rung=st.integers(1, 6), which=st.sampled_from(TRIES), days=st.sampled_from([0, 0, 1, 2]))
    def tries(self, rung: int, which: dict[str, Any], days: int) -> None:
        self.practice.on(self.after(days), MORNING)
        with self.doing("tried"):
            attempt(self.practice, self.episode, rung=rung, note=f"Tried again {self.today}", **which)

    tries_again = tries

    @precondition(lambda self: self.facts.open_ladder is not None)
    @rule(end=st.sampled_from([None, *set(SearchEnd)]), days=st.sampled_from([1, 7, 30]))
    def is_found(self, end: SearchEnd | None, days: int) -> None:
        """They are spoken to, or somebody says where they are; one try in seven finds wrong details."""
        found = None if end is None else CameOfIt(end=end, safety=SAFE, return_on=self.after(days))
        how: dict[str, Any] = {"outcome": AttemptOutcome.SPOKE, "note": f"Said so on {self.today}"}
        if end is SearchEnd.REBOOKED:
            how["next_booking"] = Booking(on=self.after(days), at=time(11))
        if end in {SearchEnd.MOVED, SearchEnd.DIED}:
            how |= {"outcome": AttemptOutcome.THIRD_PARTY, "channel": Channel.GP_PRACTICE}
            how["spoke_to"] = "Reception"
        if end is SearchEnd.WRONG_DETAILS and found is not None:
            contact = replace(details_of(self.facts).contact, telephone=f"07700 {900_000 + days}")
            how["outcome"], found = AttemptOutcome.NO_ANSWER, replace(found, details=contact)
        with self.doing(f"found: {end.value if end else 'reached'}"):
            attempt(self.practice, self.episode, came_of_it=found, **how)
            if end is SearchEnd.DIED:
                self.happened.death_by = "jo"

    @precondition(lambda self: self.cared_for and search_to_answer(self.facts) is not None)
    @rule(
        channel=st.sampled_from([Channel.TEXT, Channel.LETTER]),
        ago=st.sampled_from([0, 0, 1, 9]),
        end=st.sampled_from([None, SearchEnd.DECLINES, SearchEnd.REBOOKED]),
    )
    def answers(self, channel: Channel, ago: int, end: SearchEnd | None) -> None:
        search = search_to_answer(self.facts)
        assert search is not None
        booked = Booking(on=self.after(7)) if end is SearchEnd.REBOOKED else None
        reply = RecordReply(
            episode_id=self.episode,
            ladder_id=search.id,
            answered_on=self.after(-ago),
            channel=channel,
            note="Wrote that she will ring",
            came_of_it=CameOfIt(end=end, safety=SAFE) if end else None,
            next_booking=booked,
        )
        with self.doing("answered"):
            record_reply(reply, self.practice.uow(), self.practice.rulebook)

    @precondition(lambda self: self.facts.open_ladder is not None)
    @rule(kind=st.sampled_from(SnoozeKind), days=st.sampled_from([1, 2]))
    def puts_off(self, kind: SnoozeKind, days: int) -> None:
        step = search_step(self.facts, self.practice.rulebook.search, today=self.today)
        if step is None:
            return
        with self.doing("put off"):
            command = PutOff(
                episode_id=self.episode,
                ladder_id=step.ladder.id,
                rung=step.rung.number,
                kind=kind,
                until=self.after(days),
                reason="Later",
            )
            put_off(command, self.practice.uow(), self.practice.rulebook)

    @precondition(lambda self: self.cared_for and self.done["postponed, refused"] < OFTEN)
    @rule(days=st.sampled_from([1, 7, 28]))
    def is_postponed(self, days: int) -> None:
        for due in what_is_due(self.facts, self.practice.rulebook, today=self.today)[:1]:
            with self.doing("postponed"):
                command = Postpone(
                    episode_id=self.episode,
                    kind=due.kind,
                    subject_id=due.subject_id,
                    due_on=due.first_due_on,
                    until=self.after(days),
                    reason="Later",
                )
                postpone(command, self.practice.uow(), self.practice.rulebook)

    @precondition(lambda self: self.cared_for)
    @rule(days=st.sampled_from([2, 5, 28]), ends=st.booleans())
    def pauses(self, days: int, ends: bool) -> None:
        uow, rulebook = self.practice.uow(), self.practice.rulebook
        pause = next((each for each in self.facts.pauses if each.ended_on is None), None)
        away: dict[str, Any] = {"reason": "", "review_on": self.after(days), "told_by": "Her sister"}
        with self.doing("paused" if pause is None else "pause looked at"):
            if pause is None:
                pause_episode(PauseEpisode(episode_id=self.episode, why=Absence.AWAY, **away), uow, rulebook)
            elif ends:
                end_pause(EndPause(pause_id=pause.id, seen=pause.row_version), uow)
            else:
                seen = ReviewPause(pause_id=pause.id, seen=pause.row_version, review_on=self.after(days))
                review_pause(seen, uow, rulebook)

    @precondition(lambda self: self.cared_for and not self.facts.haste)
    @rule(kind=st.sampled_from([*HasteKind]))
    def something_makes_haste(self, kind: HasteKind) -> None:
        fact = RecordHaste(episode_id=self.episode, kind=kind, happened_on=self.today, note="Seen")
        with self.doing("haste"):
            record_haste_fact(fact, self.practice.uow())

    @precondition(lambda self: self.cared_for)
    @rule(to=st.sampled_from(Track), login=st.sampled_from(["jo", "amina"]))
    def changes_track(self, to: Track, login: str) -> None:
        with self.doing(f"track {to.value}"):
            move = MoveTrack(episode_id=self.episode, to=to, reason="Talked")
            move_track(move, self.practice.uow(login))
