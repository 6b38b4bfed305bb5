"""How a user likes the screens: kept for them alone, the last word standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.queries.preferences import preferences
from collabcare.services.preferences import SavePreference, save_preference

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def save(practice: Practice, name: str, value: str, login: str = "jo") -> None:
    """Let somebody save a preference."""
    save_preference(SavePreference(name=name, value=value), practice.uow(login))


def kept(practice: Practice, login: str = "jo") -> dict[str, str]:
    """Return what somebody likes."""
    with practice.reading() as session:
        return preferences(session, practice.user(login))


def test_each_user_has_their_own(practice: Practice) -> None:
    save(practice, "text_size", "1.25")
    save(practice, "columns", '["name", "step"]')
    save(practice, "text_size", "1.5", "rita")
    assert kept(practice) == {"columns": '["name", "step"]', "text_size": "1.25"}
    assert kept(practice, "rita") == {"text_size": "1.5"}
    assert kept(practice, "sam") == {}


def test_the_last_word_stands_and_nothing_is_audited(practice: Practice) -> None:
    before = practice.audit()
    for value in ("1", "2", "1"):
        save(practice, "density", value)
        assert kept(practice) == {"density": value}
    assert [line.id for line in practice.audit()] == [line.id for line in before]
    assert len(practice.everything()["preference"]) == 1
