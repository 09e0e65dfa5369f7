"""What decides results beside the recording and the options: where it differs, results may differ."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from formcheck.batch.fingerprint import model_sha256, rules_sha256
from formcheck.batch.job import Manner
from formcheck.exercise.rulebook import load_rules
from formcheck.output.records import formcheck_version

_PACKAGES = ("av", "numpy", "opencv-python")
_BACKENDS = {"litert": "ai-edge-litert", "mediapipe": "mediapipe"}


def identity(manner: Manner) -> dict[str, str]:
    """Return the versions and contents that decide results here, by name.

    Raises
    ------
    UsageError, InstallationError
        The model or a folder of rules is not here.
    """
    packages = (*_PACKAGES, _BACKENDS[manner.backend])
    return {
        "formcheck": formcheck_version(),
        "the SHA-256 of the model": model_sha256(manner.model),
        "the SHA-256 of all rules": rules_sha256(load_rules(manner.rules)),
        "the processor": platform.machine(),
        **{package: _version(package) for package in packages},
    }


def differences(there: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Return what is another there than here, in words."""
    return [
        f"{name} is {there.get(name, 'unknown')}, and here {here.get(name, 'unknown')}"
        for name in sorted({*there, *here})
        if there.get(name) != here.get(name)
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
