"""How numbers are written in the tables."""

import math
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from .signal_errors import Errors

Rows = Iterable[Sequence[str]]


def table(head: Sequence[str], rows: Rows) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def share(part: float, whole: float) -> str:
    """Return "12 of 13 (92 %)", or a dash of nothing."""
    return f"{part:.0f} of {whole:.0f} ({100.0 * part / whole:.0f} %)" if whole else "-"


def as_number(value: float, decimals: int = 2, unit: str = "") -> str:
    """Return a number, or a dash if there is none."""
    return "-" if math.isnan(value) else f"{value:.{decimals}f}{unit}"


def mae_of(errors: Errors) -> str:
    """Return the mean absolute error in degrees, or a dash."""
    return f"{errors.mae:.1f}°" if errors.frames else "-"


def code_measured() -> str:
    """Return in words which code is measured: what is written down of it must not be taken for that of a later one."""
    root = Path(__file__).parents[2]
    asked = ("git", "-C", str(root), "log", "-1", "--format=commit %h of %cs")
    changed = ("git", "-C", str(root), "status", "--porcelain", "--untracked-files=no", "formcheck", "rules", "samples")
    try:
        commit, changes = (
            subprocess.run(ask, capture_output=True, text=True, check=True).stdout for ask in (asked, changed)
        )
    except (OSError, subprocess.CalledProcessError):
        return "code that is in no repository"
    return commit.strip() + (", with changes that are not in it" if changes else "")
