"""What the operating system says of a file that cannot be used, in the user's language."""

import errno
from collections.abc import Mapping

from formcheck.language import N_, _

_WORDS: Mapping[int, str] = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("you have no permission"),
    errno.EPERM: N_("you have no permission"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a file stands where a folder is needed"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EIO: N_("the disk has an error"),
    errno.EROFS: N_("that disk is read-only"),
    errno.ENODEV: N_("there is no such device"),
    errno.ENXIO: N_("there is no such device"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def in_words(error: Exception) -> str:
    """Return why something failed; what is rare is told in the system's own words, which are English.

    Parameters
    ----------
    error
        What was raised: an OSError, or another one that says why itself.
    """
    if not isinstance(error, OSError):
        return str(error)
    known = _WORDS.get(error.errno or 0)
    return _(known) if known is not None else error.strerror or str(error)
