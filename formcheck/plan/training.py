"""`train`: a plan with camera, window and sound, from its first exercise to its last, or from where it was left."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from formcheck.capture.camera import Camera
from formcheck.capture.frame import SourceInfo
from formcheck.concluding import Keep
from formcheck.dates import now
from formcheck.errors import FormcheckError
from formcheck.interruption import stoppable
from formcheck.language import _
from formcheck.live.estimator_thread import Estimator
from formcheck.live.keys import PLAN_HELP
from formcheck.live.lines import SCHEMA
from formcheck.live.options import LiveOptions, seen_by
from formcheck.live.outlets import Outlets, Tell
from formcheck.live.pages import told_page
from formcheck.live.screen import SIZE_WH, Screen
from formcheck.live.session import SUMMARY_S, opened, watch, write_all
from formcheck.live.shown import Happening
from formcheck.live.training import Training
from formcheck.output.folder import ResultsFolder, is_of, open_results
from formcheck.output.folder_names import folder_of_now
from formcheck.output.shown import Kind, Notice
from formcheck.output.sound import Sound
from formcheck.plan import end_points, texts
from formcheck.plan.memory import Left, Memory
from formcheck.plan.opening import OpenedPlan
from formcheck.plan.record import Done, folder_name, parts_before, plan_document, write_plan_json
from formcheck.plan.stages import Place
from formcheck.plan.walk import Walk
from formcheck.plan.words import Part
from formcheck.pose.command import Action, Command
from formcheck.pose.recording_header import Run
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.reporting import Reporter


@dataclass(frozen=True, slots=True)
class Asked:
    """Which plan is walked through, and how.

    Attributes
    ----------
    plan
        The plan.
    fov_deg
        Angle of view of the camera.
    restart
        Begin with the first exercise, wherever the plan was left.
    new_end_points
        Ask for the person's own end points, though they are known.
    """

    plan: OpenedPlan
    fov_deg: float | None = None
    restart: bool = False
    new_end_points: bool = False


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """A training that is over.

    Attributes
    ----------
    folder
        Where the results are.
    done
        The exercises of this time, as they were done.
    stopped
        It was ended by a signal such as Ctrl-C.
    failure
        Not everything could be written or printed.
    """

    folder: Path
    done: tuple[Done, ...]
    stopped: bool
    failure: FormcheckError | None


def train(
    asked: Asked,
    wanted: LiveOptions,
    *,
    out: Path | None = None,
    memory: Memory | None = None,
    print_event: Tell | None = None,
    keep: Keep | None = None,
    tell: Callable[[str], None] = lambda text: None,
    camera: Camera | None = None,
    open_model: Callable[[str], Estimator] | None = None,
) -> TrainingResult:
    """Walk through a plan.

    Parameters
    ----------
    asked
        The plan, and how.
    wanted
        Camera, window, sound.
    out
        Folder for the results; None = the one that was begun, or one of its own in the current folder.
    memory
        What is remembered of the person; None = nothing is.
    print_event, keep, camera, open_model
        As for `formcheck.live.session.live`.
    tell
        Told, in a sentence, that the plan goes on where it was left.

    Raises
    ------
    UsageError, InputError, DeviceError, OutputError
        See `formcheck.errors`.
    """
    plan, parts = asked.plan, asked.plan.parts
    left = None if memory is None or asked.restart else memory.known().left.get(plan.sha256)
    place = Place()
    if left is not None and left.part < len(parts):
        place = Place(left.part, min(left.sets, parts[left.part].task.sets - 1))
        tell(texts.goes_on(_(plan.title), place.part + 1, len(parts)))
    if not asked.new_end_points:
        known = [(part.rule, end_points.remembered(memory, part.rule, part.task.level)) for part in parts]
        for said in dict.fromkeys(end_points.in_words(rule, ends) for rule, ends in known if ends):
            tell(said)
    with ExitStack() as stack:
        devices = stack.enter_context(opened(wanted, camera, open_model))
        info = devices.source.camera.info
        folder = out or _folder(plan.name, info.path, left)
        before = parts_before(folder) if left is not None else []
        results = stack.enter_context(open_results(info.path, folder))
        recorder = _Recorder(asked, wanted, info, results, memory, keep, before)
        stack.callback(recorder.close)
        screen = None if devices.window is None else Screen((info.width, info.height), parts[0].exercise, 1, PLAN_HELP)

        def turn_to(part: Part) -> None:
            if screen is not None:
                screen.turn_to(part.exercise, part.reps)

        walk = Walk(parts, recorder, (info.width, info.height), turn_to, place)
        outlets = Outlets(screen, devices.window, Sound(muted=wanted.muted), print_event, results.path)
        outlets.event({
            "event": "plan", "t": 0.0, "schema": SCHEMA, "plan": plan.name, "title": plan.title,
            "exercises": [part.rule.id for part in parts], "begins_with": place.part + 1,
        })  # fmt: skip
        devices.estimator.start()
        with stoppable() as stop:
            try:
                watch(walk, devices, outlets, stop)
            finally:
                devices.estimator.close()
                devices.source.close()
                outlets.tell(walk.finish())
                recorder.leave(is_through=walk.is_over)
            outlets.event({
                "event": "plan_ended", "t": round(walk.time_s, 3), "through": walk.is_over, "out": str(results.path),
            })  # fmt: skip
        if not stop.is_set():
            notices = [Notice(texts.of_part(item), Kind.INFO) for item in recorder.done] or [
                Notice(_(texts.NOTHING_DONE))
            ]
            page = partial(told_page, SIZE_WH, _(plan.title), notices, str(results.path))
            outlets.last_screen(page, SUMMARY_S)
    failure = recorder.failure or walk.failure or outlets.failure
    return TrainingResult(results.path, tuple(recorder.done), stop.is_set(), failure)


def _folder(name: str, source: str, left: Left | None) -> Path:
    """Return the folder in which a plan was begun, if it still is one for this camera, else a new one."""
    if left is not None and is_of(Path(left.folder), source):
        return Path(left.folder)
    return folder_of_now(name)


@dataclass(slots=True)
class _Recorder:
    """Records each exercise into a folder of its own."""

    asked: Asked
    wanted: LiveOptions
    info: SourceInfo
    results: ResultsFolder
    memory: Memory | None
    keep: Keep | None
    before: Sequence[dict[str, object]]
    date: str = field(default_factory=now)
    place: Place = field(default_factory=Place)
    done: list[Done] = field(default_factory=list)
    failure: FormcheckError | None = None
    _stack: ExitStack = field(default_factory=ExitStack)
    _folder: ResultsFolder | None = None
    _run: Run | None = None
    _reporter: Reporter | None = None

    def begin(self, part: Part) -> Training:
        memory = None if self.asked.new_end_points else self.memory
        known = end_points.remembered(memory, part.rule, part.task.level)
        options = part.options(known, self.asked.fov_deg)
        wanted, run = self.wanted, self.wanted.run_of(part.rule, options)
        path = self.results.path / folder_name(part, lambda name: (self.results.path / name).exists())
        folder = self._folder = self._stack.enter_context(open_results(self.info.path, path))
        writer = self._stack.enter_context(LandmarkWriter(folder.landmarks_jsonl, self.info, wanted.first_model, run))
        self._reporter = Reporter() if wanted.with_report else None
        on_step = None if self._reporter is None else self._reporter.watching(part.rule)
        self._run = run
        return Training(
            part.rule, self.info, options, wanted.first_model, guided=wanted.guides(self.info), writer=writer,
            on_step=on_step, muted=frozenset(part.task.muted_cues),
        )  # fmt: skip

    def end(self, part: Part, training: Training, sets: int, *, is_done: bool) -> Iterable[Happening]:
        folder, self._folder = self._folder, None
        assert folder is not None  # begin made it
        assert self._run is not None
        session, last = training.finish()
        session = seen_by(session, self._run)
        keep = self.keep if session.reps else None
        failure = write_all(session, part.rule, folder, self._reporter, training.performance.exercise, keep)
        self.done.append(Done(part, folder.path.name, session, is_done))
        self.failure = self.failure or failure or training.failure
        self.close()
        self._say()
        return last

    def reached(self, place: Place) -> None:
        self.place = place
        if self.memory is not None:
            self.memory.leave(
                Left(self.asked.plan.sha256, now(), place.part, place.sets, str(self.results.path.absolute()))
            )

    def obeyed(self, part: Part, command: Command) -> None:
        if self.memory is None or command.side is None or command.deg is None:
            return
        if command.action is Action.END_POINT:
            self.memory.remember_end_point(part.rule.id, command.side, command.deg)

    def leave(self, *, is_through: bool) -> None:
        """Forget where the plan was left once it is through."""
        if is_through and self.memory is not None:
            self.memory.finish(self.asked.plan.sha256)
        self._say()

    def close(self) -> None:
        """Close the files of the exercise that is under way."""
        self._stack.close()

    def _say(self) -> None:
        document = plan_document(self.asked.plan, self.date, self.done, self.before)
        try:
            write_plan_json(self.results.path, document)
        except FormcheckError as error:
            self.failure = self.failure or error
