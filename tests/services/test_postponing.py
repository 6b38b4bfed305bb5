"""Putting something due off through the service, on a real record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.services.postponing import Postpone, postpone
from tests.builders import day

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def due_of(practice: Practice, episode: EpisodeId, kind: DueKind) -> Due:
    found = what_is_due(practice.facts(episode), practice.rulebook, today=practice.today)
    return next(each for each in found if each.kind is kind)


def asked(practice: Practice, episode: EpisodeId, kind: DueKind = DueKind.CONTACT) -> Postpone:
    due = due_of(practice, episode, kind)
    return Postpone(
        episode_id=episode,
        kind=kind,
        subject_id=due.subject_id,
        due_on=due.first_due_on,
        until=day(74),
        reason="Away with family, rings when back",
    )


def test_it_waits_comes_back_and_may_wait_once_more(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(70))
    first = due_of(practice, episode, DueKind.CONTACT)
    postpone(asked(practice, episode), practice.uow(), practice.rulebook)
    waiting = due_of(practice, episode, DueKind.CONTACT)
    assert (waiting.due_on, waiting.first_due_on) == (day(74), first.due_on)
    practice.on(day(75))
    assert due_of(practice, episode, DueKind.CONTACT).is_overdue(practice.today)
    postpone(replace(asked(practice, episode), until=day(78)), practice.uow(), practice.rulebook)
    with practice.refused("put off twice already"):
        postpone(replace(asked(practice, episode), until=day(79)), practice.uow(), practice.rulebook)


def test_no_longer_than_the_cap_and_never_without_a_reason(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(70))
    for changed, words in (
        (replace(asked(practice, episode), until=day(78)), "at the latest"),
        (replace(asked(practice, episode), reason="  "), "Say why"),
        (replace(asked(practice, episode), until=None), "cannot be declined"),
        (replace(asked(practice, episode), due_on=day(1)), "not due any more"),
    ):
        with practice.refused(words):
            postpone(changed, practice.uow(), practice.rulebook)


def test_a_search_cannot_be_put_off_here(practice: Practice) -> None:
    episode = practice.refer("AD")
    with practice.refused("cannot be put off here"):
        postpone(asked(practice, episode, DueKind.REENGAGE), practice.uow(), practice.rulebook)


def test_a_measure_declined_is_asked_again(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(70))
    command = replace(asked(practice, episode, DueKind.MEASURE), until=None)
    postpone(command, practice.uow(), practice.rulebook)
    kinds = {due.kind for due in what_is_due(practice.facts(episode), practice.rulebook, today=day(97))}
    again = {due.kind for due in what_is_due(practice.facts(episode), practice.rulebook, today=day(98))}
    assert (DueKind.MEASURE in kinds, DueKind.MEASURE in again) == (False, True)
