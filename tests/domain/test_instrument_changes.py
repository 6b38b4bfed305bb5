"""What counts as a reliable change on each instrument, at and beside its published number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from collabcare.domain.outcomes import Reliable, change_between
from collabcare.domain.scoring import with_setting
from tests.builders import instruments

BETTER, WORSE, NO = Reliable.IMPROVEMENT, Reliable.DETERIORATION, Reliable.NONE
ROWS = {
    "PCL-W5": ("pcl5", 45, 35, "10", BETTER),
    "PCL-W6": ("pcl5", 45, 36, "9", NO),
    "REQ-W4": ("reqol10", 20, 24, "4", NO),
    "ReQoL-10 by 5": ("reqol10", 20, 25, "5", BETTER),
    "SWE-W4": ("swemwbs", 20, 25, "3.76", BETTER),
    "SWE-W5": ("swemwbs", 21, 24, "2.29", NO),
    "CORE-10 22 to 16": ("core10", 22, 16, "6", BETTER),
    "CORE-10 22 to 17": ("core10", 22, 17, "5", NO),
    "CORE-10 12 to 6": ("core10", 12, 6, "6", BETTER),
    "CORE-10 11 to 17": ("core10", 11, 17, "-6", WORSE),
    "WSAS by 8": ("wsas", 20, 12, "8", BETTER),
    "WSAS by 7": ("wsas", 20, 13, "7", NO),
    "PHQ-2 has none": ("phq2", 6, 0, "6", None),
    "DIALOG has none": ("dialog", Decimal("3.00"), Decimal("6.50"), "3.50", None),
    "AUDIT-C has none": ("auditc", 12, 0, "12", None),
    "Recovery Star has none": ("rstar", Decimal("3.00"), Decimal("8.00"), "5.00", None),
}


@pytest.mark.parametrize(("name", "first", "last", "change", "reliable"), ROWS.values(), ids=ROWS)
def test_a_change_is_reliable_at_the_published_number(
    name: str, first: int | Decimal, last: int | Decimal, change: str, reliable: Reliable | None
) -> None:
    found = change_between(instruments()[name], first, last)
    assert (found.change, found.reliable) == (Decimal(change), reliable)


@pytest.mark.parametrize(
    ("first", "last", "crossed", "significant"),
    [(12, 6, True, True), (10, 4, False, False), (22, 16, False, False)],
    ids=["12 to 6", "10 to 4 began below", "22 to 16 stays above"],
)
def test_a_core10_that_was_below_the_cut_off_cannot_cross_it(
    first: int, last: int, crossed: bool, significant: bool
) -> None:
    found = change_between(instruments()["core10"], first, last)
    assert (found.crossed, found.significant) == (crossed, significant)


def test_five_points_on_a_core10_are_reliable_in_the_national_export_alone() -> None:
    export = with_setting(instruments()["core10"], "mhsds")
    assert change_between(export, 22, 17).reliable is BETTER
