"""What may not stand in a letter, and what is worth a second look before it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collabcare.documents.composed import (
    Finding,
    FindingLevel,
    Heading,
    Paragraph,
    Points,
    ScoreTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collabcare.documents.composed import Block
    from collabcare.domain.letters import LetterKind

_LEVEL = r"(?:low|medium|moderate|high|red|amber|green)(?:er|est)?"
_HARM = r"(?:suicid\w*|self[\s-]*harm\w*|overdose)"
_LEVELS_OF_RISK = (
    re.compile(rf"\b{_LEVEL}[\s-]+(?:{_HARM}[\s-]+)?risk\b", re.IGNORECASE),
    re.compile(
        rf"\brisk(?:\s+of\s+{_HARM})?\s*(?:level|rating)?\s*(?:is|was|as|:|=|-)\s*{_LEVEL}\b", re.IGNORECASE
    ),
)
"""NICE NG225, 1.6: no level of risk is used to predict who comes to harm, so none is put in a letter."""

_CLINICAL = re.compile(
    r"\b(?:PHQ|GAD|WSAS|CORE|PCL|ReQoL|SWEMWBS|AUDIT-C|EQ-5D|ITQ|scores?|scored|\d+\s+out\s+of\s+\d+|disorders?|"
    r"phobi\w*|depress\w*|anxi\w*|bipolar|psycho(?:sis|tic)\w*|schizo\w*|PTSD|OCD|"
    r"trauma\w*|personality\s+disorder|eating\s+disorder|anorexi\w*|bulimi\w*|autis\w*|ADHD|addict\w*|dementia|"
    r"diagnos\w*|medication|antidepress\w*|sertraline|citalopram|fluoxetine|mirtazapine|self[\s-]*harm\w*|"
    r"suicid\w*|overdose|panic)(?![a-z])(?:-\d+)?",
    re.IGNORECASE,
)
"""Words that tell whoever opens a letter what care somebody has; from memory of common wordings."""


def lint(kind: LetterKind, blocks: Iterable[Block]) -> tuple[Finding, ...]:
    """Return what to look at before this letter goes, what keeps it back first."""
    parts = [each for block in blocks for each in _texts(block)]
    found = [finding for text, part in parts for finding in _levels(text, part)]
    if not kind.clinical and kind.to == "patient":
        found += [finding for text, part in parts for finding in _clinical(text, part)]
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.level is FindingLevel.WARNS))


def _levels(text: str, part: str | None) -> Iterator[Finding]:
    for pattern in _LEVELS_OF_RISK:
        for match in pattern.finditer(text):
            words = " ".join(match.group().split())
            yield Finding(
                level=FindingLevel.BLOCKS,
                text=f"Take out “{words}”: a letter never gives a level of risk. Say what was agreed.",
                part=part,
            )


def _clinical(text: str, part: str | None) -> Iterator[Finding]:
    for match in _CLINICAL.finditer(text):
        yield Finding(
            level=FindingLevel.WARNS,
            text=f"“{match.group()}” tells whoever opens this letter about the patient’s care. Leave it out.",
            part=part,
        )


def _texts(block: Block) -> Iterator[tuple[str, str | None]]:
    match block:
        case Heading(text=text):
            yield text, None
        case Paragraph(text=text, typed=typed):
            yield text, typed
        case Points(items=items, typed=typed):
            yield from ((item, typed) for item in items)
        case ScoreTable(rows=rows):
            yield from ((cell, None) for row in rows for cell in row)
        case _:
            return
