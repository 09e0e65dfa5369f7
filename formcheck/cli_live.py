"""The commands that train in front of a camera."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli_options import (
    EXERCISE_HELP,
    BackendOption,
    CameraOption,
    DeviceOption,
    EndPointOption,
    FovOption,
    GuideOption,
    HeadlessOption,
    HoldOption,
    JsonEventsOption,
    LevelOption,
    LiveModelOption,
    LiveOutOption,
    MuteOption,
    NewEndPointsOption,
    NoHistoryOption,
    NoReportOption,
    PdfOption,
    PersonOption,
    PlanArgument,
    PlanOutOption,
    RepsOption,
    RulesOption,
    SideOption,
    ThreadsOption,
    kept_by,
    options_of,
)
from formcheck.errors import FormcheckError
from formcheck.interruption import INTERRUPTED
from formcheck.language import _
from formcheck.readable import readable
from formcheck.terminal import say_beside

if TYPE_CHECKING:
    from formcheck.live.options import LiveOptions

LIVE_EXAMPLES = (
    "Examples:  formcheck live dead-bug   ·   formcheck live lateral-lunge --camera 1 --record   ·   "
    "formcheck live dead-bug --headless --json"
)
TRAIN_EXAMPLES = (
    "Examples:  formcheck train hip-mobility   ·   formcheck train my-plan.toml --person Anna   ·   "
    "formcheck train hip-flexors --restart"
)


def live(
    exercise: Annotated[str, typer.Argument(help=EXERCISE_HELP, show_default=False)],
    camera: CameraOption = "0",
    level: LevelOption = None,
    side: SideOption = None,
    reps: RepsOption = None,
    hold: HoldOption = None,
    end_point: EndPointOption = None,
    new_end_points: NewEndPointsOption = False,
    fov: FovOption = None,
    out: LiveOutOption = None,
    record: Annotated[bool, typer.Option("--record", help="Keep the raw video too.")] = False,
    headless: HeadlessOption = False,
    as_json: JsonEventsOption = False,
    model: LiveModelOption = None,
    backend: BackendOption = None,
    threads: ThreadsOption = None,
    device: DeviceOption = "cpu",
    guide: GuideOption = None,
    mute: MuteOption = False,
    no_report: NoReportOption = False,
    pdf: PdfOption = False,
    person: PersonOption = None,
    no_history: NoHistoryOption = False,
    rules: RulesOption = None,
) -> None:
    """Train in front of a camera: counters, holds and cues while you move. Press h in the window for its keys."""
    from formcheck.cli_printing import event_printer, loaded_rules, print_pdf, print_session, refuse_pdf
    from formcheck.exercise.rulebook import find_rule
    from formcheck.history.keeping import named
    from formcheck.live.session import live as run_live
    from formcheck.plan import end_points
    from formcheck.plan.memory import Memory

    if pdf:
        refuse_pdf(with_report=not no_report)
    options = options_of(level, side, reps, hold, end_point, fov)
    keep, known = kept_by("live", person, no_history), loaded_rules(rules, exercise)
    rule = find_rule(known, exercise)
    memory = None if no_history or end_point is not None else Memory(named(person), _tell)
    ends = {} if new_end_points else end_points.remembered(memory, rule, level)
    if ends:
        options = replace(options, end_point_deg=(ends.get("left"), ends.get("right")))
        _tell(end_points.in_words(rule, ends))
    lived = run_live(
        exercise,
        _wanted(camera, model, backend, threads, device, guide, headless, mute, no_report, record=record),
        options=options,
        out=out,
        rules=known,
        print_event=event_printer(as_json) if headless or as_json else None,
        keep=keep,
    )
    if memory is not None and not ends:
        end_points.remember(memory, rule, lived.session)
    if not as_json:
        print_session(lived.session, lived.folder, False)
    if pdf and lived.failure is None:
        print_pdf(lived.folder)
    _end(lived.failure, is_stopped=lived.stopped)


def train(
    given: PlanArgument,
    camera: CameraOption = "0",
    fov: FovOption = None,
    out: PlanOutOption = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin with the first exercise, though the plan was left in its midst.")
    ] = False,
    new_end_points: NewEndPointsOption = False,
    headless: HeadlessOption = False,
    as_json: JsonEventsOption = False,
    model: LiveModelOption = None,
    backend: BackendOption = None,
    threads: ThreadsOption = None,
    device: DeviceOption = "cpu",
    guide: GuideOption = None,
    mute: MuteOption = False,
    no_report: NoReportOption = False,
    person: PersonOption = None,
    no_history: NoHistoryOption = False,
    rules: RulesOption = None,
) -> None:
    """Walk through a plan in front of a camera: each exercise is shown, counted and rested from, then comes the next.

    Who stops goes on from there the next time. Press h in the window for its keys.
    """
    from rich.console import Console

    from formcheck.cli_printing import event_printer, loaded_rules, print_place
    from formcheck.history.keeping import named
    from formcheck.plan.memory import Memory
    from formcheck.plan.opening import open_plan
    from formcheck.plan.page import trained_page
    from formcheck.plan.training import Asked
    from formcheck.plan.training import train as run_training

    plan = open_plan(given, loaded_rules(rules, None))
    fov_deg = options_of(None, None, None, None, None, fov).fov_deg
    trained = run_training(
        Asked(plan, fov_deg, restart, new_end_points),
        _wanted(camera, model, backend, threads, device, guide, headless, mute, no_report),
        out=out,
        print_event=event_printer(as_json) if headless or as_json else None,
        keep=kept_by("train", person, no_history),
        memory=None if no_history else Memory(named(person), _tell),
        tell=_tell,
    )
    if not as_json:
        Console().print(trained_page(trained.done))
        print_place(_("Results are in {folder}", folder=readable(str(trained.folder))))
    _end(trained.failure, is_stopped=trained.stopped)


def _wanted(
    camera: str,
    model: str | None,
    backend: str | None,
    threads: int | None,
    device: str,
    guide: bool | None,
    headless: bool,
    mute: bool,
    no_report: bool,
    *,
    record: bool = False,
) -> "LiveOptions":
    from formcheck.live.options import LiveOptions
    from formcheck.pose.opening import seeing

    asked = seeing(model or "", backend, threads, device=device)
    return LiveOptions(
        camera=camera, model=model, guided=guide, record=record, headless=headless, muted=mute,
        backend=asked.backend, threads=asked.threads, device=asked.device, with_report=not no_report,
    )  # fmt: skip


def _end(failure: FormcheckError | None, *, is_stopped: bool) -> None:
    """Tell by the exit code that not everything could be written, or that the session was stopped."""
    if failure is not None:
        raise failure
    if is_stopped:
        raise typer.Exit(INTERRUPTED)


def _tell(said: str) -> None:
    say_beside(readable(said))
