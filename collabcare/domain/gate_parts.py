"""The eight conditions of the gate before closing for not attending, each checked by itself.

Part of :mod:`collabcare.domain.closing_gate`. What is not recorded is missing; a date still to come as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.another_person import OF_ONE_MAKING, held_since, is_nobody_else, unseen_from
from collabcare.domain.calendar import london_date
from collabcare.domain.decided import decided_words
from collabcare.domain.display import fmt_count, fmt_date, fmt_days
from collabcare.domain.keeping_in_touch import is_written, last_letter_day, went_another
from collabcare.domain.letters import OF_AN_ENDING, UNREACHED, letters_of
from collabcare.domain.missed_run import tried_directly
from collabcare.domain.safety_reviewed import bare_day, is_whole, looked_at_words, said_of
from collabcare.domain.suggestion import Used
from collabcare.domain.supervised_ending import decided_to_go_on

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from collabcare.domain.facts import AttemptFact, EpisodeFacts
    from collabcare.domain.ids import UserId
    from collabcare.domain.missed_run import MissedRun
    from collabcare.domain.reach_facts import ClosingReviewFact
    from collabcare.domain.reengagement_policy import GatePolicy
    from collabcare.domain.tracks import TrackAnswer


_NO_OTHER = "A draft is not enough, and no other letter to the GP stands in its place."
_ISSUE_UNREACHED = (
    f"Issue the letter “Ending care, not reached, to the GP” now, then record it here. {_NO_OTHER}"
)
_OTHER_LETTER = (
    "What went that day was not the keep-in-touch letter. Send that one, log it, then choose it here."
)
_SINCE_MISSED = "Send the keep-in-touch letter again: they missed an appointment since."
_SINCE_PUT_RIGHT = "The keep-in-touch letter went before their contact details were put right: send it again."
_ISSUE_SUMMARY = f"Issue the “Discharge summary to the GP”, then choose it here. {_NO_OTHER}"


OWN_CASE = (
    "The practitioner cannot sign it off, nor whoever held the case since the miss or tried to reach them."
    " Ask another person."
)
_NOTHING_ASKS = "Nothing that asks us to act soon is recorded as open."
_LOOK_NOW = "Review safety now: record what was looked at and what was concluded."
_LOOK_AGAIN = "Review safety again: the last review was not after the last miss."


class Condition(StrEnum):
    """The conditions, in the order they are shown."""

    ATTEMPTS = "G1"
    COMMUNICATED = "G2"
    SAFETY = "G3"
    PROMPT_FACTS = "G4"
    GP = "G5"
    OPT_IN = "G6"
    SIGNED_OFF = "G7"
    WAY_BACK = "G8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything the conditions go by, the track apart.

    ``unreached`` is false for somebody who has told us that they do not want care.
    """

    facts: EpisodeFacts
    review: ClosingReviewFact
    policy: GatePolicy
    run: MissedRun
    today: date
    unreached: bool = True

    @property
    def practitioners(self) -> frozenset[UserId]:
        """Return whose own case this is: who reviews it, who holds it, and who tried to reach them."""
        return practitioners_of(self.facts, self.review, self.run, today=self.today)

    def since_last_miss(self, day: date | None) -> bool:
        """Return whether a day is recorded, not to come, and not before the last missed appointment."""
        if day is None or day > self.today:
            return False
        return self.run.last is None or day >= self.run.last.on


def practitioners_of(
    facts: EpisodeFacts, review: ClosingReviewFact, run: MissedRun, *, today: date
) -> frozenset[UserId]:
    """Return who cannot be the other person: who reviews the case, tried to reach them, or held it since."""
    tried = {attempt.by_id for attempt in run.attempts}
    held = held_since(facts, unseen_from(facts, today=today))
    return frozenset(each for each in {review.practitioner_id, *held, *tried} if each is not None)


def is_practitioners(
    facts: EpisodeFacts, user_id: UserId, practitioners: Collection[UserId], *, today: date
) -> bool:
    """Return whether somebody is one of the practitioners of a case, or their account is one's making."""
    since = unseen_from(facts, today=today)
    return is_nobody_else(practitioners, user_id, facts.people.accounts, since)


class Finding(NamedTuple):
    """What is missing of a condition, a sentence each; ``notes`` are shown whether or not something is."""

    missing: tuple[str, ...]
    used: tuple[Used, ...]
    notes: tuple[str, ...] = ()


def _attempts(at: Situation, _track: TrackAnswer | None) -> Finding:
    tried, policy = tried_directly(at.facts, at.run.attempts), at.policy
    channels = len({attempt.channel for attempt in tried})
    written = sum(is_written(each) and each.accessible for each in tried)
    missing = []
    if len(tried) < policy.attempts:
        done = fmt_count(len(tried), "attempt")
        missing.append(f"{done} to reach them, and at least {policy.attempts} are needed: try again.")
    if channels < policy.channels:
        missing.append(f"Try at least {policy.channels} different ways; so far {channels}.")
    days = len({attempt.on for attempt in tried})
    if days < policy.days:
        missing.append(f"Try on at least {policy.days} different days; so far {days}.")
    if written < policy.written:
        missing.append("Write at least once in the format and language they can use.")
    since = sum(_since_the_miss(at, each) for each in tried)
    if at.run.last is not None and since < policy.after_last_miss:
        day = fmt_date(at.run.last.on, weekday=True)
        missing.append(f"Nobody has tried since they last missed, {day}: try once more, and log it.")
    used = (
        Used("Attempts since they were last in touch", len(tried)),
        Used("Different ways", channels),
        Used("On different days", days),
        Used("In writing they can use", written),
        Used("Since the last miss", since),
    )
    return Finding(tuple(missing), used)


