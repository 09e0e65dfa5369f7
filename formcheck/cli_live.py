"""The command that trains in front of a camera."""

from typing import Annotated, Any

import typer

from formcheck.cli_history import kept_by
from formcheck.cli_options import (
    EXERCISE_HELP,
    BackendOption,
    CameraOption,
    EndPointOption,
    FovOption,
    GuideOption,
    HoldOption,
    LevelOption,
    LiveModelOption,
    LiveOutOption,
    NoHistoryOption,
    NoReportOption,
    PersonOption,
    RepsOption,
    RulesOption,
    SideOption,
    ThreadsOption,
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
    headless: Annotated[bool, typer.Option("--headless", help="Open no window; print what happens as lines.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print events as JSON lines, for other programs.")] = False,
    model: LiveModelOption = None,
    backend: BackendOption = None,
    threads: ThreadsOption = None,
    guide: GuideOption = None,
    mute: Annotated[bool, typer.Option("--mute", help="No sound.")] = False,
    no_report: NoReportOption = False,
    person: PersonOption = None,
    no_history: NoHistoryOption = False,
    rules: RulesOption = None,
) -> None:
    """Train in front of a camera: counters, holds and cues while you move. Press h in the window for its keys."""
    from formcheck.cli_printing import loaded_rules, print_session
    from formcheck.live.lines import as_json as json_line
    from formcheck.live.lines import as_text
    from formcheck.live.session import Wanted
    from formcheck.live.session import live as run_live
    from formcheck.pose.opening import seeing

    def print_event(event: dict[str, Any]) -> None:
        line = json_line(event) if as_json else as_text(event)
        if line is not None:
            typer.echo(line)

    asked = seeing(model or "", backend, threads)
    lived = run_live(
        exercise,
        Wanted(camera, model, guide, record, headless, mute, asked.backend, asked.threads, not no_report),
        options=options_of(level, side, reps, hold, end_point, fov),
        out=out,
        rules=loaded_rules(rules, exercise),
        print_event=print_event if headless or as_json else None,
        keep=kept_by("live", person, no_history),
    )
    if not as_json:
        print_session(lived.session, lived.folder, False)
    if lived.failure is not None:
        raise lived.failure
    if lived.stopped:
        raise typer.Exit(INTERRUPTED)
