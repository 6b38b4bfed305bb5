"""What must be thought about at once when a patient did not attend, on one page and in words.

How fast we act and why, the safety formulation and plan, the last answers to safety questions, children and
safeguarding, how the appointment was communicated, and whether the GP knows. "Any failure of planned contact
should be regarded as a potentially serious matter" (NHS trusts' policies on disengagement). An answer is
shown as it was given and is never a level of anything; what is not recorded is said to be not recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from collabcare.domain.codes import ReferralSource
from collabcare.domain.communication_needs import USUAL, needs_said
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.haste import HASTE_WORDS
from collabcare.domain.languages import language_words
from collabcare.domain.letters import is_to_gp
from collabcare.domain.needs import not_asked
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reaching import interpreter_known
from collabcare.domain.reengagement import CHANNEL_WORDS
from collabcare.domain.reminder_lists import REMINDER_WORDS
from collabcare.domain.safety import last_talk
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.track_facts import MATERNITY_WORDS, PERINATAL_REFERRALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.reach_facts import HasteFact, ReachFacts
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.safety_facts import SafetyAssessmentFact, SafetyPlanFact

_ABOUT_CHILDREN = frozenset(
    {HasteKind.SAFEGUARDING, HasteKind.CHILD_CONCERN, HasteKind.DOMESTIC_ABUSE, HasteKind.PERINATAL}
)


class Ask(StrEnum):
    """What somebody who records a missed appointment is asked."""

    SAFETY = "safety"
    ANSWERS = "answers"
    CHILDREN = "children"
    COMMUNICATED = "communicated"
    GP = "gp"


ASK_WORDS = {
    Ask.SAFETY: "Safety formulation and plan read",
    Ask.ANSWERS: "Last answers about safety looked at",
    Ask.CHILDREN: "Children and safeguarding thought about",
    Ask.COMMUNICATED: "Told in the right format and language",
    Ask.GP: "GP aware",
}


class Answer(StrEnum):
    """The answers; nothing chosen is none of them, and while somebody is sought each question has one.

    ``NONE_YET`` is nobody's choice: it stands where there is nothing that could have been read.
    """

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"
    NONE_YET = "none yet"


ANSWERS = (Answer.YES, Answer.NO, Answer.NOT_KNOWN)
"""What somebody can answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedThought:
    """One thing to think about: what is recorded about it and since when, and what is asked about it.

    ``none_yet`` says that what is asked about does not exist; then nothing is asked.
    """

    ask: Ask
    title: str
    recorded: tuple[str, ...]
    none_yet: bool = False


def missed_thoughts(
    facts: EpisodeFacts, rulebook: Rulebook, contact: ContactFact, *, today: date
) -> tuple[MissedThought, ...]:
    """Return what to think about now that this contact was missed, in the order in which it is asked."""
    titles, none_yet = asked_words(facts), nothing_to_read(facts)
    return tuple(
        MissedThought(ask=ask, title=titles[ask], recorded=recorded, none_yet=ask in none_yet)
        for ask, recorded in (
            (Ask.SAFETY, tuple(_formulation(facts))),
            (Ask.ANSWERS, tuple(_answers(facts, rulebook, today))),
            (Ask.CHILDREN, tuple(_children(facts))),
            (Ask.COMMUNICATED, _communicated(facts, contact)),
            (Ask.GP, (_gp(facts),)),
        )
    )


def asked_words(facts: EpisodeFacts) -> dict[Ask, str]:
    """Return the questions in the words in which they are asked of this patient."""
    none_yet = nothing_to_read(facts)
    answers = "Answers about safety" if Ask.ANSWERS in none_yet else ASK_WORDS[Ask.ANSWERS]
    return ASK_WORDS | {Ask.SAFETY: _safety_title(facts), Ask.ANSWERS: answers}


def nothing_to_read(facts: EpisodeFacts) -> frozenset[Ask]:
    """Return the questions nobody is asked, since there is nothing yet that could have been read."""
    forms = (*facts.earlier.measures, *facts.measures)
    there = {
        Ask.SAFETY: bool(_assessments(facts)) or _active_plan(facts) is not None,
        Ask.ANSWERS: bool(facts.safety_prompts) or any(form.safety_answer is not None for form in forms),
    }
    return frozenset(ask for ask, is_there in there.items() if not is_there)


def unanswered(facts: EpisodeFacts, given: Mapping[Ask, Answer]) -> tuple[Ask, ...]:
    """Return what is still to be answered before a missed appointment opens or advances a search."""
    none_yet = nothing_to_read(facts)
    return tuple(ask for ask in Ask if ask not in none_yet and given.get(ask) not in ANSWERS)


