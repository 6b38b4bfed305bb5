"""Putting a letter together from its wording, the record and what the author adds, and drawing it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from collabcare.documents.composed import (
    Block,
    ComposedLetter,
    Finding,
    FindingLevel,
    Heading,
    MendedAt,
    Paragraph,
    Points,
)
from collabcare.documents.greeting import greeted
from collabcare.documents.letter_facts import (
    formal_name,
    letter_facts,
    move_facts,
    moves_in_letter,
    postal_lines,
)
from collabcare.documents.letter_scores import score_charts, score_words
from collabcare.documents.lint import lint
from collabcare.documents.templates import fill, fill_line, refuse_gaps
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.errors import RuleViolation
from collabcare.domain.letter_formats import LEAST_LARGE, form_needed, points_of
from collabcare.domain.letter_safety import SAFETY_PART, SAY_WHY, needs_a_reason, safety_not_told
from collabcare.domain.letters import LetterTo, Part, placeholders
from collabcare.domain.reaching import may_post_home, no_letter_home
from collabcare.domain.snippet_words import fields
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collabcare.documents.letter_source import LetterSource
    from collabcare.domain.facts import EpisodeFacts, PatientFacts
    from collabcare.domain.letter_formats import FormNeeded
    from collabcare.domain.letters import LetterKind, Section, TypedPart

WINDOW_LINES = 7
LONGEST_TYPED = 20_000
_BULLET = re.compile(r"^[-*•–]\s+")
_MOVE = "move."


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What the author adds at the desk: ``typed`` by the id of the part, and how the letter goes.

    ``why_no_safety`` is why nothing is said about safety; it is printed nowhere.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    copy_to_patient: bool = False
    large_print: bool = False
    why_no_safety: str = ""


def compose(kind: LetterKind, source: LetterSource, additions: Additions) -> ComposedLetter:
    """Put a letter together; nothing is drawn and nothing is written down.

    Raises:
        RuleViolation: Saying what is missing from the record, or what is wrong with the address.
    """
    if is_discreet(kind, source):
        source = replace(source, site=replace(source.site, name=""), author=replace(source.author, role=""))
    to_patient, copied = kind.to is LetterTo.PATIENT, kind.to is LetterTo.GP and additions.copy_to_patient
    points = points_of(source.facts.reach, to_patient=to_patient or copied, large_print=additions.large_print)
    facts = {**letter_facts(source), **_of_the_letter(points, discreet=is_discreet(kind, source))}
    refuse_gaps(kind.needs, facts)
    _refuse_unknown_parts(kind, additions)
    blocks = tuple(_body(kind, source, facts, additions))
    needed = form_needed(source.facts.reach)
    form, copy = needed if to_patient else None, needed if copied else None
    return ComposedLetter(
        kind=kind.id,
        kind_version=kind.version,
        title=kind.title,
        to=kind.to,
        site=source.site,
        day=source.today,
        window=_window(kind, source.facts),
        salutation=_salutation(kind, source.facts.patient),
        subject=fill_line(kind.subject, facts),
        particulars=() if is_discreet(kind, source) else _particulars(kind, facts),
        blocks=blocks,
        signature=_signature(source),
        distribution=_distribution(kind, facts, additions),
        format_line=" ".join(fill(kind.format_lines, facts)),
        identity=_identity(facts, discreet=is_discreet(kind, source)),
        points=points,
        findings=_findings(
            *lint(kind, blocks), *_unfilled(additions), *_advice(kind, source, additions), *_form(form, copy)
        ),
        form=form,
        form_of_copy=copy,
    )


def _of_the_letter(points: int, *, discreet: bool) -> dict[str, str]:
    """Return what a letter may say of itself."""
    return {
        "letter.discreet": "yes" if discreet else "",
        "letter.large": "yes" if points >= LEAST_LARGE else "",
    }


def is_discreet(kind: LetterKind, source: LetterSource) -> bool:
    """Return whether a letter to the patient may be opened by others: nobody has said that letters are safe.

    Such a letter names neither the service nor the author's role, gives no NHS number, and has in place of
    the crisis lines, which tell what kind of service it is, the neutral line of its wording.
    """
    return kind.to is LetterTo.PATIENT and source.facts.reach.letters_safe is not True


def render_letter(letter: ComposedLetter) -> bytes:
    """Draw a letter as a tagged PDF; the same letter always gives the same bytes.

    Raises:
        RuleViolation: When the address does not fit the window, or a character has no print.
    """
    from collabcare.documents.pdf.letter_pages import letter_pdf

    return letter_pdf(letter)


def _body(
    kind: LetterKind, source: LetterSource, facts: Mapping[str, str], additions: Additions
) -> Iterator[Block]:
    for section in kind.sections:
        blocks = [*_part(section, source, facts), *_typed(section, facts, additions)]
        if blocks:
            if section.heading:
                yield Heading(text=fill_line(section.heading, facts))
            yield from blocks


def _part(section: Section, source: LetterSource, facts: Mapping[str, str]) -> Iterator[Block]:
    if section.part is Part.SCORES:
        yield from score_words(source)
    if section.part is Part.CRISIS_LINES and not facts["letter.discreet"]:
        yield Points(items=tuple(line.words for line in source.crisis_lines))
    if section.part is Part.STEPS:
        texts = list(_steps(section, source, facts))
    else:
        texts = fill(section.paragraphs, facts)
    if section.as_list and texts:
        yield Points(items=tuple(texts))
    else:
        yield from (Paragraph(text=text) for text in texts)
    if section.part is Part.SCORES:
        yield from score_charts(source)


def _steps(section: Section, source: LetterSource, facts: Mapping[str, str]) -> Iterator[str]:
    """Yield the paragraphs that speak of a move once for each move, and the others once."""
    about = [p for p in section.paragraphs if any(name.startswith(_MOVE) for name in placeholders(p.text))]
    for move in moves_in_letter(source):
        yield from fill(about, {**facts, **move_facts(move, source.pathway)})
    yield from fill([p for p in section.paragraphs if p not in about], facts)


def _typed(section: Section, facts: Mapping[str, str], additions: Additions) -> Iterator[Block]:
    for part in section.typed:
        lines = [line.strip() for line in additions.typed.get(part.id, "").splitlines() if line.strip()]
        if not lines:
            continue
        if part.heading:
            yield Heading(text=fill_line(part.heading, facts), level=3)
        if part.as_list:
            yield Points(items=tuple(_BULLET.sub("", line) for line in lines), typed=part.id)
        else:
            yield from (Paragraph(text=line, typed=part.id) for line in lines)


def _refuse_unknown_parts(kind: LetterKind, additions: Additions) -> None:
    known: dict[str, TypedPart] = {part.id: part for part in kind.typed}
    for name, text in additions.typed.items():
        if name not in known:
            raise RuleViolation(f"The letter “{kind.title}” has no part called “{name}”.")
        if len(text) > LONGEST_TYPED:
            raise RuleViolation(f"Shorten “{known[name].label}” to {LONGEST_TYPED:,} characters.")


def _particulars(kind: LetterKind, facts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return who the letter is about; a letter to the patient needs the number only."""
    number = ("NHS number", facts["patient.nhs_number"] or "Not known")
    if kind.to is LetterTo.PATIENT:
        return (number,)
    rows = (
        ("Patient", facts["patient.name"]),
        ("Date of birth", facts["patient.born"]),
        number,
        ("Address", facts["patient.address"]),
    )
    return tuple(row for row in rows if row[1])


