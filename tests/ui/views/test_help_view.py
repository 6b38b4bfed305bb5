"""The help: a page for every screen and form, searched while typing, read and scrolled by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from collabcare.domain.help_pages import Block, BlockKind, HelpPage, Span
from collabcare.ui.actions import ACTIONS
from collabcare.ui.pages import PageName
from collabcare.ui.theme import ThemeName, Token, apply_theme, current_theme
from collabcare.ui.views.composer import _FORMS
from collabcare.ui.views.help_reader import HelpReader
from collabcare.ui.views.help_view import HelpView, read_help
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks

BOOK = read_help()


@pytest.fixture
def help_view(qtbot: QtBot, tasks: Tasks) -> HelpView:
    made = HelpView(tasks)
    under_hands(qtbot, made).resize(1000, 500)
    return made


def listed(view: HelpView) -> list[str]:
    """Return the titles listed."""
    return list(view.pages.titles())


def shown(view: HelpView) -> str:
    """Return the id of the page on show."""
    assert view.reader.page is not None
    return view.reader.page.id


@pytest.mark.parametrize("name", [name for name in PageName if name is not PageName.HELP])
def test_every_page_of_the_program_has_a_page(name: PageName) -> None:
    assert [page.id for page in BOOK.pages if name in page.pages] != []


@pytest.mark.parametrize("kind", _FORMS)
def test_every_form_has_a_page(kind: str) -> None:
    assert [page.id for page in BOOK.pages if kind in page.forms] != []


def test_every_command_leads_to_a_page_or_a_form_that_has_one() -> None:
    for spec in ACTIONS:
        if spec.page not in {None, PageName.HELP} or spec.compose not in {"", "letter"}:
            assert BOOK.about(spec.page or "", spec.compose).id != "start", spec.id


def test_no_page_is_about_a_screen_there_is_not() -> None:
    named = {name for page in BOOK.pages for name in page.pages}
    assert named <= set(PageName)


def test_the_first_page_is_on_show_with_all_of_them_listed(help_view: HelpView) -> None:
    assert shown(help_view) == "start"
    assert listed(help_view) == [page.title for page in BOOK.pages]


@pytest.mark.parametrize(
    ("topic", "id"),
    [
        ("patient/measure", "measures"),
        ("patient/", "patient"),
        ("today/", "today"),
        ("unheard of/", "start"),
        ("keys", "keys"),
        ("unheard of", "start"),
        ("", "start"),
    ],
)
def test_a_topic_leads_to_its_page(help_view: HelpView, topic: str, id: str) -> None:
    help_view.show_topic(topic)
    assert shown(help_view) == id


def test_the_pages_are_searched_while_typing(help_view: HelpView, qtbot: QtBot) -> None:
    give_keyboard(qtbot, help_view.search)
    write("voicemail")
    assert len(listed(help_view)) < len(BOOK.pages)
    assert shown(help_view) in {page.id for page in BOOK.pages if "voicemail" in page.text}
    assert help_view.found.text() == f"{len(listed(help_view))} pages found"
    press(Qt.Key.Key_Down)
    assert here() is help_view.pages
    press(Qt.Key.Key_Down)
    assert BOOK.page(shown(help_view)).title == help_view.pages.currentIndex().data()
    press(Qt.Key.Key_Return)
    assert here() is help_view.reader


def test_escape_empties_the_search_and_lists_everything_again(help_view: HelpView, qtbot: QtBot) -> None:
    give_keyboard(qtbot, help_view.search)
    write("xyzxyz")
    assert listed(help_view) == []
    assert help_view.found.text() == "No page has these words. Try fewer."
    press(Qt.Key.Key_Escape)
    assert listed(help_view) == [page.title for page in BOOK.pages]
    assert help_view.found.isHidden()


def test_a_link_asks_for_its_page(help_view: HelpView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(help_view.page_requested) as asked:
        help_view.reader.anchorClicked.emit(QUrl("keys"))
    assert asked.args == ["keys"]
    help_view.show_topic("start")
    links = [link for link in help_view.findChildren(type(help_view.back)) if link is not help_view.back]
    with qtbot.waitSignal(help_view.page_requested) as asked:
        links[0].click()
    assert asked.args == ["today"]


def test_the_arrows_scroll_a_page(help_view: HelpView, qtbot: QtBot) -> None:
    help_view.show_topic("checking-the-rules")
    give_keyboard(qtbot, help_view.reader)
    bar = help_view.reader.verticalScrollBar()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert bar.value() > 0
    press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert bar.value() == 0
    press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    press(Qt.Key.Key_Tab)
    assert here() is not help_view.reader


def test_text_is_never_read_as_markup_and_nothing_is_fetched(qtbot: QtBot) -> None:
    reader = HelpReader()
    qtbot.addWidget(reader)
    words = "<b>bold</b> <img src='file:///etc/hostname'> &amp;"
    page = HelpPage(id="x", title=words, blocks=(Block(BlockKind.PARAGRAPH, (Span(words),)),))
    reader.show_page(page)
    assert reader.toPlainText() == f"{words}\n{words}"
    for kind in QTextDocument.ResourceType:
        assert reader.loadResource(kind.value, QUrl("https://example.org/a.png")) is None
    assert not reader.openLinks()
    assert not reader.openExternalLinks()


def test_every_page_is_written_whole(qtbot: QtBot) -> None:
    reader = HelpReader()
    qtbot.addWidget(reader)
    for page in BOOK.pages:
        reader.show_page(page)
        written = reader.toPlainText()
        assert [line for line in page.text.replace("  ", "\n").splitlines() if line not in written] == []
        assert reader.accessibleName() == f"Help: {page.title}"


def test_another_look_is_put_on_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    reader = HelpReader()
    qtbot.addWidget(reader)
    reader.show_page(BOOK.page("keys"))
    apply_theme(qapp, ThemeName.DARK)
    colour = reader.document().firstBlock().begin().fragment().charFormat().foreground().color()
    assert colour == current_theme().colour(Token.TEXT)
    apply_theme(qapp, ThemeName.LIGHT)
