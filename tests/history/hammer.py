"""Adds sessions to a history as fast as it can, and is killed meanwhile, again and again.

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
    """Fork so often a writer, kill it at any moment of its work, and look at what it said was done."""
    rng, made, confirmed = random.Random(7), entry(), []
    for _ in range(kills):
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read_end)
            while True:
                number = History(path).add(made)
                os.write(write_end, f"{number}\n".encode())
        os.close(write_end)
        with os.fdopen(read_end, "rb") as told:
            confirmed.append(int(told.readline()))  # it is at work
            time.sleep(rng.uniform(0.0, 0.05))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            confirmed += [int(line) for line in told.read().split()]
    kept = {session.number for session in History(path).sessions()}
    print(len(confirmed), len(kept & set(confirmed)), len(kept))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
