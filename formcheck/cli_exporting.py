"""The command that writes recorded landmarks for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli_options import FovOption, LandmarksArgument, options_of
from formcheck.language import _
from formcheck.readable import readable
from formcheck.terminal import say_beside

EXPORT_EXAMPLES = (
    "Examples:  formcheck export clip.mp4.formcheck/landmarks.jsonl --signals signals.csv   ·   "
    "formcheck export landmarks.jsonl --trc markers.trc --mot angles.mot"
)


def export(
    recording: LandmarksArgument,
    signals: Annotated[
        Path | None,
        typer.Option(
            help="Every signal that rules can use, with its error: a .csv or .parquet to write.", show_default=False
        ),
    ] = None,
    landmarks: Annotated[
        Path | None,
        typer.Option(
            help="Every landmark, repaired and smoothed as the rules see it: a .csv or .parquet to write.",
            show_default=False,
        ),
    ] = None,
    trc: Annotated[
        Path | None,
        typer.Option(help="The landmarks as markers for OpenSim, in metres: a .trc to write.", show_default=False),
    ] = None,
    mot: Annotated[
        Path | None,
        typer.Option(help="All angles for OpenSim, in degrees: a .mot to write.", show_default=False),
    ] = None,
    fov: FovOption = None,
) -> None:
    """Write recorded landmarks for other programs, and what the rules see in them, to check it against a truth of your own.

    NaN = not seen. `formcheck exercises --signals` explains the signals.
    """
    from formcheck.exporting import Exported
    from formcheck.exporting import export as run_export

    exported = Exported(signals, landmarks, trc, mot)
    run_export(recording, exported, options=options_of(None, None, None, None, None, fov), tell=say_beside)
    for file in exported.wanted.values():
        typer.echo(_("Written: {file}", file=readable(str(file))))
