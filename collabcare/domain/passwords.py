"""What a new password must be, in the words shown while it is typed.

Length is what makes a password strong (NCSC, three random words): there are no rules about capitals or
signs, which people answer with patterns everybody knows.
"""

from __future__ import annotations

from collabcare.domain.errors import RuleViolation

SHORTEST_PASSWORD = 12
_STRONG = 16
_FEWEST_DIFFERENT = 5
_FEWEST_OF_ITS_OWN = 6
_COMMON = (
    *("password", "passw0rd", "passphrase", "letmein", "welcome", "changeme", "iloveyou", "trustno1"),
    *("qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "abcdef", "abc123"),
    *("01234567890", "1234567890", "123456789", "12345678", "123456", "12345", "1234", "123"),
    *("9876543210", "987654321", "654321", "54321"),
    *("administrator", "admin", "login", "secret", "collabcare", "football", "sunshine", "monkey", "dragon"),
)


def password_problem(password: str) -> str:
    """Return why ``password`` may not be chosen, or nothing."""
    missing = SHORTEST_PASSWORD - len(password)
    if missing > 0:
        return f"Use at least {SHORTEST_PASSWORD} characters: {missing} more to go."
    if len(set(password.casefold())) < _FEWEST_DIFFERENT:
        return "That repeats the same few characters. Use several different words."
    if _is_easily_guessed(password):
        return (
            "That is easily guessed: one word repeated, or words everybody uses. "
            "Use three or four unrelated words."
        )
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


def _is_easily_guessed(password: str) -> bool:
    """Return whether little is left without what is tried first, or the same text comes again and again."""
    plain = "".join(sign for sign in password.casefold() if sign.isalnum())
    letters = "".join(sign for sign in plain if sign.isalpha())
    if _comes_again(plain) or (_comes_again(letters) and len(plain) - len(letters) < _FEWEST_OF_ITS_OWN):
        return True
    for common in _COMMON:
        plain = plain.replace(common, "")
    return len(plain) < _FEWEST_OF_ITS_OWN


def _comes_again(text: str) -> bool:
    """Return whether a text is a shorter one written twice or more."""
    return bool(text) and text in (text + text)[1:-1]


def refuse_weak(password: str) -> None:
    """Refuse a password that is too easy to guess.

    Raises:
        RuleViolation: With what to do about it.
    """
    if problem := password_problem(password):
        raise RuleViolation(problem)
