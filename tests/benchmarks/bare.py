"""The SELECTs of a query run bare: on the same connection, with nothing made of their rows."""

from __future__ import annotations

from time import thread_time
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

Statements = list[tuple[str, Any]]


def selects(session: Session, read: Callable[[Session], object]) -> Statements:
    """Return the SELECTs that reading something takes."""
    ran: Statements = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
    ) -> None:
        ran.append((statement, parameters))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        read(session)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [each for each in ran if each[0].lstrip().startswith(("SELECT", "WITH"))]


def bare(session: Session, statements: Statements) -> None:
    """Run the same SELECTs on the same connection and take their rows, with nothing made of them."""
    cursor = session.connection().connection.cursor()
    for statement, parameters in statements:
        cursor.execute(statement, parameters)
        cursor.fetchall()
    cursor.close()


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's time: what other programs do meanwhile is not ours."""
    started = thread_time()
    work()
    return thread_time() - started
