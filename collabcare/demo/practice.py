"""What the demo's practice has set for everybody in it: its own lines, who is on duty, the hours outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.services.helplines import SaveHelpline, save_helpline
from collabcare.services.on_duty import PutOnDuty, SayOutOfHours, put_on_duty, say_out_of_hours

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.acting import Acting
    from collabcare.services.desk import Desk


def set_practice(file: Path, desk: Desk, on_duty: Acting) -> None:
    """Let the practice of whoever sits at the desk have the lines and the words of a file, duty's first."""
    table = TomlTable.read(file)
    words = table.text("out_of_hours")
    _save(table.table("duty"), desk, of=f", {on_duty.name}")
    for entry in table.tables("lines"):
        _save(entry, desk)
    table.done()
    say_out_of_hours(SayOutOfHours(words=words), desk.uow)
    put_on_duty(PutOnDuty(user_id=on_duty.user_id), desk.uow)


def _save(entry: TomlTable, desk: Desk, of: str = "") -> None:
    line = SaveHelpline(
        name=f"{entry.text('name')}{of}",
        telephone=entry.text("telephone"),
        when_open=entry.text("when_open"),
        note=entry.optional_text("note") or "",
    )
    entry.done()
    save_helpline(line, desk.uow)
