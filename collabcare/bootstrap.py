"""The composition root: the one place that wires clock, record, services and screens together.

Nothing slow is imported at the top, so that ``collabcare --help`` and the first paint of the sign-in window
do not wait for a database library.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from datetime import datetime, time
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING

from collabcare.clock import SteadyClock, SystemClock
from collabcare.domain.counting import uncounted
from collabcare.domain.errors import CollabCareError
from collabcare.paths import resources_dir, settings_file, user_data_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from collabcare.clock import Clock
    from collabcare.demo.build import DemoRecord
    from collabcare.domain.counting import Counting
    from collabcare.services.desk import Desk
    from collabcare.settings import Settings
    from collabcare.store.access import Unlocked
    from collabcare.ui.doors import Doors
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.opening import FirstRecord, Glance, SignedIn
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.first_run_view import FirstRunView
    from collabcare.ui.views.help_view import HelpView
    from collabcare.ui.views.recovery_view import RecoveryView
    from collabcare.ui.views.welcome_view import WelcomeView

_MORNING = time(9, 30)
_LOADING = Lock()


def clock_for(today: date | None) -> Clock:
    """Return the computer's clock, or one that stands at half past nine on a chosen day."""
    if today is None:
        return SystemClock()
    from collabcare.domain.calendar import LONDON

    return SteadyClock(datetime.combine(today, _MORNING, LONDON))


@contextmanager
def signed_in(path: Path, login: str, password: str, clock: Clock) -> Iterator[Desk]:
    """Open a record, sign in to it, and close it again at the end.

    Raises:
        EnvironmentProblem: Of the kind that says why the record does not open.
        NotAllowed: When the account is no longer in use.
    """
    from collabcare.services.sign_in import sign_in
    from collabcare.store.record import open_record

    with open_record(path, login, password) as record:
        yield sign_in(record, clock, resources_dir())


def run_desktop(
    *,
    record: Path | None = None,
    login: str = "",
    hint: str = "",
    today: date | None = None,
    settings_path: Path | None = None,
) -> int:
    """Open the desktop and return its exit code; the demo keeps settings of its own."""
    gc.disable()  # nothing that is only being imported is garbage, and the screens look for it themselves
    from collabcare.settings import Settings
    from collabcare.ui.app import run

    settings = Settings.load(settings_path or settings_file())
    return run(desktop_doors(clock_for(today)), settings, record=record, login=login, hint=hint)


def run_tour(
    built: DemoRecord, folder: Path, *, today: date | None, theme: str, scale: float
) -> tuple[Path, ...]:
    """Take the tour of a demo record and return the pictures and PDFs it left in ``folder``."""
    from collabcare.settings import Settings
    from collabcare.ui.tour.guide import Ticket, take_tour

    first = built.sign_ins[0]
    settings = Settings(path=folder / "settings.toml", theme=theme, text_scale=scale)
    ticket = Ticket(record=built.path, login=first.login, password=first.password)
    return take_tour(desktop_doors(clock_for(today)), settings, folder, ticket)


def desktop_doors(clock: Clock) -> Doors:
    """Return the ways in for the sign-in window and the first-run assistant."""
    from collabcare.ui.doors import Doors

    return Doors(
        warm_up=_warm_up,
        glance=_glance,
        sign_in=lambda path, login, password, counting: _opened(
            lambda: _unlock(path, login, password), clock, counting
        ),
        recover=lambda path, words, login, password, counting: _opened(
            lambda: _recover(path, words, login, password), clock, counting
        ),
        new_recovery_words=_new_recovery_words,
        recovery_sheet=lambda form: _recovery_sheet(form, clock),
        check_folder=_check_folder,
        doubt_folder=_doubt_folder,
        create=lambda form, counting: _create(form, clock, counting),
        main_window=_main_window,
        prompts=_prompts,
        welcome=_welcome,
        first_run=_first_run,
        recovery=_recovery,
        help=_help,
    )


def _warm_up() -> None:
    """Import what signing in and the first page need of the data stack, away from the screen's thread."""
    _load_record()
    from pkgutil import iter_modules

    import collabcare.queries
    import collabcare.services

    for package in (collabcare.queries, collabcare.services):
        for each in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(each.name)


def _load_record() -> None:
    """Import what opening a record needs, and no screen: those are loaded on their own thread only.

    One thread at a time: two that import the same circle of modules from different ends can each be handed
    one that is half made.
    """
    with _LOADING:
        import collabcare.services.sign_in
        import collabcare.store.record  # noqa: F401 - imported for its effect: the next import is instant
        from collabcare.log import keep_log

        keep_log(settings_file().parent)


