"""What is known about a patient stands nowhere in clear: record, log, copies or keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from collabcare.store.access import change_password
from collabcare.store.backup import copy_record
from collabcare.store.record import open_record
from tests.faults.forks import in_child, needs_fork
from tests.store import scenes
from tests.store.scenes import LOGIN, PASSWORD, QUICK

if TYPE_CHECKING:
    from pathlib import Path

NAME, NHS_NUMBER, NOTE = "Zyzzyva-Canary", "9990000018", "heard voices by the Quokka enclosure"
CANARIES = [NAME, NHS_NUMBER, NOTE, "Elm Tree PCN", "Ada Okafor", PASSWORD, "another horse"]
COPY = "copy.ccrecord"


def in_clear(folder: Path) -> list[str]:
    """Return which canary stands in which file, in the ways text is written on a disk."""
    return [
        f"{canary} in {path.name}"
        for path in sorted(folder.iterdir())
        for canary in CANARIES
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if canary.encode(encoding) in path.read_bytes()
    ]


def look(folder: Path, expected: set[str]) -> None:
    """Look from another process: closing a file of an open database would end this one's locks on it."""

    def looking() -> None:
        assert expected <= scenes.listing(folder)
        assert in_clear(folder) == []
        plain = [p.name for p in folder.iterdir() if p.read_bytes().startswith(b"SQLite format 3")]
        assert plain == []

    assert in_child(looking) == 0


@needs_fork
def test_no_name_number_note_or_password_is_ever_written_in_clear(record: Path) -> None:
    folder = record.parent
    with open_record(record, LOGIN, PASSWORD) as opened:
        with opened.sessions() as session, session.begin():
            session.execute(
                sa.text("update site set address = :note, telephone = :number, name = :name"),
                {"name": NAME, "number": NHS_NUMBER, "note": NOTE * 300},
            )
            look(folder, {"elm.ccrecord", "elm.ccrecord-wal", "elm.ccrecord-shm"})
        look(folder, {"elm.ccrecord-wal"})
        copy_record(opened, record.with_name(COPY))
        change_password(record, LOGIN, PASSWORD, "another horse", QUICK)
        look(folder, {"elm.ccrecord", "elm.ccrecord-wal", COPY, f"{COPY}.keys"})
    look(folder, {"elm.ccrecord", COPY})
    assert in_clear(folder) == []
    [(found,)] = scenes.rows(record.with_name(COPY), "select name from site", key=None)
    assert found == NAME


def test_the_canaries_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"..." + NAME.encode("utf-16-le"))
    assert in_clear(tmp_path) == [f"{NAME} in leak"]
