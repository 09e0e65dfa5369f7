"""The command: ``python -m samples.evaluation``."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from formcheck.pose.bundles import MODELS
from formcheck.pose.opening import BACKENDS
from formcheck.pose.pose import Backend, looker

from . import error_fit, error_model, recorded, tables
from .error_samples import samples_of
from .paces import PaceTrial, paces_to_try, try_pace
from .posed import SIZES, Trial, faults_to_try, try_fault
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
    backend: Annotated[str, typer.Option(help="What runs the models: mediapipe or litert.")] = "mediapipe",
    posed: Annotated[bool, typer.Option(help="Also try other fault sizes and frame rates on the posed figure.")] = True,
    fit_errors: Annotated[bool, typer.Option("--fit-errors", help="Measure the error model of the posed figure anew.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Only recorded landmarks of the shipped samples and the posed figure; exit code 1 below the floors.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Only let the model look at the shipped samples anew, for --quick.")] = False,
) -> None:  # fmt: skip
    """Render the evaluation set, run formcheck on it and write the tables of its accuracy."""
    console = Console()
    if quick:
        raise typer.Exit(0 if quick_check(console, jobs) else 1)
    if record:
        for path in each("estimating", recorded.record, [(name,) for name in recorded.sample_names()], jobs):
            console.print(f"wrote {path}")
        raise typer.Exit
    looking, runs = _looking(models, backend)
    folder = cache or default_folder()
    if fit_errors and only is not None:
        raise typer.BadParameter("the error model is measured on all clips: leave out --only")
    names = chosen(only)
    if not names:
        raise typer.BadParameter(f"no clip is called {only}")
    results = evaluate(names, folder, looking, runs, jobs)
    if fit_errors:
        error_model.write(error_fit.fit(samples_of(names, folder, looker(looking[0], runs))))
        console.print(f"wrote {error_model.FILE}")
    trials, paces = _on_the_posed_figure(jobs) if posed and only is None else ([], [])
    if only is None:
        for path in tables.write_all(results, trials, paces):
            console.print(f"wrote {path}")
    else:
        console.print(Markdown(tables.results_page(results, trials, paces)))


def _looking(models: str, backend: str) -> tuple[list[str], Backend]:
    """Return which models are to look, and what runs them."""
    looking = models.split(",")
    unknown = sorted(set(looking) - set(MODELS))
    if unknown:
        raise typer.BadParameter(f"there is no model {unknown[0]}; choose of {', '.join(MODELS)}")
    for known in BACKENDS:
        if backend == known:
            return looking, known
    raise typer.BadParameter(f"there is no backend {backend}; choose of {', '.join(BACKENDS)}")


def _on_the_posed_figure(jobs: int) -> tuple[list[Trial], list[PaceTrial]]:
    if not error_model.FILE.is_file():
        return [], []
    tasks = [(*place, size, SEEDS) for place in faults_to_try() for size in SIZES]
    trials = [trial for tried in each("fault sizes", try_fault, tasks, jobs) for trial in tried]
    return trials, each("paces", try_pace, [(*pace, 0) for pace in paces_to_try(quick=False)], jobs)


if __name__ == "__main__":
    app()
