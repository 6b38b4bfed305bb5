"""What the demo's practice has set for everybody in it: its own lines, who is on duty, the hours outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.services.helplines import SaveHelpline, save_helpline
from collabcare.services.on_duty import PutOnDuty, SayOutOfHours, put_on_duty, say_out_of_hours

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.ids import UserId
    from collabcare.services.desk import Desk


def set_practice(file: Path, desk: Desk, on_duty: UserId) -> None:
    """Let the practice of whoever sits at the desk have the lines and the words of a file."""
    table = TomlTable.read(file)
    words = table.text("out_of_hours")
    for entry in table.tables("lines"):
        line = SaveHelpline(
            name=entry.text("name"),
            telephone=entry.text("telephone"),
            when_open=entry.text("when_open"),
            note=entry.text("note"),
        )
        entry.done()
        save_helpline(line, desk.uow)
    table.done()
    say_out_of_hours(SayOutOfHours(words=words), desk.uow)
    put_on_duty(PutOnDuty(user_id=on_duty), desk.uow)