def _window(kind: LetterKind, facts: EpisodeFacts) -> tuple[str, ...]:
    """Return the name and address that show in the window.

    Raises:
        RuleViolation: When it cannot be posted as it stands.
    """
    patient = facts.patient
    if kind.to is LetterTo.PATIENT:
        _refuse_unpostable(patient, unsafe=not may_post_home(facts))
        name = " ".join(filter(None, (patient.title, patient.given_name, patient.surname)))
        lines = (name, *postal_lines(patient.address, patient.postcode))
    else:
        practice = postal_lines(patient.gp_practice_address, patient.gp_practice_postcode)
        lines = (*filter(None, (patient.gp_name, patient.gp_practice_name)), *practice)
    if len(lines) > WINDOW_LINES:
        raise RuleViolation(
            f"The name and address take {len(lines)} lines and the envelope’s window holds {WINDOW_LINES}. "
            "Shorten the address, then write the letter."
        )
    return lines


def _refuse_unpostable(patient: PatientFacts, *, unsafe: bool) -> None:
    if patient.died_on is not None:
        raise RuleViolation("The patient has died, so this letter is not sent.")
    if not any(line.strip() for line in patient.address):
        if unsafe:
            raise RuleViolation(
                "Letters are recorded as not safe for this patient. Write none: reach them another way."
            )
        raise RuleViolation(
            "There is no address to post to. Reach the patient another way, or ask the practice."
        )
    if not (patient.postcode or "").strip():
        raise RuleViolation("The address has no postcode. Add it to the patient’s details before posting.")


def _salutation(kind: LetterKind, patient: PatientFacts) -> str:
    if kind.to is LetterTo.PATIENT:
        return f"Dear {formal_name(patient)}"
    return f"Dear {greeted(patient.gp_name or '')}"


def _identity(facts: Mapping[str, str], *, discreet: bool) -> str:
    """Return what stands at the foot of every page after the first."""
    name = facts["patient.name"]
    return name if discreet else f"{name}, NHS number {facts['patient.nhs_number'] or 'not known'}"


def _findings(*found: Finding) -> tuple[Finding, ...]:
    """Return what was found with what keeps the letter from being issued first."""
    levels = list(FindingLevel)
    return tuple(sorted(found, key=lambda finding: levels.index(finding.level)))


def _form(form: FormNeeded | None, copy: FormNeeded | None) -> Iterator[Finding]:
    """Yield that the patient needs a form which cannot be printed here."""
    if form is not None:
        yield Finding(level=FindingLevel.MADE_ELSEWHERE, text=form.why)
    if copy is not None:
        yield Finding(level=FindingLevel.WARNS, text=copy.of_copy)


