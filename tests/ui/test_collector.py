"""Garbage is looked for between two events, never by a thread that reads the record."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from collabcare.ui.collector import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


class Ring(QObject):
    """Something of Qt that holds itself, so that only the collector ever takes it down."""

    def __init__(self) -> None:
        super().__init__()
        self.held = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector()
    made.start()
    yield made
    made.stop()


def much() -> list[list[int]]:
    """Make enough to have garbage looked for, were it left to Python."""
    return [[number] for number in range(20 * gc.get_threshold()[0])]


def test_another_thread_never_takes_a_screen_down(collector: Collector) -> None:
    gone = weakref.ref(Ring())
    worker = threading.Thread(target=much)
    worker.start()
    worker.join()
    assert gone() is not None
    kept = much()
    collector.look()
    assert gone() is None
    assert len(kept) > 1


def test_it_looks_no_deeper_than_python_would(collector: Collector) -> None:
    gc.collect()
    before = gc.get_stats()[2]["collections"]
    kept = much()
    collector.look()
    assert gc.get_stats()[2]["collections"] == before, "the young are looked at first"
    assert gc.get_count()[1] == 1
    assert len(kept) > 1


def test_it_is_left_to_python_again(qapp: QApplication) -> None:
    gc.enable()
    collector = Collector()
    collector.stop()
    assert gc.isenabled()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
