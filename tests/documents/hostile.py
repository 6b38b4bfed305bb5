"""Texts that have broken somebody's letters: markup, templates, code, scripts, names, marks and blanks."""

from __future__ import annotations

# ruff: noqa: RUF001 - letters that look like others are the point
import itertools
import unicodedata

_MARKUP = (
    *("<none>", "<!-- -->", "<!-- hidden -->", "<b>bold</b>", "</para>", "<para>", "<br/>", "<br>", "< >"),
    *("a < b", "a > b", "<<", ">>", "<a href='x'>y</a>", "<img src=x onerror=alert(1)/>", "<font size=99>"),
    *("&", "&amp;", "&lt;b&gt;", "&#65;", "&nbsp;", "a & b", "]]>", "<![CDATA[x]]>", "<?xml version='1.0'?>"),
    *("<seq/>", "<super>2</super>", "<i><b></i></b>", "<bullet>x</bullet>", '"quoted"', "'single'"),
)
_TEMPLATES = (
    *("{}", "{0}", "{0.__class__}", "{patient.name}", "{{patient.name}}", "{self}", "{patient.name!r}"),
    *(
        "%s",
        "%(name)s",
        "%d%%",
        "${HOME}",
        "$(rm -rf)",
        "{{ 7*7 }}",
        "{% raw %}",
        "#{x}",
        "`x`",
        "\\1",
        "\\n",
    ),
    *(
        "\\x41",
        "\\u0041",
        "\\",
        "\\\\server\\share",
        "/Type /Page",
        "(a) Tj",
        ")(",
        "endstream",
        "%%EOF",
        "BT ET",
    ),
    *("'; drop table patient; --", "=cmd|' /C calc'!A0", "+1", "-1", "@x", "|", "~", "^", "_under_score_"),
)
_NAMES = (
    *("Łukasz", "Nguyễn Thị Lan", "Siobhán Ó Briain", "Zoë", "Renée", "Þórr", "Æthelred", "Øyvind", "Ðuro"),
    *(
        "Šárka Čermáková",
        "Žižek",
        "İbrahim Işık",
        "Ğ",
        "Ţepeş",
        "Ștefan",
        "Ħamrun",
        "Ŵyn",
        "Ŷ",
        "ß",
        "ẞ",
    ),
    *("Ελένη Παπαδοπούλου", "Мария Иванова", "Юлія Ґ", "Ђорђе", "O’Brien", "D'Arcy", "Smith-Jones", "ʻOkina"),
    *(
        "Adébáyọ̀",
        "Chukwuemeka Ọ́",
        "Nwáòzọ́",
        "Tāmati",
        "Māori",
        "Hawaiʻi",
        "Kreuzberg",
        "Ŋ",
        "Ɓ",
        "Hồ Xuân Hương",
        "Ōta",
        "ɗ",
        "ƙ",
    ),
)
_MARKS = (
    *("“q” ‘s’", "– — ‑ ‒", "…", "•", "·", "© ® ™", "£ € ¥ ¢", "½ ¼ ¾", "1² 2³", "°C", "µg", "± × ÷", "§ ¶"),
    *("≥ 10", "≤ 27", "5 − 3", "≈ 4", "≠", "a\N{NO-BREAK SPACE}b", "thin\N{THIN SPACE}space", "tab\there"),
    *("line\nbreak", "carriage\r\nreturn", "a\x00b", "a\x07b", "a\x1bb", "zero\N{ZERO WIDTH SPACE}width"),
    *("soft\N{SOFT HYPHEN}hyphen", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "\N{BYTE ORDER MARK}start", "a\x0bb"),
    *(
        "e\N{COMBINING ACUTE ACCENT}",
        "o\N{COMBINING HORN}\N{COMBINING DOT BELOW}",
        "a\N{COMBINING RING ABOVE}",
    ),
    *(
        "!",
        "?",
        "??!!",
        "...",
        ",,,",
        ";;",
        ":",
        "()",
        "[]",
        "*",
        "**bold**",
        "# heading",
        "- dash",
        "1. one",
    ),
    *(
        "x" * 400,
        "W" * 120,
        "i" * 500,
        "-" * 200,
        "self-" * 60,
        "a/b/c/" * 50,
        "http://example.org/" + "y" * 150,
    ),
)
_PAIRS = tuple(f"{left}{right}" for left, right in itertools.product("<&{%\\“", ">;}s”ł"))

PAYLOADS = (*_MARKUP, *_TEMPLATES, *_NAMES, *_MARKS, *_PAIRS)

_BLOCKS = (range(0x20, 0x250), range(0x370, 0x3E2), range(0x400, 0x530), range(0x1E00, 0x1F00))


def typeable() -> str:
    """Return the characters of the European alphabets that the typeface has."""
    letters = (chr(code) for block in _BLOCKS for code in block)
    return "".join(c for c in letters if unicodedata.category(c)[0] in "LNPSZ")