def _since_the_miss(at: Situation, attempt: AttemptFact) -> bool:
    """Return whether a try was made after the last miss; on its day the search it began tells."""
    last, ladder = at.run.last, at.run.ladder
    if last is None:
        return False
    return attempt.on > last.on or (ladder is not None and attempt in ladder.attempts)


def _communicated(at: Situation, _track: TrackAnswer | None) -> Finding:
    missing = []
    if at.review.communicated is not True:
        missing.append("Check that the appointments were communicated correctly, and record it.")
    if not at.review.communicated_evidence.strip():
        missing.append("Write how you know that they were communicated.")
    used = (
        Used("Correctly communicated", at.review.communicated),
        Used("How we know", at.review.communicated_evidence or None),
    )
    return Finding(tuple(missing), used)


def _safety(at: Situation, _track: TrackAnswer | None) -> Finding:
    """Look for a whole safety review after the last miss; what there is of one is said in any case."""
    recorded, last = at.review.safety_reviews, at.run.last
    found = next((each for each in reversed(recorded) if is_whole(each) and _looked_since(at, each.on)), None)
    shown = found or (recorded[-1] if recorded else None)
    used = (
        Used("Safety reviewed on", shown.on if shown else None),
        Used("By", shown.by if shown else None),
        Used("Looked at", looked_at_words(shown.looked_at) if shown else None),
        Used("Concluded", shown.concluded if shown else None),
        Used("Last missed on", last.on if last else None),
    )
    notes = tuple(filter(None, (said_of(shown) if shown else "", bare_day(at.review))))
    if found is not None:
        return Finding((), used, notes)
    if not any(each.on <= at.today for each in recorded):
        return Finding((_LOOK_NOW,), used, notes)
    return Finding((_LOOK_AGAIN,), used, notes)


def _looked_since(at: Situation, on: date) -> bool:
    """Return whether a day is after the last miss; its own day counts only if they were in touch after it."""
    last = at.run.last
    same_day = last is not None and on == last.on and at.run.heard_since is None
    return at.since_last_miss(on) and not same_day


def _prompt_facts(at: Situation, track: TrackAnswer | None) -> Finding:
    """Look for open facts; one set aside for the pace of a search is still a fact here."""
    review = at.review
    asking = (*track.reasons, *track.set_aside) if track else ()
    decided = tuple(_decided(at))
    used = tuple(reason.used for reason in asking)
    if not asking:
        return Finding((), used, (_NOTHING_ASKS, *decided))
    used += (Used("Decided in the search", " ".join(decided) or None),)
    missing = []
    if not review.prompt_reason.strip():
        facts = " ".join(reason.sentence for reason in asking)
        missing.append(f"{facts} A supervisor must record why closing is still in their best interests.")
    if not review.instead.strip():
        missing.append("Record what replaces our follow-up.")
    if review.prompt_reason.strip() and review.prompt_reason_by_id is None:
        missing.append("More was recorded since the supervisor gave the reason: ask them to look again.")
    elif review.prompt_reason_by_id is None or review.prompt_reason_by_id in at.practitioners:
        missing.append("The reason must be a supervisor's, and not the practitioner's own.")
    return Finding(tuple(missing), used, decided)


def _decided(at: Situation) -> Iterator[str]:
    """Yield what was decided with others since the first miss of the run, each with its day."""
    began_on = at.run.began_on
    for ladder in at.facts.ladders:
        for each in ladder.attempts:
            if each.decided and began_on is not None and began_on <= each.on <= at.today:
                yield f"{fmt_date(each.on)}: {decided_words(each.decided, each.decided_words)}"


def _gp(at: Situation, _track: TrackAnswer | None) -> Finding:
    """Look for word to the GP and the letter on ending care, both since the last miss; no other will do.

    Who has told us that they do not want care may have had either letter on an ending.
    """
    review, kinds = at.review, (UNREACHED,) if at.unreached else OF_AN_ENDING
    issued = next((each for each in letters_of(at.facts, kinds) if each.id == review.gp_letter_id), None)
    missing = []
    if not at.since_last_miss(review.gp_informed_on):
        missing.append("Tell the GP before closing, and record the day.")
    if issued is None or not at.since_last_miss(issued.issued_on):
        missing.append(_ISSUE_UNREACHED if at.unreached else _ISSUE_SUMMARY)
    used = (
        Used("GP told on", review.gp_informed_on),
        Used("Letter to the GP issued on", issued.issued_on if issued else None),
    )
    return Finding(tuple(missing), used)


