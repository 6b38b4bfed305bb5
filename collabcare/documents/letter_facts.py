"""The facts a letter may name, each in the words it is printed in.

The names are those of :data:`collabcare.domain.letters.LETTER_FACTS`; a fact that is not known is blank.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism, ReferralSource
from collabcare.domain.display import fmt_date_long, fmt_name_letter, fmt_time_letter
from collabcare.domain.episode import StepDirection
from collabcare.domain.facts import AttemptFact
from collabcare.domain.gate_today import open_review
from collabcare.domain.in_contact import last_in_contact
from collabcare.domain.letters import LETTER_FACTS
from collabcare.domain.missed_run import heard_since, missed_run
from collabcare.domain.needs import needs_to_share
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import Channel
from collabcare.domain.safety_reviewed import looked_at_words

if TYPE_CHECKING:
    from datetime import date

    from collabcare.documents.letter_source import LetterSource
    from collabcare.domain.facts import EpisodeFacts, LadderFact, PatientFacts, StepMoveFact
    from collabcare.domain.pathway import Pathway

HOW_WORDS = {
    ConsultationMechanism.FACE_TO_FACE: "face to face",
    ConsultationMechanism.TELEPHONE: "by telephone",
    ConsultationMechanism.VIDEO: "by video",
    ConsultationMechanism.TALK_TYPE: "by text relay",
    ConsultationMechanism.EMAIL: "by email",
    ConsultationMechanism.TEXT_MESSAGE: "by text message",
    ConsultationMechanism.INSTANT_MESSAGING: "by instant message",
    ConsultationMechanism.MESSAGE_BOARD: "by message board",
    ConsultationMechanism.CHAT_ROOM: "in a chat room",
    ConsultationMechanism.OTHER: "in another way",
}
_TRIED_WORDS = {
    Channel.CALL: "by telephone",
    Channel.TEXT: "by text message",
    Channel.EMAIL: "by email",
    Channel.LETTER: "by letter",
    Channel.VISIT: "by a visit",
}
_LOGGED_WORDS = {**_TRIED_WORDS, Channel.GP_PRACTICE: "through the practice"}
_MOVE_WORDS = {StepDirection.UP: "step up", StepDirection.DOWN: "step down"}
_NOT_IN_A_PLACE = frozenset(ConsultationMechanism) - {ConsultationMechanism.FACE_TO_FACE}
NO_BREAK = "\N{NO-BREAK SPACE}"
_TICK = "yes"


def letter_facts(source: LetterSource) -> dict[str, str]:
    """Return every fact a letter may name; the facts of a move are those of the latest to tell of."""
    facts = source.facts
    found = {
        "service.name": source.site.name,
        "service.telephone": _unbroken(source.site.telephone or ""),
        "author.name": source.author.name,
        "author.role": source.author.role,
        "letter.date": fmt_date_long(source.today),
        "gp.practice": facts.patient.gp_practice_name,
        **_patient(facts.patient),
        **_referral(facts),
        **_care(facts, source.pathway),
        **_next(source),
        "patient.not_rung": _TICK if source.not_rung else "",
        "patient.needs": needs_to_share(facts.reach),
        **_missed(facts, source.today),
        **_ending(facts),
        "attempts.log": _log(facts, source.today),
        **_safety_review(facts, source.today),
        "reply.by": _reply_by(source),
        "crisis.lines": _TICK if source.crisis_lines else "",
        "scores.any": _TICK if any(m.total is not None for m in facts.measures) else "",
    }
    if moves := moves_in_letter(source):
        found |= move_facts(moves[-1], source.pathway)
    return dict.fromkeys(LETTER_FACTS, "") | found


def moves_in_letter(source: LetterSource) -> tuple[StepMoveFact, ...]:
    """Return the moves a letter tells of: those not yet told, or else the latest."""
    moved = tuple(move for move in source.facts.step_moves if move.from_step is not None)
    return source.moves_to_tell or moved[-1:]


def move_facts(move: StepMoveFact, pathway: Pathway) -> dict[str, str]:
    """Return the facts of one move between steps."""
    reason = move.reason.strip()
    return {
        "move.on": fmt_date_long(move.moved_on),
        "move.words": _MOVE_WORDS[move.direction],
        "move.from": "" if move.from_step is None else pathway.step(move.from_step).name,
        "move.to": pathway.step(move.to_step).name,
        "move.reason": reason if reason.endswith((".", "!", "?", "…")) else f"{reason}.",
        "move.agreed": _TICK if move.agreed_with_patient else "",
    }


def formal_name(patient: PatientFacts) -> str:
    """Return the name a letter addresses somebody by: ``Ms Okafor``, or in full when no title is known."""
    if patient.title:
        return fmt_name_letter("", patient.surname, patient.title)
    return fmt_name_letter(patient.given_name, patient.surname)


def postal_lines(address: tuple[str, ...], postcode: str | None) -> tuple[str, ...]:
    """Return the lines of an address with the postcode last and once."""
    code = (postcode or "").strip()
    lines = [line.strip() for line in address if line.strip()]
    lines = [line for line in lines if _squeezed(line) != _squeezed(code)]
    return (*lines, code.upper()) if code else tuple(lines)


def _reply_by(source: LetterSource) -> str:
    if source.reply_days is None:
        return ""
    return fmt_date_long(source.today + timedelta(days=source.reply_days), weekday=True)


def _patient(patient: PatientFacts) -> dict[str, str]:
    return {
        "patient.name": fmt_name_letter(patient.given_name, patient.surname, patient.title),
        "patient.formal": formal_name(patient),
        "patient.first": patient.preferred_name or patient.given_name,
        "patient.born": fmt_date_long(patient.birth_date),
        "patient.nhs_number": _unbroken(fmt_nhs_number(patient.nhs_number)) if patient.nhs_number else "",
        "patient.address": ", ".join(postal_lines(patient.address, patient.postcode)),
        "patient.telephone": _unbroken(patient.number_to_ring or ""),
        "patient.died_on": fmt_date_long(patient.died_on) if patient.died_on else "",
    }


def _referral(facts: EpisodeFacts) -> dict[str, str]:
    return {
        "referral.on": fmt_date_long(facts.referral_received_on),
        "referral.by_gp": _TICK if facts.referral_source is ReferralSource.GP else "",
        "referral.by_patient": _TICK if facts.referral_source is ReferralSource.SELF else "",
    }


def _care(facts: EpisodeFacts, pathway: Pathway) -> dict[str, str]:
    seen = facts.attended
    missed = sum(contact.status is AttendanceStatus.DID_NOT_ATTEND for contact in facts.contacts)
    found = {
        "care.missed_once": _once(missed),
        "care.missed_times": _several(missed),
        "care.step": pathway.step(facts.step).name,
        "care.step_since": fmt_date_long(facts.step_since),
        "care.ended_on": fmt_date_long(facts.closed_on) if facts.closed_on else "",
    }
    if seen:
        found |= {
            "care.seen_once": _once(len(seen)),
            "care.seen_times": _several(len(seen)),
            "care.last_seen_on": fmt_date_long(seen[-1].on),
            "care.last_seen_how": HOW_WORDS[seen[-1].mechanism],
            "care.last_seen_by": seen[-1].practitioner,
        }
    return found | _last_contact(facts)


def _last_contact(facts: EpisodeFacts) -> dict[str, str]:
    """Return when the patient was last seen or spoken to, as the caseload counts it."""
    last = last_in_contact(facts)
    if last is None:
        return {}
    if isinstance(last, AttemptFact):
        how, by, spoke = _how(last), last.by, _TICK
    else:
        how, by, spoke = HOW_WORDS[last.mechanism], last.practitioner, ""
    return {
        "care.last_contact_on": fmt_date_long(last.on),
        "care.last_contact_how": how,
        "care.last_contact_by": by,
        "care.spoke_since": spoke,
    }


def _next(source: LetterSource) -> dict[str, str]:
    """Return when they are next seen; that it is by telephone is left out for who is not to be rung."""
    booked = source.facts.next_booked(source.today)
    if booked is None:
        return {}
    unsaid = source.not_rung and booked.mechanism is ConsultationMechanism.TELEPHONE
    return {
        "next.on": fmt_date_long(booked.on, weekday=True),
        "next.at": fmt_time_letter(booked.at) if booked.at else "",
        "next.how": "" if unsaid else HOW_WORDS[booked.mechanism],
    }


def _missed(facts: EpisodeFacts, today: date) -> dict[str, str]:
    ladder = facts.open_ladder
    if ladder is None:
        return {"missed.unheard": _TICK}
    contact = next((c for c in facts.contacts if c.id == ladder.contact_id), None)
    return {
        "missed.on": fmt_date_long(ladder.missed_on, weekday=True),
        "missed.at": fmt_time_letter(contact.at) if contact is not None and contact.at else "",
        "missed.by_telephone": _TICK if contact is not None and contact.mechanism in _NOT_IN_A_PLACE else "",
        "missed.unheard": "" if heard_since(facts, today=today) else _TICK,
        "missed.several": _several(ladder.consecutive),
        **_attempts(ladder),
    }


def _attempts(ladder: LadderFact) -> dict[str, str]:
    tried = [_how(attempt) for attempt in ladder.attempts if attempt.channel in _TRIED_WORDS]
    return {
        "attempts.times": "once" if len(tried) == 1 else f"{len(tried)} times" if tried else "",
        "attempts.how": _listed([*dict.fromkeys(tried)]),
    }


def _log(facts: EpisodeFacts, today: date) -> str:
    """Return each try to reach the patient since they were last in touch, with its day and way."""
    tried = sorted(missed_run(facts, today=today).attempts, key=lambda attempt: attempt.at)
    return _listed([f"{fmt_date_long(each.on)} {_how(each)}" for each in tried])


def _safety_review(facts: EpisodeFacts, today: date) -> dict[str, str]:
    """Return when safety was reviewed since the last miss and what was looked at; the rest is typed."""
    review, last = open_review(facts), missed_run(facts, today=today).last
    looks = review.safety_reviews if review is not None and last is not None else ()
    found = next((each for each in reversed(looks) if last is not None and each.on >= last.on), None)
    if found is None:
        return {}
    return {
        "safety.reviewed_on": fmt_date_long(found.on),
        "safety.looked_at": looked_at_words(found.looked_at),
    }


def _how(attempt: AttemptFact) -> str:
    """Return the way of a try; whom else we rang, and that there is somebody, is not for a letter to say."""
    relay = attempt.route is Route.TEXT_RELAY
    return HOW_WORDS[ConsultationMechanism.TALK_TYPE] if relay else _LOGGED_WORDS[attempt.channel]


def _ending(facts: EpisodeFacts) -> dict[str, str]:
    """Return how care ended, and the staying-well plan it ended with."""
    found = {}
    if (plan := facts.relapse_plan) is not None:
        found = {
            "well.signs": _one_line(plan.warning_signs),
            "well.helped": _one_line(plan.what_helped),
            "well.medication": _one_line(plan.medication),
            "well.returns": _one_line(plan.if_it_returns),
        }
    if (ending := facts.ending) is not None:
        found["ending.reason"] = ending.reason.label.lower() if ending.reason else ""
        found["ending.onward"] = ending.onward_to or ""
    return found


def _one_line(text: str) -> str:
    """Return what was typed as one paragraph, its lines joined."""
    return "; ".join(line.strip().rstrip(";,") for line in text.splitlines() if line.strip())


def _once(count: int) -> str:
    return _TICK if count == 1 else ""


def _several(count: int) -> str:
    return str(count) if count > 1 else ""


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _unbroken(text: str) -> str:
    """Return text whose spaces are not places to break a line."""
    return text.replace(" ", NO_BREAK)


def _squeezed(text: str) -> str:
    return "".join(text.split()).upper()
