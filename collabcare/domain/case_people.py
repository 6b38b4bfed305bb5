"""Who has had a hand in a case, and whose account is whose making: what "another person" is worked out from.

The rule itself is in :mod:`collabcare.domain.another_person`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from collabcare.domain.ids import UserId


class Account(NamedTuple):
    """An account, who made it (None when that is not known), and when (aware)."""

    id: UserId
    made_by: UserId | None
    made_at: datetime


class Held(NamedTuple):
    """Somebody who held the case until an instant (aware), when it was given to another."""

    by: UserId
    until: datetime


class DeathNoted(NamedTuple):
    """Who recorded a death, and when (aware); nobody and never where the audit trail does not say."""

    by: frozenset[UserId] = frozenset()
    at: datetime | None = None


NOT_NOTED = DeathNoted()


class Signed(NamedTuple):
    """When (aware) a proposal was signed off."""

    proposal_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePeople:
    """The people of one case; read only where somebody else's word is asked for."""

    accounts: tuple[Account, ...] = ()
    held: tuple[Held, ...] = ()
    death: DeathNoted = NOT_NOTED
    signed: tuple[Signed, ...] = ()


NOBODY_KNOWN = CasePeople()
