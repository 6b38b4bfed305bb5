"""Every version of the safety assessments and plans, the newest first, each with what changed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.safety_plan import PLAN_STATUS_WORDS
from collabcare.domain.safety_versions import (
    PartChange,
    assessment_changes,
    plan_changes,
    whole_assessment,
    whole_plan,
)
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.safety_facts import SafetyPlanFact

_SHOW, _HIDE = "Show", "Hide"


class Version(NamedTuple):
    """One version as a line: what it is, what became of it, what it says, and what changed in it."""

    title: str
    became: str
    says: dict[str, str]
    changes: tuple[PartChange, ...]
    first: bool


class HistoryCard(Card):
    """The versions there are; each opens in place and closes again."""

    def __init__(self, facts: EpisodeFacts, parent: QWidget | None = None) -> None:
        found = [*_assessments(facts), *_plans(facts)]
        super().__init__("Versions", count=len(found) or None, parent=parent)
        self.setObjectName("safety_versions")
        if not found:
            self.body.addWidget(PlainLabel("None yet.", TextRole.SECONDARY))
        for version in found:
            self.body.addWidget(_VersionLine(version))


class _VersionLine(QWidget):
    """The line of one version with the button that opens what it says."""

    def __init__(self, version: Version) -> None:
        super().__init__()
        self._version = version
        self._panel: QWidget | None = None
        self.button = Button(_SHOW, ButtonKind.QUIET, compact=True)
        self.button.setCheckable(True)
        self.button.setAccessibleName(spoken_dates(f"Show {version.title}"))
        title = PlainLabel(version.title, TextRole.STRONG, wrap=True)
        head = row(title, self.button, gap=4)
        head.setStretch(0, 1)
        self._holder = column(head, quiet(version.became), gap=2)
        self.setLayout(self._holder)
        self.button.toggled.connect(self._on_toggled)

    def _on_toggled(self, shown: bool) -> None:  # noqa: FBT001 - the truth a toggle signal carries
        if self._panel is None:
            self._panel = _panel(self._version)
            self._holder.addWidget(self._panel)
        self.button.setText(_HIDE if shown else _SHOW)
        self._panel.setVisible(shown)
        if shown:
            announce(self, _changed_words(self._version))


def _panel(version: Version) -> QWidget:
    lines = [PlainLabel(_changed_words(version), TextRole.SECONDARY, wrap=True)]
    for change in version.changes:
        lines.append(PlainLabel(change.heading, TextRole.STRONG, wrap=True))
        lines.append(PlainLabel(f"Was: {change.was}", TextRole.SECONDARY, wrap=True))
        lines.append(PlainLabel(f"Now: {change.now}", wrap=True))
    if not version.changes:
        for heading, text in version.says.items():
            lines.append(PlainLabel(heading, TextRole.SECONDARY, wrap=True))
            lines.append(PlainLabel(text, wrap=True))
    panel = QWidget()
    panel.setLayout(column(*lines, gap=2, margin=8))
    return panel


def _changed_words(version: Version) -> str:
    if version.first:
        return "The first version."
    if not version.changes:
        return "The words are those of the version before."
    return f"Changed from the version before: {', '.join(change.heading for change in version.changes)}."


def _assessments(facts: EpisodeFacts) -> Iterator[Version]:
    made = sorted(facts.safety_assessments, key=lambda each: each.version)
    for before, this in reversed(list(zip([None, *made], made, strict=False))):
        stands = this is made[-1]
        yield Version(
            title=f"Assessment {this.version}, {fmt_date(this.assessed_on)}",
            became="Stands now" if stands else "Replaced by a newer version, kept as it was",
            says=whole_assessment(this),
            changes=assessment_changes(before, this) if before else (),
            first=before is None,
        )


def _plans(facts: EpisodeFacts) -> Iterator[Version]:
    made = sorted(facts.safety_plans, key=lambda each: each.version)
    written = [plan for plan in made if not plan.declined_reason]
    before_of = dict(zip((plan.version for plan in written), [None, *written], strict=False))
    for plan in reversed(made):
        before = before_of.get(plan.version)
        yield Version(
            title=f"Plan {plan.version}, {fmt_date(plan.made_on)}",
            became=_became(plan),
            says=whole_plan(plan) if not plan.declined_reason else {"Said": plan.declined_reason},
            changes=plan_changes(before, plan) if before else (),
            first=before is None,
        )


def _became(plan: SafetyPlanFact) -> str:
    words = PLAN_STATUS_WORDS[plan.status]
    if plan.ended_on is not None:
        return f"{words} {fmt_date(plan.ended_on)}: {plan.ended_reason}"
    return f"{words}: {plan.declined_reason}" if plan.declined_reason else words
