"""Why a rule says what it says, kept as the facts it went by and put into words only when somebody reads it.

Thousands of answers are worked out for every one that is read. A :class:`Reason` therefore holds the rule and
the values of its facts; the sentence is made from them on demand, always the same for the same facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from collabcare.domain.codes import Coded
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Callable

Value = date | int | str | bool | None


class Explained(Protocol):
    """Whatever a rule suggests: its sentence, the rule's name, the facts used and the source."""

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        ...

    @property
    def rule(self) -> str:
        """Return the rule's name."""
        ...

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts the rule went by."""
        ...

    @property
    def source(self) -> str:
        """Return where the rule comes from."""
        ...


class HasReason(Protocol):
    """Whatever holds the reason for itself."""

    @property
    def reason(self) -> Explained:
        """Return why."""
        ...


class Telling:
    """Says what its ``reason`` says, so that whoever holds one explains itself."""

    __slots__ = ()

    @property
    def sentence(self: HasReason) -> str:
        """Return what the practitioner reads."""
        return self.reason.sentence

    @property
    def why(self: HasReason) -> str:
        """Return the same sentence, by the word lists use for it."""
        return self.reason.sentence

    @property
    def rule(self: HasReason) -> str:
        """Return the name of the rule."""
        return self.reason.rule

    @property
    def used(self: HasReason) -> tuple[Used, ...]:
        """Return the facts the rule went by."""
        return self.reason.used

    @property
    def source(self: HasReason) -> str:
        """Return where the rule comes from."""
        return self.reason.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A rule as its answers explain themselves.

    ``facts`` names the values it goes by, in the order ``say`` takes them; ``source`` is where the rule comes
    from, unless the answer knows better (a service model's own figure has that model's source).
    """

    rule: str
    facts: tuple[str, ...]
    say: Callable[..., str]
    source: str = ""


class Reason(NamedTuple):
    """One answer of a rule about one patient. Is :class:`Explained`.

    A named tuple, like all that is made several times for every patient: it is made in a third of the time.
    """

    basis: Basis
    values: tuple[Value, ...]
    own_source: str = ""

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        return self.basis.say(*self.values)

    @property
    def rule(self) -> str:
        """Return the rule's name."""
        return self.basis.rule

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts the rule went by, a code as the words that are shown for it."""
        return tuple(
            Used(name, value.label if isinstance(value, Coded) else value)
            for name, value in zip(self.basis.facts, self.values, strict=True)
        )

    @property
    def source(self) -> str:
        """Return where the rule comes from."""
        return self.own_source or self.basis.source