def _glance(path: Path) -> Glance:
    from collabcare.store.keyfile import read_key_file
    from collabcare.ui.opening import Glance

    try:
        return Glance(is_demo=read_key_file(path).identity.is_demo)
    except CollabCareError as error:
        return Glance(problem=str(error))


def _unlock(path: Path, login: str, password: str) -> Unlocked:
    from collabcare.store.access import unlock

    return unlock(path, login, password)


def _recover(path: Path, words: str, login: str, new_password: str) -> Unlocked:
    from collabcare.store.access import recover

    return recover(path, words, login, new_password)


def _opened(unlock: Callable[[], Unlocked], clock: Clock, counting: Counting) -> SignedIn:
    unlocked = unlock()
    _load_record()
    from collabcare.services.sign_in import sign_in
    from collabcare.store.record import open_unlocked
    from collabcare.ui.opening import SignedIn

    record = open_unlocked(unlocked, counting=counting)
    try:
        return SignedIn(desk=sign_in(record, clock, resources_dir()), close=record.close)
    except BaseException:
        record.close()
        raise


def _new_recovery_words() -> tuple[str, ...]:
    from collabcare.store.recovery_words import new_recovery_words

    return new_recovery_words()


def _recovery_sheet(form: FirstRecord, clock: Clock) -> bytes:
    from collabcare.documents.recovery_key import RecoveryKeyPage, recovery_key_pdf
    from collabcare.domain.calendar import london_date

    page = RecoveryKeyPage(
        service=form.service_name, made_on=london_date(clock.now()), record_name=form.path.name
    )
    return recovery_key_pdf(form.recovery_words, page)


def _check_folder(folder: Path) -> str:
    """Return why a record cannot be kept in a folder, or an empty text when it can.

    Our own data folder may not exist yet: then what counts is the folder it will be made in.
    """
    from collabcare.store.files import folder_problem

    if folder == user_data_dir():
        folder = next(each for each in (folder, *folder.parents) if each.is_dir())
    return folder_problem(folder)


def _doubt_folder(folder: Path) -> str:
    """Return what speaks against keeping a record in a folder, or an empty text."""
    from collabcare.store.shared_folders import folder_doubt

    return folder_doubt(folder)


def _create(form: FirstRecord, clock: Clock, counting: Counting) -> SignedIn:
    from collabcare.catalogue.pathways import DEFAULT_PATHWAY
    from collabcare.services.patients import NewGpPractice, add_gp_practice
    from collabcare.store.files import make_folder
    from collabcare.store.record import FirstUser, NewRecord, NewSite, create_record

    new = NewRecord(
        site=NewSite(
            name=form.service_name,
            address=form.service_address,
            postcode=form.service_postcode or None,
            telephone=form.service_telephone or None,
            pathway_id=DEFAULT_PATHWAY,
        ),
        user=FirstUser(
            login=form.login,
            password=form.password,
            name=form.user_name,
            role=form.role,
            job_title=form.job_title or None,
        ),
        recovery_words=form.recovery_words,
    )
    if form.path.parent == user_data_dir():
        make_folder(form.path.parent)
    created = create_record(form.path, new, clock.now(), counting=counting)
    signed = _opened(lambda: created.unlocked, clock, uncounted)
    if form.gp_practice.name:
        add_gp_practice(NewGpPractice.of(form.gp_practice), signed.desk.uow)
    return signed


def _prompts() -> Prompts:
    from collabcare.ui.qt_prompts import QtPrompts

    return QtPrompts()


def _welcome() -> WelcomeView:
    from collabcare.ui.views.welcome_view import WelcomeView

    return WelcomeView()


def _first_run(doors: Doors, tasks: Tasks, prompts: Prompts) -> FirstRunView:
    from collabcare.ui.views.first_run_view import FirstRunView

    return FirstRunView(doors, tasks, prompts)


def _recovery(doors: Doors, tasks: Tasks) -> RecoveryView:
    from collabcare.ui.views.recovery_view import RecoveryView

    return RecoveryView(doors, tasks)


def _help(tasks: Tasks) -> HelpView:
    from collabcare.ui.views.help_view import HelpView

    return HelpView(tasks)


def _main_window(desk: Desk, tasks: Tasks, prompts: Prompts, settings: Settings) -> MainWindow:
    from collabcare.ui.main_window import MainWindow

    return MainWindow(desk, tasks, prompts, settings)
