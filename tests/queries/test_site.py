"""The site, its GP practices and its users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import Role
from collabcare.queries.site import SiteRow, gp_practices, site, users
from collabcare.services.patients import NewGpPractice, add_gp_practice
from tests.builders import pathway
from tests.record_fixtures import STAFF

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def test_the_site_is_as_it_was_set_up(practice: Practice) -> None:
    with practice.reading() as session:
        assert site(session) == SiteRow(
            name="Elm Tree PCN",
            address=("1 Elm Street", "Leeds"),
            postcode=None,
            telephone=None,
            pathway_id=pathway().id,
            is_demo=False,
        )


def test_users_stand_by_name_and_leavers_among_them(practice: Practice) -> None:
    with practice.reading() as session:
        found = users(session)
    assert [(user.login, user.name, user.role, user.active) for user in found] == sorted(
        ((login, name, role, active) for login, (name, role, active) in STAFF.items()),
        key=lambda each: each[1],
    )
    assert {user.role for user in found} == set(Role)


def test_gp_practices_stand_by_name(practice: Practice) -> None:
    for name in ("Zebra Lane", "Abbey Road"):
        add_gp_practice(NewGpPractice(name=name), practice.uow())
    with practice.reading() as session:
        assert [row.name for row in gp_practices(session)] == ["Abbey Road", "Elm Tree Surgery", "Zebra Lane"]
