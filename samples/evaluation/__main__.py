"""The command: ``python -m samples.evaluation``."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from formcheck.pose.bundles import MODELS

from . import error_model, tables
from .catalogue import CLIPS
from .error_samples import samples_of
from .posed import RATES, SIZES, faults_to_try, try_fault, try_rate
from .quick import quick_check
from .run import chosen, each, evaluate
from .store import default_folder

SEEDS = 1
"""How often each fault of each size is tried, with other errors."""

app = typer.Typer(add_completion=False)


@app.command()
def main(
    cache: Annotated[Path | None, typer.Option(help="Folder of rendered clips and landmarks.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = os.cpu_count() or 1,
    only: Annotated[str | None, typer.Option(help="Only clips of this name or purpose, e.g. 'dead_bug*'; writes no file.")] = None,
    models: Annotated[str, typer.Option(help="The first looks at all clips, the others at the correct ones.")] = "heavy",
    posed: Annotated[bool, typer.Option(help="Also try other fault sizes and frame rates on the posed figure.")] = True,
    fit_errors: Annotated[bool, typer.Option("--fit-errors", help="Measure the error model of the posed figure anew.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Only the shipped samples, without rendering; exit code 1 below the floors.")] = False,
    every: Annotated[bool, typer.Option("--every", help="With --quick: all samples, not one of each exercise.")] = False,
) -> None:  # fmt: skip
    """Render the evaluation set, run formcheck on it and write the tables of its accuracy."""
    console = Console()
    if quick:
        raise typer.Exit(0 if quick_check(console, every=every) else 1)
    looking = models.split(",")
    unknown = sorted(set(looking) - set(MODELS))
    if unknown:
        raise typer.BadParameter(f"there is no model {unknown[0]}; choose of {', '.join(MODELS)}")
    folder = cache or default_folder()
    if fit_errors and only is not None:
        raise typer.BadParameter("the error model is measured on all clips: leave out --only")
    names = chosen(only)
    if not names:
        raise typer.BadParameter(f"no clip is called {only}")
    results = evaluate(names, folder, looking, jobs)
    if fit_errors:
        error_model.write(error_model.fit(samples_of(names, folder, looking[0])))
        console.print(f"wrote {error_model.FILE}")
    trials, rates = [], []
    if posed and only is None and error_model.FILE.is_file():
        tasks = [(*place, size, SEEDS) for place in faults_to_try() for size in SIZES]
        trials = [trial for tried in each("fault sizes", try_fault, tasks, jobs) for trial in tried]
        correct = [name for name, clip in CLIPS.items() if clip.purpose == "correct" and name.endswith("-a")]
        rates = each("frame rates", try_rate, [(name, fps, 0) for name in correct for fps in RATES], jobs)
    if only is None:
        for path in tables.write_all(results, trials, rates):
            console.print(f"wrote {path}")
    else:
        console.print(Markdown(tables.results_page(results, trials, rates)))


if __name__ == "__main__":
    app()
