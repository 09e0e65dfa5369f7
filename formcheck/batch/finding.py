"""Which recordings are meant by files, folders, patterns and addresses."""

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from formcheck.batch import remote
from formcheck.capture.image_folder import SUFFIXES as IMAGE_SUFFIXES
from formcheck.output.folder import MARKER
from formcheck.output.folder_names import RESULTS_SUFFIX, is_address

VIDEO_SUFFIXES = frozenset(
    [
        ".3gp",
        ".avi",
        ".flv",
        ".m2ts",
        ".m4v",
        ".mkv",
        ".mov",
        ".mp4",
        ".mpeg",
        ".mpg",
        ".mts",
        ".mxf",
        ".ogv",
        ".ts",
        ".webm",
        ".wmv",
    ]
)
"""In folders, files whose names end so are recordings."""


@dataclass(frozen=True, slots=True)
class Found:
    """A recording that is meant.

    Attributes
    ----------
    recording
        As the user gave it, or the folder that it lies in.
    path
        Where it is: an absolute path or an address.
    within
        Its name, with the folders between it and what the user gave.
    """

    recording: str
    path: str
    within: tuple[str, ...]


def is_one(arguments: Sequence[str]) -> bool:
    """Return whether a single recording is meant: a file, or a folder without videos, which may hold numbered images."""
    if len(arguments) != 1 or is_address(arguments[0]):
        return False
    (given,) = arguments
    if os.path.isdir(given):
        return next(_videos_below(given), None) is None
    return os.path.exists(given) or not glob.glob(given, recursive=True)


def find(arguments: Sequence[str], fps: float | None) -> list[Found]:
    """Return the recordings that are meant, each once, those of a folder or pattern in the order of their names.

    Folders of results are passed over, unless one of them alone is given: ``*`` means them, too, in a shell.

    A folder means all videos in it and below it and, where the frame rate of images is known, each folder of images; one in
    which there is neither is returned itself, and so is what does not exist: reading it says what is wrong.

    Parameters
    ----------
    arguments
        Files, folders, patterns such as ``clips/*.mp4``, and addresses such as ``s3://bucket/clips``.
    fps
        The frame rate of folders of images; None = not known.
    """
    found: dict[str, Found] = {}
    for given in arguments:
        for one in _meant_by(given, fps, is_alone=len(arguments) == 1):
            found.setdefault(one.path, one)
    return list(found.values())


def file_at(given: str, folder: str | None = None) -> Found:
    """Return the recording at a path or an address, whether it exists or not.

    Parameters
    ----------
    given
        The path or the address.
    folder
        What the user gave, if it is not the recording itself: the folder of a list, or of a pattern.
    """
    if is_address(given):
        return Found(given, given, (PurePosixPath(given).name,))
    path = Path(os.path.abspath(given))
    root = path.parent if folder is None else Path(os.path.abspath(folder))
    within = path.relative_to(root).parts if path.is_relative_to(root) else ()
    return Found(given, str(path), within or (path.name,))


def _meant_by(given: str, fps: float | None, *, is_alone: bool) -> Iterator[Found]:
    if is_address(given):
        yield from (Found(path, path, within) for path, within in remote.files_at(given, VIDEO_SUFFIXES))
        return
    is_pattern = glob.has_magic(given) and not os.path.lexists(given)
    folder = remote.fixed_part(Path(given)) if is_pattern else None
    for match in (sorted(glob.glob(given, recursive=True)) if is_pattern else []) or [given]:
        if not (is_alone and match == given) and _is_of_results(match):
            continue
        below = list(_below(match, fps)) if os.path.isdir(match) else []
        yield from (file_at(path, match if folder is None else folder) for path in below)
        if not below:
            yield file_at(match, folder)


def _below(folder: str, fps: float | None) -> Iterator[str]:
    for path, names in _folders(folder):
        videos = [name for name in names if _suffix(name) in VIDEO_SUFFIXES]
        if videos:
            yield from (os.path.join(path, name) for name in videos)
        elif fps is not None and any(_suffix(name) in IMAGE_SUFFIXES for name in names):
            yield path


def _videos_below(folder: str) -> Iterator[str]:
    for path, names in _folders(folder):
        yield from (os.path.join(path, name) for name in names if _suffix(name) in VIDEO_SUFFIXES)


def _folders(folder: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each folder with the names of its files, in order; without what is hidden, and without results."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not _is_of_results(os.path.join(path, name))
        )
        yield path, sorted(name for name in names if not name.startswith("."))


def _is_of_results(path: str) -> bool:
    """Return whether it is a folder of results, by its name or by what marks them."""
    return os.path.isdir(path) and (
        path.rstrip(os.sep).endswith(RESULTS_SUFFIX) or os.path.isfile(os.path.join(path, MARKER))
    )


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()
