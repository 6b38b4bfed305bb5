"""Who needs something today: the things due, gathered from the same rows the caseload shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from collabcare.domain.acting import Role
from collabcare.domain.closing_parts import SignerFact
from collabcare.domain.closing_signature import may_sign
from collabcare.domain.due_kinds import DUE_ORDER, Due, DueKind, by_time
from collabcare.domain.ids import UserId
from collabcare.domain.safety_prompt import since_talk
from collabcare.domain.search_today import SearchStep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from collabcare.queries.caseload import CaseloadRow


Colleagues: TypeAlias = Mapping[UserId, SignerFact]
"""Who works here: their role, their registration, and who made their account where that is known."""
NO_COLLEAGUES: Colleagues = MappingProxyType({})


class WorklistItem(NamedTuple):
    """One thing to do for one patient."""

    row: CaseloadRow
    due: Due

    @property
    def when(self) -> str:
        """Say when it is or was due."""
        return self.due.when(self.row.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistSection:
    """One kind of thing to do, longest waiting first."""

    kind: DueKind
    items: tuple[WorklistItem, ...]


def worklist(
    rows: Iterable[CaseloadRow],
    *,
    until: date,
    for_user: UserId | None = None,
    on_duty: Collection[UserId] = (),
    colleagues: Colleagues = NO_COLLEAGUES,
) -> tuple[WorklistSection, ...]:
    """Return every kind of thing due by ``until``, in their fixed order, empty kinds included.

    Nobody whose death is recorded is on it: what is still to do then stands in a view of the caseload.

    Never sorted by a score or an answer: the longest waiting stands first, of one day the earliest time, then
    the name; a safety conversation by how long ago safety was talked about. ``for_user`` leaves only what
    that user is to do (see :func:`is_for`).
    """
    found: dict[DueKind, list[WorklistItem]] = {kind: [] for kind in DUE_ORDER}
    alive = (row for row in rows if row.facts.patient.died_on is None)
    for row in sorted(alive, key=lambda row: row.facts.patient.name_order):
        for due in row.due:
            if due.is_listed(until) and (for_user is None or is_for(for_user, row, due, on_duty, colleagues)):
                found[due.kind].append(WorklistItem(row, due))
    for items in found.values():
        items.sort(key=lambda item: by_time(item.due))  # what is alike stays in the order of the names
    found[DueKind.SAFETY_CONVERSATION].sort(key=lambda item: since_talk(item.row.facts, item.row.today))
    return tuple(WorklistSection(kind=kind, items=tuple(items)) for kind, items in found.items())


def is_waiting(due: Due, until: date) -> bool:
    """Return whether a thing is on no list by a day because it was put off, or waits for a later one."""
    search = due.reason if isinstance(due.reason, SearchStep) else None
    waits = due.put_off_from is not None or (search is not None and search.hidden_until is not None)
    return waits and not due.is_listed(until)


def worklist_of(
    rows: Iterable[CaseloadRow],
    users: Iterable[UserId],
    *,
    until: date,
    on_duty: Collection[UserId] = (),
    colleagues: Colleagues = NO_COLLEAGUES,
) -> tuple[WorklistSection, ...]:
    """Return what is for any of these users, in the order of :func:`worklist`, each thing once.

    What is for duty is there when one of them is ``on_duty``, so that it is not lost while they are away.
    """
    named = tuple(users)
    whole = worklist(rows, until=until)
    return tuple(
        WorklistSection(
            kind=section.kind,
            items=tuple(
                item
                for item in section.items
                if any(is_for(one, *item, on_duty, colleagues) for one in named)
            ),
        )
        for section in whole
    )


def is_for(
    user_id: UserId,
    row: CaseloadRow,
    due: Due,
    on_duty: Collection[UserId] = (),
    colleagues: Colleagues = NO_COLLEAGUES,
) -> bool:
    """Return whether ``due`` is this user's to do: their own action, else what their patients need.

    What is for duty is also that of whoever is ``on_duty``, whoever holds the patient; once care has ended it
    is that of every supervisor, too, since nobody has the patient on their caseload any more. A review that
    waits for a signature is that of whoever may sign it, and not the holder's.
    """
    who = colleagues.get(user_id)
    if due.kind is DueKind.CLOSING_SIGNATURE:
        return may_sign(due, row.facts, who, today=row.today)
    ended = row.facts.closed_on is not None
    supervisor = who is not None and who.role is Role.SUPERVISOR
    if due.for_duty and (user_id in on_duty or (ended and supervisor)):
        return True
    if due.kind is DueKind.SUPERVISION_ACTION:
        return any(action.id == due.subject_id and action.owner_id == user_id for action in row.facts.actions)
    return row.facts.holder_id == user_id


def without_others_signatures(
    sections: Iterable[WorklistSection], user_id: UserId, colleagues: Colleagues
) -> tuple[WorklistSection, ...]:
    """Return the sections, also of everybody's things, without the reviews that this user may not sign."""
    return tuple(
        section
        if section.kind is not DueKind.CLOSING_SIGNATURE
        else replace(
            section,
            items=tuple(each for each in section.items if is_for(user_id, *each, colleagues=colleagues)),
        )
        for section in sections
    )


def held_by(rows: Iterable[CaseloadRow], holder_id: UserId) -> list[CaseloadRow]:
    """Return the patients this user holds."""
    return [row for row in rows if row.facts.holder_id == holder_id]


def held_by_nobody(rows: Iterable[CaseloadRow]) -> list[CaseloadRow]:
    """Return the patients nobody holds, whom no practitioner's own list would show."""
    return [row for row in rows if row.facts.holder_id is None]
