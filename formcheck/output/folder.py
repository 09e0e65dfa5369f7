"""The folder of results: whose it is, and what in it may be replaced."""

import json
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.output.writing import cannot_write, part_of, write_atomically

MARKER = ".formcheck.json"
"""The file that says whose results a folder holds."""
MARKER_SCHEMA = "formcheck.results/1"
RESULT_FILES = ("session.json", "reps.csv", "landmarks.jsonl", "annotated.mp4", "recording.mp4")

_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", part_of(Path(MARKER)).name}
_REMEDY = "Choose another folder with --out DIR."


@dataclass(frozen=True, slots=True)
class ResultsFolder:
    """A folder that belongs to the results of one source.

    Attributes
    ----------
    path
        The folder.
    """

    path: Path

    @property
    def session_json(self) -> Path:
        """Everything that was found."""
        return self.path / "session.json"

    @property
    def reps_csv(self) -> Path:
        """A row a repetition or attempt."""
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


def default_folder(source: str) -> Path:
    """Return ``<full file name>.formcheck`` in the current folder."""
    name = Path(source).name or Path(source).resolve().name
    return Path.cwd() / f"{name or 'results'}.formcheck"


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
        A folder that is there and holds none of our result files.

    Raises
    ------
    OutputError
        The folder holds something else, or the results of another source, or cannot be written. Nothing in it was
        changed then.
    """
    folder = default_folder(source) if out is None else out
    try:
        _refuse_foreign(folder, source)
        folder.mkdir(parents=True, exist_ok=True)
        for name in RESULT_FILES:
            (folder / name).unlink(missing_ok=True)
            part_of(folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    marker = {"schema": MARKER_SCHEMA, "source": identity_of(source)}
    text = json.dumps(marker, ensure_ascii=False) + "\n"
    write_atomically(folder / MARKER, text.encode(errors="backslashreplace"))
    return ResultsFolder(folder)


def identity_of(source: str) -> str:
    """Return what tells one source from another: the absolute path of a file, else the name itself."""
    is_address = "://" in source or source.startswith("camera:")
    return source if is_address else str(Path(source).resolve())


def _refuse_foreign(folder: Path, source: str) -> None:
    """Raise OutputError unless the folder is missing, empty, or holds earlier results of this source."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} is a file, not a folder.", _REMEDY)
    names = {item.name for item in folder.iterdir()} - _LITTER
    if not names:
        return
    if Path(identity_of(source)).is_relative_to(folder.resolve()):
        raise OutputError(f"{source} lies in {folder}, whose files would be replaced.", _REMEDY)
    owner = _owner_of(folder)
    if owner is None:
        raise OutputError(f"{folder} holds other files, and nothing there is overwritten.", _REMEDY)
    if owner != identity_of(source):
        raise OutputError(f"{folder} holds the results of another source, {owner}.", _REMEDY)
    for name in RESULT_FILES:
        if (folder / name).is_dir():
            raise OutputError(f"{folder / name} is a folder, not a file of results.", _REMEDY)


def _owner_of(folder: Path) -> str | None:
    """Return whose results the folder holds, None if it has no marker of ours."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(marker, dict) or marker.get("schema") != MARKER_SCHEMA:
        return None
    owner = marker.get("source")
    return owner if isinstance(owner, str) else None
