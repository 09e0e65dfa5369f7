"""The folder of results: whose it is, who is at work in it, and what in it may be replaced."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import BaseFileLock, FileLock, Timeout

from formcheck.errors import OutputError
from formcheck.language import N_, _
from formcheck.output.folder_names import default_folder, is_address
from formcheck.writing import PRIVATE, cannot_write, make_folder, parts_of, write_atomically

MARKER = ".formcheck.json"
"""The file that says whose results a folder holds, and which process made them."""
MARKER_SCHEMA = "formcheck.results/1"
LOCK = ".formcheck.lock"
"""The file that is locked while somebody is at work in the folder; the system unlocks it when the process ends."""
PLAN_JSON = "plan.json"
"""In the folder of a plan: which of its folders holds which exercise."""
RESULT_FILES = (
    "session.json", "reps.csv", "landmarks.jsonl", "annotated.mp4", "recording.mp4", "report.html", "report.pdf",
    PLAN_JSON,
)  # fmt: skip

_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", LOCK}
_ELSEWHERE = N_("Choose another folder with --out DIR.")


@dataclass(frozen=True, slots=True)
class ResultsFolder:
    """A folder that belongs to the results of one source, and to one process at a time; a context manager.

    Attributes
    ----------
    path
        The folder.
    """

    path: Path
    _lock: BaseFileLock = field(repr=False, compare=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the folder to others; harmless when done twice."""
        self._lock.release()

    @property
    def session_json(self) -> Path:
        """Everything that was found."""
        return self.path / "session.json"

    @property
    def reps_csv(self) -> Path:
        """One row per repetition or attempt."""
        return self.path / "reps.csv"

    @property
    def landmarks_jsonl(self) -> Path:
        """The estimator's output, one line per frame."""
        return self.path / "landmarks.jsonl"

    @property
    def annotated_mp4(self) -> Path:
        """The video with the overlay."""
        return self.path / "annotated.mp4"

    @property
    def recording_mp4(self) -> Path:
        """The pictures of a live session as they came."""
        return self.path / "recording.mp4"

    @property
    def report_html(self) -> Path:
        """What was found, to read and to print."""
        return self.path / "report.html"


def open_results(source: str, out: Path | None = None) -> ResultsFolder:
    """Make the folder of a source's results, and remove this source's earlier results from it.

    Parameters
    ----------
    source
        What is analysed: a path as the user gave it, an address, or a name such as ``camera:0``.
    out
        The folder that the user wants; by default `default_folder`.

    Returns
    -------
    ResultsFolder
        A folder that is there and holds none of our result files; nobody else can open it until it is closed.

    Raises
    ------
    OutputError
        The folder holds something else, or the results of another source, or somebody is at work in it, or it cannot
        be written. Nothing in it was changed then.
    """
    folder = default_folder(source) if out is None else out
    try:
        _refuse_foreign(folder, source)
        make_folder(folder, mode=0o700)
        lock = _locked(folder)
        try:
            _refuse_foreign(folder, source)  # what was there may have changed before it was ours alone
            _mark(folder, source)
            for name in RESULT_FILES:
                for old in (folder / name, *parts_of(folder / name)):
                    old.unlink(missing_ok=True)
        except BaseException:
            lock.release()
            raise
    except OSError as error:
        raise cannot_write(folder, error) from error
    return ResultsFolder(folder, lock)


def is_of(folder: Path, source: str) -> bool:
    """Return whether a folder holds the results of a source."""
    return folder.is_dir() and (_marker_in(folder) or {}).get("source") == identity_of(source)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a folder says of results that are whole.

    Attributes
    ----------
    asked
        What was asked.
    sizes
        The size of each file of results in bytes, by its name.
    """

    asked: Mapping[str, Any]
    sizes: Mapping[str, Any]


def mark_finished(folder: Path, asked: Mapping[str, object]) -> None:
    """Note in a folder of results that they are whole, how large each file is, and what was asked.

    Whatever is written next takes it away again.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    marker = _marker_in(folder)
    if marker is not None:
        files = [folder / name for name in RESULT_FILES]
        sizes = {file.name: file.stat().st_size for file in files if file.is_file()}
        _write_marker(folder, {**marker, "finished": dict(asked), "sizes": sizes})