def refuse_unanswered(facts: EpisodeFacts, given: Mapping[Ask, Answer]) -> None:
    """Refuse a missed appointment of somebody who is now sought while a question has no answer of its own.

    "Not known" is an answer. No answer is given by another's.

    Raises:
        RuleViolation: With what is to be answered.
    """
    if left := unanswered(facts, given):
        words = asked_words(facts)
        named = "; ".join(f"{words[ask][:1].lower()}{words[ask][1:]}" for ask in left)
        raise RuleViolation(f"Answer what is to be thought about now, each by itself: {named}.")


def with_none_yet(facts: EpisodeFacts, given: Mapping[Ask, Answer]) -> dict[Ask, Answer]:
    """Return the answers, with "none yet" where there is nothing that could have been read."""
    none_yet = nothing_to_read(facts)
    chosen = {ask: answer for ask, answer in given.items() if answer in ANSWERS and ask not in none_yet}
    return chosen | dict.fromkeys(none_yet, Answer.NONE_YET)


def note_with_answers(
    note: str, answers: Mapping[Ask, Answer], asked: Mapping[Ask, str] = MappingProxyType(ASK_WORDS)
) -> str:
    """Return the note with one line for each answer under it, in the words in which it was ``asked``.

    What was not answered has no line.
    """
    lines = [f"{asked[ask]}: {answers[ask].value}." for ask in Ask if ask in answers]
    return "\n".join([note, *lines] if note else lines)


def answer_in_words(facts: EpisodeFacts, instrument: Instrument) -> str:
    """Say the last answer to a safety question: ``PHQ-9 item 9: several days, 18-Nov-2026``."""
    item = f"{instrument.name} item {instrument.safety_item}"
    asked = [each for each in facts.measures_of(instrument.id) if each.answers]
    if not asked:
        return f"{item}: not answered yet."
    last = asked[-1]
    label = next((each.label for each in instrument.options if each.value == last.safety_answer), None)
    said = "left blank" if last.safety_answer is None else label or f"answered {last.safety_answer}"
    waiting = any(prompt.measure_id == last.id for prompt in facts.open_safety_prompts)
    still = "; no conversation about it yet" if waiting else ""
    return f"{item}: {said[:1].lower()}{said[1:]}, {fmt_date(last.taken_on)}{still}."


def safety_recorded(facts: EpisodeFacts, rulebook: Rulebook, today: date) -> tuple[str, ...]:
    """Return what is recorded about safety, to be read before somebody is rung."""
    return (*_formulation(facts), *_answers(facts, rulebook, today))


def _assessments(facts: EpisodeFacts) -> tuple[SafetyAssessmentFact, ...]:
    return (*facts.earlier.safety_assessments, *facts.safety_assessments)


def _active_plan(facts: EpisodeFacts) -> SafetyPlanFact | None:
    plans = (*facts.earlier.safety_plans, *facts.safety_plans)
    return next((plan for plan in reversed(plans) if plan.status is PlanStatus.ACTIVE), None)


def _safety_title(facts: EpisodeFacts) -> str:
    """Return what is asked about safety: only what there is can have been read."""
    if _active_plan(facts) is None:
        return "Safety formulation read" if _assessments(facts) else "Safety formulation and plan"
    return ASK_WORDS[Ask.SAFETY] if _assessments(facts) else "Safety plan read"


def _formulation(facts: EpisodeFacts) -> Iterator[str]:
    """Yield what there is before what it says: where there is little room, the end is what is cut."""
    made = _assessments(facts)
    if made:
        quickly = " Act quickly if contact is lost." if made[-1].act_quickly_if_contact_lost else ""
        yield f"Safety formulation of {fmt_date(made[-1].assessed_on)}.{quickly}"
    else:
        yield "No safety formulation is recorded."
    active = _active_plan(facts)
    since = f"Safety plan active since {fmt_date(active.made_on)}." if active is not None else ""
    yield since or "No active safety plan is recorded."
    for words, said in _asked_of_formulation(made[-1]) if made else ():
        if said:
            yield f"{words}: {_one_line(said)}"


def _asked_of_formulation(made: SafetyAssessmentFact) -> tuple[tuple[str, str], ...]:
    return (
        ("If contact is lost", made.if_contact_lost),
        ("What would quickly worry us", made.quick_concern),
    )


