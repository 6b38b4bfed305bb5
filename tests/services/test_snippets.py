"""Words used again: everybody's own, and the practice's for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from collabcare.domain.changes import Kind
from collabcare.domain.errors import NotAllowed, StaleRecord
from collabcare.queries.snippets import SnippetRow, snippets
from collabcare.services.snippets import (
    LONGEST_NAME,
    LONGEST_TEXT,
    DeleteSnippet,
    SaveSnippet,
    delete_snippet,
    save_snippet,
)
from collabcare.store import models as m
from collabcare.store.engine import WRITE

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def save(
    practice: Practice, name: str, text: str = "Words", login: str = "jo", *, shared: bool = False
) -> int:
    """Let somebody write a new snippet and return its number."""
    changes = save_snippet(SaveSnippet(name=name, text=text, of_practice=shared), practice.uow(login))
    assert changes.kinds == {Kind.SNIPPET}
    assert changes.made is not None
    return changes.made


def of(practice: Practice, login: str = "jo") -> list[tuple[str, str, bool]]:
    """Return what somebody can use."""
    return [(row.name, row.text, row.of_practice) for row in rows(practice, login)]


def rows(practice: Practice, login: str = "jo") -> tuple[SnippetRow, ...]:
    """Return the same with numbers and versions."""
    with practice.reading() as session:
        return snippets(session, practice.user(login))


def test_ones_own_come_before_the_practices_and_nobody_sees_anothers(practice: Practice) -> None:
    save(practice, "crisis", "Ring 111", "amina", shared=True)
    save(practice, " Sleep ", "Sleep\r\nhygiene ")
    save(practice, "homework", "Did it")
    save(practice, "homework", "Another's", "sam")
    assert of(practice) == [
        ("homework", "Did it", False),
        ("Sleep", "Sleep\nhygiene", False),
        ("crisis", "Ring 111", True),
    ]
    assert of(practice, "rita") == [("crisis", "Ring 111", True)]


def test_a_snippet_is_reworded_and_thrown_away(practice: Practice) -> None:
    key = save(practice, "sleep")
    change = SaveSnippet(name="Sleep", text="New words", snippet_id=key, seen=1)
    assert save_snippet(change, practice.uow()).made is None
    (row,) = rows(practice)
    assert row == SnippetRow(id=key, version=2, name="Sleep", text="New words", of_practice=False)
    with practice.refused("Somebody else changed", StaleRecord):
        save_snippet(change, practice.uow())
    with practice.refused("Somebody else changed", StaleRecord):
        delete_snippet(DeleteSnippet(snippet_id=key, seen=1), practice.uow())
    delete_snippet(DeleteSnippet(snippet_id=key, seen=2), practice.uow())
    assert of(practice) == []
    actions = [line.action for line in practice.audit() if line.kind == Kind.SNIPPET]
    assert actions == ["Save snippet", "Save snippet", "Delete snippet"]
    with practice.refused("not in the record"):
        delete_snippet(DeleteSnippet(snippet_id=key, seen=2), practice.uow())


def test_nobody_touches_anothers(practice: Practice) -> None:
    hers = save(practice, "sleep")
    shared = save(practice, "crisis", login="amina", shared=True)
    with practice.refused("not in this list"):
        save_snippet(SaveSnippet(name="x", text="x", snippet_id=hers, seen=1), practice.uow("sam"))
    with practice.refused("not in this list"):
        delete_snippet(DeleteSnippet(snippet_id=hers, seen=1, of_practice=True), practice.uow("amina"))
    with practice.refused("not in this list"):
        delete_snippet(DeleteSnippet(snippet_id=shared, seen=1), practice.uow())
    with practice.refused("may not manage practice", NotAllowed):
        delete_snippet(DeleteSnippet(snippet_id=shared, seen=1, of_practice=True), practice.uow())
    with practice.refused("may not manage practice", NotAllowed):
        save_snippet(SaveSnippet(name="x", text="x", of_practice=True), practice.uow())


@pytest.mark.parametrize("name", ["sleep", "SLEEP", " Sleep "])
def test_a_name_stands_once_in_each_list(practice: Practice, name: str) -> None:
    for shared, login in ((False, "jo"), (True, "amina")):
        save(practice, "Sleep", login=login, shared=shared)
        with practice.refused("of that name already"):
            save(practice, name, login=login, shared=shared)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("", "x", "needs a name"),
        ("x", " \n", "needs a name and a text"),
        ("x" * (LONGEST_NAME + 1), "x", "The name is too long"),
        ("x", "x" * (LONGEST_TEXT + 1), "The text is too long"),
    ],
)
def test_what_is_no_snippet_is_refused(practice: Practice, name: str, text: str, words: str) -> None:
    with practice.refused(words):
        save_snippet(SaveSnippet(name=name, text=text), practice.uow())


def test_the_record_itself_holds_a_name_once_among_the_practices(practice: Practice) -> None:
    save(practice, "crisis", login="amina", shared=True)
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.add(m.Snippet(owner_id=None, name="crisis", text="x"))
        with pytest.raises(sa.exc.IntegrityError, match="UNIQUE"):
            session.flush()
