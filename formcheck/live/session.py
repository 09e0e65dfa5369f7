"""A live session from the first picture to the files: opens everything, keeps it going, and closes it whatever happens."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from formcheck.capture.camera import Camera, camera_at
from formcheck.capture.live_source import Health, LiveSource
from formcheck.concluding import Keep
from formcheck.errors import FormcheckError, OutputError
from formcheck.exercise.rulebook import Rule, Rulebook, find_rule, load_rules
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise
from formcheck.interruption import finishing, stoppable
from formcheck.language import N_, _
from formcheck.live.after_set import AfterSet, asked_of
from formcheck.live.estimator_thread import Estimator, EstimatorThread, ModelChanged, SeenFrame
from formcheck.live.lines import ended, started
from formcheck.live.options import LiveOptions, seen_by
from formcheck.live.outlets import Outlets, Tell
from formcheck.live.pages import message_page, summary_page
from formcheck.live.screen import SIZE_WH, Screen
from formcheck.live.training import AGAIN_S, Training
from formcheck.live.watching import Watching
from formcheck.live.window import Window
from formcheck.output.folder import ResultsFolder, open_results
from formcheck.output.folder_names import folder_of_now
from formcheck.output.raw_video import RawVideo
from formcheck.output.records import write_session_json
from formcheck.output.reps_csv import write_reps_csv
from formcheck.output.sound import Sound
from formcheck.pipeline import Options, level_of
from formcheck.pose.command import is_answer
from formcheck.pose.opening import open_estimator
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.reporting import Reporter

SUMMARY_S = 30.0
SLOW_CAMERA_FPS = 8.0
"""With fewer pictures a second, fast movements and short faults pass unseen."""
_LOOK_S = 0.05
"""How long to wait for a picture before looking at the keys again."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What a live session runs on; no window = nobody looks at one."""

    window: Window | None
    source: LiveSource
    estimator: EstimatorThread


@dataclass(frozen=True, slots=True)
class LiveResult:
    """A live session that is over.

    Attributes
    ----------
    session
        What was found.
    folder
        Where the results are.
    stopped
        It was ended by a signal such as Ctrl-C.
    failure
        Not everything could be written or printed.
    """

    session: Session
    folder: Path
    stopped: bool
    failure: FormcheckError | None


def live(
    exercise: str,
    wanted: LiveOptions,
    *,
    options: Options | None = None,
    out: Path | None = None,
    rules: Sequence[str | Path] | Rulebook = (),
    print_event: Tell | None = None,
    keep: Keep | None = None,
    camera: Camera | None = None,
    open_model: Callable[[str], Estimator] | None = None,
) -> LiveResult:
    """Run a live session to its end.

    Parameters
    ----------
    exercise
        Id of the exercise.
    wanted
        Camera, window, sound.
    options
        Level, side, dose, holds and end points.
    out
        Folder for the results; None = one of its own in the current folder.
    rules
        Folders of further rules, or rules that were loaded already.
    print_event
        Told of every event, as the JSON lines have it.
    keep
        Told of the session that is over, and of its rule.
    camera, open_model
        Where pictures come from, and what sees in them; replaced in tests.

    Raises
    ------
    UsageError, InputError, DeviceError, OutputError
        See `formcheck.errors`.
    """
    chosen = options or Options()
    rule = find_rule(load_rules(rules), exercise)
    level_of(rule, chosen.level)
    with ExitStack() as stack:
        devices = stack.enter_context(opened(wanted, camera, open_model))
        window, source, estimator = devices.window, devices.source, devices.estimator
        info = source.camera.info
        results = stack.enter_context(open_results(info.path, out if out is not None else folder_of_now(rule.id)))
        run = wanted.run_of(rule, chosen)
        writer = stack.enter_context(LandmarkWriter(results.landmarks_jsonl, info, wanted.first_model, run))
        raw = stack.enter_context(RawVideo(results.recording_mp4, info)) if wanted.record else None
        reporter = Reporter() if wanted.with_report else None
        on_step = None if reporter is None else reporter.watching(rule)
        training = Training(
            rule, info, chosen, wanted.first_model, guided=wanted.guides(info), writer=writer, on_step=on_step
        )
        screen = None
        if window is not None:
            dose = chosen.reps or rule.exercise.dose.reps
            screen = Screen((info.width, info.height), training.performance.exercise, dose)
        outlets = Outlets(screen, window, Sound(muted=wanted.muted), print_event, results.path)
        outlets.event(
            started({
                "exercise": rule.id, "level": chosen.level, "source": asdict(info),
                "model": wanted.first_model,
            })
        )  # fmt: skip
        estimator.start()
        with stoppable() as stop:
            try:
                watch(training, devices, outlets, stop, raw=raw)
                if window is not None and not stop.is_set() and asked_of(training) and outlets.go_on():
                    watch(AfterSet(training, (info.width, info.height)), devices, outlets, stop)
            finally:
                estimator.close()
                source.close()
                if raw is not None:
                    raw.close()
                session, last = training.finish()
                session = seen_by(session, run)
                outlets.tell([item for item in last if not is_answer(item)])
                failure = (
                    write_all(session, rule, results, reporter, training.performance.exercise, keep)
                    or training.failure
                    or (raw.failure if raw is not None else None)
                )
            outlets.event(ended(session, str(results.path), source.dropped))
        if not stop.is_set():
            outlets.last_screen(partial(summary_page, SIZE_WH, session, str(results.path)), SUMMARY_S)
    return LiveResult(session, results.path, stop.is_set(), failure or outlets.failure)


