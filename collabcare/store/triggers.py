"""What the database itself refuses, whoever asks: facts are not deleted, evidence is not altered.

SQLite drops a table's triggers when a migration rebuilds it, so :mod:`collabcare.store.migrate` drops these
before an upgrade and makes them again after it, and compares them with this list.
"""

from __future__ import annotations

NEVER_DELETED = (
    "attempt",
    "audit_entry",
    "carer",
    "closing_review",
    "contact",
    "cover",
    "ending_taken_back",
    "episode",
    "goal",
    "goal_action",
    "goal_rating",
    "haste",
    "ladder",
    "letter",
    "measure",
    "medication",
    "milestone",
    "note",
    "patient",
    "pause",
    "postponement",
    "proposal",
    "referral",
    "relapse_plan",
    "reminder",
    "safety_assessment",
    "safety_conversation",
    "safety_plan",
    "safety_review",
    "site",
    "snooze",
    "step_move",
    "supervision_action",
    "supervision_review",
    "track_move",
    "user_account",
)
"""Mistakes are voided with a reason; a leaver is made inactive."""

NEVER_ALTERED = (
    "attempt",
    "audit_entry",
    "ending_taken_back",
    "goal_rating",
    "letter",
    "measure",
    "postponement",
    "relapse_plan",
    "reminder",
    "safety_review",
    "snooze",
    "supervision_review",
    "track_move",
)
"""A correction is a new row."""

FIXED = {
    "carer": ("patient_id", "recorded_by", "recorded_at"),
    "closing_review": ("episode_id", "opened_on", "practitioner_id", "recorded_by", "recorded_at"),
    "cover": ("covered_id", "by_id", "from_on", "recorded_by", "recorded_at"),
    "goal": ("episode_id", "place", "text", "domain", "opened_on", "recorded_by", "recorded_at"),
    "goal_action": ("goal_id", "text", "whose", "recorded_by", "recorded_at"),
    "haste": ("episode_id", "kind", "happened_on", "note", "recorded_by", "recorded_at"),
    "medication": (
        *("patient_id", "episode_id", "name", "dose", "purpose", "reported_by", "antidepressant"),
        *("started_on", "replaces_id", "recorded_by", "recorded_at"),
    ),
    "milestone": (
        *("episode_id", "kind", "reached_on", "reached_at", "finding", "recorded_by", "recorded_at"),
    ),
    "note": ("episode_id", "on_date", "text", "written_by", "recorded_at"),
    "pause": ("episode_id", "started_on", "reason", "recorded_by", "recorded_at"),
    "proposal": ("episode_id", "kind", "proposed_on", "proposed_by", "reason", "recorded_at"),
    "safety_assessment": (
        *("episode_id", "number", "assessed_on", "present", "own_words", "thoughts_and_plans"),
        *("past_and_what_helped", "stressors", "strengths", "changeable", "communication_needs"),
        *("dependants", "family_views", "formulation", "quick_concern", "if_contact_lost"),
        *("act_quickly_if_contact_lost", "action_now", "shared_with", "sharing_basis", "review_on"),
        *("recorded_by", "recorded_at"),
    ),
    "safety_plan": ("episode_id", "number", "recorded_by", "recorded_at"),
}
"""What was recorded stays as it was in rows of which something else may still change."""

ENDED = {
    "closing_review": "ended_on",
    "goal": "closed_on",
    "haste": "ended_on",
    "medication": "ended_on",
    "pause": "ended_on",
}
"""Once these have an end they stay as they are."""

OPEN_UNTIL_ENDED = {"haste": ("ended_on",), "medication": ("ended_on", "end_note", "taking")}
"""What an end closes in rows of which it can still be said that they were entered in error."""

PLAN_WORDS = (
    *("made_on", "warning_signs", "by_myself", "people_and_places", "people_to_ask", "professionals"),
    *("surroundings", "reasons_for_living", "copy_given", "shared_with", "review_on", "declined_reason"),
)


def _refusing(table: str, event: str, words: str, when: str = "", why: str = "") -> str:
    only = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {_name(table, event, why)} BEFORE {event} ON {table} "
        f"{only}BEGIN SELECT RAISE(ABORT, '{table}: {words}'); END"
    )


def _name(table: str, event: str, why: str = "") -> str:
    return f"tr_{table}_{why or 'no'}_{event[:6].lower()}"


def _ended(table: str, end: str) -> str:
    """Refuse any change to an ended row, but for saying that it was entered in error."""
    columns = OPEN_UNTIL_ENDED.get(table)
    event = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return _refusing(table, event, "what has ended is never altered", f"OLD.{end} is not null", "ended")


TRIGGERS: dict[str, str] = {
    **{_name(t, "DELETE"): _refusing(t, "DELETE", "rows are never deleted") for t in NEVER_DELETED},
    **{_name(t, "UPDATE"): _refusing(t, "UPDATE", "rows are never altered") for t in NEVER_ALTERED},
    **{
        _name(table, "UPDATE", "fixed"): _refusing(
            table, f"UPDATE OF {', '.join(columns)}", "what was recorded is never altered", "", "fixed"
        )
        for table, columns in FIXED.items()
    },
    **{_name(table, "UPDATE", "ended"): _ended(table, end) for table, end in ENDED.items()},
    _name("safety_plan", "UPDATE", "words"): _refusing(
        "safety_plan",
        f"UPDATE OF {', '.join(PLAN_WORDS)}",
        "only a draft is worked on",
        "OLD.status <> 'draft'",
        "words",
    ),
    _name("safety_plan", "UPDATE", "status"): _refusing(
        "safety_plan",
        "UPDATE OF status",
        "a plan does not go back",
        "OLD.status in ('superseded','ended','declined') "
        "or (OLD.status = 'active' and NEW.status not in ('superseded','ended'))",
        "status",
    ),
    _name("site", "UPDATE"): _refusing(
        "site", "UPDATE OF record_id, is_demo", "a record does not become another one"
    ),
}
"""Name to SQL, as it stands in the database."""
