"""The gallery's buttons, choices, fields and messages."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QRadioButton

from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.buttons import Button, ButtonKind, IconButton
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.chip import Chip, ChipBar, FlagChip
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.nhs_number_edit import NhsNumberEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.password_edit import PasswordEdit
from collabcare.ui.widgets.segmented import Segmented
from collabcare.ui.widgets.time_edit import TimeEdit

TODAY = date(2026, 11, 20)
OUTCOMES = (
    Option("attended", "Attended"),
    Option("dna", "Did not attend"),
    Option("patient", "Cancelled by patient"),
    Option("service", "Cancelled by us"),
)


def show_buttons() -> Card:
    card = Card("Buttons and choices", count=12, action=Button("All", ButtonKind.QUIET))
    greyed = [Button("Primary", ButtonKind.PRIMARY), Button("Secondary"), Button("Quiet", ButtonKind.QUIET)]
    for button in greyed:
        button.setEnabled(False)
    card.body.addLayout(
        row(
            Button("Save contact", ButtonKind.PRIMARY, icon_name="check"),
            Button("Add note", icon_name="note"),
            Button("Cancel"),
            Button("Show all", ButtonKind.QUIET),
            Button("Close episode", ButtonKind.DANGER),
            IconButton("Print", "print"),
            STRETCH,
        )
    )
    card.body.addLayout(row(*greyed, Button("Compact", compact=True), STRETCH))
    return card


def show_choices() -> Card:
    card = Card("Choices")
    chosen = Segmented("Outcome", OUTCOMES)
    chosen.set_value("dna")
    off = Segmented("Outcome", OUTCOMES[:3])
    off.set_value("dna")
    off.setEnabled(False)
    card.body.addWidget(chosen)
    card.body.addWidget(off)
    chips = ChipBar("View", [Option(t, t) for t in ("Mine", "Overdue", "Re-engaging", "Not improving")])
    chips.set_count("Overdue", 12)
    chips.set_value("Overdue")
    card.body.addWidget(chips)
    flags = (
        ("Overdue", Tone.ATTENTION, "clock"),
        ("Not attended", Tone.DANGER, "not-attended"),
        ("Recovered", Tone.GOOD, "check"),
        ("On hold", Tone.NEUTRAL, "step-hold"),
        ("New", Tone.ACCENT, "info"),
    )
    card.body.addLayout(row(Chip("Alone", count=3), *(FlagChip(*flag) for flag in flags), STRETCH))
    ticked, plain, off_box = (
        QCheckBox("With an &interpreter"),
        QCheckBox("By telephone"),
        QCheckBox("Not offered"),
    )
    ticked.setChecked(True)
    off_box.setEnabled(False)
    radio, other = QRadioButton("First"), QRadioButton("Second")
    radio.setChecked(True)
    card.body.addLayout(row(ticked, plain, off_box, radio, other, STRETCH))
    return card


def show_fields() -> Card:
    card = Card("Fields")
    day, wrong_day, at = DateEdit("Date", TODAY), DateEdit("Next", TODAY), TimeEdit("Time")
    past = DateEdit("Born", TODAY, DateNeeds(optional=True))
    day.edit.setText("+2w")
    wrong_day.edit.setText("3/25")
    wrong_day.edit.editingFinished.emit()
    at.edit.setText("930")
    number = NhsNumberEdit()
    number.edit.setText("999 000 0018")
    minutes = NumberEdit("Minutes", 1, 480, unit="minutes")
    minutes.set_value(25)
    mechanism = ComboBox("How", [Option(1, "Face to face"), Option(2, "Telephone"), Option(3, "Video")])
    off = ComboBox("How", [Option(1, "Face to face")])
    off.setEnabled(False)
    password = PasswordEdit()
    password.setText("correct horse")
    wrong = Field("Su&rname", PasswordEdit("Surname"))
    wrong.set_problem("Write the surname. A single name goes here too.")
    card.body.addLayout(
        row(Field("&Date", day, hint="Day first: 12/3, 12 mar, +2w"), Field("&Next contact", wrong_day))
    )
    card.body.addLayout(row(Field("&Time", at), Field("&Born", past), Field("&Length", minutes)))
    card.body.addLayout(row(Field("NHS &number", number), Field("&How", mechanism), Field("Off", off)))
    card.body.addLayout(row(Field("&Password", password), wrong))
    note = NoteEdit("Note", placeholder="What was said, agreed and asked", lines=3)
    note.setPlainText(
        "Slept better this week. Walks to the allotment most days.\nWants to try two half days at work."
    )
    card.body.addWidget(Field("N&ote", note))
    return card


def show_messages() -> Card:
    card = Card("Messages")
    texts = (
        (
            "show_info",
            "The record is open on another computer. You can read; saving waits until it is closed there.",
        ),
        ("show_good", "Contact saved."),
        (
            "show_attention",
            "Item 9 was answered 1. Talk about it with the patient and record the conversation.",
        ),
        (
            "show_error",
            "A contact in the future cannot have an outcome yet. Nothing was saved. Change the date.",
        ),
    )
    for kind, text in texts:
        message = InlineMessage()
        card.body.addWidget(message)
        getattr(message, kind)(text)
    busy = BusyStrip()
    card.body.addWidget(busy)
    busy.show()
    card.body.addWidget(EmptyState("caseload", "Nobody on your caseload yet.", act="Add a patient"))
    return card
