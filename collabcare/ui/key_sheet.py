"""The keys that are not commands of a menu, in groups: what a list, a form or a chart listens to."""

from __future__ import annotations

from typing import Final

KEY_GROUPS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "Everywhere",
        (
            ("Tab, Shift+Tab", "Go to the next control or the one before; a list or table is one stop."),
            ("Alt", "Go to the menu bar; Esc there leads back to where you were."),
            (
                "Esc",
                "Close what is open; with nothing open, go back to the list you came from and stay there.",
            ),
            ("Enter, Space", "Press the button that has the keyboard."),
        ),
    ),
    (
        "The box at the top",
        (
            ("Up, Down", "Choose among what was found; Page Up and Page Down go further."),
            ("Enter", "Open the patient, run the command or go to the page."),
            ("Esc", "Give up: the keyboard goes back to where it was."),
        ),
    ),
    (
        "Lists and tables",
        (
            ("Up, Down, Home, End", "Move from row to row, to the first and to the last."),
            ("Enter", "In Today: do the one next thing. In the caseload: open the patient."),
            ("Ctrl+Enter", "In Today: open the patient."),
            ("Space", "Show or hide the panel about the chosen patient."),
            ("Left, Right", "In Today: close and open a section. In a table: go along the row."),
            ("Ctrl+Left, Ctrl+Right", "In a table: sort by the column before, or by the next."),
            ("Ctrl+R", "In a table: turn its order round."),
            (
                "Ctrl+Shift+Left, Ctrl+Shift+Right, Ctrl+Shift+R",
                "In a table: the same of a second column, which orders what is equal in the first.",
            ),
            (
                "Ctrl+Space, Ctrl+A",
                "In the caseload: choose this row besides the others or leave it out, or choose all shown.",
            ),
        ),
    ),
    (
        "Forms",
        (
            ("Ctrl+Enter", "Save."),
            ("Esc", "Close the form; you are asked first when something in it is not saved."),
            ("Alt and the underlined letter", "Go to that field."),
            (
                "1 to 9",
                "In a row of choices: choose, and go on. In the details: change the first to the sixth card.",
            ),
            ("Left, Right, Up, Down", "In a row of choices: the choice beside, above or below."),
            ("Alt+Down", "In a date: open the calendar. In a list of choices: open the list."),
            (
                "t, +2w, -3d, 12/3, fri",
                "In a date: today, in two weeks, three days ago, 12 March, this Friday.",
            ),
            ("Ctrl+Z, Ctrl+Y", "In a text: take back what was typed, and put it back."),
            ("Ctrl+C, Ctrl+X, Ctrl+V", "In a text: copy, cut and insert."),
            ("Tab", "In a note with [[ ]] in it: go to the next place to fill in, then on."),
            ("F8", "In a password: show or hide it."),
        ),
    ),
    (
        "Questionnaires",
        (
            ("0 to 9", "Answer and go on to the next question."),
            ("-, Delete, Backspace", "Leave the answer blank; a blank is never counted as nothing."),
            ("Up, Down", "Go to the question before and the next one."),
            ("Left, Right", "Change the answer."),
        ),
    ),
    (
        "Charts",
        (
            (
                "Left, Right, Home, End",
                "Go from score to score, to the first and to the last; each is read out.",
            ),
            ("T", "Show the same as a table, or the chart again."),
        ),
    ),
    (
        "The help",
        (
            ("Up, Down, Page Up, Page Down, Space", "Scroll the page."),
            ("Ctrl+F", "Search the help; Down goes to what was found."),
        ),
    ),
)
