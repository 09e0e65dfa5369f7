"""Makes the cases of a seed and runs them."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random

from tests.soak.case import Case, Stock
from tests.soak.files import images, names, videos
from tests.soak.landmarks import landmarks
from tests.soak.options import options
from tests.soak.rules import rules
from tests.soak.stock import make_stock
from tests.soak.surroundings import pairs, signals, streams
from tests.soak.worker import Worker

Make = Callable[[Random, Path, Stock], Case]

KINDS: Mapping[str, tuple[Make, int]] = {
    "landmarks": (landmarks, 40),
    "options": (options, 18),
    "rules": (rules, 16),
    "names": (names, 8),
    "videos": (videos, 8),
    "images": (images, 4),
    "signals": (signals, 3),
    "streams": (streams, 3),
    "pairs": (pairs, 2),
}
"""What makes a case of each kind, and its share."""


@dataclass(frozen=True)
class Found:
    """How one case ended; `fault` is None where all was right."""

    number: int
    kind: str
    what: str
    fault: str | None
    code: int | None
    seconds: float
    output: str


def soak(
    folder: Path,
    runs: int,
    seed: int,
    kinds: Sequence[str] = tuple(KINDS),
    jobs: int = 2,
    only: int | None = None,
    keep: Path | None = None,
    tell: Callable[[Found], None] | None = None,
) -> list[Found]:
    """Run the cases of a seed; a case is the same whatever others run beside it.

    Parameters
    ----------
    folder
        An empty folder for the inputs.
    runs, seed
        How many cases, and of which seed.
    kinds
        Those of `KINDS` to take.
    jobs
        How many run at the same time.
    only
        Run only the case of this number, and tell of it however it ends.
    keep
        Where the inputs of what failed are kept.
    tell
        Told of each that failed.
    """
    stock_folder = folder / "stock"
    stock_folder.mkdir()
    stock = make_stock(stock_folder)
    workers: SimpleQueue[Worker] = SimpleQueue()
    for _ in range(jobs):
        workers.put(Worker())

    def one(number: int) -> Found:
        rng = Random(f"{seed} {number}")
        kind = rng.choices(kinds, [KINDS[name][1] for name in kinds])[0]
        place = folder / str(number)
        place.mkdir()
        case = KINDS[kind][0](rng, place, stock)
        worker = workers.get()
        try:
            ended = worker.run(case, place)
        finally:
            workers.put(worker)
        found = Found(number, kind, case.what, ended.fault_of(case), ended.code, ended.seconds, ended.output)
        if tell is not None and (found.fault is not None or only is not None):
            tell(found)
        if keep is not None and found.fault is not None:
            shutil.copytree(place, keep / f"{seed}-{number}", symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(place)
        return found

    try:
        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(one, range(runs) if only is None else [only]))
    finally:
        for _ in range(jobs):
            workers.get().close()
