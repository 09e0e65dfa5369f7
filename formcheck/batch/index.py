"""The index of a batch: a row for each recording, written as each is over, so that a batch that is killed knows them too."""

import csv
import io
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from formcheck.batch import remote
from formcheck.batch.job import Failure, Job, Outcome
from formcheck.errors import InstallationError, OutputError
from formcheck.interruption import INTERRUPTED
from formcheck.language import _
from formcheck.output.folder import LOCK, MARKER
from formcheck.output.folder_names import is_address
from formcheck.output.parquet import Cell, Columns, write_parquet
from formcheck.writing import OUT, cannot_write, write_atomically

NAME, PARQUET = "index.csv", "index.parquet"
SEND_EVERY_S = 10.0
"""So often, at most, the index is written anew at an address, where nothing can be added to a file."""
OF_JOB: Columns = {"recording": str, "folder": str, "exit_code": int, "reason": str}
OF_SESSION: Columns = {
    "exercise": str, "exercise_source": str, "level": str, "view_seen": str, "duration_s": float, "frames": int,
    "tracked": float, "reps": int, "reps_left": int, "reps_right": int, "clean": int, "with_faults": int,
    "not_judged": int, "holds": int, "holds_passed": int, "held_s": float, "faults": int, "fault_kinds": str,
    "nothing_counted_because": str, "damaged": str, "date": str, "version": str, "model": str, "backend": str,
    "threads": int, "device": str,
}  # fmt: skip
OF_CONTENT: Columns = {"recording_sha256": str, "fingerprint": str}
COLUMNS: Columns = {**OF_JOB, "remedy": str, **OF_SESSION, **OF_CONTENT}
"""Of the index; what was not seen is empty."""


def figures_of(document: Mapping[str, Any]) -> dict[str, Cell]:
    """Return what the index says of a session, from what session.json says of it."""
    counted = [rep for rep in document["reps"] if rep["counted"]]
    forms = Counter(rep["form"] for rep in counted)
    kinds = Counter(fault["id"] for fault in document["faults"])
    source, summary = document["source"], document["summary"]
    return {
        **{name: document[name] for name in OF_SESSION if name in document and name != "faults"},
        **{name: source[name] for name in ("duration_s", "frames")},
        **{name: summary[name] for name in ("tracked", "reps", "reps_left", "reps_right", "holds_passed", "held_s")},
        "clean": summary["clean_reps"],
        "with_faults": forms["faults"],
        "not_judged": forms["not_judged"],
        "holds": sum(len(rep["holds"]) for rep in counted),
        "faults": len(document["faults"]),
        "fault_kinds": " ".join(sorted(kinds)),
    }


def record_of(job: Job, outcome: Outcome) -> dict[str, Cell]:
    """Return a row of the index, by column."""
    said: dict[str, Cell] = {
        "exercise": job.exercise, **outcome.figures, "recording": job.recording, "folder": job.place,
        "exit_code": outcome.exit_code, "reason": outcome.reason, "remedy": outcome.remedy,
        "recording_sha256": outcome.recording_sha256, "fingerprint": outcome.fingerprint,
    }  # fmt: skip
    return {name: said.get(name) for name in COLUMNS}


