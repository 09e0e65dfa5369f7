"""Runs cases: most in a process that is kept, since starting one takes longer than the run; some in one of their own."""

import contextlib
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from tests.processes import until_it_hears
from tests.soak.case import HANG_S, STOPPED, Case, Ended

_START_S = 60.0
ENVIRONMENT = {"COLUMNS": "400", "FORMCHECK_DEBUG": "0", "FORMCHECK_DATA": "data"}
"""The history of each case lies in its own folder."""


class Worker:
    """One process that runs one case after the other, and is replaced where it hangs or dies."""

    def __init__(self) -> None:
        self._process: multiprocessing.process.BaseProcess | None = None

    def run(self, case: Case, folder: Path) -> Ended:
        """Run a case in its folder."""
        return _own_process(case, folder) if case.needs_a_process else self._kept_process(case, folder)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None

    def _kept_process(self, case: Case, folder: Path) -> Ended:
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._ours, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            if not self._ours.poll(_START_S):
                raise RuntimeError("the worker does not start")
            self._ours.recv()
        began_s = time.monotonic()
        self._ours.send((case.arguments, str(folder)))
        try:
            if self._ours.poll(HANG_S):
                code, output = self._ours.recv()
                return Ended(code, output, time.monotonic() - began_s)
        except EOFError:
            code = self._process.exitcode
            self.close()
            return Ended(1, f"Traceback (most recent call last): the process died ({code})", time.monotonic() - began_s)
        self.close()
        return Ended(None, "", HANG_S)


def _serve(connection: Connection) -> None:
    """Run what is asked for; what is printed goes back too."""
    os.environ.update(ENVIRONMENT)
    import formcheck.live.session
    import formcheck.pose.estimator  # noqa: F401  # loaded once, outside the time that is taken
    from formcheck.entry import run

    connection.send("ready")
    while True:
        arguments, folder = connection.recv()
        os.chdir(folder)
        written = io.BytesIO()
        stream = io.TextIOWrapper(written, encoding="utf-8", errors="backslashreplace", write_through=True)
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            try:
                code: object = run(arguments)
            except SystemExit as end:
                code = end.code or 0
            except BaseException:
                code = 1
                traceback.print_exc(file=stream)
        connection.send((code, written.getvalue().decode(errors="replace")))


def _own_process(case: Case, folder: Path) -> Ended:
    command = [sys.executable, "-m", "formcheck", *case.arguments]
    if case.shell:
        command = ["bash", "-c", f'"$@" {case.shell}; exit ${{PIPESTATUS[0]}}', "-", *command]
    began_s = time.monotonic()
    with tempfile.TemporaryFile() as written:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            env={**os.environ, **ENVIRONMENT, **case.environment},
            start_new_session=True,
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        try:
            if case.signals:
                until_it_hears(process)
            for delay_s, number in case.signals:
                time.sleep(delay_s)
                if process.poll() is None:
                    process.send_signal(number)
            code: int | None = process.wait(HANG_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            code = None
        written.seek(0)
        encoding = case.environment.get("PYTHONIOENCODING", "utf-8").partition(":")[0]
        output = written.read().decode(encoding, errors="replace")
    return Ended(code, output + _left_over(case, folder, code), time.monotonic() - began_s)


def _left_over(case: Case, folder: Path, code: int | None) -> str:
    """Return what a run that was ended left torn, in words that count as a crash."""
    if not case.signals or code != STOPPED:
        return ""
    torn = [str(path) for path in folder.rglob("*.part")]
    for landmarks in folder.glob("*.formcheck/landmarks.jsonl"):
        lines = landmarks.read_bytes().splitlines()
        has_session = (landmarks.parent / "session.json").exists()
        if len(lines) > 2 and (b'"end"' not in lines[-1] or not (has_session or "auto" in case.arguments)):
            torn.append(str(landmarks))
    return f"\nTraceback (most recent call last): torn {torn}" if torn else ""
