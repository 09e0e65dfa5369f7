"""What decides results beside the recording and the options: where it differs, results may differ."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from formcheck.batch.fingerprint import model_sha256, rules_sha256
from formcheck.batch.job import Manner
from formcheck.exercise.rulebook import load_rules
from formcheck.language import _
from formcheck.output.records import formcheck_version

_PACKAGES = ("av", "numpy", "opencv-python")
_BACKENDS = {"litert": "ai-edge-litert", "mediapipe": "mediapipe"}


def identity(manner: Manner) -> dict[str, str]:
    """Return the versions that decide results here, by name; of the model and the rules, the SHA-256.

    Raises
    ------
    UsageError, InstallationError
        The model or a folder of rules is not here.
    """
    packages = (*_PACKAGES, _BACKENDS[manner.backend])
    return {
        "formcheck": formcheck_version(),
        "model": model_sha256(manner.model),
        "rules": rules_sha256(load_rules(manner.rules)),
        "machine": platform.machine(),
        **{package: _version(package) for package in packages},
    }


def differences(there: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Return what is another there than here, in words."""
    return [
        _("{name} is {there} there and {here} here.", name=name, there=there.get(name), here=here.get(name))
        for name in sorted({*there, *here})
        if there.get(name) != here.get(name)
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