class Index:
    """The index of a batch.

    Parameters
    ----------
    folder
        That of the batch: a path, which must be there, or an address.
    jobs
        All that belong to the batch.

    Raises
    ------
    OutputError
        Another file of its name is there, and nothing is overwritten; or it cannot be written.
    """

    def __init__(self, folder: str, jobs: Sequence[Job]) -> None:
        self.path = f"{folder}/{NAME}" if is_address(folder) else str(Path(folder) / NAME)
        self._folder = folder
        self._written_s = float("-inf")
        self._claim, self._name = f"{folder}/{LOCK}", uuid.uuid4().hex.encode()
        self._jobs = {job.number: job for job in jobs}
        self._outcomes: dict[int, Outcome] = {}
        self._before: dict[str, list[Cell]] = {}
        self._others: list[list[Cell]] = []

    def earlier(self) -> dict[str, Failure]:
        """Return what failed in an earlier run, by place."""
        return {
            row["folder"]: Failure(row["fingerprint"], int(row["exit_code"]), row["reason"], row["remedy"])
            for row in self._rows()
            if row["exit_code"].isdecimal() and row["exit_code"] not in ("0", str(INTERRUPTED))
        }

    def begin(self) -> None:
        """Begin anew with what an earlier run says of the same places, as long as they are not done again.

        What it says of others stays, too, if their results are still there.
        """
        places, rows = {job.place for job in self._jobs.values()}, self._rows()
        self._before = {row["folder"]: _typed(row) for row in rows if row["folder"] in places}
        others = {row["folder"]: row for row in rows if row["folder"] not in places}
        self._others = [
            _typed(row)
            for place, row in sorted(others.items())
            if remote.size_of(f"{self._folder}/{place}/{MARKER}") is not None
        ]
        if is_address(self.path):
            remote.write(self._claim, self._name)
        self._write()

    def add(self, outcome: Outcome) -> None:
        """Add what came of a recording."""
        self._outcomes[outcome.number] = outcome
        if is_address(self.path):  # nothing can be added to a file there
            if time.monotonic() - self._written_s > SEND_EVERY_S:
                self._write()
            return
        try:
            with open(self.path, "ab") as file:
                file.write(_as_csv([self._row(outcome)]))
        except OSError as error:
            raise cannot_write(Path(self.path), error) from error

    def finish(self) -> None:
        """Write what came of all, in their order."""
        rows = self._write()
        with suppress(InstallationError):  # the optional package is not installed
            self._write_parquet(rows)

    def _write(self) -> list[list[Cell]]:
        """Write what is known, and return it."""
        reached = {number: self._row(outcome) for number, outcome in self._outcomes.items()}
        known = (reached.get(number) or self._before.get(job.place) for number, job in sorted(self._jobs.items()))
        rows = [row for row in (*known, *self._others) if row is not None]
        data = _as_csv([tuple(COLUMNS), *rows])
        if is_address(self.path):
            self._send(data)
        else:
            write_atomically(Path(self.path), data)
        self._written_s = time.monotonic()
        return rows

    def _send(self, data: bytes) -> None:
        """Write the index at an address, where nothing can be locked, unless somebody else has begun to do so."""
        if remote.read(self._claim) != self._name:
            raise OutputError(
                _("Another formcheck has begun to write to {folder}, and this one ends.", folder=self._folder),
                _("Wait until it has finished; the same command with --resume does the rest."),
            )
        remote.write(self.path, data)

    def _write_parquet(self, rows: Sequence[Sequence[Cell]]) -> None:
        path = f"{self.path.removesuffix('.csv')}.parquet"
        if not is_address(path):
            write_parquet(Path(path), COLUMNS, rows, OUT)
            return
        with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
            here = Path(folder) / PARQUET
            write_parquet(here, COLUMNS, rows, OUT)
            remote.write(path, here.read_bytes())

    def _row(self, outcome: Outcome) -> list[Cell]:
        return list(record_of(self._jobs[outcome.number], outcome).values())

    def _rows(self) -> list[dict[str, str]]:
        data = remote.read(self.path)
        if data is None:
            return []
        rows = csv.reader(io.StringIO(data.decode(errors="replace"), newline=""))
        header = next(rows, [])
        if header[: len(OF_JOB)] != list(OF_JOB):
            raise OutputError(
                _("{path} is no index of recordings, and nothing is overwritten.", path=self.path),
                _("Choose another folder with --out DIR."),
            )
        found = [dict(zip(header, row, strict=False)) for row in rows]
        return [{name: row.get(name, "") for name in COLUMNS} for row in found if row.get("folder")]


def _typed(row: Mapping[str, str]) -> list[Cell]:
    """Return a row as it was before it became text; what is no number is not known."""
    cells: list[Cell] = []
    for name, kind in COLUMNS.items():
        try:
            cells.append(kind(row[name]) if row[name] else None)
        except ValueError:
            cells.append(None)
    return cells


def _as_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode(errors="backslashreplace")
