"""Letters to the GP through the services: on Today until the right one is issued, also once care ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload_filters import CaseloadFilter, is_among
from collabcare.domain.closing_parts import GpTold
from collabcare.domain.closure import Ending
from collabcare.domain.codes import AppointmentType
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import EpisodeId, LetterId
from collabcare.queries.caseload import caseload
from collabcare.queries.ended import listed, owed_a_summary
from collabcare.queries.worklist import worklist
from collabcare.services.contacts import record_contact
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.postponing import Postpone, postpone
from tests.builders import day
from tests.services.ending_acts import close, ending, says_no, told_gp
from tests.services.searching import READY, all_parts, part, searched, sign

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def letters(practice: Practice) -> list[tuple[EpisodeId, str, str]]:
    """Return the letters Today lists, of open patients and of those whose care has ended."""
    with practice.reading() as session:
        rows = caseload(session, practice.rulebook, practice.today)
        ended = owed_a_summary(session, practice.rulebook, practice.today)
    sections = worklist([*rows, *ended], until=practice.today)
    items = next(each.items for each in sections if each.kind is DueKind.GP_LETTER)
    return [(item.row.facts.episode_id, item.due.letter, item.when) for item in items]


def of_the_dead(practice: Practice) -> list[EpisodeId]:
    """Return whom the caseload shows under "Died: care to end"."""
    with practice.reading() as session:
        rows = caseload(session, practice.rulebook, practice.today)
        ended = owed_a_summary(session, practice.rulebook, practice.today)
    shown = listed(rows, ended)
    return [row.facts.episode_id for row in shown if is_among(row, CaseloadFilter.DIED)]


def issue(practice: Practice, episode: EpisodeId, kind: str) -> None:
    issue_letter(IssueLetter(episode_id=episode, kind=kind), practice.desk())


def test_from_the_first_contact_to_the_summary(practice: Practice) -> None:
    """Day 7 due, day 8 overdue; the review asks again; the end asks for the summary until the GP has it."""
    episode = practice.refer("A")
    practice.on(day(6))
    assert letters(practice) == []
    practice.on(day(7))
    assert letters(practice) == [(episode, "gp_review", "due today")]
    practice.on(day(8))
    assert letters(practice) == [(episode, "gp_review", "1 day overdue")]
    issue(practice, episode, "gp_review")
    assert letters(practice) == []
    close(practice, ending(practice, episode))
    assert letters(practice) == [(episode, "gp_discharge", "due in 1 day")]
    practice.on(day(9))
    assert letters(practice) == [(episode, "gp_discharge", "due today")]
    practice.on(day(410))
    assert letters(practice) == [(episode, "gp_discharge", "401 days overdue")]
    issue(practice, episode, "gp_review")
    assert len(letters(practice)) == 1, "another letter is no summary"
    issue(practice, episode, "gp_discharge")
    assert letters(practice) == []


def test_the_recorded_kind_of_a_contact_asks_for_its_letter(practice: Practice) -> None:
    episode = practice.refer("")
    for number, kind in ((0, AppointmentType.TREATMENT), (7, AppointmentType.REVIEW)):
        practice.on(day(number))
        seen = practice.contact("A", episode, day(number), appointment_type=kind)
        record_contact(seen, practice.uow(), practice.rulebook.pathway)
    practice.on(day(15))
    assert letters(practice) == [(episode, "gp_review", "1 day overdue")]


def test_a_gp_who_is_not_to_be_told_is_a_decision_with_its_reason(practice: Practice) -> None:
    """Both while care goes on and after it ended; nothing is dismissed for good."""
    episode = practice.refer("A")
    decline(practice, episode)
    assert letters(practice) == []
    practice.on(day(8))
    close(practice, ending(practice, episode))
    decline(practice, episode)
    assert letters(practice) == []
    practice.on(day(8 + 182))
    assert [kind for _episode, kind, _when in letters(practice)] == ["gp_discharge"]
    unknown = Postpone(
        episode_id=EpisodeId(999),
        kind=DueKind.GP_LETTER,
        subject_id=None,
        due_on=day(8),
        until=None,
        reason="Not wanted",
    )
    with practice.refused("not in the record"):
        postpone(unknown, practice.uow(), practice.rulebook)


def test_the_closing_letter_of_the_gate_is_the_summary_and_no_other_letter_passes_it(
    practice: Practice,
) -> None:
    """G5: word that we are still trying is issued, and the gate refuses to record it as the letter."""
    episode = searched(practice)
    practice.on(day(36))
    other = issue_letter(IssueLetter(episode_id=episode, kind="gp_not_attending"), practice.desk()).made
    with practice.refused("Choose the letter to the GP on ending care"):
        part(practice, episode, GpTold(on=day(36), letter_id=LetterId(other or 0)))
    all_parts(practice, episode)
    sign(practice, episode)
    practice.on(READY)
    with practice.refused("before the keep-in-touch letter had its time"):
        close(practice, ending(practice, episode, ending=Ending.NOT_ENGAGING, closed_on=day(42)))
    close(practice, ending(practice, episode, ending=Ending.NOT_ENGAGING))
    practice.on(day(100))
    assert "gp_discharge" not in {kind for _episode, kind, _when in letters(practice)}


def test_who_declined_has_had_the_summary_and_for_the_dead_it_is_owed(practice: Practice) -> None:
    said_no, died = practice.refer("AD"), practice.refer("A", surname="Li")
    practice.on(day(8))
    owed = told_gp(practice, said_no)
    says_no(practice, said_no)
    close(practice, ending(practice, said_no, **owed))
    close(practice, ending(practice, died, ending=Ending.DIED))
    practice.on(day(30))
    assert letters(practice) == [], "nobody who has died is on Today"
    assert of_the_dead(practice) == [died]
    issue(practice, died, "gp_discharge")
    assert of_the_dead(practice) == []


def decline(practice: Practice, episode: EpisodeId) -> None:
    """Decline the letter that is due for somebody, with the reason."""
    facts = practice.facts(episode)
    (due,) = [each for each in what_is_due(facts, practice.rulebook, today=practice.today) if each.letter]
    command = Postpone(
        episode_id=episode,
        kind=due.kind,
        subject_id=due.subject_id,
        due_on=due.first_due_on,
        until=None,
        reason="Does not want the GP written to",
    )
    postpone(command, practice.uow(), practice.rulebook)
