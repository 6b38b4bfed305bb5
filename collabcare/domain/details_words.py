"""A patient's details as they are read: every code by its words, and what nobody asked said to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.accommodation import SettledAccommodation, accommodation
from collabcare.domain.carers import nominated_carer, nominated_words
from collabcare.domain.codes import Coded, read_code
from collabcare.domain.communication_needs import USUAL, needs_said
from collabcare.domain.demographics import (
    Disability,
    Employment,
    EthnicCategory,
    GenderIdentity,
    SameAsBirth,
    SexualOrientation,
)
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.languages import language_words
from collabcare.domain.needs import interpreter_words
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.reaching import sign_language

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.gp_practices import GpPracticeDetails
    from collabcare.domain.reach_facts import ReachFacts

NOT_ASKED = "Not asked"
_NONE_NEEDED = "None needed"
NOT_RECORDED = "Not recorded"
_NONE_RECORDED = "None recorded"
_NOBODY = "They have named nobody we may ring"
_SAFE_WAYS = (
    ("telephone_safe", "Ring", "Do not ring", "ringing"),
    ("voicemail_safe", "Voicemail", "Leave no voicemail", "voicemails"),
    ("text_safe", "Text", "Send no text", "texts"),
    ("email_safe", "Email", "Send no email", "emails"),
    ("letters_safe", "Letters", "Send no letters", "letters"),
)
"""By field: the name of a way, what an answer of no means, and what nobody has asked about."""

_FINE = (
    ("telephone_safe", "ringing"),
    ("voicemail_safe", "voicemail"),
    ("text_safe", "text"),
    ("email_safe", "email"),
    ("letters_safe", "letters"),
)
_ONE_ALONE = (["ringing"], ["voicemail"], ["text"], ["email"])


class Said(NamedTuple):
    """One line of the details; ``known`` is False where nobody asked or nothing is recorded."""

    label: str
    words: str
    known: bool


_PREFER = "They prefer: "


def yes_no(answer: bool | None) -> str:  # noqa: FBT001 - the answer itself
    """Return an answer by its word; None is "Not asked" and never a no."""
    return NOT_ASKED if answer is None else ("Yes" if answer else "No")


def code_words(kind: type[Coded], code: str | None) -> str:
    """Return a recorded code by its words; nothing when nothing is recorded, an unknown one as it stands."""
    if not code:
        return ""
    try:
        return read_code(kind, code, "a code").label
    except RuleViolation:
        return code


def capital(words: str | None) -> str:
    """Return words of a list with a capital, as a line of their own begins."""
    return f"{words[0].upper()}{words[1:]}" if words else ""


def identity_words(facts: EpisodeFacts) -> tuple[Said, ...]:
    """Return who they are."""
    patient = facts.patient
    return (
        Said("Name", patient.name, known=True),
        _recorded("Preferred name", patient.preferred_name),
        _recorded("Pronouns", patient.pronouns),
        Said("Born", fmt_date(patient.birth_date), known=True),
        Said("Stated gender", patient.gender.label, known=True),
        _recorded("NHS number", fmt_nhs_number(patient.nhs_number) if patient.nhs_number else None),
    )


def contact_words(facts: EpisodeFacts) -> tuple[Said, ...]:
    """Return how to reach them."""
    patient = facts.patient
    address = ", ".join((*patient.address, *((patient.postcode,) if patient.postcode else ())))
    return (
        _recorded("Address", address),
        _recorded("Telephone", patient.telephone),
        _recorded("Other telephone", patient.other_telephone),
        _recorded("Email", patient.email),
        _recorded("Before you ring", patient.contact_note),
    )


def safe_words(facts: EpisodeFacts) -> tuple[Said, ...]:
    """Return what is safe, when, and who may be rung when they cannot be reached."""
    ways = (_answer(label, getattr(facts.reach, name)) for name, label, _no, _open in _SAFE_WAYS)
    times, prefers = facts.reach.safe_times, capital(facts.reach.preferred_way)
    return (*ways, _asked("They prefer", prefers), _asked("Safe times", times), _nominated(facts))


def needs_words(facts: EpisodeFacts) -> tuple[Said, ...]:
    """Return what they need to understand us and be understood; what nobody asked about says so.

    The format and the way of talking have an answer for "none": without one they were not asked. The rest has
    none, so that nothing there is "none" only once those two were asked: then no interpreter is needed.
    """
    reach = facts.reach
    asked = reach.needs_reviewed_on
    none = NOT_ASKED if needs_not_asked(reach) else _NONE_RECORDED
    interpreter = interpreter_words(reach)
    unneeded = NOT_ASKED if needs_not_asked(reach) else _NONE_NEEDED
    rest = (
        ("Information format", capital(needs_said(reach.information_formats))),
        ("Communication", capital(needs_said(reach.communication_methods))),
        ("Professional", reach.communication_professional),
        ("Support from a carer", reach.carer_support),
    )
    lines = (Said(label, words or none, known=bool(words)) for label, words in rest)
    first = Said("Interpreter", interpreter or unneeded, known=bool(interpreter))
    return (
        first,
        *lines,
        Said("Last asked", fmt_date(asked) if asked else "Nobody has asked yet", bool(asked)),
    )


def about_words(facts: EpisodeFacts) -> tuple[Said, ...]:
    """Return what they say about themselves, and their allergies as reported."""
    said, reach = facts.patient.demographics, facts.reach
    group = None if said.ethnic_category == EthnicCategory.NOT_KNOWN else said.ethnic_category
    disabilities = "; ".join(code_words(Disability, code) for code in said.disability or ())
    return (
        _asked("Allergies", facts.patient.allergies),
        _asked("Language", language_words(said.language or "")),
        _asked("Ethnic category", code_words(EthnicCategory, group)),
        _asked("Gender identity", code_words(GenderIdentity, said.gender_identity)),
        _asked("At birth", code_words(SameAsBirth, said.gender_same_as_birth)),
        _asked("Sexual orientation", code_words(SexualOrientation, said.sexual_orientation)),
        _asked("Disability", disabilities),
        _asked("Employment", code_words(Employment, reach.employment)),
        _asked("Where they live", home_words(reach.accommodation)),
        _asked("Settled home", code_words(SettledAccommodation, said.settled_accommodation)),
    )


def gp_words(facts: EpisodeFacts) -> tuple[Said, ...]:
    """Return where they are registered."""
    patient = facts.patient
    place = (*patient.gp_practice_address, *((patient.gp_practice_postcode or "").split("\n")))
    return (
        Said("Practice", patient.gp_practice_name, known=True),
        _recorded("Address", ", ".join(part for part in place if part)),
        _recorded("GP", patient.gp_name),
    )


def practice_words(practice: GpPracticeDetails) -> tuple[Said, ...]:
    """Return what else is known of the practice besides its name and address."""
    return (
        _recorded("Telephone", practice.telephone),
        _recorded("ODS code", practice.ods_code),
    )


def home_words(code: str | None) -> str:
    """Return where somebody lives by its words; nothing when nothing is recorded."""
    if not code:
        return ""
    try:
        return accommodation(code).label
    except RuleViolation:
        return code


def needs_not_asked(reach: ReachFacts) -> tuple[str, ...]:
    """Return which of the needs nobody has asked about: "standard" and "none needed" are answers."""
    asked = (("format", reach.information_formats), ("communication", reach.communication_methods))
    return tuple(what for what, answer in asked if not answer)


def needs_line(reach: ReachFacts) -> str:
    """Return the needs besides an interpreter in one line: what is recorded, then what nobody asked about."""
    missing, said = needs_not_asked(reach), needs_in_short(reach)
    if not missing:
        return "; ".join(said) or _NONE_RECORDED
    usual = (("Format", reach.information_formats), ("Communication", reach.communication_methods))
    plain = tuple(f"{label}: {needs_said(codes)}" for label, codes in usual if USUAL.intersection(codes))
    if not said and not plain:
        return NOT_ASKED
    return "; ".join((*said, *plain, *(f"{what} not asked" for what in missing)))


def before_ringing(reach: ReachFacts, note: str | None = None) -> tuple[str, ...]:
    """Return what to know before ringing besides the note, each in a few words; empty where all is plain.

    What the note says in the same words is not said twice.
    """
    who = interpreter_words(reach)
    ways = (each for each in safe_in_short(reach) if not says_already(note, each))
    return (*ways, *((f"Interpreter: {who}",) if who else ()), *needs_in_short(reach))


def says_already(note: str | None, line: str) -> bool:
    """Return whether a note on contacting somebody says this: “Text first, no voicemail”."""
    said = " ".join((note or "").casefold().split())
    way = line.removeprefix(_PREFER)
    if way != line:
        return any(words in said for words in (f"{way} first", f"{way}s first", f"prefers {way}"))
    return bool(said) and line.removeprefix("Leave ").casefold() in said


def safe_in_short(reach: ReachFacts) -> tuple[str, ...]:
    """Return which way they prefer, what is not safe and then what is, and when."""
    prefers = (f"{_PREFER}{reach.preferred_way}",) if reach.preferred_way else ()
    refused = tuple(no for name, _label, no, _open in _SAFE_WAYS if getattr(reach, name) is False)
    fine = _fine(reach) if refused else ()
    return (*prefers, *refused, *fine, *((f"Safe times: {reach.safe_times}",) if reach.safe_times else ()))


def _fine(reach: ReachFacts) -> tuple[str, ...]:
    """Return in one line which ways are safe: what is left once others are not."""
    may = {name for name, _label, _no, _open in _SAFE_WAYS if getattr(reach, name)}
    if reach.telephone_safe is False or sign_language(reach):
        may -= {"telephone_safe", "voicemail_safe"}
    safe = [name for key, name in _FINE if key in may]
    if not safe:
        return ()
    *first, last = safe
    words = f"{', '.join(first)} and {last}" if first else last
    return (f"{capital(words)} {'is' if safe in _ONE_ALONE else 'are'} fine",)


def needs_in_short(reach: ReachFacts) -> tuple[str, ...]:
    """Return the communication needs besides an interpreter that are not the usual."""
    needs = (
        ("Format", _unusual(reach.information_formats)),
        ("Communication", _unusual(reach.communication_methods)),
        ("Professional", reach.communication_professional),
        ("Carer's support", reach.carer_support),
    )
    return tuple(f"{label}: {words}" for label, words in needs if words)


def _unusual(codes: tuple[str, ...]) -> str:
    return needs_said(code for code in codes if code not in USUAL)


def never_asked(reach: ReachFacts) -> str:
    """Return which ways nobody has asked about, in a sentence; nothing when all were asked."""
    missing = [what for name, _label, _no, what in _SAFE_WAYS if getattr(reach, name) is None]
    return f"Nobody has asked whether these are safe: {', '.join(missing)}." if missing else ""


def _nominated(facts: EpisodeFacts) -> Said:
    chosen = nominated_carer(facts.carers)
    if chosen is not None:
        words = nominated_words(chosen.name, chosen.relation, chosen.telephone)
        return Said("May be rung", words, known=True)
    named = facts.reach.nominated_contact
    if named:
        consent = "agreed" if facts.reach.nominated_contact_consent else "no agreement recorded"
        return Said("May be rung", f"{named} ({consent})", known=True)
    return Said("May be rung", _NOBODY, known=False)


def _answer(label: str, answer: bool | None) -> Said:  # noqa: FBT001 - the answer itself
    return Said(label, yes_no(answer), known=answer is not None)


def _asked(label: str, words: str | None) -> Said:
    return Said(label, words or NOT_ASKED, known=bool(words))


def _recorded(label: str, words: str | None) -> Said:
    return Said(label, words or NOT_RECORDED, known=bool(words))
