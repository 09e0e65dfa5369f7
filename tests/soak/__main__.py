"""``python -m tests.soak``: see `tests.soak`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.soak.soak import KINDS, Found, soak


def main() -> int:
    """Run, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Hostile runs, made by a seed.")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS), help=f"of {', '.join(KINDS)}")
    parser.add_argument("--jobs", type=int, default=2, help="runs at the same time")
    parser.add_argument("--only", type=int, help="run only the case of this number, and show its output")
    parser.add_argument("--keep", type=Path, help="keep the inputs of what failed in this folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = soak(
            Path(folder),
            given.runs,
            given.seed,
            tuple(given.kinds.split(",")),
            given.jobs,
            given.only,
            given.keep,
            _tell,
        )
    sys.stdout.writelines(f"{line}\n" for line in _summary(found))
    return 1 if any(item.fault is not None for item in found) else 0


def _tell(item: Found) -> None:
    sys.stdout.write(
        f"{item.number} {item.kind}: {item.fault}, code {item.code} ({item.what})\n{item.output[-1500:]}\n"
    )
    sys.stdout.flush()


def _summary(found: list[Found]) -> Iterator[str]:
    yield f"{'kind':<12}{'runs':>6}{'crashes':>9}{'hangs':>7}{'wrong codes':>13}{'slowest':>9}"
    for kind in [*KINDS, "all"]:
        mine = [item for item in found if kind in (item.kind, "all")]
        if mine:
            counted: Callable[[str], int] = lambda fault, mine=mine: sum(item.fault == fault for item in mine)  # type: ignore[misc]  # noqa: E731
            slowest = max(item.seconds for item in mine)
            yield f"{kind:<12}{len(mine):>6}{counted('crash'):>9}{counted('hang'):>7}{counted('exit code'):>13}{slowest:>8.1f}s"


if __name__ == "__main__":
    sys.exit(main())
