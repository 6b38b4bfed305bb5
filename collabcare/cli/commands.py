"""What each command does, by way of the same services and queries as the screens."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from collabcare import bootstrap
from collabcare.cli import lists
from collabcare.domain.errors import EnvironmentProblem, RuleViolation
from collabcare.domain.ids import LetterId
from collabcare.domain.nhs_number import parse_nhs_number
from collabcare.store.files import create_private, refused

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from collabcare.services.desk import Desk

_LONGEST_PASSWORD_FILE = 4096


def caseload(args: Namespace) -> None:
    """Print every open patient."""
    from collabcare.queries.caseload import caseload as read_caseload

    with desk_of(args) as desk:
        with desk.reading() as session:
            rows = read_caseload(session, desk.rulebook, desk.today)
        pathway = desk.rulebook.pathway
        if args.format == "table":
            say(lists.caseload_table(rows, desk.rulebook))
        else:
            records = [lists.caseload_record(row, pathway) for row in rows]
            say_records(records, lists.caseload_keys(pathway), args.format)


def worklist(args: Namespace) -> None:
    """Print who needs something today."""
    from collabcare.queries.caseload import caseload as read_caseload
    from collabcare.queries.ended import owed_a_summary
    from collabcare.queries.support import colleagues
    from collabcare.queries.worklist import without_others_signatures
    from collabcare.queries.worklist import worklist as read_worklist

    with desk_of(args) as desk:
        with desk.reading() as session:
            rows = read_caseload(session, desk.rulebook, desk.today)
            ended = owed_a_summary(session, desk.rulebook, desk.today)
            who = colleagues(session)
        everything = read_worklist((*rows, *ended), until=desk.today)
        sections = without_others_signatures(everything, desk.acting.user_id, who)
        if args.format == "table":
            say(lists.worklist_table(sections))
        else:
            say_records(lists.worklist_records(sections), lists.WORKLIST_KEYS, args.format)


def letter(args: Namespace) -> None:
    """Issue a letter about a patient and save its page."""
    from collabcare.queries.facts import facts_by_nhs_number
    from collabcare.services.letters import IssueLetter, issue_letter, letter_pdf

    nhs_number = parse_nhs_number(args.patient)
    with desk_of(args) as desk:
        if args.kind not in desk.letter_kinds:
            known = ", ".join(sorted(desk.letter_kinds))
            raise RuleViolation(f"There is no letter '{args.kind}'. There are: {known}.")
        with desk.reading() as session:
            facts = facts_by_nhs_number(session, nhs_number)
        if facts is None:
            raise RuleViolation("No patient with this NHS number is in the record.")
        with _new_file(args.to) as page:
            changes = issue_letter(IssueLetter(episode_id=facts.episode_id, kind=args.kind), desk)
            with desk.reading() as session:
                page.write(letter_pdf(session, LetterId(changes.made or 0)))
    say(f"Issued and saved as {args.to}")


def desk_of(args: Namespace) -> AbstractContextManager[Desk]:
    """Sign in with what was typed, as of the day that was."""
    return bootstrap.signed_in(
        args.record, args.user, _password(args.password_file), bootstrap.clock_for(args.today)
    )


def _password(file: Path) -> str:
    try:
        if file.stat().st_size > _LONGEST_PASSWORD_FILE:
            raise EnvironmentProblem(f"{file.name} is too large for a password file.")
        return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentProblem(f"The password file {file} cannot be read.") from error


@contextmanager
def _new_file(file: Path) -> Iterator[BinaryIO]:
    """Make a file that only its owner may read, before the letter is issued, and take it back if it is not.

    Raises:
        EnvironmentProblem: When it is there already or cannot be written; no letter was issued then.
    """
    try:
        create_private(file)
    except FileExistsError as error:
        raise EnvironmentProblem(
            f"{file.name} is there already and is not replaced. Choose another name."
        ) from error
    except OSError as error:
        raise refused(error, f"write {file}", "No letter was issued.") from error
    try:
        with file.open("r+b") as out:
            yield out
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def say_records(records: list[lists.Record], keys: tuple[str, ...], form: str) -> None:
    """Print records as JSON or CSV."""
    if form == "json":
        say(lists.as_json(records))
    else:
        sys.stdout.write(lists.as_csv(records, keys))


def say(text: str) -> None:
    """Print a text and end the line."""
    sys.stdout.write(f"{text}\n")
