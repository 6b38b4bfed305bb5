"""The site the record belongs to, its GP practices, its users and its audit trail."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.store.models.base import Base, UtcDateTime, Versioned, Words


class Site(Versioned):
    """The service whose record this file is; there is one row."""

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(String(36), comment="UUID, the same as in the key file")
    is_demo: Mapped[bool] = mapped_column(comment="Synthetic people only; never mixed with a real record")
    name: Mapped[str] = mapped_column(comment="As it stands on letters")
    address: Mapped[str] = mapped_column(comment="One line of the address to a line")
    postcode: Mapped[str | None] = mapped_column(String(8))
    telephone: Mapped[str | None]
    pathway_id: Mapped[str] = mapped_column(comment="The service model in resources/pathways")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    duty_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"),
        comment="Who is on duty for what safety asks for the same day",
    )
    out_of_hours: Mapped[Words] = mapped_column(comment="What to do when nobody is here")


class GpPractice(Versioned):
    """A GP practice whose patients the site sees."""

    __tablename__ = "gp_practice"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    ods_code: Mapped[str | None] = mapped_column(String(8), comment="Organisation Data Service code")
    address: Mapped[str] = mapped_column(comment="One line of the address to a line")
    postcode: Mapped[str | None] = mapped_column(String(8))
    telephone: Mapped[str | None]


class UserAccount(Versioned):
    """Somebody who signs in. Never deleted: a leaver is made inactive."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("role in ('practitioner','supervisor','administrator','reader')", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True, comment="As in the key slot: folded and trimmed")
    name: Mapped[str]
    role: Mapped[str] = mapped_column(String(16))
    job_title: Mapped[str | None]
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"),
        comment="Who let them in: nobody signs off through an account of their own making",
    )
    registration: Mapped[str | None] = mapped_column(comment="Professional body and number")


class SiteDay(Versioned):
    """A day on which the site is shut although others work, or open although others do not.

    Nothing clinical stands in it: a day put in by mistake is taken out again.
    """

    __tablename__ = "site_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(unique=True)
    is_open: Mapped[bool]
    reason: Mapped[str]


class SiteStep(Versioned):
    """How long is long in a step here, where the practice goes by figures of its own.

    Nothing clinical stands in it: without a row the step goes by the service model's figures again.
    """

    __tablename__ = "site_step"
    __table_args__ = (
        CheckConstraint("long_days >= 1", name="long_days"),
        CheckConstraint("very_long_days > long_days", name="very_long_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(unique=True, comment="Its number in the service model")
    long_days: Mapped[int] = mapped_column(comment="Long after so many days in the step")
    very_long_days: Mapped[int]


class SiteHelpline(Versioned):
    """A telephone number to have at hand, such as the crisis line; taken out when it no longer holds."""

    __tablename__ = "site_helpline"

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(comment="Where it stands in the list")
    name: Mapped[str]
    telephone: Mapped[str]
    when_open: Mapped[Words]
    note: Mapped[Words]


class AuditEntry(Base):
    """One line of the audit trail: written with the change it records, never altered or removed."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_patient_id_at", "patient_id", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), comment="None only while the record is made"
    )
    actor_role: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(comment="The sentence the trail shows")
    kind: Mapped[str] = mapped_column(String(16), comment="What was touched")
    subject_id: Mapped[int | None] = mapped_column(comment="Its number in the table of its kind")
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"))
    episode_id: Mapped[int | None] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
