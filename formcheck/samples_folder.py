"""Finds the sample clips: inside an installed package, else beside it."""

from pathlib import Path

from formcheck.errors import UsageError
from formcheck.fields import did_you_mean
from formcheck.language import _

FAULTY = "_faulty"


def samples_folder() -> Path:
    """Return the folder of the bundled clips."""
    package = Path(__file__).parent
    inside = package / "samples"
    return inside if inside.is_dir() else package.parent / "samples"


def sample_clip(exercise: str, *, faulty: bool = False) -> Path:
    """Return the bundled clip of an exercise: done correctly, or with typical faults.

    Raises
    ------
    UsageError
        There is none.
    """
    clip = samples_folder() / f"{exercise.strip().lower().replace('-', '_')}{FAULTY if faulty else ''}.mp4"
    if not clip.is_file():
        known = sorted({path.stem.removesuffix(FAULTY) for path in samples_folder().glob("*.mp4")})
        raise UsageError(
            _(
                "There is no sample clip of “{exercise}”.{meant}",
                exercise=exercise,
                meant=did_you_mean(exercise, known),
            ),
            _("Choose one of: {known}.", known=", ".join(known)),
        )
    return clip
