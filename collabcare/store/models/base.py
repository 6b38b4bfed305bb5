"""The base of every table: named constraints, the types SQLite lacks, and a version on what users edit."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from sqlalchemy import DateTime, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Dialect


def one_of(column: str, codes: Iterable[str]) -> str:
    """Return the rule that a column holds one of these codes; null, where it is allowed, passes any rule.

    The codes stand in order, so that the rule does not change when only their order in the program does.
    """
    listed = ",".join(f"'{code}'" for code in sorted(codes))
    return f"{column} in ({listed})"


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in Python, UTC on disc; a naive datetime is a programming error."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Convert to naive UTC for SQLite, which keeps no zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the instant, aware and in UTC."""
        return value and value.replace(tzinfo=UTC)


class Number(TypeDecorator[int | Decimal]):
    """A score as it was worked out: 11 is the whole number, 4.25 and 4.00 the decimal with its places.

    It is kept as its digits: SQLite has no decimal, and a binary fraction would not come back the same.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: int | Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Write the digits; a binary fraction, or what is no number, is a programming error."""
        if value is None:
            return None
        if isinstance(value, float) or not Decimal(value).is_finite():
            raise ValueError("not an exact number")
        return f"{value:f}" if isinstance(value, Decimal) else str(int(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> int | Decimal | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read the digits."""
        return None if value is None else _number(value)


@lru_cache(maxsize=1024)
def _number(digits: str) -> int | Decimal:
    return Decimal(digits) if "." in digits else int(digits)


class Answers(TypeDecorator[tuple[int | None, ...]]):
    """The answers on a form, in order: a character each, ``-`` for a blank, as in ``210-3``.

    Where an answer has two digits or more, a comma stands after each: ``10,-,3,``. Both are read.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[int | None, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Write the answers; one below zero is a programming error."""
        if value is None:
            return None
        if any(answer is not None and answer < 0 for answer in value):
            raise ValueError("an answer below zero")
        marks = ["-" if answer is None else str(answer) for answer in value]
        after = "," if any(len(mark) > 1 for mark in marks) else ""
        return "".join(mark + after for mark in marks)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int | None, ...] | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read the answers."""
        return None if value is None else _answers(value)


@lru_cache(maxsize=4096)
def _answers(written: str) -> tuple[int | None, ...]:
    """Read the answers as they are kept; the same forms come up again and again."""
    marks = written.removesuffix(",").split(",") if "," in written else written
    return tuple(None if mark == "-" else int(mark) for mark in marks)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Several codes of one set in one column, with spaces between: ``04 06``."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Write the codes; one with a space in it is a programming error."""
        if value is not None and any(not code or " " in code for code in value):
            raise ValueError("not a code")
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read the codes."""
        return None if value is None else tuple(value.split())


Words = Annotated[str, mapped_column(default="")]
"""Free text that may be left empty."""


class Base(DeclarativeBase):
    """Every record; constraints are named so that a migration can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Versioned(Base):
    """A table users edit: two editors cannot silently overwrite each other."""

    __abstract__ = True

    version: Mapped[int] = mapped_column(comment="Optimistic lock counter")

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        """Let SQLAlchemy count and check the version at each update."""
        return {"version_id_col": cls.__table__.c.version}
