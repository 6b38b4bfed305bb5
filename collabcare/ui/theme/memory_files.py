"""Files that exist in memory only, under Qt's ``:/`` paths, so that a style sheet can name a tinted icon.

Qt style sheets take pictures by file name alone. Writing tinted copies to a temporary folder at each start
would cost time and leave litter; Qt's own resource system reads them from memory instead. The byte layout is
that of Qt's resource compiler (rcc), format 1: a tree of fixed-size nodes, the names, the contents.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PySide6.QtCore import qRegisterResourceData

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMAT = 1
_FOLDER = 0x02
_published: list[tuple[bytes, bytes, bytes]] = []  # Qt reads these in place for as long as it lives


def publish(folder: str, files: Mapping[str, bytes]) -> None:
    """Make ``files`` readable as ``:/folder/name`` until the process ends."""
    ordered = sorted(files, key=_hash)  # Qt finds a name by binary search over its hash
    names = b""
    offsets: dict[str, int] = {}
    for name in (folder, *ordered):
        offsets[name] = len(names)
        names += struct.pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")
    tree = struct.pack(">IHII", 0, _FOLDER, 1, 1)
    tree += struct.pack(">IHII", offsets[folder], _FOLDER, len(ordered), 2)
    contents = b""
    for name in ordered:
        tree += struct.pack(">IHHHI", offsets[name], 0, 0, 1, len(contents))
        contents += struct.pack(">I", len(files[name])) + files[name]
    _published.append((tree, names, contents))
    qRegisterResourceData(_FORMAT, tree, names, contents)


def _hash(name: str) -> int:
    value = 0
    for letter in name:
        value = (value << 4) + ord(letter)
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value
