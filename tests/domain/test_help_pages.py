"""Which page of the help is about what is on screen, and which are found while typing."""

from __future__ import annotations

import pytest

from collabcare.domain.help_pages import Block, BlockKind, HelpBook, HelpPage, Span, Table


def paragraph(text: str) -> Block:
    """Return a paragraph of plain words."""
    return Block(BlockKind.PARAGRAPH, (Span(text),))


PAGES = (
    HelpPage(id="keys", title="Keys", blocks=(paragraph("Every key there is."),), pages=("keys",)),
    HelpPage(
        id="measures",
        title="Measures",
        blocks=(
            paragraph("Answers first."),
            Table(((Span("Key"),), (Span("Meaning"),)), (((Span("-"),), (Span("leaves an answer blank"),)),)),
        ),
        forms=("measure",),
        also="phq questionnaire",
    ),
    HelpPage(
        id="patient",
        title="The patient’s page",
        blocks=(paragraph(f"{'far ' * 30}The story is in the middle of the page. {'far ' * 40}"),),
        pages=("patient",),
    ),
    HelpPage(id="start", title="Where to begin", blocks=(paragraph("Three screens."),)),
)
BOOK = HelpBook(PAGES)


def found(typed: str) -> list[str]:
    """Return the ids of the pages found, in order."""
    return [hit.page.id for hit in BOOK.find(typed)]


def test_the_first_page_stands_first_and_the_others_by_their_titles() -> None:
    assert [each.id for each in BOOK.pages] == ["start", "keys", "measures", "patient"]


@pytest.mark.parametrize(
    ("page", "form", "about"),
    [
        ("patient", "", "patient"),
        ("patient", "measure", "measures"),
        ("patient", "unheard of", "patient"),
        ("unheard of", "", "start"),
        ("", "", "start"),
    ],
)
def test_the_form_that_is_open_comes_before_the_page_and_the_start_after_both(
    page: str, form: str, about: str
) -> None:
    assert BOOK.about(page, form).id == about


def test_an_unknown_page_leads_to_the_start_or_to_any_page_there_is() -> None:
    assert BOOK.page("keys").id == "keys"
    assert BOOK.page("unheard of").id == "start"
    assert HelpBook(PAGES[:1]).page("unheard of").id == "keys"


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", ["start", "keys", "measures", "patient"]),
        ("  ", ["start", "keys", "measures", "patient"]),
        ("key", ["keys", "measures"]),  # a title, then a text
        ("phq", ["measures"]),  # another word for it
        ("blank answer", ["measures"]),
        ("measurse", ["measures"]),  # a slip
        ("xyzxyz", []),
    ],
)
def test_titles_come_before_texts(typed: str, ids: list[str]) -> None:
    assert found(typed) == ids


def test_what_begins_a_word_of_a_title_comes_before_another_word_for_a_page() -> None:
    pages = (
        HelpPage(id="again", title="Again", blocks=(), also="letter call"),
        HelpPage(id="letters", title="Letters", blocks=()),
    )
    assert [hit.page.id for hit in HelpBook(pages).find("letter")] == ["letters", "again"]


def test_a_text_is_shown_around_what_was_typed() -> None:
    (hit,) = BOOK.find("story")
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert "The story is in the middle" in hit.excerpt
    (hit,) = BOOK.find("three screens")
    assert hit.excerpt == "Three screens."


def test_a_word_whose_letters_unfold_into_two_still_has_its_page() -> None:
    """Where folding changes the length of a line, the excerpt may be cut elsewhere, or missing."""
    book = HelpBook((HelpPage(id="start", title="T", blocks=(paragraph("Straße und Maß"),)),))
    (hit,) = book.find("strasse und mass")
    assert hit.page.id == "start"


def test_words_on_two_lines_are_found_with_the_line_of_the_first() -> None:
    blocks = (paragraph("One line."), paragraph("Another."))
    book = HelpBook((HelpPage(id="start", title="T", blocks=blocks),))
    assert [hit.excerpt for hit in book.find("another line")] == ["Another."]


def test_a_slip_in_a_word_of_a_text_is_forgiven_where_nothing_else_is_found() -> None:
    (hit,) = BOOK.find("sreens")
    assert (hit.page.id, hit.excerpt) == ("start", "Three screens.")
    (hit,) = BOOK.find("thre screans")
    assert hit.page.id == "start"
    assert BOOK.find("qqq") == ()
    assert BOOK.find("12345") == ()
