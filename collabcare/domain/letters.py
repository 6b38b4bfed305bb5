"""What a letter is: wording that clinicians own, whom it is for, and the facts it may name.

The files in resources/letters hold the words; :data:`LETTER_FACTS` lists everything such a file may name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.letter_formats import is_letter

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from collabcare.domain.facts import EpisodeFacts, LetterFact

_PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)+)\}")

_TO_GP = "gp_"
REVIEW = "gp_review"
STEP_CHANGE = "gp_step_change"
SUMMARY = "gp_discharge"
UNREACHED = "gp_closing_unreached"
"""The letters to the GP that a rule asks for: on an assessment or review, a step, and two on an ending."""
OF_AN_ENDING = (SUMMARY, UNREACHED)
LETTER_FACTS = {
    "service.name": "the name of the service",
    "service.telephone": "the service's telephone number",
    "author.name": "your name",
    "author.role": "your role",
    "letter.date": "the date",
    "letter.discreet": "a letter that somebody else may open",
    "letter.large": "a letter in large print",
    "patient.name": "the patient's name",
    "patient.formal": "the patient's name",
    "patient.first": "the patient's first name",
    "patient.born": "the patient's date of birth",
    "patient.nhs_number": "the patient's NHS number",
    "patient.address": "the patient's address",
    "patient.telephone": "the patient's telephone number",
    "patient.not_rung": "a patient who is not to be rung",
    "patient.needs": "the patient's communication needs",
    "patient.died_on": "the day the patient died",
    "gp.practice": "the GP practice",
    "referral.on": "the date of the referral",
    "referral.by_gp": "a referral by the GP",
    "referral.by_patient": "a referral by the patient",
    "care.seen_once": "a contact that was attended",
    "care.seen_times": "more than one contact that was attended",
    "care.last_seen_on": "a contact that was attended",
    "care.last_seen_how": "a contact that was attended",
    "care.last_seen_by": "a contact that was attended",
    "care.last_contact_on": "a time the patient was seen or spoken to",
    "care.last_contact_how": "a time the patient was seen or spoken to",
    "care.last_contact_by": "a time the patient was seen or spoken to",
    "care.spoke_since": "a conversation since the last contact that was attended",
    "care.missed_once": "an appointment that was not attended",
    "care.missed_times": "more than one appointment that was not attended",
    "care.step": "the step of care",
    "care.step_since": "the date of the step of care",
    "care.ended_on": "the date care ended",
    "ending.reason": "the reason care ended",
    "ending.onward": "the service care goes on with",
    "well.signs": "the staying-well plan: early warning signs",
    "well.helped": "the staying-well plan: what helped",
    "well.medication": "the staying-well plan: medication",
    "well.returns": "the staying-well plan: if it comes back",
    "scores.any": "a score",
    "next.on": "an appointment that is booked",
    "next.at": "the time of the next appointment",
    "next.how": "how the next appointment is held",
    "move.on": "a move between steps",
    "move.words": "a move between steps",
    "move.from": "the step before the move",
    "move.to": "the step after the move",
    "move.reason": "the reason for the move",
    "move.agreed": "the patient's agreement to the move",
    "missed.on": "a missed appointment we are still following up",
    "missed.at": "the time of the missed appointment",
    "missed.by_telephone": "a missed telephone or video appointment",
    "missed.unheard": "a record of what they want, as they have been in touch since they missed",
    "missed.several": "more than one missed appointment in a row",
    "reply.by": "how long an answer is waited for",
    "crisis.lines": "the numbers to ring in a crisis",
    "attempts.times": "an attempt to reach the patient",
    "attempts.how": "an attempt to reach the patient",
    "attempts.log": "an attempt to reach the patient",
    "safety.reviewed_on": "a safety review since the last missed appointment",
    "safety.looked_at": "a safety review that says what was looked at",
}
"""Every fact a letter may name, with the words that say what is missing. A blank fact is a missing one."""


class LetterTo(StrEnum):
    """Whom a letter is written to."""

    GP = "gp"
    PATIENT = "patient"


class Part(StrEnum):
    """What a section is made of when paragraphs alone cannot say it."""

    SCORES = "scores"
    STEPS = "steps"
    CRISIS_LINES = "crisis_lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A fact that must be there, or must not, for a paragraph to be printed."""

    fact: str
    there: bool

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Return whether it is met."""
        return bool(facts.get(self.fact)) is self.there


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph as written, with {facts} to fill in; printed when every condition holds."""

    text: str
    when: tuple[Condition, ...] = ()

    def wanted(self, facts: Mapping[str, str]) -> bool:
        """Return whether it is to be printed."""
        return all(condition.holds(facts) for condition in self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPart:
    """Something the author may add: one box on the letter form, left out of the letter when blank.

    ``label`` names the box, ``heading`` (with {facts}) stands over the text in the letter, and a part that is
    ``as_list`` has one action to a line.
    """

    id: str
    label: str
    hint: str
    heading: str | None
    as_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it; a section with nothing to say is not printed."""

    heading: str | None
    part: Part | None
    as_list: bool
    paragraphs: tuple[Paragraph, ...]
    typed: tuple[TypedPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind:
    """One kind of letter as its file in resources/letters describes it.

    ``needs`` are the facts without which it cannot be written; ``subject`` is what stands over the text;
    ``clinical`` says whether scores and problems may stand in it; ``format_lines`` offer another format;
    ``copy_to_gp`` says that the GP practice gets a copy of a letter to the patient.
    """

    id: str
    version: int
    title: str
    to: LetterTo
    subject: str
    needs: tuple[str, ...]
    clinical: bool
    copy_to_patient: bool
    sections: tuple[Section, ...]
    format_lines: tuple[Paragraph, ...]
    source: str
    sign_off: str
    copy_to_gp: bool = False

    @property
    def typed(self) -> tuple[TypedPart, ...]:
        """Return what the author may add, in the order of the letter."""
        return tuple(part for section in self.sections for part in section.typed)

    @property
    def tells_of_steps(self) -> bool:
        """Return whether this letter tells its reader of the moves between steps."""
        return any(section.part is Part.STEPS for section in self.sections)

    def missing(self, facts: Mapping[str, str]) -> tuple[str, ...]:
        """Return in words what has to be in the record before this letter can be written."""
        words = (LETTER_FACTS[name] for name in self.needs if not facts.get(name))
        return tuple(dict.fromkeys(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSite:
    """The service a letter comes from."""

    name: str
    address: tuple[str, ...]
    postcode: str | None
    telephone: str | None
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAuthor:
    """Who signs a letter."""

    name: str
    role: str


def is_to_gp(kind_id: str) -> bool:
    """Return whether a letter of this kind goes to the GP: a letter that was issued keeps only its kind.

    What is kept of the patient's own copy in another form goes to nobody but the patient.
    """
    return kind_id.startswith(_TO_GP) and is_letter(kind_id)


def gp_letters(facts: EpisodeFacts) -> tuple[LetterFact, ...]:
    """Return the letters issued to the GP, oldest first."""
    return tuple(letter for letter in facts.letters if is_to_gp(letter.kind))


def letters_of(facts: EpisodeFacts, kinds: Collection[str]) -> tuple[LetterFact, ...]:
    """Return the letters issued of these kinds, oldest first."""
    return tuple(letter for letter in facts.letters if letter.kind in kinds)


def placeholders(text: str) -> frozenset[str]:
    """Return the facts a text names in braces."""
    return frozenset(_PLACEHOLDER.findall(text))


def stray_brace(text: str) -> bool:
    """Return whether a text has a brace that is not part of a placeholder."""
    return bool(re.search(r"[{}]", _PLACEHOLDER.sub("", text)))


def substitute(text: str, facts: Mapping[str, str]) -> str:
    """Put the facts into a text in one pass: braces inside a fact are printed as they are."""
    return _PLACEHOLDER.sub(lambda found: facts[found.group(1)], text)
