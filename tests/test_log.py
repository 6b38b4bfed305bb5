"""The log of faults: it says where something failed, and nothing a record holds."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from collabcare.log import keep_log
from collabcare.ui.problems import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CANARY = "ZYZZYVA, Canary 999 000 0018"


@pytest.fixture(autouse=True)
def no_handler_left_behind() -> Iterator[None]:
    """Take our logger's handlers away before and after."""
    ours = logging.getLogger("collabcare")
    before, ours.handlers = ours.handlers, []
    yield
    for handler in ours.handlers:
        handler.close()
    ours.handlers = before


def test_a_fault_is_kept_without_what_it_was_about(tmp_path: Path) -> None:
    keep_log(tmp_path / "data")
    keep_log(tmp_path / "data")
    with pytest.raises(ValueError, match="Canary") as caught:
        raise ValueError(CANARY)
    explain(caught.value)
    text = (tmp_path / "data" / "collabcare.log").read_text(encoding="utf-8")
    assert text.count("A fault in the program") == 1
    assert "ValueError" in text
    assert "test_log.py" in text
    assert CANARY not in text


def test_nothing_is_written_while_nothing_fails(tmp_path: Path) -> None:
    keep_log(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep_log(tmp_path / "file" / "data")
    assert explain(ValueError(CANARY)).details
    assert (tmp_path / "file").read_text(encoding="utf-8") == ""
