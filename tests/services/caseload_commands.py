"""The commands of the caseload's page, each with a way to carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload import caseload_row
from collabcare.services.bulk import AllocateMany, HandOn, allocate_many
from collabcare.services.caseload_export import ExportCaseload, export_caseload

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from tests.services.commands import Scene


def _allocate_many(at: Scene, role: Role) -> Changes:
    seen = HandOn(episode_id=at.episode, seen=at.practice.facts(at.episode).version)
    command = AllocateMany(episodes=(seen,), holder_id=at.practice.user("sam"), reason="On leave.")
    return allocate_many(command, at.uow(role))


def _export_caseload(at: Scene, role: Role) -> Changes:
    row = caseload_row(at.practice.facts(at.episode), at.practice.rulebook, at.practice.today)
    command = ExportCaseload(
        rows=(row,), columns=("patient",), shown="x", ordered="y", to=at.practice.folder / "list.csv"
    )
    return export_caseload(command, at.desk(role))


CASELOAD_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "allocate_many": ("PSA", _allocate_many),
    "export_caseload": ("PSA", _export_caseload),
}
