"""The style sheet: ``resources/theme/style.qss`` with colours, lengths and tinted icons filled in.

In the file ``${accent}`` is a colour token, ``${px:8}`` a length at the text scale, ``${radius:14}`` the same
of a corner, ``${font:body}`` a size of type, ``${border}`` the width of a border and
``${image:check:on_accent}`` an icon in a token's colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from string import Template

from collabcare.paths import resources_dir
from collabcare.ui.theme.icons import tinted_svg
from collabcare.ui.theme.memory_files import publish
from collabcare.ui.theme.tokens import TextSize, Theme, Token

_serial = count(1)
_made: dict[tuple[object, ...], str] = {}


class _Sheet(Template):
    idpattern = r"[a-z][a-z0-9_:.\-]*"


class _Values(Mapping[str, str]):
    """Answers every placeholder from one theme, and collects the images asked for."""

    def __init__(self, theme: Theme, folder: str) -> None:
        self._theme, self.folder = theme, folder
        self.images: dict[str, bytes] = {}

    def __getitem__(self, placeholder: str) -> str:
        kind, _, rest = placeholder.partition(":")
        if kind == "px":
            return f"{self._theme.px(float(rest))}px"
        if kind == "radius":
            # Rounded down: a corner larger than half of what it is on is drawn square.
            return f"{int(float(rest) * self._theme.scale)}px"
        if kind == "font":
            return f"{self._theme.font_px(TextSize(rest))}px"
        if kind == "border":
            # Qt draws whole pixels here: 1.5 would be drawn as 2, which looks like a box around everything.
            return f"{int(self._theme.hairline)}px"
        if kind == "image":
            return self._image(*rest.split(":"))
        return self._theme.colours[Token(kind)]

    def _image(self, name: str, token: str) -> str:
        file = f"{name}-{token}.svg"
        self.images[file] = tinted_svg(name, self._theme.colours[Token(token)])
        return f"url(:/{self.folder}/{file})"

    def __iter__(self) -> Iterator[str]:
        return iter(Token)

    def __len__(self) -> int:
        return len(Token)


@cache
def _template() -> _Sheet:
    return _Sheet((resources_dir() / "theme" / "style.qss").read_text(encoding="utf-8"))


def style_sheet(theme: Theme) -> str:
    """Return a theme's style sheet, its icons published where it points: the same for the same."""
    key = theme.name, theme.scale, theme.sizes, tuple(theme.colours.items())
    if key not in _made:
        # A folder of its own: Qt keeps pictures by name and would show another theme's.
        values = _Values(theme, f"collabcare-theme-{next(_serial)}")
        _made[key] = _template().substitute(values)
        publish(values.folder, values.images)
    return _made[key]
