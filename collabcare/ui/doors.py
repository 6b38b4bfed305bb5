"""The ways in: what the screens need before anybody has signed in, handed to them from outside ``ui``.

Nothing here imports a database: the sign-in window is painted before that is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.domain.counting import Counting
    from collabcare.services.desk import Desk
    from collabcare.settings import Settings
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.opening import FirstRecord, Glance, SignedIn
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.first_run_view import FirstRunView
    from collabcare.ui.views.help_view import HelpView
    from collabcare.ui.views.recovery_view import RecoveryView
    from collabcare.ui.views.welcome_view import WelcomeView


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Everything the sign-in window and the assistant can ask for.

    Those that open a record, ``sign_in``, ``recover`` and ``create``, take a while and are called away from
    the screen's thread. They tell how far they are, may be stopped by whoever is told, and raise a
    :class:`~collabcare.domain.errors.CollabCareError` with the sentence to show. ``warm_up`` loads the data
    stack behind the window that is already painted. None of these, called away from the screen's thread, may
    import a module of the screens: a class of Qt is only ever made on the thread that draws. The last six
    make what is loaded only when it is shown.
    """

    warm_up: Callable[[], None]
    glance: Callable[[Path], Glance]
    sign_in: Callable[[Path, str, str, Counting], SignedIn]
    recover: Callable[[Path, str, str, str, Counting], SignedIn]
    new_recovery_words: Callable[[], tuple[str, ...]]
    recovery_sheet: Callable[[FirstRecord], bytes]
    check_folder: Callable[[Path], str]
    doubt_folder: Callable[[Path], str]
    create: Callable[[FirstRecord, Counting], SignedIn]
    main_window: Callable[[Desk, Tasks, Prompts, Settings], MainWindow]
    prompts: Callable[[], Prompts]
    welcome: Callable[[], WelcomeView]
    first_run: Callable[[Doors, Tasks, Prompts], FirstRunView]
    recovery: Callable[[Doors, Tasks], RecoveryView]
    help: Callable[[Tasks], HelpView]
