"""Waiting for a process to be ready for a signal."""

import signal
import subprocess
import sys
import time
from pathlib import Path

_START_S = 30.0


def until_it_hears(process: subprocess.Popen[bytes]) -> None:
    """Wait until a started formcheck handles SIGTERM; before, Python itself is starting, and dies of it as Python does."""
    if not sys.platform.startswith("linux"):
        time.sleep(1.0)
        return
    status = Path(f"/proc/{process.pid}/status")
    deadline_s = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < deadline_s:
        caught = next((line for line in status.read_text().splitlines() if line.startswith("SigCgt:")), "SigCgt: 0")
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.005)