def _answers(facts: EpisodeFacts, rulebook: Rulebook, today: date) -> Iterator[str]:
    for instrument in rulebook.instruments.values():
        followed = instrument.id in rulebook.pathway.measures or facts.measures_of(instrument.id)
        if instrument.safety_item and followed:
            yield answer_in_words(facts, instrument)
    yield last_talk(facts, today)


def _children(facts: EpisodeFacts) -> Iterator[str]:
    recorded = [
        fact
        for fact in (*facts.earlier.haste, *facts.haste)
        if fact.kind in _ABOUT_CHILDREN and fact.ended_on is None
    ]
    if len(recorded) > 1:  # each by its name before the words beside any of them
        yield f"{'; '.join(_named(fact) for fact in recorded)}."
        yield from (f"{HASTE_WORDS[fact.kind]}: {_one_line(fact.note)}" for fact in recorded if fact.note)
    else:
        yield from (f"{_named(fact)}{f': {_one_line(fact.note)}' if fact.note else ''}" for fact in recorded)
    if referred := _referred_about_children(facts):
        yield f"{referred} ({fmt_date(facts.referral_received_on)})."
    made = (*facts.earlier.safety_assessments, *facts.safety_assessments)
    if made and made[-1].dependants:
        yield f"Dependants, {fmt_date(made[-1].assessed_on)}: {_one_line(made[-1].dependants)}"
    elif not recorded and not referred:
        yield "Nothing is recorded about children, dependants or safeguarding."


def _named(fact: HasteFact) -> str:
    return f"{HASTE_WORDS[fact.kind]} ({fmt_date(fact.happened_on)})"


def _referred_about_children(facts: EpisodeFacts) -> str:
    """Return what the referral itself says of a pregnancy or a baby, or nothing."""
    if (words := PERINATAL_REFERRALS.get(facts.referral_reason)) is not None:
        return words
    return MATERNITY_WORDS if facts.referral_source is ReferralSource.MATERNITY else ""


def _communicated(facts: EpisodeFacts, contact: ContactFact) -> tuple[str, ...]:
    """Return what they need it in and whether they were reminded, before how to talk and since when."""
    reach, reminded = facts.reach, _reminded(facts, contact)
    told_in = (
        _is_need(reach.information_formats) and f"Format needed: {needs_said(reach.information_formats)}.",
        reach.interpreter_language and _interpreter(reach.interpreter_language, contact),
    )
    methods = reach.communication_methods
    talking = f"Communication: {needs_said(methods)}." if _is_need(methods) else ""
    if not any(told_in) and not talking:
        return _no_need(reach), reminded
    asked_on = reach.needs_reviewed_on
    since = f"Asked about on {fmt_date(asked_on)}." if asked_on else "Not recorded since when."
    return tuple(words for words in (*told_in, reminded, talking, since) if words)


def _no_need(reach: ReachFacts) -> str:
    """Say that no need is recorded, and what nobody has asked about."""
    if reach.needs_reviewed_on is None:
        return "Nobody has asked about format, language or an interpreter."
    asked = f"Asked about on {fmt_date(reach.needs_reviewed_on)}"
    if left := not_asked(reach):
        said = f"Nobody has asked about {' and '.join(left)} yet."
        return f"{asked}: no interpreter is recorded as needed. {said}"
    return f"{asked}: no format, language or interpreter is needed."


def _is_need(answers: Iterable[str]) -> bool:
    """Return whether any answer names a need; that none is needed is an answer and no need."""
    return any(each not in USUAL for each in answers)


def _reminded(facts: EpisodeFacts, contact: ContactFact) -> str:
    """Say the last reminder of this appointment, or that none is recorded."""
    made = [each for each in facts.reminders if each.contact_id == contact.id]
    if not made:
        return "No reminder of this appointment is recorded."
    how, what = CHANNEL_WORDS[made[-1].channel], REMINDER_WORDS[made[-1].outcome]
    return f"Last reminder {fmt_date(made[-1].made_on)}, {how.lower()}: {what.lower()}."


def _interpreter(language: str, contact: ContactFact) -> str:
    return f"Interpreter needed ({language_words(language)}): {interpreter_known(contact)}."


def _gp(facts: EpisodeFacts) -> str:
    to_gp = [letter for letter in facts.letters if is_to_gp(letter.kind)]
    name = facts.patient.gp_name or facts.patient.gp_practice_name or "GP not recorded"
    if not to_gp:
        return f"{name}: no letter from us yet."
    return f"{name}: last letter from us {fmt_date(to_gp[-1].issued_on)}."


def _one_line(text: str) -> str:
    plain = " ".join(text.split())
    return plain if plain.endswith((".", "!", "?", "…")) else f"{plain}."
