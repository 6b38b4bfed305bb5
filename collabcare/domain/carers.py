"""The people close to a patient: what has to be known before one of them is rung, or told anything.

Consent is the patient's. Nobody is rung or told anything because a field was left blank: "not asked" is
never a yes. Listening to a carer needs no consent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.telephones import typed_telephone
from collabcare.domain.typed_text import typed_block, typed_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from collabcare.domain.people_facts import CarerFact

LONGEST_NAME = 100
LONGEST_NOTE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerDraft:
    """One of them as a form shows them.

    ``may_contact`` is the patient's answer, None when nobody has asked, and ``consent_on`` its day;
    ``nominated`` says that they may be rung when the patient cannot be reached.
    """

    name: str
    relation: str = ""
    telephone: str = ""
    is_carer: bool = False
    next_of_kin: bool = False
    may_contact: bool | None = None
    consent_on: date | None = None
    nominated: bool = False
    may_share: str = ""
    note: str = ""


def checked_carer(typed: CarerDraft, *, today: date) -> CarerDraft:
    """Return somebody close to the patient as they are kept.

    Raises:
        RuleViolation: When there is no name, no consent where one is needed, or no day of an answer.
    """
    kept = replace(
        typed,
        name=typed_line(typed.name, "The name", LONGEST_NAME),
        relation=typed_line(typed.relation, "What they are to the patient", LONGEST_NAME),
        telephone=typed_telephone(typed.telephone) or "",
        may_share=typed_block(typed.may_share, "What may be shared", LONGEST_NOTE),
        note=typed_block(typed.note, "The note", LONGEST_NOTE),
    )
    if not kept.name:
        raise RuleViolation("Write who this is.")
    _refuse_without_consent(kept)
    if kept.may_contact is None and kept.consent_on is not None:
        raise RuleViolation("Say whether the patient agrees that we contact them, or clear the day.")
    if kept.may_contact is not None and kept.consent_on is None:
        raise RuleViolation("Write the day on which the patient was asked.")
    if kept.consent_on is not None and kept.consent_on > today:
        raise RuleViolation("The patient cannot have been asked in the future. Check the day.")
    return kept


def _refuse_without_consent(kept: CarerDraft) -> None:
    if kept.may_contact is not True and kept.nominated:
        raise RuleViolation(
            "Nobody is rung without the patient's agreement. Record that the patient agrees, or take out "
            "that they may be rung."
        )
    if kept.may_contact is not True and kept.may_share:
        raise RuleViolation(
            "Nothing is shared without the patient's agreement. Record that the patient agrees, or clear "
            "what may be shared."
        )
    if kept.nominated and not kept.telephone:
        raise RuleViolation("Write the number they can be rung on.")


def nominated_words(name: str, relation: str, telephone: str) -> str:
    """Return whom to ring and how, in the one line that a search shows."""
    return ", ".join(part for part in (name, relation, telephone) if part)


def nominated_carer(carers: Iterable[CarerFact]) -> CarerFact | None:
    """Return the one who may be rung when the patient cannot be reached, None when nobody may."""
    return next((each for each in carers if each.nominated and each.ended_on is None), None)


def draft_of(carer: CarerFact) -> CarerDraft:
    """Return somebody close to the patient as a form begins with them."""
    return CarerDraft(
        name=carer.name,
        relation=carer.relation,
        telephone=carer.telephone,
        is_carer=carer.is_carer,
        next_of_kin=carer.next_of_kin,
        may_contact=carer.may_contact,
        consent_on=carer.consent_on,
        nominated=carer.nominated,
        may_share=carer.may_share,
        note=carer.note,
    )
