"""What a new password must be, in the words shown while it is typed.

Length is what makes a password strong (NCSC, three random words): there are no rules about capitals or
signs, which people answer with patterns everybody knows.
"""

from __future__ import annotations

from collabcare.domain.errors import RuleViolation

SHORTEST_PASSWORD = 12
_STRONG = 16
_FEWEST_DIFFERENT = 5


def password_problem(password: str) -> str:
    """Return why ``password`` may not be chosen, or nothing."""
    missing = SHORTEST_PASSWORD - len(password)
    if missing > 0:
        return f"Use at least {SHORTEST_PASSWORD} characters: {missing} more to go."
    if len(set(password.casefold())) < _FEWEST_DIFFERENT:
        return "That repeats the same few characters. Use several different words."
    return ""


def password_hint(password: str) -> str:
    """Return what to say beside a password while it is being typed."""
    if not password:
        return (
            f"At least {SHORTEST_PASSWORD} characters. Three or four unrelated words are strong and easy to "
            "remember."
        )
    if problem := password_problem(password):
        return problem
    return "Strong." if len(password) >= _STRONG else "Long enough. Longer is stronger."


def refuse_weak(password: str) -> None:
    """Refuse a password that is too easy to guess.

    Raises:
        RuleViolation: With what to do about it.
    """
    if problem := password_problem(password):
        raise RuleViolation(problem)
