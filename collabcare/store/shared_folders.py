"""Telling that a folder is shared or synchronised, where two computers could write to one record at once.

Standard library only: the first-run assistant uses it before the data stack is loaded.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path, PurePath

_SYNCHRONISED = (
    *("onedrive", "dropbox", "google drive", "googledrive"),
    *("icloud", "nextcloud", "owncloud", "box sync"),
)
_NETWORK_FILE_SYSTEMS = frozenset(
    {"afs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
_MOUNTS = Path("/proc/self/mounts")
_REMOTE_DRIVE = 4
_KEEP = "Keep it on this computer's own disk, or make sure that only this computer ever opens it."


def folder_doubt(folder: Path) -> str:
    """Return what speaks against keeping a record in a folder that can be written, or an empty text.

    It warns and never refuses: some sites have nothing else, and then only one computer may use it.
    """
    if _is_synchronised(folder):
        return (
            "This folder is copied to other computers as you work, and two copies of a record cannot be put "
            f"together again. {_KEEP}"
        )
    if _is_on_network(folder):
        return (
            f"This folder is on the network: two computers writing at once could damage the record. {_KEEP}"
        )
    return ""


def network_mount(folder: PurePath, mounts: str) -> bool:
    """Return whether the file system that ``folder`` is on, by a list of mounts, belongs to the network."""
    longest, network = -1, False
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:  # noqa: PLR2004 - what, where, and of which kind
            continue
        place = PurePath(parts[1].replace("\\040", " "))
        if (folder == place or place in folder.parents) and len(place.parts) > longest:
            longest, network = len(place.parts), parts[2] in _NETWORK_FILE_SYSTEMS
    return network


def _is_synchronised(folder: PurePath) -> bool:
    return any(part.casefold().startswith(_SYNCHRONISED) for part in folder.parts)


def _is_on_network(folder: Path) -> bool:
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE)
    try:
        return network_mount(folder.absolute(), _MOUNTS.read_text(encoding="utf-8"))
    except OSError:
        return False  # no such list on this system: nothing is known, and nothing is claimed
