"""A review of not attending that waits for another person stands on Today of who may be that person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.acting import Role
from collabcare.domain.closing_parts import Communicated
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.ids import UserId
from collabcare.domain.reach_facts import HasteKind
from collabcare.queries.caseload import caseload
from collabcare.queries.patient_page import patient_page
from collabcare.queries.team import team
from collabcare.queries.worklist import without_others_signatures, worklist
from collabcare.services.closing_reviews import OnClosingReview, call_off_closing
from collabcare.services.episodes import allocate
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.users import NewUser, add_user
from tests.services.searching import READY, all_parts, attempt, part, review_of, searched, sign

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def waiting(practice: Practice, user: UserId | None) -> list[str]:
    """Return the reviews to sign off on somebody's own list of today."""
    with practice.reading() as session:
        who = team(session, practice.today)
        rows = caseload(session, practice.rulebook, practice.today)
    found = worklist(
        rows, until=practice.today, for_user=user, on_duty=who.on_duty, colleagues=who.colleagues
    )
    (section,) = [each for each in found if each.kind is DueKind.CLOSING_SIGNATURE]
    return [f"{item.due.sentence}|{item.when}" for item in section.items]


def of(practice: Practice, login: str) -> list[str]:
    """Return the same for one of the staff."""
    return waiting(practice, practice.user(login))


@pytest.fixture
def episode(practice: Practice) -> EpisodeId:
    """Return the episode of Jo's whose review lacks nothing but the signature."""
    episode = searched(practice)
    all_parts(practice, episode)
    practice.on(READY)
    return episode


def test_it_stands_with_the_supervisor_and_neither_with_the_holder_nor_with_who_may_not(
    practice: Practice, episode: EpisodeId
) -> None:
    (said,) = of(practice, "amina")
    assert said.startswith("Review before ending care, not reached: discussed 10-Feb-2026, waits for another")
    assert said.endswith("|since 10-Feb-2026"), "nobody is late with it"
    for login in ("jo", "sam", "alex", "rita"):
        assert of(practice, login) == []
    sign(practice, episode)
    assert of(practice, "amina") == []


def test_what_is_changed_after_the_signature_waits_again(practice: Practice, episode: EpisodeId) -> None:
    sign(practice, episode)
    part(practice, episode, Communicated(correctly=True, evidence="Another letter came to light"))
    assert len(of(practice, "amina")) == 1


def test_it_waits_for_nobody_before_every_other_part_is_met_and_once_it_is_called_off(
    practice: Practice, episode: EpisodeId
) -> None:
    part(practice, episode, Communicated(correctly=False, evidence="It came back"))
    assert waiting(practice, None) == []
    part(practice, episode, Communicated(correctly=True, evidence="A text"))
    assert len(waiting(practice, None)) == 1
    review = review_of(practice, episode)
    call_off_closing(OnClosingReview(review_id=review.id, seen=review.row_version), practice.uow())
    assert waiting(practice, None) == []


def test_a_fact_that_asks_us_to_act_soon_waits_for_a_supervisors_reason_as_well(
    practice: Practice, episode: EpisodeId
) -> None:
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SAFEGUARDING, happened_on=READY)
    record_haste_fact(fact, practice.uow())
    (said,) = of(practice, "amina")
    assert "waits for a supervisor’s reason and signature" in said


def test_a_supervisor_who_tried_or_holds_the_case_is_no_other_person(
    practice: Practice, episode: EpisodeId
) -> None:
    made = add_user(NewUser(login="x", name="X Y", role=Role.SUPERVISOR), practice.uow("jo")).made
    assert waiting(practice, UserId(made or 0)) == [], "the practitioner let them in"
    allocate(episode, practice.user("amina"), practice.uow("amina"))
    assert of(practice, "amina") == []
    allocate(episode, practice.user("jo"), practice.uow("amina"))
    assert of(practice, "amina") == [], "she held it after they missed"
    colleague = registered(practice)
    assert len(waiting(practice, colleague)) == 0, "she let them in since"


def test_nor_is_a_supervisor_who_tried_to_reach_them(practice: Practice, episode: EpisodeId) -> None:
    assert len(of(practice, "amina")) == 1
    attempt(practice, episode, "amina", rung=6)
    assert of(practice, "amina") == []


def registered(practice: Practice, by: str = "amina") -> UserId:
    """Let a registered colleague who does not hold the case work here."""
    new = NewUser(login="r", name="Rae West", role=Role.PRACTITIONER, registration="NMC 12A3456E")
    return UserId(add_user(new, practice.uow(by)).made or 0)


def test_a_registered_colleague_sees_what_they_may_sign_and_no_reason_they_may_not_give(
    practice: Practice, episode: EpisodeId
) -> None:
    colleague = registered(practice)
    assert len(waiting(practice, colleague)) == 1
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SAFEGUARDING, happened_on=READY)
    record_haste_fact(fact, practice.uow())
    assert waiting(practice, colleague) == []
    assert len(of(practice, "amina")) == 1


def test_a_registered_colleague_whom_the_practitioner_let_in_sees_nothing(
    practice: Practice, episode: EpisodeId
) -> None:
    assert waiting(practice, registered(practice, "jo")) == []


def test_the_patients_page_and_every_list_go_by_the_same_rule(practice: Practice, episode: EpisodeId) -> None:
    colleague = registered(practice)
    with practice.reading() as session:
        page = patient_page(session, episode, practice.rulebook, practice.today)
        who = team(session, practice.today)
    assert page is not None
    (due,) = [each for each in page.row.due_now if each.kind is DueKind.CLOSING_SIGNATURE]
    everything = worklist([page.row], until=practice.today)
    for user in page.users:
        (section,) = [
            each
            for each in without_others_signatures(everything, user.id, who.colleagues)
            if each.kind is DueKind.CLOSING_SIGNATURE
        ]
        theirs = user.id in {practice.user("amina"), colleague}
        assert page.waits_for_others(due, user.id) is not theirs
        assert bool(section.items) is theirs
        assert bool(waiting(practice, user.id)) is theirs
