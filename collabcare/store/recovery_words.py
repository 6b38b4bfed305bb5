"""The printable recovery key: twelve English words that open a record when every password is forgotten.

The words are BIP-39: 128 random bits and a checksum, from a list in which the first four letters tell any
two words apart. They are printed once, at first run, and kept by the practice; the record holds only a slot
they open.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.store.vault import Credential, SlotKind

if TYPE_CHECKING:
    from mnemonic import Mnemonic

WORDS = 12
STRENGTH_BITS = 128
_MAX_TYPED = 2000


def new_recovery_words() -> tuple[str, ...]:
    """Return twelve fresh words; whoever holds them can open the record."""
    return tuple(_language().generate(STRENGTH_BITS).split())


def recovery_credential(typed: str) -> Credential:
    """Read the words as people type them: any case, spacing, commas and numbering.

    Raises :class:`RuleViolation` naming the place and the word that cannot be right, so that one slip of the
    pen does not cost a practice its record.
    """
    words = _read(typed)
    if len(words) != WORDS:
        raise RuleViolation(f"The recovery key has {WORDS} words; {len(words)} were given.")
    known = set(_language().wordlist)
    wrong = [f"word {place} ({word})" for place, word in enumerate(words, 1) if word not in known]
    if wrong:
        listed = f"{', '.join(wrong[:-1])} and {wrong[-1]}" if len(wrong) > 1 else wrong[0]
        verb = "are" if len(wrong) > 1 else "is"
        raise RuleViolation(
            f"In the recovery key, {listed} {verb} not in the word list. Check the printed key."
        )
    try:
        entropy = _language().to_entropy(list(words))
    except ValueError:
        raise RuleViolation(
            "Those twelve words do not belong together: one is wrong or two have changed places. "
            "Check the printed key."
        ) from None
    return Credential(kind=SlotKind.RECOVERY, secret=bytes(entropy))


def _read(typed: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", typed[:_MAX_TYPED]).casefold()
    return tuple(word for word in re.split(r"[\W\d_]+", plain) if word)


@cache
def _language() -> Mnemonic:
    from mnemonic import Mnemonic  # it reads a word list that signing in never needs

    return Mnemonic("english")
