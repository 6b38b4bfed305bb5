"""The door to the record: what goes through it, and what never comes out."""

from __future__ import annotations

import logging
import threading
import weakref
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication

from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.ui.count import Count
from collabcare.ui.tasks import Lane, Tasks, ThreadExecutor
from tests.ui.inline import InlineExecutor, PatientExecutor
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

CONTACT = Changes(kinds=frozenset({Kind.CONTACT}))


class Record:
    """Stands for the record: counts how many sessions are open."""

    def __init__(self) -> None:
        self.open = 0

    @contextmanager
    def reading(self) -> Iterator[Session]:
        self.open += 1
        try:
            yield cast("Session", object())
        finally:
            self.open -= 1


class Screen(QObject):
    """Something that asks and remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def show(self, answer: object) -> None:
        """Remember an answer."""
        self.told.append(answer)


@pytest.fixture
def screen(qapp: QApplication) -> Screen:
    return Screen()


def inline(prompts: ScriptedPrompts | None = None) -> Tasks:
    tasks = Tasks(prompts or ScriptedPrompts(), InlineExecutor())
    tasks.use(Record().reading)
    return tasks


def test_a_question_is_asked_in_a_short_session_and_answered(screen: Screen) -> None:
    record, tasks = Record(), Tasks(ScriptedPrompts(), InlineExecutor())
    tasks.use(record.reading)
    tasks.read(screen, lambda _session: ("rows", record.open), screen.show)
    assert screen.told == [("rows", 1)]
    assert record.open == 0


def test_the_latest_question_about_a_topic_wins(screen: Screen) -> None:
    executor = PatientExecutor()
    tasks = Tasks(ScriptedPrompts(), executor)
    tasks.use(Record().reading)
    tasks.read(screen, lambda _: "old", screen.show)
    tasks.read(screen, lambda _: "other", screen.show, topic="banner")
    tasks.read(screen, lambda _: "new", screen.show)
    executor.run_all()
    assert screen.told == ["other", "new"]


def test_a_screen_that_is_gone_is_never_called(screen: Screen) -> None:
    executor, told = PatientExecutor(), list[object]()
    tasks = Tasks(ScriptedPrompts(), executor)
    tasks.use(Record().reading)
    gone = Screen()
    tasks.read(gone, lambda _: "rows", told.append)
    tasks.write(lambda: CONTACT, lambda changes: told.append(changes.kinds))
    method = Screen()
    tasks.write(lambda: CONTACT, method.show)
    gone.deleteLater()
    method.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    executor.run_all()
    assert told == [CONTACT.kinds]


def test_a_command_tells_everybody_what_it_changed_and_then_whoever_asked(screen: Screen) -> None:
    tasks = inline()
    tasks.changed.connect(lambda changes: screen.told.append(("all", changes)))
    tasks.write(lambda: CONTACT, lambda changes: screen.told.append(("form", changes)))
    assert screen.told == [("all", CONTACT), ("form", CONTACT)]


def refuse() -> Changes:
    raise RuleViolation("This episode is closed. Reopen it to add a contact.")


def break_down() -> Changes:
    raise KeyError("Ada Lovelace")


def test_a_refusal_goes_to_the_form_and_changes_nothing(screen: Screen) -> None:
    tasks = inline()
    tasks.changed.connect(screen.show)
    tasks.write(refuse, screen.show, screen.show)
    assert screen.told == ["This episode is closed. Reopen it to add a contact."]


def test_a_refusal_nobody_listens_to_is_shown(screen: Screen) -> None:
    prompts = ScriptedPrompts(problems=1)
    inline(prompts).write(refuse)
    assert [(p.sentence, p.details) for p in prompts.problems] == [
        ("This episode is closed. Reopen it to add a contact.", "")
    ]


def test_a_fault_is_shown_and_logged_without_a_word_of_its_own(
    screen: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    prompts = ScriptedPrompts(problems=1)
    with caplog.at_level(logging.ERROR):
        inline(prompts).write(break_down, None, screen.show)
    [problem] = prompts.problems
    assert "KeyError" in problem.details
    assert "break_down" in problem.details
    assert "KeyError" in caplog.text
    assert "Lovelace" not in problem.details + problem.sentence + caplog.text
    assert screen.told == [problem.sentence], "the form is told, so that it can be saved again"


def test_work_without_a_session_can_be_refused_too(screen: Screen) -> None:
    tasks = inline()
    tasks.run(screen, lambda: "pdf", screen.show)
    tasks.run(screen, refuse, screen.show, refused=screen.show)
    assert screen.told == ["pdf", "This episode is closed. Reopen it to add a contact."]


def test_reading_while_locked_is_refused_in_words(screen: Screen) -> None:
    prompts = ScriptedPrompts(problems=1)
    tasks = inline(prompts)
    tasks.use(None)
    tasks.read(screen, lambda _: "rows", screen.show)
    assert screen.told == []
    assert prompts.problems[0].sentence == "The record is locked. Sign in to go on."


def test_busy_is_said_once_at_the_start_and_once_at_the_end(screen: Screen) -> None:
    executor = PatientExecutor()
    tasks = Tasks(ScriptedPrompts(), executor)
    tasks.busy.connect(screen.show)
    tasks.run(screen, lambda: 1, lambda _: None, topic="one")
    tasks.run(screen, lambda: 2, lambda _: None, topic="two")
    assert (screen.told, tasks.idle) == ([True], False)
    executor.run_all()
    assert (screen.told, tasks.idle) == ([True, False], True)


def test_reading_and_writing_wait_in_different_lanes(screen: Screen) -> None:
    executor = InlineExecutor()
    tasks = Tasks(ScriptedPrompts(), executor)
    tasks.run(screen, lambda: 1, screen.show)
    tasks.write(lambda: CONTACT)
    assert executor.lanes == [Lane.READ, Lane.WRITE]


def test_after_shutdown_nothing_runs_and_nothing_is_delivered(screen: Screen) -> None:
    executor = PatientExecutor()
    tasks = Tasks(ScriptedPrompts(), executor)
    tasks.run(screen, lambda: "late", screen.show)
    tasks.shutdown()
    tasks.run(screen, lambda: "later", screen.show)
    executor.run_all()
    assert screen.told == []


@pytest.fixture
def threaded(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks(ScriptedPrompts(), ThreadExecutor())
    tasks.use(Record().reading)
    yield tasks
    tasks.shutdown()


def test_work_runs_on_other_threads_and_answers_come_back_to_this_one(
    threaded: Tasks, screen: Screen, qtbot: QtBot
) -> None:
    here, workers = threading.get_ident(), set[int]()

    def work(_session: Session) -> str:
        workers.add(threading.get_ident())
        return "rows"

    def answer(rows: str) -> None:
        screen.told.append((rows, threading.get_ident(), QThread.isMainThread()))

    threaded.read(screen, work, answer)
    assert screen.told == [], "the answer waits for the event loop"
    qtbot.waitUntil(lambda: bool(screen.told))
    assert screen.told == [("rows", here, True)]
    assert here not in workers


def test_commands_run_one_at_a_time_in_the_order_asked(threaded: Tasks, screen: Screen, qtbot: QtBot) -> None:
    running, order, writers = threading.Lock(), list[int](), set[int]()

    def command(number: int) -> Changes:
        assert running.acquire(blocking=False), "two commands at once"
        writers.add(threading.get_ident())
        order.append(number)
        running.release()
        return CONTACT

    for number in range(50):
        threaded.write(partial(command, number), screen.show)
    qtbot.waitUntil(lambda: len(screen.told) == 50)
    assert order == list(range(50))
    assert len(writers) == 1


def test_shutdown_lets_commands_already_asked_for_finish(qtbot: QtBot, screen: Screen) -> None:
    tasks, done = Tasks(ScriptedPrompts(), ThreadExecutor()), list[int]()

    def command(number: int) -> Changes:
        done.append(number)
        return CONTACT

    for number in range(20):
        tasks.write(partial(command, number))
    tasks.shutdown()
    assert done == list(range(20))


def test_the_thread_that_worked_is_not_the_last_to_hold_a_screen(screen: Screen) -> None:
    """A pool keeps its job after the answer was given; a screen let go of there would be taken down there."""
    executor = PatientExecutor()
    tasks = Tasks(ScriptedPrompts(), executor)
    asking = Screen()
    tasks.run(screen, partial(len, asking.told), asking.show)
    [kept_by_the_pool] = executor.waiting
    executor.run_all()
    assert asking.told == [0]
    gone = weakref.ref(asking)
    del asking
    assert gone() is None
    assert kept_by_the_pool is not None


def printing(count: Count, pieces: int) -> str:
    """Do some pieces of work and count them."""
    for number in range(pieces):
        count(number, pieces)
    count(pieces, pieces)
    return "printed"


def test_work_that_counts_can_be_looked_at(screen: Screen) -> None:
    executor = PatientExecutor()
    tasks, seen = Tasks(ScriptedPrompts(), executor), list[Count]()
    tasks.counting.connect(seen.append)
    count = Count("Printing", "Stopped. Nothing was printed.")
    tasks.run_counted(screen, count, partial(printing, count, 12), screen.show)
    assert (seen, executor.lanes, count.finished) == ([count], [Lane.LONG], False)
    executor.run_all()
    assert (count.done, count.total, count.finished) == (12, 12, True)
    assert screen.told == ["printed"]


def test_work_that_counts_can_be_stopped_and_shows_no_dialog(screen: Screen) -> None:
    executor = PatientExecutor()
    tasks, said = Tasks(ScriptedPrompts(), executor), list[str]()
    tasks.stopped.connect(said.append)
    for listening in (screen.show, None):
        count = Count("Printing", "Stopped. Nothing was printed.")
        tasks.run_counted(screen, count, partial(printing, count, 12), screen.show, refused=listening)
        count.cancel()
        executor.run_all()
        assert count.cancelled
        assert count.finished
    assert screen.told == said == ["Stopped. Nothing was printed."]


def test_a_command_that_counts_tells_everybody_what_it_changed(screen: Screen) -> None:
    tasks, count = inline(), Count("Writing letters", "Stopped.")
    tasks.changed.connect(lambda changes: screen.told.append(("all", changes)))

    def command() -> Changes:
        printing(count, 3)
        return CONTACT

    tasks.write_counted(count, command, screen.show)
    assert screen.told == [("all", CONTACT), CONTACT]


def test_saving_does_not_wait_for_work_that_counts(threaded: Tasks, screen: Screen, qtbot: QtBot) -> None:
    go = threading.Event()
    count = Count("Printing", "Stopped.")
    threaded.run_counted(screen, count, lambda: go.wait(10), screen.show)
    threaded.write(lambda: CONTACT, screen.show)
    qtbot.waitUntil(lambda: screen.told == [CONTACT])
    go.set()
    qtbot.waitUntil(lambda: threaded.idle)
    assert screen.told == [CONTACT, True]


def test_shutdown_stops_what_is_counted(screen: Screen) -> None:
    tasks, count, begun = Tasks(ScriptedPrompts(), ThreadExecutor()), Count("Printing", ""), threading.Event()

    def work() -> None:
        begun.set()
        while True:  # until it is stopped
            count(1, 2)

    tasks.run_counted(screen, count, work, screen.show)
    assert begun.wait(10)
    tasks.shutdown()
    assert count.cancelled


def test_a_screen_destroyed_while_its_question_is_answered_is_never_called(
    threaded: Tasks, qtbot: QtBot
) -> None:
    asked, go, told = threading.Event(), threading.Event(), list[object]()
    screen = Screen()

    def work(_session: Session) -> str:
        asked.set()
        assert go.wait(10)
        return "rows"

    threaded.read(screen, work, told.append)
    assert asked.wait(10)
    screen.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go.set()
    qtbot.waitUntil(lambda: threaded.idle)
    assert told == []


def read_in_pieces(_session: Session, count: Count) -> str:
    """Read something that counts."""
    return printing(count, 3)


def test_what_is_asked_again_stops_what_was_asked_before(screen: Screen) -> None:
    executor = PatientExecutor()
    tasks = Tasks(ScriptedPrompts(), executor)
    tasks.use(Record().reading)
    counts = [Count("Counting", "Stopped.", topic="loop") for _ in range(2)]
    for count in counts:
        tasks.read_counted(screen, count, partial(read_in_pieces, count=count), screen.show)
    assert [count.cancelled for count in counts] == [True, False]
    executor.run_all()
    assert screen.told == ["printed"]
    assert executor.lanes == [Lane.READ, Lane.READ]


def test_work_asked_for_piece_by_piece_can_be_looked_at_and_is_stopped_at_the_end(screen: Screen) -> None:
    tasks, seen = inline(), list[Count]()
    tasks.counting.connect(seen.append)
    first, second, late = (Count("Checking letters", "") for _ in range(3))
    tasks.follow(first)
    first.finished = True
    tasks.follow(second)
    tasks.shutdown()
    tasks.follow(late)
    assert seen == [first, second]
    assert [each.cancelled for each in (first, second, late)] == [False, True, True]
