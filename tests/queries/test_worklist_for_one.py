"""Whose work a thing due is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.caseload import CaseloadRow, caseload_rows
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.instruments import Safety
from collabcare.queries.worklist import held_by, held_by_nobody, worklist, worklist_of
from tests.builders import MONDAY, action, facts, prompt, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

JO, SAM = UserId(1), UserId(2)
_SAFETY = (DueKind.SAFETY_CONVERSATION,)
TODAY = MONDAY + timedelta(days=70)


def rows(*each: EpisodeFacts) -> list[CaseloadRow]:
    """Return rows as of ten weeks on."""
    return caseload_rows(each, rulebook(), TODAY)


def kinds(of: list[CaseloadRow], user: UserId | None) -> set[tuple[int, DueKind]]:
    """Return what is to do: the episode and the kind."""
    found = worklist(of, until=TODAY, for_user=user)
    return {(item.row.facts.episode_id, section.kind) for section in found for item in section.items}


def test_an_action_is_its_owners_whoever_holds_the_patient() -> None:
    held_by_sam = facts("A", episode_id=EpisodeId(7), holder_id=SAM, actions=(action(owner_id=JO),))
    held_by_jo = facts("A", episode_id=EpisodeId(8), actions=(action(owner_id=SAM),))
    of = rows(held_by_sam, held_by_jo)
    assert (7, DueKind.SUPERVISION_ACTION) in kinds(of, JO)
    assert (8, DueKind.SUPERVISION_ACTION) not in kinds(of, JO)
    assert (8, DueKind.CONTACT) in kinds(of, JO)
    assert (7, DueKind.CONTACT) not in kinds(of, JO)


def test_nothing_falls_between_people() -> None:
    nobodys = facts("", episode_id=EpisodeId(9), holder_id=None, holder=None)
    of = rows(nobodys, facts("A", episode_id=EpisodeId(8), actions=(action(owner_id=SAM),)))
    together = kinds(of, JO) | kinds(of, SAM) | kinds(held_by_nobody(of), None)
    assert together == kinds(of, None)
    assert [row.facts.episode_id for row in held_by_nobody(of)] == [9]
    assert [row.facts.episode_id for row in held_by(of, JO)] == [8]


def test_what_is_for_duty_is_with_whoever_covers_somebody_on_duty_who_is_away() -> None:
    came_in = prompt(MONDAY, asked=Safety.PROMPT, answer=1)
    of = rows(facts("A", episode_id=EpisodeId(7), holder_id=SAM, safety_prompts=(came_in,)))
    row = of[0]._replace(
        due=tuple(each._replace(for_duty=True) for each in of[0].due if each.kind in _SAFETY)
    )

    def covered(*on_duty: UserId) -> list[Due]:
        found = worklist_of([row], [JO], until=TODAY, on_duty=on_duty)
        return [item.due for section in found for item in section.items]

    assert len(row.due) == 1
    assert covered() == covered(SAM) == []
    assert covered(JO) == list(row.due)
