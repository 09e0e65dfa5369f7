"""Files at addresses, by fsspec, which alone is imported here; it comes with the extra ``cluster``."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from glob import has_magic
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from formcheck.errors import FormcheckError, InputError, InstallationError, OutputError, UsageError
from formcheck.installation import extra_hint
from formcheck.language import _
from formcheck.output.folder import MARKER, RESULT_FILES, foreign, unfinished
from formcheck.output.folder_names import RESULTS_SUFFIX, is_address
from formcheck.system_errors import in_words


def files_at(address: str, suffixes: Set[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the files that an address or a pattern means, each with its name and the folders from there to it.

    Parameters
    ----------
    address
        A file, a pattern such as ``s3://bucket/*.mp4``, or a folder: then all below it whose names end in `suffixes`.

    Raises
    ------
    InputError
        Nothing can be read there.
    """
    with _told(address, _unreadable):
        system, path = _opened(address)
        is_pattern = has_magic(path) and not system.exists(path)
        found: list[tuple[str, tuple[str, ...]]] = []
        for match in map(str, sorted(system.glob(path))) if is_pattern else [path]:
            place = PurePosixPath(match)
            is_folder = place.suffix.lower() not in suffixes and system.isdir(match)
            if not is_pattern and not is_folder:
                break
            if is_pattern and is_folder and (place.name.endswith(RESULTS_SUFFIX) or system.isfile(f"{match}/{MARKER}")):
                continue
            root = fixed_part(PurePosixPath(path)) if is_pattern else place
            videos = _videos_below(place, system.find(match), suffixes) if is_folder else [match]
            found += [(str(system.unstrip_protocol(one)), PurePosixPath(one).relative_to(root).parts) for one in videos]
    # What is not there is named, so that reading it can say why.
    return found or [(address, (PurePosixPath(path).name,))]


def _videos_below(folder: PurePosixPath, files: Iterable[str], suffixes: Set[str]) -> list[str]:
    """Return the videos in a folder and below it, in order; without what is hidden, and without results."""
    # As they were given: a path would make one slash of the two in https://.
    below = {str(one): PurePosixPath(one) for one in sorted(files)}
    marked = {place.parent for place in below.values() if place.name == MARKER} - {folder}
    return [
        one
        for one, place in below.items()
        if place.suffix.lower() in suffixes
        and marked.isdisjoint(place.parents)
        and not any(part.startswith(".") or part.endswith(RESULTS_SUFFIX) for part in place.relative_to(folder).parts)
    ]


def fixed_part(pattern: PurePath) -> str:
    """Return the folder up to which a pattern is none."""
    folder = pattern
    while has_magic(str(folder)):
        folder = folder.parent
    return str(folder)


@contextmanager
def brought_here(path: str) -> Iterator[Path]:
    """Yield where a recording can be read: its path, or a copy of what is at the address, which is deleted afterwards.

    Raises
    ------
    InputError
        Nothing can be read there.
    """
    if not is_address(path):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        copy = Path(folder) / (PurePosixPath(path).name or "recording")
        with _told(path, _unreadable):
            system, there = _opened(path)
            system.get_file(there, str(copy))
        yield copy


@contextmanager
def results_folder(folder: str) -> Iterator[Path]:
    """Yield a folder for results: the one that is meant, or one here whose files are copied to the address afterwards.

    Parameters
    ----------
    folder
        Where the results belong. The marker of those that are there already is brought here.

    Raises
    ------
    OutputError
        They cannot be written there, or there are other files.
    """
    if not is_address(folder):
        yield Path(folder)
        return
    before = read(f"{folder}/{MARKER}")
    if before is None and _is_taken(folder):
        raise foreign(folder)
    with tempfile.TemporaryDirectory(prefix="formcheck-") as made:
        here = Path(made) / PurePosixPath(folder).name
        here.mkdir()
        if before is not None:
            (here / MARKER).write_bytes(before)
        try:
            yield here
        finally:
            if (here / MARKER).exists() and (here / MARKER).read_bytes() != before:
                _send(here, folder)


def read(place: str) -> bytes | None:
    """Return what a file of results holds, at a path or an address; None where there is none.

    Raises
    ------
    OutputError
        It cannot be read.
    """
    if not is_address(place):
        try:
            return Path(place).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unknown(place, in_words(error)) from error
    with _told(place, _unknown):
        system, path = _opened(place)
        try:
            return bytes(system.cat_file(path))
        except FileNotFoundError:
            return None


def write(address: str, data: bytes) -> None:
    """Write a file at an address, with the folders it needs.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    with _told(address, _unwritable):
        system, path = _opened(address)
        system.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        system.pipe_file(path, data)


def size_of(place: str) -> int | None:
    """Return the size of a file of results, at a path or an address, in bytes; None where there is none.

    Raises
    ------
    OutputError
        Nothing can be read there.
    """
    if not is_address(place):
        return os.path.getsize(place) if os.path.isfile(place) else None
    with _told(place, _unknown):
        system, path = _opened(place)
        return int(system.size(path)) if system.isfile(path) else None


def _is_taken(folder: str) -> bool:
    """Return whether there is anything at an address."""
    with _told(folder, _unknown):
        system, path = _opened(folder)
        return bool(system.isdir(path) and system.ls(path, detail=False))


def _send(here: Path, folder: str) -> None:
    """Copy what was made: first whose it is, and last that all of it is whole, if it is."""
    files = {item.name: item for item in sorted(here.iterdir()) if item.name in RESULT_FILES}
    marker = (here / MARKER).read_bytes()
    write(f"{folder}/{MARKER}", unfinished(marker))
    with _told(folder, _unwritable):
        system, path = _opened(folder)
        for name in set(RESULT_FILES) - set(files):
            if system.exists(f"{path}/{name}"):
                system.rm_file(f"{path}/{name}")
        for name, item in files.items():
            system.put_file(str(item), f"{path}/{name}")
    write(f"{folder}/{MARKER}", marker)


def _opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise InstallationError(
            _("Addresses need the package fsspec, which is not installed."), extra_hint("cluster")
        ) from error
    system, path = url_to_fs(address)
    if "memory" in system.protocol:
        raise UsageError(
            _("{address} lies in the memory of one process, and is gone with it.", address=address),
            _("Give an address that outlasts it."),
        )
    system.invalidate_cache()  # others may have written there since it was listed
    return system, str(path)


@contextmanager
def _told(address: str, problem: Callable[[str, str], FormcheckError]) -> Iterator[None]:
    """Turn whatever goes wrong at an address into a problem that people can act on."""
    try:
        yield
    except FormcheckError:
        raise
    except Exception as error:  # each kind of storage has errors of its own
        raise problem(address, _why(error)) from error


def _unreadable(address: str, why: str) -> FormcheckError:
    return InputError(
        _("{path} cannot be read: {why}.", path=address, why=why),
        _("Check the address, and whether you may read there."),
    )


def _unknown(address: str, why: str) -> FormcheckError:
    return OutputError(
        _("{path} cannot be read: {why}.", path=address, why=why),
        _("Choose another place with --out, or see to your permissions."),
    )


def _unwritable(address: str, why: str) -> FormcheckError:
    return OutputError(
        _("{path} cannot be written: {why}.", path=address, why=why),
        _("Choose another place with --out, or see to your permissions."),
    )


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("there is nothing")
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
