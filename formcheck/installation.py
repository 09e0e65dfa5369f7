"""What formcheck runs on and with, and what to do where a part is missing."""

import os
import platform
import re
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from packaging.requirements import Requirement

from formcheck.errors import InstallationError
from formcheck.language import _

MEDIAPIPE_MACHINES = (("Linux", "x86_64"), ("Windows", "AMD64"), ("Darwin", "arm64"))
"""System and processor of each wheel of the supported MediaPipe versions, as `platform` names them."""
LITERT_MACHINES = (("Linux", "x86_64"), ("Linux", "aarch64"), ("Windows", "AMD64"), ("Darwin", "arm64"))
"""The same for LiteRT."""

DEBIAN_PACKAGES = {
    "libGL": "libgl1",
    "libEGL": "libegl1",
    "libGLESv2": "libgles2",
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
}
"""The system libraries that OpenCV and MediaPipe need, and the Debian package of each."""


def usable_version(package: str, module: str) -> str:
    """Return the version of a package that formcheck needs, after loading it.

    Raises
    ------
    InstallationError
        It is not installed, is not a version that formcheck works with, or cannot be loaded.
    """
    wanted = _requirement(package)
    try:
        found = version(package)
    except PackageNotFoundError:
        raise _not_installed(package) from None
    if wanted is not None and not wanted.specifier.contains(found, prereleases=True):
        raise InstallationError(
            _("{found} is installed; formcheck works with {specifier}.", found=found, specifier=wanted.specifier),
            _install(package, wanted),
        )
    try:
        import_module(module)
    except (ImportError, OSError) as problem:
        raise not_loaded(problem) from problem
    return found


def not_loaded(problem: ImportError | OSError) -> InstallationError:
    """Return what a failed import or start of a library means for the user."""
    library = re.search(r"\b(lib[\w.+-]+?)\.so[.\d]*", str(problem))
    if library is not None and library[1] in DEBIAN_PACKAGES:
        return InstallationError(
            _("The system library {library} is missing.", library=library[0]),
            _("On Debian and Ubuntu: apt-get install {package}.", package=DEBIAN_PACKAGES[library[1]]),
        )
    if isinstance(problem, ModuleNotFoundError) and problem.name is not None:
        package = problem.name.partition(".")[0]
        return _not_installed({"cv2": "opencv-python", "ai_edge_litert": "ai-edge-litert"}.get(package, package))
    return InstallationError(_("A library cannot be loaded: {problem}.", problem=problem))


def extra_hint(extra: str) -> str:
    """Return what to do where an extra of formcheck is missing."""
    return _("Run in the folder of formcheck: pip install '.[{extra}]'", extra=extra)


def usable_cores() -> int:
    """Return how many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _not_installed(package: str) -> InstallationError:
    here = platform.system(), platform.machine()
    if package == "mediapipe" and here not in MEDIAPIPE_MACHINES:
        told = _(
            "MediaPipe, which finds the person in a picture, has no release for {system} on {processor}.",
            system=here[0],
            processor=here[1],
        )
        if here in LITERT_MACHINES:
            return InstallationError(told, _("Use --backend litert here."))
        return InstallationError(
            told,
            _(
                "Use a computer with Linux on x86_64, Windows on x64 or macOS on Apple silicon. Here, "
                "`formcheck replay` and `formcheck exercises` work."
            ),
        )
    if package == "ai-edge-litert" and here not in LITERT_MACHINES:
        return InstallationError(
            _("LiteRT has no release for {system} on {processor}.", system=here[0], processor=here[1]),
            _("Use --backend mediapipe, or leave --backend out."),
        )
    return InstallationError(
        _("The package {package} is not installed.", package=package), _install(package, _requirement(package))
    )


def _install(package: str, wanted: Requirement | None) -> str:
    wanted_one = f"{package}{'' if wanted is None else wanted.specifier}"
    return _("Run: pip install '{package}'", package=wanted_one)


def _requirement(package: str) -> Requirement | None:
    """Return what formcheck's own metadata says of a package, also of an optional one; None where formcheck is not installed."""
    try:
        lines: Iterable[str] = requires("formcheck") or ()
        extras = ("", *(metadata("formcheck").get_all("Provides-Extra") or ()))
    except PackageNotFoundError:
        return None
    named = (one for one in map(Requirement, lines) if one.name == package)
    return next((one for one in named if _applies(one, extras)), None)


def _applies(wanted: Requirement, extras: Iterable[str]) -> bool:
    """Return whether something is wanted on this computer, by itself or by one of the extras."""
    return wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras)
