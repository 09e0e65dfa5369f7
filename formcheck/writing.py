"""Writing files that only their owner may read, whole or not at all, and what to tell the user when that fails."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from formcheck.errors import OutputError
from formcheck.language import N_, _
from formcheck.system_errors import in_words

RESERVE_BYTES = 32_000_000
"""So much of a disk is left alone by videos: the results, which matter more, find room."""

PRIVATE = 0o600
"""Results are health data: their owner reads and writes them, nobody else."""

OUT = "--out DIR"
"""The option that says where results go."""

_ANOTHER_PLACE = N_("Choose another place with {option}.")
_FREE_SPACE = N_("Free some space, or choose another place with {option}.")
_CAUSES = {
    errno.ENOSPC: (N_("the disk is full"), _FREE_SPACE),
    errno.EDQUOT: (N_("your disk quota is used up"), _FREE_SPACE),
    errno.EFBIG: (
        N_("the file grew larger than allowed"),
        N_("Raise the limit on file sizes, or choose another place with {option}."),
    ),
    errno.EACCES: (
        N_("you have no permission to write there"),
        N_("Change the permissions, or choose another place with {option}."),
    ),
    errno.EPERM: (
        N_("you have no permission to write there"),
        N_("Change the permissions, or choose another place with {option}."),
    ),
    errno.EROFS: (N_("that disk is read-only"), _ANOTHER_PLACE),
    errno.ENOENT: (N_("the folder is gone"), N_("Run it again, and leave the folder in place meanwhile.")),
    errno.ENOTDIR: (N_("a file stands where a folder is needed"), _ANOTHER_PLACE),
    errno.EISDIR: (
        N_("a folder stands where a file is needed"),
        N_("Move it away, or choose another place with {option}."),
    ),
    errno.EEXIST: (
        N_("something else of that name is there"),
        N_("Move it away, or choose another place with {option}."),
    ),
    errno.ELOOP: (
        N_("a link stands where a file is needed"),
        N_("Remove the link, or choose another place with {option}."),
    ),
    errno.ENAMETOOLONG: (N_("the name is too long"), N_("Choose a shorter one with {option}.")),
}


def cannot_write(path: Path, error: OSError, option: str = OUT) -> OutputError:
    """Return the error that tells the user why `path` cannot be written, and the remedy; `option` chooses another place."""
    fallback = (in_words(error), _ANOTHER_PLACE)
    cause, remedy = _CAUSES.get(error.errno or 0, fallback)
    if error.errno == errno.ENOENT and os.path.isdir(path.parent):
        cause, remedy = N_("the system lets nothing be created there"), _ANOTHER_PLACE
    return OutputError(_("Cannot write {path}: {cause}.", path=path, cause=_(cause)), _(remedy, option=option))


def make_folder(folder: Path, option: str = OUT, mode: int = 0o777) -> None:
    """Make a folder, and those above it, where they are not there yet.

    Parameters
    ----------
    folder, option
        Which, and what chooses another one.
    mode
        Who may use it, where it is new.

    Raises
    ------
    OutputError
        It cannot be made: says what is in the way.
    """
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        above = _nearest_above(folder)
        if os.path.exists(above) and not os.path.isdir(above):
            cause, remedy = _("{folder} is a file, not a folder", folder=above), _ANOTHER_PLACE
        elif error.errno == errno.ENOENT:  # as in /proc, where there is nothing but what the system shows
            cause, remedy = _("the system lets nothing be created in {folder}", folder=above), _ANOTHER_PLACE
        else:
            known, remedy = _CAUSES.get(error.errno or 0, (in_words(error), _ANOTHER_PLACE))
            cause = _(known)
        raise OutputError(
            _("Cannot make the folder {folder}: {cause}.", folder=folder, cause=cause), _(remedy, option=option)
        ) from error


def _nearest_above(path: Path) -> Path:
    """Return the nearest of a path and what is above it that is there."""
    # os.path also answers where a folder above may not be looked into.
    return next((item for item in (path, *path.absolute().parents) if os.path.exists(item)), path)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds either the old one or the whole new one.

    Parameters
    ----------
    path
        The file; its folder must exist. Where a link stands there, the link is replaced, not what it points to.
    data
        Its content.

    Raises
    ------
    OutputError
        The disk is full, permission is missing, or the like; an older file is left as it was.
    """
    with written_whole(path) as file:
        file.write(data)


@contextmanager
def written_whole(path: Path, option: str = OUT) -> Iterator[BinaryIO]:
    """Yield a file to write to, which takes the place of `path` once all is written; else nothing is changed.

    Parameters
    ----------
    path, option
        As for `cannot_write`; the file's folder must exist.

    Raises
    ------
    OutputError
        As for `write_atomically`.
    """
    try:
        part = new_part(path)
        try:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise cannot_write(path, error, option) from error


def refuse_old_file(path: Path, option: str) -> None:
    """Refuse a place where something is: whose it is, its content does not tell; `option` chooses another place.

    Raises
    ------
    OutputError
        Something is there.
    """
    if path.is_symlink() or path.exists():
        raise OutputError(
            _("{path} is there already, and nothing is overwritten.", path=path),
            _("Choose another name with {option}.", option=option),
        )


def create(path: Path) -> BinaryIO:
    """Create a file, unbuffered, in place of an old one; where a link stands, it is replaced, not what it points to.

    Raises
    ------
    OSError
        It cannot be created, or something else than a file stands there.
    """
    if path.is_symlink() or path.is_file():
        path.unlink()
    return open(path, "xb", buffering=0, opener=lambda name, flags: os.open(name, flags, PRIVATE))


def new_part(path: Path) -> Path:
    """Create an empty file beside `path` under a name that nobody can know before, to be renamed once it is whole.

    Raises
    ------
    OSError
        It cannot be created.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(descriptor)
    return Path(name)


def parts_of(path: Path) -> list[Path]:
    """Return what is left of `path` from runs that were killed before they could rename it."""
    return [item for item in path.parent.iterdir() if item.match(f".{path.name}*.part")]


def leave_room(path: Path) -> None:
    """Refuse to write on when the disk is nearly full.

    Raises
    ------
    OutputError
        Less than `RESERVE_BYTES` are free where `path` lies.
    """
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise cannot_write(path, error) from error
    if free < RESERVE_BYTES:
        raise OutputError(
            _(
                "Not all of {path} is written: the disk is nearly full, and what is left of it is kept for "
                "the results.",
                path=path,
            ),
            _(_FREE_SPACE, option=OUT),
        )
