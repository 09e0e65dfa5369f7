"""The command that trains in front of a camera."""

from dataclasses import replace
from typing import Annotated

import typer

from formcheck.cli_options import (
    EXERCISE_HELP,
    BackendOption,
    CameraOption,
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
    RepsOption,
    RulesOption,
    SideOption,
    ThreadsOption,
    kept_by,
    options_of,
)
from formcheck.interruption import INTERRUPTED
from formcheck.readable import readable
from formcheck.terminal import say_beside

LIVE_EXAMPLES = (
    "Examples:  formcheck live dead-bug   ·   formcheck live lateral-lunge --camera 1 --record   ·   "
    "formcheck live dead-bug --headless --json"
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
    from formcheck.live.session import Wanted
    from formcheck.live.session import live as run_live
    from formcheck.plan import end_points
    from formcheck.plan.memory import Memory
    from formcheck.pose.opening import seeing

    if pdf:
        refuse_pdf(with_report=not no_report)
    asked, options = seeing(model or "", backend, threads), options_of(level, side, reps, hold, end_point, fov)
    keep, known = kept_by("live", person, no_history), loaded_rules(rules, exercise)
    rule = find_rule(known, exercise)
    memory = None if no_history or end_point is not None else Memory(named(person), _tell)
    ends = {} if new_end_points else end_points.remembered(memory, rule, level)
    if ends:
        options = replace(options, end_point_deg=(ends.get("left"), ends.get("right")))
        _tell(end_points.in_words(rule, ends))
    lived = run_live(
        exercise,
        Wanted(camera, model, guide, record, headless, mute, asked.backend, asked.threads, not no_report),
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
    if lived.failure is not None:
        raise lived.failure
    if pdf:
        print_pdf(lived.folder)
    if lived.stopped:
        raise typer.Exit(INTERRUPTED)


def _tell(said: str) -> None:
    say_beside(readable(said))
