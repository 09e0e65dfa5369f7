"""Files at addresses, by fsspec, which alone is imported here; it comes with the extra ``cluster``."""

import tempfile
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from formcheck.errors import FormcheckError, InputError, InstallationError, OutputError
from formcheck.language import _
from formcheck.output.folder_names import RESULTS_SUFFIX, is_address
from formcheck.system_errors import in_words


def install_hint() -> str:
    """Return what to do where the extra is missing."""
    return _("Run: pip install 'formcheck[cluster]'")


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
    with _reading(address):
        system, path = _opened(address)
        if any(sign in path for sign in "*?["):
            return [
                (str(system.unstrip_protocol(one)), (PurePosixPath(one).name,)) for one in sorted(system.glob(path))
            ]
        if PurePosixPath(path).suffix.lower() in suffixes or not system.isdir(path):
            return [(address, (PurePosixPath(path).name,))]
        below = sorted(one for one in system.find(path) if PurePosixPath(one).suffix.lower() in suffixes)
        within = [PurePosixPath(one).relative_to(path.rstrip("/")).parts for one in below]
        return [
            (str(system.unstrip_protocol(one)), parts)
            for one, parts in zip(below, within, strict=True)
            if not any(part.startswith(".") or part.endswith(RESULTS_SUFFIX) for part in parts)
        ]


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
        with _reading(path):
            system, there = _opened(path)
            system.get_file(there, str(copy))
        yield copy


@contextmanager
def results_folder(folder: str, marker: str, replaced: Sequence[str]) -> Iterator[Path]:
    """Yield a folder for results: the one that is meant, or one here whose files are copied to the address afterwards.

    Parameters
    ----------
    folder
        Where the results belong.
    marker
        Name of the file that says whose they are. It is brought here if it is there already, and copied last.
    replaced
        Names of files that are removed there where they are not made again.

    Raises
    ------
    OutputError
        They cannot be written there.
    """
    if not is_address(folder):
        yield Path(folder)
        return
    with tempfile.TemporaryDirectory(prefix="formcheck-") as made:
        here = Path(made) / PurePosixPath(folder).name
        here.mkdir()
        before = read(f"{folder}/{marker}")
        if before is not None:
            (here / marker).write_bytes(before)
        try:
            yield here
        finally:
            if (here / marker).exists() and (here / marker).read_bytes() != before:
                _send(here, folder, marker, replaced)


def read(place: str) -> bytes | None:
    """Return what a file holds, at a path or an address; None where there is none.

    Raises
    ------
    InputError
        It cannot be read.
    """
    if not is_address(place):
        try:
            return Path(place).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(_("{path} cannot be read: {why}.", path=place, why=in_words(error))) from error
    with _reading(place):
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
    with _writing(address):
        system, path = _opened(address)
        system.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
        system.pipe_file(path, data)


def exists(place: str) -> bool:
    """Return whether there is a file at a path or an address."""
    if not is_address(place):
        return Path(place).is_file()
    with _reading(place):
        system, path = _opened(place)
        return bool(system.isfile(path))


def _send(here: Path, folder: str, marker: str, replaced: Sequence[str]) -> None:
    """Copy what was made; the marker, which may say that all is whole, comes last."""
    files = sorted(
        (item for item in here.iterdir() if item.is_file()), key=lambda item: (item.name == marker, item.name)
    )
    with _writing(folder):
        system, path = _opened(folder)
        system.makedirs(path, exist_ok=True)
        for name in set(replaced) - {item.name for item in files}:
            if system.exists(f"{path}/{name}"):
                system.rm_file(f"{path}/{name}")
        for item in files:
            if not item.name.endswith(".lock"):
                system.put_file(str(item), f"{path}/{item.name}")


def _opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise InstallationError(
            _("Addresses need the package fsspec, which is not installed."), install_hint()
        ) from error
    system, path = url_to_fs(address)
    return system, str(path)


@contextmanager
def _reading(address: str) -> Iterator[None]:
    try:
        yield
    except FormcheckError:
        raise
    except Exception as error:  # each kind of storage has errors of its own
        raise InputError(
            _("{path} cannot be read: {why}.", path=address, why=_why(error)),
            _("Check the address, and whether you may read there."),
        ) from error


@contextmanager
def _writing(address: str) -> Iterator[None]:
    try:
        yield
    except FormcheckError:
        raise
    except Exception as error:  # each kind of storage has errors of its own
        raise OutputError(
            _("{path} cannot be written: {why}.", path=address, why=_why(error)),
            _("Choose another place with --out, or see to your permissions."),
        ) from error


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("there is nothing")
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
