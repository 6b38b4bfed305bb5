"""Tool tips that show text from the record as typed.

Qt guesses whether a tool tip is HTML and has no switch for it; a name with ``<b>`` in it would be drawn bold.
"""

from __future__ import annotations

_LETTER_BY_LETTER = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})


def plain_tip(text: str) -> str:
    """Return ``text`` so that a tool tip shows it letter by letter."""
    return f"<span>{text.translate(_LETTER_BY_LETTER)}</span>" if "<" in text or "&" in text else text
