"""The commands that keep what a user has at hand, each with a way to carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.queries.snippets import snippets
from collabcare.services.drafts import DiscardDraft, KeepDraft, discard_draft, keep_draft
from collabcare.services.preferences import SavePreference, save_preference
from collabcare.services.snippets import DeleteSnippet, SaveSnippet, delete_snippet, save_snippet
from tests.record_fixtures import LOGIN_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene


def prepare_desk(practice: Practice, episode: EpisodeId) -> None:
    """Let everybody have begun a note, and the practice have words of its own."""
    for login in LOGIN_OF.values():
        keep_draft(KeepDraft(episode_id=episode, kind="note", body='{"note": "She"}'), practice.uow(login))
    save_snippet(SaveSnippet(name="Crisis", text="Ring 111", of_practice=True), practice.uow("amina"))


def _keep_draft(at: Scene, role: Role) -> Changes:
    command = KeepDraft(episode_id=at.episode, kind="note", body='{"note": "She said"}')
    return keep_draft(command, at.uow(role))


def _discard_draft(at: Scene, role: Role) -> Changes:
    return discard_draft(DiscardDraft(episode_id=at.episode, kind="note"), at.uow(role))


def _save_preference(at: Scene, role: Role) -> Changes:
    return save_preference(SavePreference(name="text_size", value="1.25"), at.uow(role))


def _save_snippet(at: Scene, role: Role) -> Changes:
    return save_snippet(SaveSnippet(name="Closed", text="Back on Monday", of_practice=True), at.uow(role))


def _delete_snippet(at: Scene, role: Role) -> Changes:
    with at.practice.reading() as session:
        (row,) = snippets(session, at.uow(role).acting.user_id)
    return delete_snippet(DeleteSnippet(snippet_id=row.id, seen=row.version, of_practice=True), at.uow(role))


DESK_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "delete_snippet": ("SA", _delete_snippet),
    "save_snippet": ("SA", _save_snippet),
}
"""By the name of the function: who may, by the first letters of their roles, and how."""

UNAUDITED_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "discard_draft": ("PSAR", _discard_draft),
    "keep_draft": ("PSAR", _keep_draft),
    "save_preference": ("PSAR", _save_preference),
}
"""The same for what changes nothing in the record: it writes no line of the trail."""
