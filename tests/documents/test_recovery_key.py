"""The page with the recovery key."""

from __future__ import annotations

from collabcare.documents.recovery_key import RecoveryKeyPage, recovery_key_pdf
from collabcare.store.recovery_words import new_recovery_words, recovery_credential
from tests.builders import day
from tests.documents.pages import metadata, page_sizes, page_texts, structure, words_on

PAGE = RecoveryKeyPage(service="Elm Tree <PCN>", made_on=day(0), record_name="elm.ccrecord")
WORDS_OF_NO_TITLE = (
    *("cattle", "discover", "garlic", "nation", "series", "blame"),
    *("walnut", "ladder", "bubble", "harvest", "pencil", "violin"),
)
"""Twelve words fixed here: drawn ones may hold "key", which the page's title holds too."""


def test_the_twelve_words_stand_numbered_on_one_page() -> None:
    words = new_recovery_words()
    pdf = recovery_key_pdf(words, PAGE)
    [text] = page_texts(pdf)
    assert page_sizes(pdf) == [(210, 297)]
    shown = {each.text: each for each in words_on(pdf)}
    for number, word in enumerate(words, start=1):
        assert f"{number} {word}" in text or (str(number) in shown and word in shown)
    assert "Elm Tree <PCN>" in text
    assert "For the record elm.ccrecord, made on 5 January 2026." in text
    assert "Use the recovery key" in text


def test_a_page_made_before_the_record_has_a_name_says_only_when() -> None:
    page = RecoveryKeyPage(service="Elm Tree", made_on=day(0), record_name="")
    [text] = page_texts(recovery_key_pdf(new_recovery_words(), page))
    assert "Made on 5 January 2026." in text
    assert "For the record" not in text


def test_the_words_read_back_in_order_open_the_record() -> None:
    words = new_recovery_words()
    [document] = structure(recovery_key_pdf(words, PAGE))
    assert [tag.role for tag in document.walk()].count("LI") >= 12
    typed = " ".join(f"{number}. {word.upper()}" for number, word in enumerate(words, start=1))
    assert recovery_credential(typed) == recovery_credential(" ".join(words))


def test_the_file_keeps_the_words_to_its_page() -> None:
    pdf = recovery_key_pdf(WORDS_OF_NO_TITLE, PAGE)
    told = " ".join(metadata(pdf).values()).casefold()
    assert "recovery key" in told
    assert not [word for word in WORDS_OF_NO_TITLE if word in told]
