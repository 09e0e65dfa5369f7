"""Writing files whole or not at all, and what to tell the user when that fails."""

import errno
import os
from pathlib import Path

from formcheck.errors import OutputError

_ELSEWHERE = "or choose another place with --out DIR"
_CAUSES = {
    errno.ENOSPC: ("the disk is full", f"Free some space, {_ELSEWHERE}."),
    errno.EDQUOT: ("your disk quota is used up", f"Free some space, {_ELSEWHERE}."),
    errno.EFBIG: ("the file grew larger than allowed", f"Raise the limit on file sizes, {_ELSEWHERE}."),
    errno.EACCES: ("you have no permission to write there", f"Change the permissions, {_ELSEWHERE}."),
    errno.EPERM: ("you have no permission to write there", f"Change the permissions, {_ELSEWHERE}."),
    errno.EROFS: ("that disk is read-only", "Choose another place with --out DIR."),
    errno.ENOENT: ("the folder is gone", "Run it again, and leave the folder in place meanwhile."),
    errno.ENOTDIR: ("a file stands where a folder is needed", "Choose another place with --out DIR."),
    errno.EISDIR: ("a folder stands where a file is needed", "Move it away, or choose another place with --out DIR."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one with --out DIR."),
}


def cannot_write(path: Path, error: OSError) -> OutputError:
    """Return the error that tells the user why `path` cannot be written, and the remedy."""
    fallback = (error.strerror or str(error), "Choose another place with --out DIR.")
    cause, remedy = _CAUSES.get(error.errno or 0, fallback)
    return OutputError(f"Cannot write {path}: {cause}.", remedy)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader finds either the old one or the whole new one.

    Parameters
    ----------
    path
        The file; its folder must exist.
    data
        Its content.

    Raises
    ------
    OutputError
        The disk is full, permission is missing, or the like; an older file is left as it was.
    """
    part = part_of(path)
    try:
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise cannot_write(path, error) from error


def part_of(path: Path) -> Path:
    """Return the name under which a file is written until it is whole."""
    return path.with_name(f".{path.name}.part")