@contextmanager
def opened(
    wanted: LiveOptions, camera: Camera | None = None, open_model: Callable[[str], Estimator] | None = None
) -> Iterator[Devices]:
    """Open window, camera and model, as for `live`, and close them in the end."""
    device = camera or camera_at(wanted.camera)
    with ExitStack() as stack:
        window = None if wanted.headless else stack.enter_context(Window(SIZE_WH))
        if window is not None:
            window.show(message_page(SIZE_WH, _("Opening the camera …")))
        source = LiveSource(device)
        stack.callback(source.close)
        opens = open_model or partial(
            open_estimator, backend=wanted.backend, threads=wanted.threads, device=wanted.device
        )
        estimator = EstimatorThread(source, opens, wanted.first_model, may_change=wanted.model is None)
        stack.callback(estimator.close)
        source.start()
        yield Devices(window, source, estimator)


def watch(
    training: Watching, devices: Devices, outlets: Outlets, stop: threading.Event, *, raw: RawVideo | None = None
) -> None:
    """Let what is seen and pressed go in, and what to show and say come out, until it is over or somebody ends it."""
    source, estimator = devices.source, devices.estimator
    health = Health.LIVE
    told: set[str] = set()
    while not (stop.is_set() or outlets.is_over or estimator.is_over or training.is_over):
        found = estimator.next(_LOOK_S)
        if isinstance(found, ModelChanged):
            training.change_model(found.model)
            slow = N_("Too slow on this computer: the {model} model takes over")
            fast = N_("Fast enough again: the {model} model takes over")
            outlets.note(_(fast if found.is_better else slow, model=found.model))
        elif isinstance(found, SeenFrame):
            if raw is not None:
                raw.write(found.frame)
            brightness = float(found.frame.image_bgr[::16, ::16].mean())
            update = training.see(found.seen, brightness)
            outlets.update(found.frame, update, is_newest=not estimator.has_more)
        for kind, remark in _remarks(training, source, raw):
            if kind not in told:
                told.add(kind)
                outlets.note(remark)
        if source.health is not health and not (found is not None and source.health is Health.ENDED):
            health = source.health
            outlets.event({"event": "camera", "t": round(training.time_s, 3), "health": str(health)})
        outlets.stand_by(_("Camera lost: waiting for it") if health is Health.LOST and found is None else None)
        action = outlets.wishes(1)
        if action is not None:
            answer = training.press(action)
            if answer is not None:
                outlets.note(answer, AGAIN_S)


def _remarks(training: Watching, source: LiveSource, raw: RawVideo | None) -> Iterator[tuple[str, str]]:
    """Yield what goes wrong beside the person, by its kind."""
    if source.fps < SLOW_CAMERA_FPS:
        yield "slow", _("The camera gives only {fps:.0f} pictures a second. More light helps", fps=source.fps)
    if training.failure is not None:
        yield "landmarks", _("{cause} The session goes on.", cause=training.failure.cause)
    if raw is not None and raw.failure is not None:
        yield "video", _("{cause} The session goes on.", cause=raw.failure.cause)


def write_all(
    session: Session,
    rule: Rule,
    results: ResultsFolder,
    reporter: Reporter | None,
    exercise: Exercise,
    keep: Keep | None,
) -> OutputError | None:
    """Write what a session came to, and keep it in the history; return why not all could be written."""
    with finishing():
        try:
            write_session_json(session, results.session_json)
            write_reps_csv(session, results.reps_csv)
            if reporter is not None:
                reporter.write(session, exercise, results)
        except OutputError as error:
            return error
        finally:
            if keep is not None:
                keep(session, rule)
    return None
