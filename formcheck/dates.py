"""When something is said to be recorded or analysed: now, or whenever the environment says it is."""

import os
from contextlib import suppress
from datetime import UTC, datetime


def now() -> str:
    """Return the date and time of the day, with its zone, in ISO 8601; or what the environment says it is."""
    return fixed_date() or datetime.now().astimezone().isoformat(timespec="seconds")


def fixed_date() -> str | None:
    """Return the date that the environment fixes by ``SOURCE_DATE_EPOCH``, in seconds since 1970; None if it does not.

    With it two runs give the same files to the byte.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdecimal():
        with suppress(OverflowError, ValueError, OSError):
            return datetime.fromtimestamp(int(fixed), UTC).isoformat(timespec="seconds")
    return None
