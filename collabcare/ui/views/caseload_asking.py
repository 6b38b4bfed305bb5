"""What is asked of the caseload: whose patients, which of them, the words searched for; and the counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from collabcare.domain.caseload_filters import CaseloadFilter, Whose, belonging_to
from collabcare.domain.caseload_layout import Asked
from collabcare.domain.caseload_words import asked_words, shown_sentence
from collabcare.domain.ids import UserId
from collabcare.ui.views.caseload_among import Among
from collabcare.ui.views.caseload_offered import colleagues_offered, practices_offered
from collabcare.ui.widgets.view_bar import ViewOption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_layout import OwnView
    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.models.rows import RowModel
    from collabcare.ui.views.caseload_head import CaseloadHead
    from collabcare.ui.views.caseload_keeping import Keeping


@dataclass(frozen=True, slots=True)
class OwnName:
    """The value of the chip of a view the user keeps."""

    name: str


class Asking(QObject):
    """Reads the controls above the list, and tells the model which rows to show.

    Signals:
        applied: Other rows may be on show now.
        view_chosen: The view of their own the user chose, or None for a ready-made one.
    """

    applied = Signal()
    view_chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        caseload: OpenCaseload,
        keeping: Keeping,
        head: CaseloadHead,
        model: RowModel[CaseloadRow],
    ) -> None:
        super().__init__(head)
        self._me = desk.acting.user_id
        self._policy = desk.rulebook.caseload
        self._caseload, self._keeping, self._head, self._model = caseload, keeping, head, model
        self._among = Among(model, self._me)
        self._nearly = False
        self._chose = False
        self.offer_views()
        head.whose.chosen.connect(self._on_whose)
        head.filters.chosen.connect(self._on_filter)
        head.practice.chosen.connect(self._on_narrowed)
        head.search.textChanged.connect(self._on_narrowed)

    @property
    def asked(self) -> Asked:
        """What is asked now."""
        whose = self._head.whose.value()
        colleague = None if isinstance(whose, Whose) else UserId(int(str(whose)))
        own = self.own
        chosen = own.asked.filter if own else CaseloadFilter(str(self._head.filters.value()))
        return Asked(
            whose=whose if isinstance(whose, Whose) else Whose.COLLEAGUES,
            colleague=colleague,
            filter=chosen,
            search=self._head.search.text(),
            practice=str(self._head.practice.value()),
        )

    @property
    def own(self) -> OwnView | None:
        """The view of the user's own that is on, if one is."""
        value = self._head.filters.value()
        if not isinstance(value, OwnName):
            return None
        return next((view for view in self._keeping.views if view.name == value.name), None)

    @property
    def can_clear(self) -> bool:
        """Whether anything narrows the list beside whose patients are looked at."""
        asked = self.asked
        narrow = asked.search.strip() or asked.practice
        return asked.filter is not CaseloadFilter.ALL or bool(narrow)

    def words(self) -> str:
        """Return what is asked in words; nothing when everybody is shown."""
        asked = self.asked
        colleague = self._keeping.names.get(asked.colleague or 0, "a colleague")
        return asked_words(asked, self._policy, colleague, nearly=self._nearly)

    def sentence(self) -> str:
        """Return how many of how many are shown, and why not all; print and export say the same."""
        return shown_sentence(len(self._model.shown), self.total, self.words())

    @property
    def total(self) -> int:
        """How many there are to show: everybody in care, and of the others those who are shown."""
        return self._among.total(self._model.shown)

    def show_rows(self) -> None:
        """Count and show the rows as they were last read."""
        rows = self._caseload.rows
        self._among.use(self._caseload.listed)
        self._offer_others()
        if not self._chose:
            mine = belonging_to(rows, Whose.MINE, self._me)
            self._head.whose.set_value(Whose.MINE if mine else Whose.EVERYONES)
            self._chose = bool(rows)
        self.apply()

    def offer_views(self) -> None:
        """Offer the ready-made views and the user's own as they stand."""
        own = tuple(
            ViewOption(OwnName(view.name), view.name, f"My own view: {self._told(view)}.", apart=True)
            for view in self._keeping.views
        )
        self._head.set_views(own, self._policy.no_contact_days)
        self._offer_others()

    def apply(self) -> None:
        """Show what is asked, and count what each chip would show with what is asked beside it."""
        asked, known = self.asked, self._caseload.known
        self._nearly = self._among.is_near(asked.search)
        searched, those = self._among.found(asked.search), self._among.of(asked.filter)
        whose = self._among.held(asked.whose, asked.colleague)
        found = searched & self._among.practice(asked.practice)
        kept = whose & those & found
        self._model.show_only(lambda each: each.facts.episode_id in kept)
        held, options = self._among.held_by, self._head.whose.options
        whose_counts = {each.value: len(held(each.value) & those & found) for each in options}
        counts: dict[object, int] = {
            **{each: self._among.count_of(each, asked, found) for each in CaseloadFilter},
            **{OwnName(view.name): self._among.count(view.asked) for view in self._keeping.views},
        }
        each_practice: dict[object, int] = {
            each.value: len(whose & those & searched & self._among.practice(str(each.value)))
            for each in self._head.practice.options
        }
        self._head.practice.set_counts(_said(each_practice, known=known))
        self._head.whose.set_counts(_said(whose_counts, known=known))
        self._head.filters.set_counts(_said(counts, known=known))
        self.applied.emit()

    def show_filter(self, chosen: CaseloadFilter) -> None:
        """Show one of the ready-made views over everyone."""
        self._chose = True
        self._head.whose.set_value(Whose.EVERYONES)
        self._head.search.clear()
        self._head.practice.set_value("")
        self._head.filters.set_value(chosen)
        self._on_filter(chosen)

    def clear(self) -> None:
        """Show every one of whose patients are looked at."""
        self._head.search.blockSignals(True)
        self._head.search.clear()
        self._head.search.blockSignals(False)
        self._head.practice.set_value("")
        self._head.filters.set_value(CaseloadFilter.ALL)
        self._on_filter(CaseloadFilter.ALL)

    def show_everybody(self) -> None:
        """Show everybody again, whoever holds them."""
        self.show_filter(CaseloadFilter.ALL)

    def choose(self, name: str) -> None:
        """Turn a view of the user's own on."""
        self._head.filters.set_value(OwnName(name))
        self._on_filter(OwnName(name))

    def ask(self, asked: Asked, own: str = "") -> None:
        """Ask this, by a view of the user's own where it is named."""
        self._chose = True
        self._put(asked)
        self._head.filters.set_value(OwnName(own) if own else asked.filter)
        self.apply()

    def _put(self, asked: Asked) -> None:
        """Show whose patients are asked for, of which practice, and the words searched for."""
        self._head.whose.set_value(asked.colleague or asked.whose)
        self._head.practice.set_value(asked.practice)
        self._head.search.blockSignals(True)
        self._head.search.setText(asked.search)
        self._head.search.blockSignals(False)

    def _offer_others(self) -> None:
        """Offer the colleagues and the practices there are, and those a view of the user's own is about."""
        rows, views = self._caseload.rows, self._keeping.views
        self._head.set_colleagues(colleagues_offered(rows, views, self._keeping.names, self._me))
        self._head.set_practices(practices_offered(rows, views))

    def _told(self, view: OwnView) -> str:
        colleague = self._keeping.names.get(view.asked.colleague or 0, "a colleague")
        return asked_words(view.asked, self._policy, colleague) or "everyone"

    def _leave_own(self) -> None:
        """Go on from a view of the user's own: what was changed is asked from now on, and the view stays."""
        if (own := self.own) is not None:
            self._head.filters.set_value(own.asked.filter)

    def _on_whose(self, _value: object) -> None:
        self._chose = True
        self._leave_own()
        self.apply()

    def _on_filter(self, _value: object) -> None:
        self._chose = True
        own = self.own
        if own is not None:
            self._put(own.asked)
        elif self.asked.filter is CaseloadFilter.DIED:
            self._head.whose.set_value(Whose.EVERYONES)
        self.view_chosen.emit(own)
        self.apply()

    def _on_narrowed(self, _value: object) -> None:
        self._leave_own()
        self.apply()


def _said(counts: Mapping[object, int], *, known: bool) -> dict[object, int | None]:
    """Return the counts as they are shown: none while nothing has been read, which is not nobody."""
    return {value: count if known else None for value, count in counts.items()}
