"""How contacts are held: new records, imports, and what is no contact at all."""

from __future__ import annotations

import pytest

from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.errors import RuleViolation
from collabcare.domain.mechanisms import SUPERSEDED, Exchange, care_contact, imported_mechanism, mechanism


@pytest.mark.parametrize(
    ("code", "label"),
    [
        pytest.param("02", "Telephone", id="MECH-W1"),
        pytest.param("11", "Video", id="MECH-W2"),
        pytest.param("09", "Text message", id="MECH-W4"),
    ],
)
def test_a_new_record_takes_current_codes(code: str, label: str) -> None:
    assert mechanism(code).label == label


@pytest.mark.parametrize(
    ("old", "now"),
    [
        pytest.param("03", "11", id="MECH-W5"),
        ("01", "01"),
        ("02", "02"),
        ("04", "04"),
        ("05", "05"),
        ("06", "09"),
        ("08", "10"),
        ("98", "98"),
        ("13", "13"),
    ],
)
def test_an_imported_code_goes_where_it_went(old: str, now: str) -> None:
    assert imported_mechanism(old).value == now


@pytest.mark.parametrize(
    ("code", "words"),
    [
        pytest.param("06", r"^Code 06 is superseded\. Record 09 \(Text message\) instead\.$", id="MECH-W6"),
        ("03", "Record 11"),
        (" 08 ", "Code 08 is superseded. Record 10"),
        ("07", "not a code for how a contact was held"),
        ("", "not a code"),
    ],
)
def test_a_new_record_refuses_superseded_and_unknown_codes(code: str, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        mechanism(code)


def test_an_import_with_a_code_of_no_list_is_refused() -> None:
    with pytest.raises(RuleViolation, match="not a code"):
        imported_mechanism("07")


def test_no_superseded_code_is_a_current_one() -> None:
    assert SUPERSEDED.keys().isdisjoint({each.value for each in ConsultationMechanism})


@pytest.mark.parametrize(
    ("exchange", "counts", "where"),
    [
        pytest.param(Exchange.REMINDER_SENT, False, "outcome of the task", id="MECH-W3"),
        pytest.param(Exchange.TWO_WAY_MESSAGES, True, "both ways", id="MECH-W4"),
        pytest.param(Exchange.CONSULTATION, True, "care contact", id="a consultation"),
        pytest.param(Exchange.MESSAGE_LEFT, False, "outcome of the task", id="a message left"),
        pytest.param(Exchange.RESULT_TOLD, False, "Record it as a note", id="a result and nothing else"),
    ],
)
def test_only_what_goes_both_ways_is_a_care_contact(exchange: Exchange, counts: bool, where: str) -> None:
    ruling = care_contact(exchange)
    assert ruling.care_contact is counts
    assert where in ruling.sentence
    assert ruling.rule
    assert "CONSULTATION MECHANISM" in ruling.source
    assert ruling.used[0].value == exchange.value.replace("_", " ")


def test_every_exchange_has_a_ruling() -> None:
    assert [care_contact(each).sentence.endswith(".") for each in Exchange] == [True] * len(Exchange)
