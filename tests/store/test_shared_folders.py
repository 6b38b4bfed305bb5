"""A record in a folder that is shared or synchronised: said before it is made, and never refused."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from collabcare.store.files import folder_problem
from collabcare.store.shared_folders import folder_doubt, network_mount

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /mnt/shared nfs4 rw 0 0
//server/team /mnt/team\\040drive cifs rw 0 0
/dev/sdb1 /mnt/shared/stick vfat rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("/home/jo/Records", False),
        ("/mnt/shared", True),
        ("/mnt/shared/elm/records", True),
        ("/mnt/shared/stick/records", False),
        ("/mnt/sharedelsewhere", False),
        ("/mnt/team drive/records", True),
        ("/", False),
    ],
)
def test_the_nearest_mount_decides(folder: str, network: bool) -> None:
    assert network_mount(PurePosixPath(folder), MOUNTS) is network


def test_nothing_is_claimed_of_an_unknown_list() -> None:
    assert not network_mount(PurePosixPath("/home/jo"), "")


@pytest.mark.parametrize(
    "name", ["OneDrive - Elm Tree", "Dropbox", "google drive", "iCloud Drive", "Nextcloud"]
)
def test_a_synchronised_folder_is_pointed_out_and_not_refused(tmp_path: Path, name: str) -> None:
    """Hazard H53."""
    folder = tmp_path / name / "Records"
    folder.mkdir(parents=True)
    assert folder_problem(folder) == ""
    doubt = folder_doubt(folder)
    assert doubt.startswith("This folder is copied to other computers as you work")
    assert "this computer's own disk" in doubt


def test_a_network_path_is_pointed_out() -> None:
    assert folder_doubt(Path("//server/team/records")).startswith("This folder is on the network")


def test_a_folder_of_this_computer_raises_no_doubt(tmp_path: Path) -> None:
    assert folder_doubt(tmp_path) == ""
