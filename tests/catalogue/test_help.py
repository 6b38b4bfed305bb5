"""The pages of the help: read strictly, leading where they say, and written for whoever reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.help import load_help, read_help_page
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.help_pages import Block, BlockKind, HelpBook, Span, SpanStyle, Table
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.help_pages import HelpPage

FOLDER = resources_dir() / "help"
BOOK = load_help(FOLDER)
FORBIDDEN = re.compile(r"\b(please|simply|just click|rungs|ladder|e\.g\.|i\.e\.)\b|!(?!=)", re.IGNORECASE)


def page_of(folder: Path, text: str, name: str = "start.md") -> HelpPage:
    """Write a page and read it."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_help_page(file)


def test_every_page_that_is_shipped_is_read() -> None:
    assert len(BOOK.pages) == len(list(FOLDER.glob("*.md")))
    assert BOOK.pages[0].id == "start"


@pytest.mark.parametrize("page", BOOK.pages, ids=lambda page: page.id)
def test_every_page_leads_on(page: HelpPage) -> None:
    assert page.related


@pytest.mark.parametrize(
    "page", [page for page in BOOK.pages if page.id != "checking-the-rules"], ids=lambda page: page.id
)
def test_every_page_is_in_plain_words(page: HelpPage) -> None:
    """The page for Clinical Safety Officers names keys of answers, which are what they are."""
    assert FORBIDDEN.findall(page.text) == []
    assert len(page.text) < 4000, "too long to read in a ten-minute gap"


def test_the_pieces_of_a_page(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        "---\npages: today, caseload\nforms: contact\nrelated: keys\nalso: begin\n---\n\n"
        "# Title\n\nOne **two**\n`three` [four](keys.md).\n\n"
        "## Head\n\n- first\n  goes on\n- second\n\n1. one\n2. two\n\n"
        "| a | b |\n|---|:-:|\n| c | `d` |\n\n    typed\n    twice\n",
    )
    assert (page.id, page.title, page.related) == ("start", "Title", ("keys",))
    assert (page.pages, page.forms, page.also) == (("today", "caseload"), ("contact",), "begin")
    assert page.blocks == (
        Block(
            BlockKind.PARAGRAPH,
            (
                Span("One "),
                Span("two", SpanStyle.STRONG),
                Span(" "),
                Span("three", SpanStyle.CODE),
                Span(" "),
                Span("four", link="keys"),
                Span("."),
            ),
        ),
        Block(BlockKind.HEADING, (Span("Head"),)),
        Block(BlockKind.BULLET, (Span("first goes on"),)),
        Block(BlockKind.BULLET, (Span("second"),)),
        Block(BlockKind.STEP, (Span("one"),)),
        Block(BlockKind.STEP, (Span("two"),)),
        Table(((Span("a"),), (Span("b"),)), (((Span("c"),), (Span("d", SpanStyle.CODE),)),)),
        Block(BlockKind.CODE, (Span("typed\ntwice", SpanStyle.CODE),)),
    )
    assert page.text.splitlines()[:2] == ["One two three four.", "Head"]
    assert {span.link for span in page.spans() if span.link} == {"keys"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must begin with a title"),
        ("Words", "must begin with a title"),
        ("#  \n\nWords", "must begin with a title"),
        ("# Title", "says nothing"),
        ("# Title\n\n# Another", "has two titles"),
        ("# Title\n\n<b>bold</b>", "not read here"),
        ("# Title\n\n<!-- note -->", "not read here"),
        ("# Title\n\n![picture](a.png)", "does not lead to a page"),
        ("# Title\n\nSee https://example.org", "not read here"),
        ("# Title\n\n[out](https://example.org)", "does not lead to a page"),
        ("# Title\n\n[up](../README.md)", "does not lead to a page"),
        ("# Title\n\n### Too deep", "not read here"),
        ("# Title\n\nNot **closed", "not read here"),
        ("# Title\n\n| a | b |\n|---|---|\n| c |", "rows are not alike"),
        ("# Title\n\n| a | b |\n|---|---|", "rows are not alike"),
        ("---\nrelated: keys", "does not close"),
        ("---\ncolour: red\n---\n# T\n\nW", "fact that is not read here (line 2)"),
        ("---\nrelated: a\nrelated: b\n---\n# T\n\nW", "fact that is not read here (line 3)"),
        ("---\nrelated:\n---\n# T\n\nW", "fact that is not read here"),
        ("---\nwords\n---\n# T\n\nW", "fact that is not read here"),
    ],
)
def test_what_is_not_read_is_refused_naming_file_and_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(EnvironmentProblem, match=re.escape(said)) as refused:
        page_of(tmp_path, text)
    assert str(refused.value).startswith("The help page start.md ")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "start.md").write_bytes(b"\xff\xfe")
    with pytest.raises(EnvironmentProblem, match=r"start\.md cannot be read"):
        load_help(tmp_path)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("---\nrelated: gone\n---\n# B\n\nW", "leads to gone, which is not there"),
        ("# B\n\n[x](gone.md)", "leads to gone, which is not there"),
        ("# B\n\n| [x](gone.md) | b |\n|---|---|\n| c | d |", "leads to gone, which is not there"),
        ("---\nrelated: other\n---\n# B\n\nW", "leads to itself"),
        ("---\npages: today\n---\n# B\n\nW", r"is about page today, and so is other\.md"),
        ("---\nforms: contact\n---\n# B\n\nW", r"is about form contact, and so is other\.md"),
    ],
)
def test_pages_that_do_not_fit_together_are_refused(tmp_path: Path, other: str, said: str) -> None:
    (tmp_path / "start.md").write_text("---\npages: today\nforms: contact\n---\n# A\n\nW", encoding="utf-8")
    (tmp_path / "other.md").write_text(other, encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=said):
        load_help(tmp_path)


def test_a_help_without_a_first_page_is_refused(tmp_path: Path) -> None:
    page_of(tmp_path, "# A\n\nW", "other.md")
    with pytest.raises(EnvironmentProblem, match=r"start\.md is missing"):
        load_help(tmp_path)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.md"
    file.write_text(f"# Title\n\n{text}", encoding="utf-8", errors="replace")
    try:
        page = read_help_page(file)
    except EnvironmentProblem as refused:
        assert str(refused).endswith("Install CollabCare again.")  # noqa: PT017 - either is fine
    else:
        assert isinstance(HelpBook((page,)).find(text), tuple)
