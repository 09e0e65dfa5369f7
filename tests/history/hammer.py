"""Adds sessions to a history from two processes as fast as they can, which are killed meanwhile, again and again.

python -m tests.history.hammer DATABASE KILLS: prints how many sessions were confirmed, and how many of them are there.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from formcheck.history.store import History
from tests.history.made import entry


def main(path: Path, kills: int) -> None:
    """Fork so often two writers, kill them at any moment of their work, and look at what they said was done."""
    rng, confirmed = random.Random(7), list[int]()
    entry()  # the figure moves once, not in every writer
    for _ in range(kills):
        read_end, write_end = os.pipe()
        writers = [_writer(path, write_end) for _ in range(2)]
        os.close(write_end)
        with os.fdopen(read_end, "rb") as told:
            confirmed.append(int(told.readline()))  # they are at work
            for writer in writers:
                time.sleep(rng.uniform(0.0, 0.04))
                os.kill(writer, signal.SIGKILL)
            for writer in writers:
                os.waitpid(writer, 0)
            confirmed += [int(line) for line in told.read().split()]
    kept = set(History(path).numbers())
    print(len(confirmed), len(kept & set(confirmed)), len(kept))


def _writer(path: Path, write_end: int) -> int:
    """Fork a process that adds sessions for ever and tells the number of each that is kept; return which it is."""
    process = os.fork()
    if process == 0:
        while True:
            number = History(path).add(entry())
            os.write(write_end, f"{number}\n".encode())
    return process


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
