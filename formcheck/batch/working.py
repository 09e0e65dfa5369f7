"""One recording of many, in whichever process: looked at, or left as it was finished before; nothing that fails stops the rest."""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from formcheck.batch import remote
from formcheck.batch.fingerprint import asked_of, fingerprint, recording_sha256
from formcheck.batch.index import figures_of
from formcheck.batch.job import Job, Outcome, Seen, failed, stopped
from formcheck.choosing import rule_named
from formcheck.errors import FormcheckError, InputError, NoPersonError, NotSureError
from formcheck.exercise.rulebook import Rulebook, bundled_folder, load_rules
from formcheck.history.keeping import keeping
from formcheck.installation import not_loaded
from formcheck.language import _, choose
from formcheck.output.folder import MARKER, finished_as, mark_finished
from formcheck.output.records import session_document
from formcheck.output.report.pdf import write_pdf
from formcheck.session import analyze

LASTING = (InputError.exit_code, NoPersonError.exit_code, NotSureError.exit_code)
"""The same content fails so each time it is looked at in the same way."""


def do(job: Job, seen: Seen) -> Outcome:
    """Return what came of a job, whatever happens."""
    choose(job.manner.language)  # of all that is loaded and told from here on
    try:
        return _done(job, seen)
    except KeyboardInterrupt:
        return stopped(job)
    except FormcheckError as error:
        return failed(job, error)
    except ImportError as error:
        return failed(job, not_loaded(error))
    except Exception as error:  # one bad recording never stops the rest
        return failed(job, FormcheckError(_("Something went wrong inside formcheck: {error}", error=error)))


def _done(job: Job, seen: Seen) -> Outcome:
    manner, known = job.manner, _rules(job.manner.rules, job.manner.language)
    rule = rule_named(known, job.exercise, job.options)
    with remote.brought_here(job.path) as path:
        content = recording_sha256(path)
        asked = asked_of(job, content, rule, known)
        mark = fingerprint(asked) if content else ""
        if manner.resume and content:
            before = _finished_before(job, asked)
            if before is not None:
                return Outcome(job.number, 0, "", figures_of(before), content, mark, was_there=True)
            if job.failure is not None and job.failure.fingerprint == mark and job.failure.exit_code in LASTING:
                was = job.failure
                return Outcome(
                    job.number, was.exit_code, was.reason, {}, content, mark, was_there=True, remedy=was.remedy
                )
        with remote.results_folder(job.folder) as folder:
            try:
                return _analysed(job, path, folder, known, asked, content, seen)
            except FormcheckError as error:
                lost = failed(job, error)
                reason, remedy = (
                    said.replace(str(folder), job.folder).replace(str(path), job.recording)
                    for said in (lost.reason, lost.remedy)
                )
                return replace(lost, reason=reason, remedy=remedy, recording_sha256=content, fingerprint=mark)


def _analysed(
    job: Job, path: Path, folder: Path, known: Rulebook, asked: dict[str, object], content: str, seen: Seen
) -> Outcome:
    manner, notes = job.manner, list[str]()
    session = analyze(
        path, job.exercise, options=job.options, out=folder, model=manner.model, backend=manner.backend,
        threads=manner.threads, skip_still=manner.skip_still, device=manner.device, fps=manner.fps, mirrored=manner.mirrored, video=manner.video,
        with_report=manner.report, blur_face=manner.blur_face, rules=known,
        report=lambda done, _time_s, total: seen(done, total),
        keep=None if manner.person is None else keeping("analyze", manner.person, notes.append),
        name=job.recording, date=manner.date,
    )  # fmt: skip
    if session.interrupted:
        return stopped(job)
    if manner.pdf:
        write_pdf(folder / "report.html", folder / "report.pdf")
    mark_finished(folder, asked)
    failures = (_("{failure} What depends on it was not seen.", failure=failure) for failure in session.rule_failures)
    return Outcome(
        job.number, 0, "", figures_of(session_document(session)), content, fingerprint(asked), notes=(*failures, *notes)
    )


def _rules(folders: tuple[str, ...], language: str) -> Rulebook:
    """Return all rules; those of a long row of recordings are loaded once, as long as no file of them changes."""
    files = (file for folder in (bundled_folder(), *map(Path, folders)) for file in sorted(folder.glob("*.py")))
    return _loaded(
        folders, language, tuple((str(file), (told := file.stat()).st_mtime_ns, told.st_size) for file in files)
    )


@lru_cache(maxsize=1)
def _loaded(folders: tuple[str, ...], _language: str, _files: tuple[tuple[str, int, int], ...]) -> Rulebook:
    return load_rules(folders)


def _finished_before(job: Job, asked: dict[str, object]) -> dict[str, Any] | None:
    """Return session.json as it was written when the same was asked of the same content; None if it was not, or not whole."""
    manner = job.manner
    marker = remote.read(f"{job.folder}/{MARKER}")
    finished = None if marker is None else finished_as(marker)
    if finished is None or finished.asked != json.loads(json.dumps(asked)):
        return None
    wanted = {
        "session.json": True, "reps.csv": True, "landmarks.jsonl": True, "annotated.mp4": manner.video,
        "report.html": manner.report, "report.pdf": manner.pdf,
    }  # fmt: skip
    names = (name for name, is_wanted in wanted.items() if is_wanted)
    if not all(
        name in finished.sizes and finished.sizes[name] == remote.size_of(f"{job.folder}/{name}") for name in names
    ):
        return None
    written = remote.read(f"{job.folder}/session.json")
    try:
        document = None if written is None else json.loads(written)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None
