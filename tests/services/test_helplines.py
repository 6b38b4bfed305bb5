"""The site's own lines and who is on duty: kept in order, read by everybody, changed by few."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from collabcare.domain.crisis_lines import NOBODY_ON_DUTY
from collabcare.domain.errors import StaleRecord
from collabcare.queries.support import crisis_lines, crisis_support, on_duty, site_lines
from collabcare.services.helplines import (
    LONGEST_NAME,
    MoveHelpline,
    RemoveHelpline,
    SaveHelpline,
    move_helpline,
    remove_helpline,
    save_helpline,
)
from collabcare.services.on_duty import (
    LONGEST_WORDS,
    PutOnDuty,
    SayOutOfHours,
    put_on_duty,
    say_out_of_hours,
)
from collabcare.store.engine import WRITE
from collabcare.store.models import UserAccount
from tests.builders_safety import helplines

if TYPE_CHECKING:
    from collabcare.domain.crisis_lines import CrisisSupport, SiteLine
    from collabcare.domain.ids import UserId
    from tests.record_fixtures import Practice


def add(practice: Practice, name: str, **more: Any) -> int:  # noqa: ANN401 - any field of the command
    """Let the supervisor add a line and return its number."""
    line = replace(SaveHelpline(name=name, telephone="0113 496 0999"), **more)
    made = save_helpline(line, practice.uow("amina")).made
    assert made is not None
    return made


def lines(practice: Practice) -> tuple[SiteLine, ...]:
    """Return the site's own lines."""
    with practice.reading() as session:
        return site_lines(session)


def support(practice: Practice) -> CrisisSupport:
    """Return everything the site has set."""
    with practice.reading() as session:
        return crisis_support(session)


def duty(practice: Practice) -> frozenset[UserId]:
    """Return who has what is for duty."""
    with practice.reading() as session:
        return on_duty(session)


def test_the_sites_own_lines_stand_before_the_national_ones(practice: Practice) -> None:
    add(practice, " Leeds  crisis team ", when_open="Day and night.", note="Ask for the PCN desk")
    add(practice, "Sanctuary", telephone="text 07700 900123")
    with practice.reading() as session:
        found = crisis_lines(session, helplines())
    assert [line.words for line in found][:3] == [
        "Leeds crisis team: 0113 496 0999. Day and night. Ask for the PCN desk.",
        "Sanctuary: text 07700 900123.",
        "Emergency: Call 999 or go to A&E. When somebody's life is in danger now.",
    ]
    assert found[2:] == helplines().lines
    assert all(line.confirmed for line in found[:2])


def test_lines_are_put_in_order_and_taken_out(practice: Practice) -> None:
    for name in ("First", "Second", "Third"):
        add(practice, name)
    third = lines(practice)[2]
    move_helpline(MoveHelpline(helpline_id=third.id, seen=third.row_version, up=True), practice.uow("alex"))
    assert [line.name for line in lines(practice)] == ["First", "Third", "Second"]
    first = lines(practice)[0]
    down = MoveHelpline(helpline_id=first.id, seen=first.row_version, up=False)
    move_helpline(down, practice.uow("alex"))
    assert [line.name for line in lines(practice)] == ["Third", "First", "Second"]
    for at, up, words in ((0, True, "first already"), (2, False, "last already")):
        line = lines(practice)[at]
        with practice.refused(words):
            move_helpline(
                MoveHelpline(helpline_id=line.id, seen=line.row_version, up=up), practice.uow("alex")
            )
    gone = lines(practice)[1]
    remove = RemoveHelpline(helpline_id=gone.id, seen=gone.row_version)
    remove_helpline(remove, practice.uow("alex"))
    assert [line.name for line in lines(practice)] == ["Third", "Second"]
    with practice.refused("not in the record"):
        remove_helpline(remove, practice.uow("alex"))
    assert add(practice, "Fourth")
    assert [line.name for line in lines(practice)] == ["Third", "Second", "Fourth"]


def test_a_line_is_changed_by_whoever_saw_it_as_it_is(practice: Practice) -> None:
    add(practice, "Crisis team")
    [line] = lines(practice)
    change = SaveHelpline(helpline_id=line.id, seen=line.row_version, name="Crisis", telephone="111")
    save_helpline(change, practice.uow("amina"))
    [after] = lines(practice)
    assert (after.name, after.telephone, after.place) == ("Crisis", "111", line.place)
    with practice.refused("Somebody else changed this", StaleRecord):
        save_helpline(change, practice.uow("alex"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "whose line it is"),
        ({"telephone": "soon"}, "the number to ring"),
        ({"telephone": ""}, "the number to ring"),
        ({"name": "x" * (LONGEST_NAME + 1)}, "The name is too long"),
    ],
)
def test_a_line_needs_a_name_and_a_number(practice: Practice, changes: dict[str, Any], words: str) -> None:
    line = SaveHelpline(name="Crisis team", telephone="111")
    with practice.refused(words):
        save_helpline(replace(line, **changes), practice.uow("amina"))
    assert lines(practice) == ()


def test_while_nobody_is_on_duty_the_supervisors_are(practice: Practice) -> None:
    assert support(practice).on_duty == NOBODY_ON_DUTY
    assert duty(practice) == {practice.user("amina")}
    put_on_duty(PutOnDuty(user_id=practice.user("jo")), practice.uow("alex"))
    assert support(practice).on_duty == "On duty: Jo Smith, no number kept."
    assert duty(practice) == {practice.user("jo")}
    put_on_duty(PutOnDuty(user_id=None), practice.uow("alex"))
    assert duty(practice) == {practice.user("amina")}


def test_somebody_who_has_left_is_on_duty_no_more(practice: Practice) -> None:
    put_on_duty(PutOnDuty(user_id=practice.user("sam")), practice.uow("alex"))
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.execute(update(UserAccount).where(UserAccount.login == "sam").values(active=False))
        session.commit()
    assert support(practice).duty_name == ""
    assert duty(practice) == {practice.user("amina")}
    with practice.refused("has left"):
        put_on_duty(PutOnDuty(user_id=practice.user("sam")), practice.uow("alex"))


@pytest.mark.parametrize("login", ["alex", "rita"])
def test_whoever_is_on_duty_can_record_the_conversation(practice: Practice, login: str) -> None:
    with practice.refused("must be able to record a safety conversation"):
        put_on_duty(PutOnDuty(user_id=practice.user(login)), practice.uow("amina"))


def test_what_holds_when_nobody_is_here_is_kept_as_written(practice: Practice) -> None:
    say_out_of_hours(SayOutOfHours(words=" Ring 111,\noption 2. "), practice.uow("amina"))
    assert support(practice).out_of_hours == "Ring 111,\noption 2."
    with practice.refused("What to do out of hours is too long"):
        say_out_of_hours(SayOutOfHours(words="x" * (LONGEST_WORDS + 1)), practice.uow("amina"))
    say_out_of_hours(SayOutOfHours(words=""), practice.uow("amina"))
    assert support(practice).out_of_hours == ""
