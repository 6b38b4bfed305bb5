"""The tour's first part: the welcome, the first-run assistant, and signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.ui.shell import Shell
    from collabcare.ui.tour.album import Album
    from collabcare.ui.views.first_run_view import FirstRunView

_MADE_UP = "a made-up password 2026"


def first_run(shell: Shell, album: Album) -> None:
    """Go through the assistant as far as its last step, make nothing, and cancel."""
    window = shell.sign_in_window
    window.offer(None)
    window.show()
    album.take(window, "welcome")
    window.make_new()
    assistant = window.first_run
    if assistant is None:
        return
    _service(assistant)
    album.take(window, "first-run-service")
    assistant.go_on()
    _you(assistant)
    album.take(window, "first-run-you")
    assistant.go_on()
    places = assistant.key.asked_places()
    assistant.key.first.setText(assistant.key.words[places[0]])
    assistant.key.second.setText(assistant.key.words[places[1]])
    album.take(window, "first-run-recovery-key")
    assistant.go_on()
    album.wait(lambda: shell.tasks.settled, "the folder to be looked at")
    album.take(window, "first-run-place")
    assistant.cancel.click()


def sign_in(shell: Shell, album: Album, record: Path, login: str, password: str) -> None:
    """Show a wrong password refused, then sign in."""
    window = shell.sign_in_window
    window.offer(record, login, f"Demo password: {password}")
    album.wait(lambda: shell.tasks.settled, "the record to be looked at")
    album.take(window, "sign-in")
    window.card.password.setText(f"{password} mistyped")
    window.card.try_to_sign_in()
    album.wait(lambda: shell.tasks.settled, "the wrong password to be refused")
    album.take(window, "sign-in-refused")
    window.recover()
    album.take(window, "recovery-key")
    window.offer(record, login)
    window.card.password.setText(password)
    window.card.try_to_sign_in()
    album.wait(lambda: shell.main_window is not None and shell.tasks.settled, "the record to open")


def _service(assistant: FirstRunView) -> None:
    step = assistant.service
    step.name.setText("Elm Tree Primary Care Network")
    step.address.setPlainText("1 Elm Street\nAnytown")
    step.postcode.setText("ZZ1 1AA")
    step.telephone.setText("01632 960123")
    step.practice.setText("Elm Tree Surgery")


def _you(assistant: FirstRunView) -> None:
    step = assistant.you
    step.name.setText("Jo Smith")
    step.job_title.setText("Mental health practitioner")
    step.login.setText("jo")
    step.password.setText(_MADE_UP)
    step.again.setText(_MADE_UP)
