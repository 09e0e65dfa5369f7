"""The command that trains in front of a camera."""

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
    NoHistoryOption,
    NoReportOption,
    PersonOption,
    RepsOption,
    RulesOption,
    SideOption,
    ThreadsOption,
    kept_by,
    options_of,
)
from formcheck.interruption import INTERRUPTED

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
    person: PersonOption = None,
    no_history: NoHistoryOption = False,
    rules: RulesOption = None,
) -> None:
    """Train in front of a camera: counters, holds and cues while you move. Press h in the window for its keys."""
    from formcheck.cli_printing import event_printer, loaded_rules, print_session
    from formcheck.live.session import Wanted
    from formcheck.live.session import live as run_live
    from formcheck.pose.opening import seeing

    asked = seeing(model or "", backend, threads)
    lived = run_live(
        exercise,
        Wanted(camera, model, guide, record, headless, mute, asked.backend, asked.threads, not no_report),
        options=options_of(level, side, reps, hold, end_point, fov),
        out=out,
        rules=loaded_rules(rules, exercise),
        print_event=event_printer(as_json) if headless or as_json else None,
        keep=kept_by("live", person, no_history),
    )
    if not as_json:
        print_session(lived.session, lived.folder, False)
    if lived.failure is not None:
        raise lived.failure
    if lived.stopped:
        raise typer.Exit(INTERRUPTED)
