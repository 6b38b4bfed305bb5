"""Every command of the main window, once: menus, keys and the shortcut sheet are built from this table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission

if TYPE_CHECKING:
    from collabcare.ui.pages import PageName

SOFT_KEYS = frozenset({"Esc"})
"""Keys that a form or a list may want first: the window takes them only when nothing inside it did."""


class Menu(StrEnum):
    """The menus of the menu bar, in order."""

    RECORD = "&Record"
    PATIENT = "&Patient"
    GO = "&Go"
    VIEW = "&View"
    HELP = "&Help"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One command.

    Attributes:
        id: Its name, which is also the method that runs it, unless ``compose`` or ``page`` is set.
        text: Its words in the menu, with the letter for Alt.
        menu: Where it stands.
        key: Its key, empty for none; several are separated by ``; ``.
        help: What it does, in a sentence, for the status bar and the shortcut sheet.
        needs: What the user's role must permit.
        compose: The form it opens on the page of the patient on show.
        page: The page it opens; one about a patient is about the patient on show.
        group: Commands of one menu and one group stand together between two lines.
    """

    id: str
    text: str
    menu: Menu
    key: str = ""
    help: str
    needs: Permission = Permission.READ_CASELOAD
    compose: str = ""
    page: PageName | None = None
    group: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Return its keys one by one."""
        return tuple(key for key in self.key.split("; ") if key)


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        id="print_summary",
        text="&Print summary…",
        menu=Menu.RECORD,
        key="Ctrl+P",
        help="Save the caseload as it is shown as a PDF, and note in the audit trail that you did.",
    ),
    ActionSpec(
        id="colleagues",
        text="&Colleagues…",
        menu=Menu.RECORD,
        help="See who signs in to this record, and add a colleague.",
        needs=Permission.MANAGE_USERS,
    ),
    ActionSpec(
        id="lock",
        text="&Lock",
        menu=Menu.RECORD,
        key="Ctrl+L",
        help="Hide everything and close the record until you sign in again.",
        group=1,
    ),
    ActionSpec(
        id="leave",
        text="&Quit",
        menu=Menu.RECORD,
        key="Ctrl+Q",
        help="Close the record and leave CollabCare.",
        group=1,
    ),
    ActionSpec(
        id="find_patient",
        text="&Find a patient",
        menu=Menu.PATIENT,
        key="Ctrl+F; Ctrl+K",
        help="Find a patient by part of a name or NHS number, from anywhere.",
    ),
    ActionSpec(
        id="new_patient",
        text="&New patient…",
        menu=Menu.PATIENT,
        key="Ctrl+N",
        help="Take a referral: add a patient and open their episode of care.",
        needs=Permission.ADD_PATIENT,
    ),
    ActionSpec(
        id="record_contact",
        text="Record &contact",
        menu=Menu.PATIENT,
        key="Ctrl+Shift+N",
        help="Record how a contact with this patient went, or that it did not take place.",
        needs=Permission.RECORD_CONTACT,
        compose="contact",
        group=1,
    ),
    ActionSpec(
        id="log_attempt",
        text="Log &attempt to reach",
        menu=Menu.PATIENT,
        key="Ctrl+Shift+A",
        help="Log a try to reach this patient after a missed appointment.",
        needs=Permission.LOG_ATTEMPT,
        compose="attempt",
        group=1,
    ),
    ActionSpec(
        id="enter_measure",
        text="Enter &measure",
        menu=Menu.PATIENT,
        key="Ctrl+Shift+M",
        help="Enter a questionnaire by its digits.",
        needs=Permission.RECORD_MEASURE,
        compose="measure",
        group=1,
    ),
    ActionSpec(
        id="record_safety",
        text="Record safety con&versation",
        menu=Menu.PATIENT,
        key="Ctrl+Shift+S",
        help="Record the conversation that an answer asked for.",
        needs=Permission.RECORD_SAFETY_CONVERSATION,
        compose="safety",
        group=1,
    ),
    ActionSpec(
        id="move_step",
        text="Move &step",
        menu=Menu.PATIENT,
        key="Ctrl+Shift+U",
        help="Move this patient a step up or down, with the reason.",
        needs=Permission.MOVE_STEP,
        compose="step",
        group=1,
    ),
    ActionSpec(
        id="take_to_supervision",
        text="S&upervision",
        menu=Menu.PATIENT,
        key="Ctrl+Shift+V",
        help="Take this case to supervision, or record what was decided there.",
        needs=Permission.REQUEST_SUPERVISION,
        compose="supervision",
        group=1,
    ),
    ActionSpec(
        id="write_letter",
        text="Write &letter to GP",
        menu=Menu.PATIENT,
        key="Ctrl+Shift+L",
        help="Write to this patient's GP, with the page beside the text.",
        needs=Permission.ISSUE_LETTER,
        compose="letter",
        group=1,
    ),
    ActionSpec(
        id="explain",
        text="W&hy this is here",
        menu=Menu.PATIENT,
        key="Ctrl+I",
        help="Show the rule, the facts it used and its source behind what is due; Esc closes it.",
        group=2,
    ),
    ActionSpec(
        id="back",
        text="&Back",
        menu=Menu.GO,
        key="Alt+Left; Esc",
        help="Go back to where you came from.",
    ),
    ActionSpec(
        id="show_today",
        text="&Today",
        menu=Menu.GO,
        key="Ctrl+1",
        help="What there is to do today, and for whom.",
        group=1,
    ),
    ActionSpec(
        id="show_caseload",
        text="&Caseload",
        menu=Menu.GO,
        key="Ctrl+2",
        help="Every open patient, one row each.",
        group=1,
    ),
    ActionSpec(
        id="next_pane",
        text="Next &pane",
        menu=Menu.GO,
        key="F6",
        help="Move the keyboard to the next part of the window.",
        group=2,
    ),
    ActionSpec(
        id="previous_pane",
        text="Previous pa&ne",
        menu=Menu.GO,
        key="Shift+F6",
        help="Move the keyboard to the part of the window before this one.",
        group=2,
    ),
    ActionSpec(
        id="refresh",
        text="&Refresh",
        menu=Menu.VIEW,
        key="F5",
        help="Read everything on screen from the record again.",
    ),
    ActionSpec(
        id="zoom_in",
        text="&Larger text",
        menu=Menu.VIEW,
        key="Ctrl+=; Ctrl++",
        help="Make all text larger, up to twice its size.",
        group=1,
    ),
    ActionSpec(
        id="zoom_out",
        text="&Smaller text",
        menu=Menu.VIEW,
        key="Ctrl+-",
        help="Make all text smaller again.",
        group=1,
    ),
    ActionSpec(
        id="zoom_reset",
        text="&Normal text",
        menu=Menu.VIEW,
        key="Ctrl+0",
        help="Bring all text back to its own size.",
        group=1,
    ),
    ActionSpec(
        id="narrow_rail",
        text="N&arrow rail",
        menu=Menu.VIEW,
        key="Ctrl+B",
        help="Show the places on the left as drawings only, or with their names.",
        group=3,
    ),
    ActionSpec(
        id="show_keys",
        text="&Keys",
        menu=Menu.HELP,
        key="Ctrl+/; F1",
        help="List every key.",
    ),
    ActionSpec(
        id="about",
        text="&About CollabCare",
        menu=Menu.HELP,
        help="Which version this is, what it is not, and under which licence.",
        group=1,
    ),
)
