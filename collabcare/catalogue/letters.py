"""Letters from resources/letters: wording that clinicians own, checked before anything is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable, by_id
from collabcare.domain.letters import (
    LETTER_FACTS,
    Condition,
    LetterKind,
    LetterTo,
    Paragraph,
    Part,
    Section,
    TypedPart,
    placeholders,
    stray_brace,
)

if TYPE_CHECKING:
    from pathlib import Path

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,31}")
_OF_A_MOVE = "move."
_DISCREET = Condition(fact="letter.discreet", there=True)


def load_letters(folder: Path) -> dict[str, LetterKind]:
    """Return every kind of letter by its id, in the order of the file names.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    return by_id(folder, load_letter)


def load_letter(file: Path) -> LetterKind:
    """Read one kind of letter."""
    table = TomlTable.read(file)
    kind = LetterKind(
        id=_identifier(table),
        version=table.whole("version", least=1),
        title=table.text("title"),
        to=_recipient(table),
        subject=_words(table, "subject"),
        needs=table.texts("needs"),
        clinical=table.truth("clinical"),
        copy_to_patient=table.truth("copy_to_patient"),
        sections=tuple(_section(entry) for entry in table.tables("sections")),
        format_lines=tuple(_paragraph(entry) for entry in table.tables("format_lines")),
        source=table.text("source"),
        sign_off=table.text("sign_off"),
        copy_to_gp=table.has("copy_to_gp") and table.truth("copy_to_gp"),
    )
    table.done()
    _check(table, kind)
    return kind


def _section(table: TomlTable) -> Section:
    section = Section(
        heading=_words(table, "heading") if table.has("heading") else None,
        part=_part(table),
        as_list=table.has("as_list") and table.truth("as_list"),
        paragraphs=tuple(_paragraph(entry) for entry in _entries(table, "paragraphs")),
        typed=tuple(_typed(entry) for entry in _entries(table, "typed")),
    )
    table.done()
    if not (section.paragraphs or section.typed or section.part):
        raise table.fault("paragraphs", "is missing, so this section would have nothing to say")
    if section.part is not Part.STEPS:
        for paragraph in section.paragraphs:
            named = {*placeholders(paragraph.text), *(condition.fact for condition in paragraph.when)}
            if any(name.startswith(_OF_A_MOVE) for name in named):
                raise table.fault("paragraphs", f'name a fact of a move: say part = "{Part.STEPS}"')
    if section.part is Part.CRISIS_LINES and all(each.when != (_DISCREET,) for each in section.paragraphs):
        raise table.fault("paragraphs", f'need one with when = "{_DISCREET.fact}", in place of the lines')
    return section


def _paragraph(table: TomlTable) -> Paragraph:
    paragraph = Paragraph(text=_words(table, "text"), when=_conditions(table))
    table.done()
    return paragraph


def _typed(table: TomlTable) -> TypedPart:
    part = TypedPart(
        id=_identifier(table),
        label=table.text("label"),
        hint=table.text("hint"),
        heading=_words(table, "heading") if table.has("heading") else None,
        as_list=table.has("as_list") and table.truth("as_list"),
    )
    table.done()
    return part


def _conditions(table: TomlTable) -> tuple[Condition, ...]:
    """Read ``when``: names of facts joined by "and", each of which may be preceded by "not"."""
    if not table.has("when"):
        return ()
    conditions = []
    for term in table.text("when").split(" and "):
        name = term.strip().removeprefix("not ").strip()
        _known(table, "when", name)
        conditions.append(Condition(fact=name, there=not term.strip().startswith("not ")))
    return tuple(conditions)


def _words(table: TomlTable, key: str) -> str:
    """Take a text whose placeholders are all facts that a letter may name."""
    text = " ".join(table.text(key).split())
    if stray_brace(text):
        raise table.fault(key, "has a brace that is not part of a {fact.name}")
    for name in sorted(placeholders(text)):
        _known(table, key, name)
    return text


def _known(table: TomlTable, key: str, name: str) -> None:
    if name not in LETTER_FACTS:
        raise table.fault(key, f"names the fact '{name}', which there is not")


def _identifier(table: TomlTable) -> str:
    name = table.text("id")
    if not _IDENTIFIER.fullmatch(name):
        raise table.fault("id", "must be small letters, digits and underscores, at most 32")
    return name


def _recipient(table: TomlTable) -> LetterTo:
    to = table.text("to")
    if to not in set(LetterTo):
        raise table.fault("to", f"must be one of {', '.join(LetterTo)}")
    return LetterTo(to)


def _part(table: TomlTable) -> Part | None:
    part = table.optional_text("part")
    if part is not None and part not in set(Part):
        raise table.fault("part", f"must be one of {', '.join(Part)}")
    return None if part is None else Part(part)


def _entries(table: TomlTable, key: str) -> tuple[TomlTable, ...]:
    return table.tables(key) if table.has(key) else ()


def _check(table: TomlTable, kind: LetterKind) -> None:
    if kind.id != table.file.stem:
        raise table.fault("id", f"must be the name of its file, {table.file.stem}")
    for name in kind.needs:
        _known(table, "needs", name)
    if not kind.sections:
        raise table.fault("sections", "must have at least one")
    if not kind.format_lines:
        raise table.fault("format_lines", "must offer the letter in another format")
    ids = [part.id for part in kind.typed]
    if len(ids) != len(set(ids)):
        raise table.fault("sections", "have two typed parts of one id")
    scored = any(section.part is Part.SCORES for section in kind.sections)
    if scored and not kind.clinical:
        raise table.fault("clinical", "is false, so no section may show scores")