def _signature(source: LetterSource) -> tuple[str, ...]:
    return tuple(filter(None, (source.author.name, source.author.role, source.site.name)))


def _distribution(kind: LetterKind, facts: Mapping[str, str], additions: Additions) -> tuple[str, ...]:
    if kind.to is LetterTo.PATIENT:
        return (f"{facts['gp.practice']}, for the GP record",) if kind.copy_to_gp else ()
    to_patient = (facts["patient.name"],) if additions.copy_to_patient else ()
    return (f"{facts['gp.practice']}, for the GP record", *to_patient)


def _unfilled(additions: Additions) -> Iterator[Finding]:
    """Yield what a snippet left to be filled in and nobody has."""
    for part, text in additions.typed.items():
        for place in fields(text):
            left = text[place.start : place.end]
            yield Finding(level=FindingLevel.BLOCKS, text=f"Fill in “{left}” or take it out.", part=part)


def _advice(kind: LetterKind, source: LetterSource, additions: Additions) -> Iterator[Finding]:
    """Yield what the wording cannot show: where no letter may go, the contact note, lines not confirmed."""
    patient = source.facts.patient
    yield from _at_home(kind, source.facts, copy=additions.copy_to_patient)
    yield from _safety(kind, source, additions)
    yield from _not_rung(source)
    has_lines = any(section.part is Part.CRISIS_LINES for section in kind.sections)
    if (
        has_lines
        and not is_discreet(kind, source)
        and not all(line.confirmed for line in source.crisis_lines)
    ):
        yield Finding(
            level=FindingLevel.WARNS,
            text="The crisis lines are not confirmed by your service yet. Check them before it goes.",
        )
    if kind.to is LetterTo.PATIENT and patient.contact_note:
        yield Finding(
            level=FindingLevel.WARNS,
            text="There is a note on contacting the patient. Read it before posting.",
        )
    if kind.to is LetterTo.GP and not (patient.gp_practice_address and patient.gp_practice_postcode):
        yield Finding(
            level=FindingLevel.WARNS,
            text="The GP practice has no full address, so this cannot be posted.",
            mended_at=MendedAt.GP_PRACTICE,
        )


def _not_rung(source: LetterSource) -> Iterator[Finding]:
    """Yield that somebody who is not to be rung is booked by telephone."""
    booked = source.facts.next_booked(source.today) if source.not_rung else None
    if booked is not None and booked.mechanism is ConsultationMechanism.TELEPHONE:
        yield Finding(
            level=FindingLevel.WARNS,
            text="The next appointment is booked by telephone, and they are not to be rung. The letter leaves"
            " out how it is held. Change the booking.",
        )


def _safety(kind: LetterKind, source: LetterSource, additions: Additions) -> Iterator[Finding]:
    """Yield that nothing is written about safety although something is on record since the last letter."""
    part = next((part for part in kind.typed if part.id == SAFETY_PART), None)
    if kind.to is not LetterTo.GP or part is None or additions.typed.get(part.id, "").strip():
        return
    if known := safety_not_told(source.facts, source.instruments, today=source.today):
        needed = needs_a_reason(kind, source.facts, source.instruments)
        blocks = needed and not says_something(additions.why_no_safety)
        yield Finding(
            level=FindingLevel.BLOCKS if blocks else FindingLevel.WARNS,
            text=f"“{part.label}” is empty, and no letter to the GP has said this yet: {known}."
            f" {SAY_WHY if blocks else 'Say what was agreed.'}",
            part=part.id,
        )


def _at_home(kind: LetterKind, facts: EpisodeFacts, *, copy: bool) -> Iterator[Finding]:
    """Yield what to know before a letter, or a copy of one, goes to where the patient lives."""
    reach, to_patient = facts.reach, kind.to is LetterTo.PATIENT
    unsafe = reach.letters_safe is False or no_letter_home(reach.accommodation)
    if to_patient and unsafe:
        yield Finding(
            level=FindingLevel.BLOCKS,
            text="A letter to this address may be unsafe or lost. Reach the patient in another way.",
        )
    elif to_patient and reach.letters_safe is None:
        yield Finding(
            level=FindingLevel.WARNS,
            text="Nobody has asked whether letters are safe for them, so this one names neither the service"
            " nor your role, gives no NHS number, and for help names only NHS 111 and 999. It still shows"
            f" your name and where to reach you{', and names the GP practice' if kind.copy_to_gp else ''}."
            " Ask, and record the answer under Details.",
        )
    elif copy and facts.patient.died_on is not None:
        yield Finding(level=FindingLevel.BLOCKS, text="The patient has died: take the copy to them out.")
    elif copy and unsafe:
        yield Finding(
            level=FindingLevel.BLOCKS,
            text="A copy to this address may be unsafe or lost. Take it out; give it to them when you meet.",
        )
    elif copy and reach.letters_safe is None:
        yield Finding(
            level=FindingLevel.WARNS,
            text="Nobody has asked whether letters are safe for them. Ask before the copy is posted, or give"
            " it to them when you meet.",
        )