def _opt_in(at: Situation, _track: TrackAnswer | None) -> Finding:
    sent, days = at.review.opt_in_sent_on, at.policy.reply_days
    used = (Used("Keep-in-touch letter sent on", sent), Used("Answered on", at.review.opted_in_on))
    if sent is None or sent > at.today:
        return Finding((f"Send the keep-in-touch letter and wait {fmt_days(days)}.",), used)
    if at.review.opted_in_on is not None or at.run.heard_since is not None:
        return Finding(("They have been in touch. Agree what comes next with them.",), used)
    if again := _send_again(at, sent):
        return Finding((again,), used)
    if (waited := (at.today - sent).days) < days:
        left = fmt_days(days - waited)
        return Finding((f"Wait {left} more for an answer to the letter of {fmt_date(sent)}.",), used)
    return Finding(tuple(_answer_awaited(at)), used)


def _answer_awaited(at: Situation) -> Iterator[str]:
    """Yield until when the last letter of the run waits for an answer; an offer is no mere try more."""
    wrote_on = last_letter_day(at.facts, today=at.today)
    if wrote_on is None or (at.today - wrote_on).days >= at.policy.reply_days:
        return
    until = wrote_on + timedelta(days=at.policy.reply_days)
    yield (
        f"Another letter went on {fmt_date(wrote_on, weekday=True)}. Wait for an answer until "
        f"{fmt_date(until, weekday=True)}."
    )


def _send_again(at: Situation, sent: date) -> str:
    """Return why what was sent that day is waited for in vain, or nothing."""
    if went_another(at.facts, sent, from_step=at.policy.opt_in_from_step):
        return _OTHER_LETTER
    if at.run.began_on is None or sent < at.run.began_on:
        return _SINCE_MISSED
    return _SINCE_PUT_RIGHT if _sent_to_wrong_details(at, sent) else ""


def _sent_to_wrong_details(at: Situation, sent: date) -> bool:
    """Return whether details were put right after the letter; on one day the try logged after it tells."""
    fixed = [
        london_date(ladder.restarted_at)
        for ladder in at.facts.ladders
        if ladder.restarted_at is not None
        and at.run.began_on is not None
        and ladder.missed_on >= at.run.began_on
    ]
    if sent in fixed:
        return not any(each.on == sent and is_written(each) for each in at.run.attempts)
    return any(sent < day for day in fixed)


def _signed_off(at: Situation, _track: TrackAnswer | None) -> Finding:
    review, own = at.review, at.practitioners
    signer, maker = review.signed_off_by_id, review.signed_off_by_made_by_id
    missing = list(_undiscussed(at))
    if signer is None or not at.since_last_miss(review.signed_off_on):
        missing.append("Ask a supervisor or a second registered clinician to sign it off.")
    elif review.discussed_on is not None and _before(review.signed_off_on, review.discussed_on):
        missing.append("It was signed off before it was discussed. Ask them to look at it again.")
    if signer is not None:
        if signer in own:
            missing.append(OWN_CASE)
        elif is_practitioners(at.facts, signer, own, today=at.today):
            missing.append(OF_ONE_MAKING)
        if review.signed_off_by_role not in at.policy.sign_off_roles:
            missing.append("Only a supervisor or a second registered clinician can sign it off.")
    unknown = "Who made the account that signed is not recorded: check that it was not the practitioner."
    used = (
        Used("Discussed on", review.discussed_on),
        Used("Signed off on", review.signed_off_on),
        Used("Signed off as", review.signed_off_by_role),
    )
    return Finding(tuple(missing), used, () if signer is None or maker is not None else (unknown,))


def _undiscussed(at: Situation) -> Iterator[str]:
    """Yield why what is recorded is no discussion of ending care; of the day of the miss is none."""
    on, last = at.review.discussed_on, at.run.last
    if on is None or on > at.today or (last is not None and on <= last.on):
        yield "Discuss it in supervision, and record the day."
    elif (went_on := decided_to_go_on(at.facts, on)) is not None:
        yield (
            f"Supervision on {fmt_date(went_on, weekday=True)} decided to keep trying. Discuss ending care"
            " in supervision, and record what was decided."
        )


def _way_back(at: Situation, _track: TrackAnswer | None) -> Finding:
    used = (Used("How they can come back", at.review.way_back or None),)
    if at.review.way_back.strip():
        return Finding((), used)
    return Finding(("Write how they can come back, without a new referral.",), used)


def _before(one: date | None, other: date) -> bool:
    return one is not None and one < other


CHECKS: dict[Condition, Callable[[Situation, TrackAnswer | None], Finding]] = {
    Condition.ATTEMPTS: _attempts,
    Condition.COMMUNICATED: _communicated,
    Condition.SAFETY: _safety,
    Condition.PROMPT_FACTS: _prompt_facts,
    Condition.GP: _gp,
    Condition.OPT_IN: _opt_in,
    Condition.SIGNED_OFF: _signed_off,
    Condition.WAY_BACK: _way_back,
}
