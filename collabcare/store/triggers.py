"""What the database itself refuses, whoever asks: facts are not deleted, evidence is not altered.

SQLite drops a table's triggers when a migration rebuilds it, so :mod:`collabcare.store.migrate` drops these
before an upgrade and makes them again after it, and compares them with this list.
"""

from __future__ import annotations

NEVER_DELETED = (
    "attempt",
    "audit_entry",
    "contact",
    "episode",
    "ladder",
    "letter",
    "measure",
    "patient",
    "referral",
    "safety_conversation",
    "site",
    "step_move",
    "supervision_action",
    "supervision_review",
    "user_account",
)
"""Mistakes are voided with a reason; a leaver is made inactive."""

NEVER_ALTERED = ("attempt", "audit_entry", "letter", "measure", "supervision_review")
"""A correction is a new row."""


def _refusing(table: str, event: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: {words}'); END"
    )


def _name(table: str, event: str) -> str:
    return f"tr_{table}_no_{event[:6].lower()}"


TRIGGERS: dict[str, str] = {
    **{_name(t, "DELETE"): _refusing(t, "DELETE", "rows are never deleted") for t in NEVER_DELETED},
    **{_name(t, "UPDATE"): _refusing(t, "UPDATE", "rows are never altered") for t in NEVER_ALTERED},
    _name("site", "UPDATE"): _refusing(
        "site", "UPDATE OF record_id, is_demo", "a record does not become another one"
    ),
}
"""Name to SQL, as it stands in the database."""
