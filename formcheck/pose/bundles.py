"""The pose models that come with the package, and those of the user's own."""

from pathlib import Path

from formcheck.errors import FormcheckError, InstallationError, UsageError
from formcheck.fields import did_you_mean
from formcheck.language import N_, _

MODELS = ("heavy", "full", "lite")
"""The models that come with the package, the most exact first."""

MODELS_FOLDER = Path(__file__).parent / "models"


def find_bundle(model: str) -> Path:
    """Return the file of a model.

    Parameters
    ----------
    model
        One of `MODELS`, or the path of a MediaPipe Pose Landmarker bundle (``.task``).

    Raises
    ------
    UsageError
        There is no such model.
    InstallationError
        One that comes with formcheck is missing.
    """
    choices = _("Choose one of {models}, or give the path of a model bundle (.task).", models=", ".join(MODELS))
    if model in MODELS:
        path = MODELS_FOLDER / f"pose_landmarker_{model}.task"
        if not path.is_file():
            raise InstallationError(
                _("The model {model} is missing from this installation.", model=model), _("Install formcheck again.")
            )
        return path
    path = Path(model)
    if path.is_file():
        return path.absolute()
    no_file, no_model = N_("There is no model file “{model}”.{meant}"), N_("There is no model “{model}”.{meant}")
    said = no_file if path.suffix or len(path.parts) > 1 else no_model
    raise UsageError(_(said, model=model, meant=did_you_mean(model, MODELS)), choices)


def not_a_model(model: str, path: Path) -> FormcheckError:
    """Return what it means that the file of a model does not hold one."""
    if model in MODELS:
        return InstallationError(_("The model {model} is damaged.", model=model), _("Install formcheck again."))
    return UsageError(
        _("{path} is not a pose model, or is damaged.", path=path),
        _("Give --model heavy, full or lite, or a MediaPipe Pose Landmarker bundle (.task)."),
    )
