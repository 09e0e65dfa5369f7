"""How long it takes until something is there: ``python -m tests.bench.startup [--rounds 5] [--model heavy]``.

An empty Python, the help of a program of two empty commands by the same parser, `formcheck --help`, and an analysis up to its
first picture take turns, each in a process of its own: wall time, and the time of the processor, which tells of a quiet computer
what the first says of one that is busy. All find their modules compiled, as an installed program does: each is run once before,
and a Python that is told to write no bytecode writes it here.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from formcheck.pose.bundles import MODELS
from formcheck.samples_folder import sample_clip

FIRST = """
import os, sys
import formcheck.cli, formcheck.cli_analyzing, formcheck.session
try:
    formcheck.session.analyze(sys.argv[1], "lateral_lunge", model=sys.argv[2], report=lambda *_: os._exit(0))
finally:
    os._exit(1)
"""

PARSER = """
import typer
app = typer.Typer()
app.command("one")(lambda: None)
app.command("two")(lambda: None)
app()
"""


def taken_s(command: list[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Return wall time and processor time of a command, in seconds."""
    before, begun_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall_s, after = time.perf_counter() - begun_s, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", choices=MODELS, default="heavy")
    given = parser.parse_args()
    ways = {
        "an empty Python": [sys.executable, "-c", "pass"],
        "the parser's own --help": [sys.executable, "-c", PARSER, "--help"],
        "formcheck --help": [sys.executable, "-m", "formcheck", "--help"],
        "first analysed picture": [sys.executable, "-c", FIRST, str(sample_clip("lateral_lunge")), given.model],
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as compiled:
        environment["PYTHONPYCACHEPREFIX"] = compiled
        for number in range(1 + given.rounds):
            for name, command in ways.items():
                taken = taken_s(command, environment)
                if number > 0:
                    found[name].append(taken)
    for name, times in found.items():
        wall_s, own_s = (statistics.median(values) for values in zip(*times, strict=True))
        print(f"  {name:24} {wall_s:5.2f} s, of the processor {own_s:5.2f} s (median of {given.rounds})")
    print(f"on {os.cpu_count()} cores with a load of {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
