"""Where results go if nobody says it: into the current folder, named after what was analysed."""

from datetime import datetime
from pathlib import Path

from formcheck.errors import OutputError, UsageError
from formcheck.language import _

RESULTS_SUFFIX = ".formcheck"
"""How the names of folders of results end, where nobody chose another."""


def default_folder(source: str) -> Path:
    """Return ``<full file name>.formcheck`` in the current folder.

    Raises
    ------
    OutputError
        The current folder was deleted.
    """
    name = Path(source).name or Path(source).resolve().name
    return here() / f"{name or 'results'}{RESULTS_SUFFIX}"


def folder_of_now(name: str) -> Path:
    """Return a folder in the current one that no other session has: ``dead_bug-20260301-093000.formcheck``.

    Raises
    ------
    OutputError
        The current folder was deleted.
    """
    return here() / f"{name}-{datetime.now():%Y%m%d-%H%M%S}{RESULTS_SUFFIX}"


def here() -> Path:
    """Return the current folder.

    Raises
    ------
    OutputError
        It was deleted.
    """
    try:
        return Path.cwd()
    except OSError as error:
        raise OutputError(
            _("The current folder is gone, so there is no place for the results."),
            _("Go to another folder, or choose one with --out DIR."),
        ) from error


def is_address(source: str) -> bool:
    """Return whether it is an address, such as ``s3://bucket/clip.mp4``, and no path."""
    return "://" in source


def local_folder(text: str) -> Path:
    """Return the folder of this computer that a text names.

    Raises
    ------
    UsageError
        It is an address: only `analyze` brings results elsewhere.
    """
    if is_address(text):
        raise UsageError(
            _("{place} is an address, and these results go to a folder of this computer.", place=text),
            _("Choose another folder with --out DIR."),
        )
    return Path(text)