def finished_as(marker: bytes) -> Finished | None:
    """Return what a marker says of results that are whole; None if they are not."""
    told = _marker_of(marker) or {}
    asked, sizes = told.get("finished"), told.get("sizes")
    return Finished(asked, sizes) if isinstance(asked, dict) and isinstance(sizes, dict) else None


def unfinished(marker: bytes) -> bytes:
    """Return the content of a marker without what it says of results that are whole: whose they are is left."""
    told = _marker_of(marker) or {}
    return _as_bytes({name: value for name, value in told.items() if name not in ("finished", "sizes")})


def foreign(folder: str | Path) -> OutputError:
    """Return the error that a folder holds what is not ours."""
    return OutputError(_("{folder} holds other files, and nothing there is overwritten.", folder=folder), _(_ELSEWHERE))


def identity_of(source: str) -> str:
    """Return what tells one source from another: the absolute path of a file, else the name itself."""
    return source if is_address(source) or source.startswith("camera:") else str(Path(source).resolve())


@contextmanager
def at_work_in(folder: Path) -> Iterator[None]:
    """Make a folder, and let nobody else be at work in it meanwhile.

    Raises
    ------
    OutputError
        Somebody is at work in it, or it cannot be made.
    """
    try:
        make_folder(folder, mode=0o700)
        lock = _locked(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _locked(folder: Path) -> BaseFileLock:
    lock = FileLock(folder / LOCK, timeout=0, mode=PRIVATE, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        marker = _marker_in(folder) or {}
        process, since = marker.get("process"), marker.get("since")
        told = _("Another formcheck is writing to {folder}.", folder=folder)
        if process is not None:
            told = _(
                "Another formcheck (process {process}, since {since}) is writing to {folder}.",
                process=process,
                since=since,
                folder=folder,
            )
        raise OutputError(
            told,
            _("Wait until it has finished, or choose another folder with --out DIR."),
        ) from None
    return lock


def _mark(folder: Path, source: str) -> None:
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    marker = {"schema": MARKER_SCHEMA, "source": identity_of(source), "process": os.getpid(), "since": since}
    _write_marker(folder, marker)


def _write_marker(folder: Path, marker: Mapping[str, object]) -> None:
    write_atomically(folder / MARKER, _as_bytes(marker))


def _as_bytes(marker: Mapping[str, object]) -> bytes:
    return (json.dumps(marker, ensure_ascii=False) + "\n").encode(errors="backslashreplace")


def _refuse_foreign(folder: Path, source: str) -> None:
    """Raise OutputError unless the folder is missing, empty, or holds earlier results of this source."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(_("{folder} is a file, not a folder.", folder=folder), _(_ELSEWHERE))
    ours = {*_LITTER, *(part.name for part in parts_of(folder / MARKER))}
    names = {item.name for item in folder.iterdir()} - ours
    if not names:
        return
    if Path(identity_of(source)).is_relative_to(folder.resolve()):
        raise OutputError(
            _("{source} lies in {folder}, whose files would be replaced.", source=source, folder=folder), _(_ELSEWHERE)
        )
    owner = (_marker_in(folder) or {}).get("source")
    if not isinstance(owner, str):
        raise foreign(folder)
    if owner != identity_of(source):
        raise OutputError(
            _("{folder} holds the results of another source, {owner}.", folder=folder, owner=owner), _(_ELSEWHERE)
        )
    for name in RESULT_FILES:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            raise OutputError(_("{folder} is a folder, not a file of results.", folder=folder / name), _(_ELSEWHERE))


def _marker_in(folder: Path) -> dict[str, Any] | None:
    """Return what the folder's marker says, None if it has none of ours."""
    try:
        return _marker_of((folder / MARKER).read_bytes())
    except FileNotFoundError:
        return None


def _marker_of(content: bytes) -> dict[str, Any] | None:
    try:
        marker = json.loads(content.decode())
    except (ValueError, RecursionError):
        return None
    return marker if isinstance(marker, dict) and marker.get("schema") == MARKER_SCHEMA else None
