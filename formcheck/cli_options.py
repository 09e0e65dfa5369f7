"""The options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.errors import UsageError
from formcheck.language import _
from formcheck.readable import readable
from formcheck.terminal import say_beside

if TYPE_CHECKING:
    from formcheck.concluding import Keep
    from formcheck.exercise.questions import Value
    from formcheck.pipeline import Options

EXERCISE_HELP = "The exercise, for example dead-bug. `formcheck exercises` lists them all."
EXERCISE_OR_AUTO_HELP = f"{EXERCISE_HELP} Give auto to have it recognised from the movement."
ExerciseOption = Annotated[str | None, typer.Option("--exercise", "-e", help=EXERCISE_OR_AUTO_HELP, show_default=False)]
RecordedExerciseOption = Annotated[
    str | None,
    typer.Option("--exercise", "-e", help=f"{EXERCISE_OR_AUTO_HELP} Default: what was recorded.", show_default=False),
]
LandmarksArgument = Annotated[
    Path,
    typer.Argument(metavar="LANDMARKS", help="A landmarks.jsonl of an analysis or a live session.", show_default=False),
]
LevelOption = Annotated[
    str | None, typer.Option(help="The level of the exercise, for example harder. Default: recognised from the pose.")
]
SideOption = Annotated[str | None, typer.Option(help="Watch only this side: left or right.")]
RepsOption = Annotated[int | None, typer.Option(help="Repetitions that you set out to do.")]
HoldOption = Annotated[float | None, typer.Option(help="Seconds that each hold should last, from 0.5 to 3600.")]
EndPointOption = Annotated[
    str | None, typer.Option(metavar="L,R", help="Your own end points of hip flexion in degrees: left,right.")
]
AnswerOption = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        metavar="QUESTION=ANSWER",
        help="What only you know and the exercise asks after a set, such as effort=6 or pain=no. May be given several times.",
        show_default=False,
    ),
]
FovOption = Annotated[
    float | None,
    typer.Option(
        "--fov", help="Angle of view over the longer side of the picture, in degrees, from 20 to 130; usual: 60."
    ),
]
PlanOption = Annotated[
    str | None,
    typer.Option(
        "--plan",
        help="The recording shows a whole plan: a TOML file, or the name of one that comes with formcheck. Each part is judged for itself.",
        show_default=False,
    ),
]
PlanArgument = Annotated[
    str,
    typer.Argument(
        help="A plan: a TOML file, or the name of one that comes with formcheck, as `formcheck plan list` has them.",
        metavar="PLAN",
        show_default=False,
    ),
]
RulesOption = Annotated[
    list[Path] | None, typer.Option(help="A folder with more rule files. May be given several times.")
]
RecordingsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VIDEO...",
        help="Video files, folders of them, patterns or addresses; or a folder of numbered images.",
        show_default=False,
    ),
]
ListOption = Annotated[
    Path | None,
    typer.Option(
        "--list", metavar="FILE", help="A CSV of recordings: file, exercise, level, side.", show_default=False
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(min=1, help="How many recordings to look at at once. Default: as many as cores.", show_default=False),
]
ResumeOption = Annotated[
    bool, typer.Option("--resume", help="Of many recordings, leave those that are finished as they are.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Have the workers of this Dask scheduler look at them.", show_default=False),
]
LocalClusterOption = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Have N Dask workers of this computer look at them.", show_default=False),
]
RecordingsOutOption = Annotated[
    str | None,
    typer.Option(
        "--out",
        metavar="DIR",
        help="Folder for the results. Default: <file name>.formcheck in the current folder.",
        show_default=False,
    ),
]


def _folder(text: str) -> Path:
    from formcheck.output.folder_names import local_folder

    return local_folder(text)


def _out(said: str) -> object:
    return typer.Option("--out", parser=_folder, metavar="DIR", help=said, show_default=False)


OutOption = Annotated[
    Path | None, _out("Folder for the results. Default: <file name>.formcheck in the current folder.")
]
ReplayOutOption = Annotated[Path | None, _out("Folder for the results. Default: nothing is written.")]
FpsOption = Annotated[
    float | None,
    typer.Option(
        help="The frame rate of a folder of images; of a video file, how many frames a second to look at, at most: 30 unless you say so."
    ),
]
MirroredOption = Annotated[bool, typer.Option("--mirrored", help="The recording is mirrored, as selfies are.")]
NoVideoOption = Annotated[bool, typer.Option("--no-video", help="Do not write annotated.mp4.")]
BlurFaceOption = Annotated[
    bool, typer.Option("--blur-face", help="Make the face unrecognisable in annotated.mp4 and report.html.")
]
NoReportOption = Annotated[bool, typer.Option("--no-report", help="Do not write report.html.")]
PdfOption = Annotated[
    bool, typer.Option("--pdf", help="Print report.html to report.pdf, too, by Chromium, Chrome or Edge.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print session.json instead of the table.")]
ModelOption = Annotated[str, typer.Option(help="Pose model: heavy, full, lite, or the path of a .task bundle.")]
BackendOption = Annotated[
    str | None,
    typer.Option(
        help="What runs the pose model: litert, which is faster where there are cores to spare and knows when it is "
        "wrong, or mediapipe, which smooths. Default: litert, where there is a release of it.",
        show_default=False,
    ),
]
ThreadsOption = Annotated[
    int | None,
    typer.Option(
        help="How many threads litert uses. Default: as many as there are cores, at most 4.", show_default=False
    ),
]
DeviceOption = Annotated[
    str,
    typer.Option(
        help="Where litert runs the pose model: cpu, or gpu, a graphics processor with Vulkan, Direct3D or Metal."
    ),
]
SkipStillOption = Annotated[
    bool,
    typer.Option(
        "--skip-still",
        help="Look at 5 pictures a second only where picture and pose stand still: quicker where positions are held.",
    ),
]
CameraOption = Annotated[
    str, typer.Option(help="The camera: its number, its device, the URL of a stream, or a file to play in real time.")
]
LiveOutOption = Annotated[
    Path | None, _out("Folder for the results. Default: <exercise>-<date and time>.formcheck in the current folder.")
]
PlanOutOption = Annotated[
    Path | None,
    _out(
        "Folder for the results, with one folder for each exercise. Default: <plan>-<date and time>.formcheck in the current folder."
    ),
]
HeadlessOption = Annotated[bool, typer.Option("--headless", help="Open no window; print what happens as lines.")]
JsonEventsOption = Annotated[bool, typer.Option("--json", help="Print events as JSON lines, for other programs.")]
NewEndPointsOption = Annotated[
    bool, typer.Option("--new-end-points", help="Find your own end points anew, though they are known.")
]
MuteOption = Annotated[bool, typer.Option("--mute", help="No sound.")]
LiveModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Pose model: heavy, full, lite, or the path of a .task bundle. Default: the best one that is fast enough.",
    ),
]
PersonOption = Annotated[
    str | None, typer.Option(help="Who moves, where several people share the computer: a name for the history.")
]
NoHistoryOption = Annotated[bool, typer.Option("--no-history", help="Do not keep this session in the history.")]
GuideOption = Annotated[
    bool | None,
    typer.Option(
        "--guide/--no-guide",
        help="Guide you into position before the first repetition. Default: on for every camera, not for a file.",
    ),
]


_NAMES = {
    "level": "--level", "side": "--side", "reps": "--reps", "hold_s": "--hold", "end_point_deg": "--end-point",
    "fov_deg": "--fov", "answers": "--answer",
}  # fmt: skip
"""What the fields of `Options` are called on the command line."""


def options_of(
    level: str | None,
    side: str | None,
    reps: int | None,
    hold: float | None,
    end_point: str | None,
    fov_deg: float | None,
    answers: list[str] | None = None,
) -> "Options":
    """Return the options as they were given.

    Raises
    ------
    UsageError
        One of them is of no use; says which, and what is possible.
    """
    from formcheck.fields import FieldError, said_of
    from formcheck.pipeline import Options

    ends: tuple[float, float] | None = None
    if end_point is not None:
        try:
            left, right = (float(part) for part in end_point.split(","))
        except ValueError:
            raise UsageError(
                _("“{end_point}” is no pair of end points.", end_point=end_point),
                _("Say for example --end-point 95,90."),
            ) from None
        ends = (left, right)
    said = answers_of(answers)
    try:
        return Options(level, side, reps, hold, ends, fov_deg, said)  # type: ignore[arg-type]
    except FieldError as error:
        option = _NAMES[str(error.path[0])]
        raise UsageError(
            said_of(option, error.said), _("`formcheck COMMAND --help` explains {option}.", option=option)
        ) from error


def answers_of(given: list[str] | None) -> "dict[str, Value] | None":
    """Return answers as they are typed, ``effort=6`` or ``pain=no``, by what was asked.

    Raises
    ------
    UsageError
        It is no answer.
    """
    from formcheck.exercise.questions import MOST, value_of

    answers: dict[str, Value] = {}
    for text in given or []:
        name, _sign, said = text.partition("=")
        value = value_of(said)
        if value is None or value > MOST:
            raise UsageError(
                _("“{text}” is no answer.", text=text),
                _("Say yes, no, or a whole number from 0 to {most}: for example effort=6 or pain=no.", most=MOST),
            )
        answers[name.strip().lower().replace("-", "_")] = value
    return answers or None


def kept_by(command: str, person: str | None, no_history: bool) -> "Keep | None":
    """Return what keeps the sessions of a command, None where the user wants no history.

    Raises
    ------
    UsageError
        The person is no name, or is named where nothing is kept.
    """
    from formcheck.history.keeping import keeping

    keep = keeping(command, person, lambda text: say_beside(readable(text)))
    if no_history and person is not None:
        raise UsageError(
            _("--person names who it is in the history, and --no-history keeps nothing."), _("Leave one out.")
        )
    return None if no_history else keep
