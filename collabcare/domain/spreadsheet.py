"""Text on its way into a spreadsheet, which would run what looks like a formula."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH COMMERCIAL AT}")


def harmless(text: str) -> str:
    """Return text that a spreadsheet shows and does not run (OWASP, CSV injection).

    An apostrophe in front makes it text, also where blanks stand before the sign.
    """
    return f"'{text}" if text.lstrip(" \n\N{NO-BREAK SPACE}").startswith(FORMULA_STARTS) else text
