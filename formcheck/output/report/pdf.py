"""The report on paper: printed to a PDF by a browser of the Chromium family, if this computer has one."""

import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from formcheck.errors import InstallationError, OutputError
from formcheck.language import _
from formcheck.system_errors import in_words
from formcheck.writing import cannot_write, written_whole

_COMMANDS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "brave-browser", "chrome",
    "msedge",
)  # fmt: skip
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_WINDOWS = (("Google", "Chrome", "chrome.exe"), ("Chromium", "chrome.exe"), ("Microsoft", "Edge", "msedge.exe"))
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_PATIENCE_S = 120.0
# It prints a file of this computer, and has nothing to look for elsewhere.
_QUIET = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
    "--disable-component-update", "--disable-background-networking", "--disable-domain-reliability", "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
)  # fmt: skip


def find_browser() -> Path:
    """Return the browser that can print a page to a file.

    Raises
    ------
    InstallationError
        There is none.
    """
    found = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if found is not None:
        return Path(found)
    for place in _usual_places():
        if place.is_file():
            return place
    raise InstallationError(
        _("A PDF is printed by Chromium, Chrome or Edge, and none of them is on this computer."),
        _(
            "Install one of them (on Debian: apt-get install chromium), or open report.html in any browser and print it "
            "there."
        ),
    )


def write_pdf(page: Path, path: Path) -> None:
    """Print a page that stands alone, whole or not at all.

    Parameters
    ----------
    page, path
        The HTML file, and the PDF beside it.

    Raises
    ------
    InstallationError
        There is no browser.
    OutputError
        It cannot be printed or written.
    """
    browser = find_browser()
    try:
        # A browser that is shut in, as those of Snap are, sees this folder, but not every folder for temporary files.
        with tempfile.TemporaryDirectory(prefix="printing-", dir=path.parent, ignore_cleanup_errors=True) as name:
            data = _printed(browser, page, Path(name))
    except OSError as error:
        raise cannot_write(path, error) from error
    with written_whole(path) as file:
        file.write(data)


def _printed(browser: Path, page: Path, folder: Path) -> bytes:
    printed = folder / "report.pdf"
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    options = [
        *_QUIET,
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={printed}",
        *(["--no-sandbox"] if is_root else []),  # else it refuses to run for root
    ]
    try:
        done = subprocess.run(
            [str(browser), *options, page.absolute().as_uri()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=_PATIENCE_S, check=False,
        )  # fmt: skip
        why = _("it ended with {code}", code=done.returncode)
    except subprocess.TimeoutExpired:
        why = _("it took longer than {seconds:.0f} s", seconds=_PATIENCE_S)
    except OSError as error:
        why = in_words(error)
    if printed.is_file() and printed.stat().st_size:
        return printed.read_bytes()
    raise OutputError(
        _("{browser} did not print the report: {why}.", browser=browser.name, why=why),
        _("Open {page} in a browser, and print it there.", page=page),
    )


def _usual_places() -> Iterator[Path]:
    if platform.system() == "Darwin":
        yield from (Path("/Applications", f"{name}.app", "Contents", "MacOS", name) for name in _MAC)
    elif platform.system() == "Windows":
        for folder in filter(None, map(os.environ.get, _WINDOWS_FOLDERS)):
            for vendor, *rest in _WINDOWS:
                yield Path(folder, vendor, *rest[:-1], "Application", rest[-1])
