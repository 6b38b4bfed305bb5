"""The commands behind Today, each with a way to carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.queries.cover import covers
from collabcare.services.cover import ArrangeCover, EndCover, arrange_cover, end_cover
from collabcare.services.postponing import Postpone, postpone
from tests.builders import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene


def _cover(practice: Practice) -> ArrangeCover:
    return ArrangeCover(
        covered_id=practice.user("sam"), by_id=practice.user("jo"), from_on=practice.today, until_on=None
    )


def prepare_today(practice: Practice) -> None:
    """Let Amina cover for Sam already."""
    command = ArrangeCover(
        covered_id=practice.user("sam"), by_id=practice.user("amina"), from_on=day(7), until_on=None
    )
    arrange_cover(command, practice.uow())


def _arrange_cover(at: Scene, role: Role) -> Changes:
    return arrange_cover(_cover(at.practice), at.uow(role))


def _end_cover(at: Scene, role: Role) -> Changes:
    with at.practice.reading() as session:
        cover = covers(session, at.practice.today)[0]
    return end_cover(EndCover(cover_id=cover.id, seen=cover.row_version), at.uow(role))


def _postpone(at: Scene, role: Role) -> Changes:
    due = next(
        each
        for each in what_is_due(at.practice.facts(at.episode), at.practice.rulebook, today=at.practice.today)
        if each.kind is DueKind.MEASURE
    )
    command = Postpone(
        episode_id=at.episode,
        kind=due.kind,
        subject_id=due.subject_id,
        due_on=due.first_due_on,
        until=day(16),
        reason="Asked to do it at home",
    )
    return postpone(command, at.uow(role), at.practice.rulebook)


TODAY_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "arrange_cover": ("PSA", _arrange_cover),
    "end_cover": ("PSA", _end_cover),
    "postpone": ("PS", _postpone),
}
"""By the name of the function: who may, by the first letters of their roles, and how."""
