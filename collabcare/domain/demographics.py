"""Who patients say they are: national code lists, what was not asked, and what an answer sets in motion.

Source: NHS Data Dictionary. "Asked, prefers not to say" and "not asked" are different answers everywhere: the
first is respected, the second is a question still to be asked. Letters use the title and pronouns a person
chose and never derive them from a code. Phenotypic sex is not asked.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.codes import Coded, Gender, read_code
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Sequence

_SOURCE = "NHS Data Dictionary"
_LOCAL_SUB_CODE = re.compile(r"([A-Y])[0-9A-Z]")


class EthnicCategory(Coded):
    """Ethnic category 2001: sixteen groups, and two different ways of having no group."""

    WHITE_BRITISH = "A", "White British"
    WHITE_IRISH = "B", "White Irish"
    WHITE_OTHER = "C", "Any other White background"
    WHITE_AND_BLACK_CARIBBEAN = "D", "White and Black Caribbean"
    WHITE_AND_BLACK_AFRICAN = "E", "White and Black African"
    WHITE_AND_ASIAN = "F", "White and Asian"
    MIXED_OTHER = "G", "Any other mixed background"
    INDIAN = "H", "Indian"
    PAKISTANI = "J", "Pakistani"
    BANGLADESHI = "K", "Bangladeshi"
    ASIAN_OTHER = "L", "Any other Asian background"
    CARIBBEAN = "M", "Caribbean"
    AFRICAN = "N", "African"
    BLACK_OTHER = "P", "Any other Black background"
    CHINESE = "R", "Chinese"
    ANY_OTHER = "S", "Any other ethnic group"
    NOT_STATED = "Z", "Asked, prefers not to say"
    NOT_KNOWN = "99", "Not asked"


class GenderIdentity(Coded):
    """Gender identity, as the person states it."""

    MALE = "1", "Male (including trans man)"
    FEMALE = "2", "Female (including trans woman)"
    NON_BINARY = "3", "Non-binary"
    OTHER = "4", "Other"
    NOT_STATED = "Z", "Asked, prefers not to say"


class SameAsBirth(Coded):
    """Whether gender identity is the same as at birth."""

    YES = "Y", "Same as at birth"
    NO = "N", "Not the same as at birth"
    NOT_STATED = "Z", "Asked, prefers not to say"


class Employment(Coded):
    """Employment status."""

    EMPLOYED = "01", "Employed"
    UNEMPLOYED = "02", "Unemployed and looking for work"
    STUDENT = "03", "Student"
    LONG_TERM_SICK = "04", "Long-term sick or disabled, on benefits"
    HOMEMAKER = "05", "Looking after the family or home"
    NOT_SEEKING = "06", "Not on benefits and not looking for work"
    VOLUNTARY = "07", "Unpaid voluntary work"
    RETIRED = "08", "Retired"
    NOT_STATED = "ZZ", "Asked, prefers not to say"


class SexualOrientation(Coded):
    """Sexual orientation, as the person states it."""

    HETEROSEXUAL = "1", "Heterosexual or straight"
    GAY_OR_LESBIAN = "2", "Gay or lesbian"
    BISEXUAL = "3", "Bisexual"
    OTHER = "4", "Other"
    NOT_SURE = "U", "Not sure"
    NOT_STATED = "Z", "Asked, prefers not to say"


class Disability(Coded):
    """A disability; a person may have several."""

    BEHAVIOUR = "01", "Behaviour and emotional"
    HEARING = "02", "Hearing"
    DEXTERITY = "03", "Manual dexterity"
    MEMORY_OR_LEARNING = "04", "Memory or ability to concentrate, learn or understand"
    MOBILITY = "05", "Mobility and gross motor"
    PERCEPTION_OF_DANGER = "06", "Perception of physical danger"
    SELF_CARE = "07", "Personal, self care and continence"
    PROGRESSIVE = "08", "Progressive conditions and physical health"
    SIGHT = "09", "Sight"
    SPEECH = "10", "Speech"
    OTHER = "XX", "Other"
    NONE = "NN", "No disability"
    NOT_STATED = "ZZ", "Asked, prefers not to say"


class InterpreterAtContact(Coded):
    """Whether somebody interpreted at a contact."""

    PROFESSIONAL = "1", "Professional interpreter"
    FAMILY_OR_FRIEND = "2", "Family member or friend"
    OTHER_PERSON = "3", "Another person"
    NOT_REQUIRED = "4", "Not required"
    DID_NOT_ATTEND = "5", "Booked but did not attend"


class Question(StrEnum):
    """What is asked of every patient, in the words a prompt uses."""

    ETHNICITY = "ethnicity"
    GENDER = "gender"
    EMPLOYMENT = "employment"
    ACCOMMODATION = "where they live"
    SEXUAL_ORIENTATION = "sexual orientation"
    DISABILITY = "disability"
    LANGUAGE = "language and whether an interpreter is needed"


_NOT_ASKED = {Question.ETHNICITY: EthnicCategory.NOT_KNOWN.value, Question.GENDER: Gender.NOT_KNOWN.value}
"""Codes that say nobody asked; for the other questions only an empty field does."""


def ethnic_category(code: str | None, *, declined: bool = False) -> EthnicCategory:
    """Return the national category of what was recorded; a local sub-code such as A2 is in group A.

    Nothing recorded is Z when the person was asked and chose not to say, and 99 when nobody asked.

    Raises:
        RuleViolation: When there is no such category; I, O and Q are not used.
    """
    if code is None or not code.strip():
        return EthnicCategory.NOT_STATED if declined else EthnicCategory.NOT_KNOWN
    written = code.strip().upper()
    if found := _LOCAL_SUB_CODE.fullmatch(written):
        written = found[1]
    return read_code(EthnicCategory, written, "ethnic category")


def ask_prompt(question: Question, code: str | None) -> Suggestion | None:
    """Return a prompt to ask what nobody has asked yet; preferring not to say is an answer."""
    if code is not None and code.strip() and code.strip() != _NOT_ASKED.get(question):
        return None
    return Suggestion(
        sentence=f"Nobody has asked about {question.value} yet. Consider asking; they need not say.",
        rule="Questions not yet asked",
        used=(Used(question.value.capitalize(), None),),
        source=_SOURCE,
    )


_NOT_AT_WORK = frozenset({Employment.HOMEMAKER, Employment.RETIRED})


def work_not_applicable(employment: str | None) -> Suggestion | None:
    """Return a prompt that work does not apply on the WSAS, for a homemaker (05) or a retired person (08).

    Raises:
        RuleViolation: When there is no such employment status.
    """
    if employment is None:
        return None
    status = read_code(Employment, employment, "employment status")
    if status not in _NOT_AT_WORK:
        return None
    return Suggestion(
        sentence='Consider "Does not apply" for the work question of the WSAS: ask whether it fits.',
        rule="WSAS, work not applicable",
        used=(Used("Employment", status.label),),
        source=f"{_SOURCE}, EMPLOYMENT STATUS; the suggestion is this project's own",
    )


def refuse_disabilities(codes: Sequence[Disability]) -> None:
    """Refuse "no disability" or "prefers not to say" beside anything else.

    Raises:
        RuleViolation: When the answers contradict each other.
    """
    alone = {Disability.NONE, Disability.NOT_STATED}.intersection(codes)
    if alone and len(set(codes)) > 1:
        raise RuleViolation(f'"{min(alone).label}" cannot stand beside another answer. Remove one of them.')


def after_interpreter_missed(interpreter: InterpreterAtContact | None) -> Suggestion | None:
    """Return the prompt to rebook when a booked interpreter did not come: the patient missed nothing."""
    if interpreter is not InterpreterAtContact.DID_NOT_ATTEND:
        return None
    return Suggestion(
        sentence="The interpreter did not attend. Offer another appointment, and book an interpreter for it.",
        rule="Interpreter did not attend",
        used=(Used("Interpreter", interpreter.label),),
        source=f"{_SOURCE}, INTERPRETER PRESENT AT CARE CONTACT INDICATOR; rebooking is this project's own",
    )
