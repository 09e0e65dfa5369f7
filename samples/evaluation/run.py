"""Brings the cache up to date and scores every clip, several at a time; stopped and started again, it goes on."""

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from fnmatch import fnmatch
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from formcheck.pose.pose import Backend, looker

from .catalogue import CLIPS
from .store import Store
from .work import Result, leave_interrupts_to_the_parent, look_at_clip, render_clip, score_clip

T = TypeVar("T")

CONSOLE = Console(stderr=True)


def chosen(patterns: str | None) -> list[str]:
    """Return the names of the clips whose name or purpose fits one of patterns such as ``dead_bug*,dim``; all without."""
    wanted = patterns.split(",") if patterns is not None else ["*"]
    return [
        name
        for name, clip in CLIPS.items()
        if any(fnmatch(name, pattern) or fnmatch(clip.purpose, pattern) for pattern in wanted)
    ]


def evaluate(names: list[str], folder: Path, models: list[str], backend: Backend, jobs: int) -> list[Result]:
    """Render what is missing, let the models look at it, run the rules and score.

    Parameters
    ----------
    names
        Clips of the catalogue.
    folder
        The cache.
    models
        The first one looks at all clips, the others at the correct ones only.
    backend
        What runs them.
    jobs
        Processes.
    """
    store = Store(folder)
    missing = [name for name in names if not store.is_rendered(CLIPS[name])]
    each("rendering", render_clip, [(name, folder) for name in missing], jobs)
    wanted = [
        (name, folder, model, backend)
        for number, model in enumerate(models)
        for name in names
        if number == 0 or CLIPS[name].purpose == "correct"
    ]
    unseen = [item for item in wanted if not store.is_estimated(item[0], looker(item[2], backend))]
    each("estimating", look_at_clip, unseen, jobs)
    return each("scoring", score_clip, wanted, jobs)


def each(title: str, work: Callable[..., T], tasks: Iterable[tuple[object, ...]], jobs: int) -> list[T]:
    """Return the results of all tasks in their order; a task that fails is told of and left out.

    Ctrl-C lets the running tasks finish, so that nothing is left half done.
    """
    waiting = list(enumerate(tasks))
    if not waiting:
        return []
    columns = (
        TextColumn(f"{title:11}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[now]}"),
    )
    done: dict[int, T] = {}
    # Spawned, not forked: neither OpenGL nor MediaPipe survives a fork.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), leave_interrupts_to_the_parent)
    with Progress(*columns, console=CONSOLE) as progress, pool:
        bar = progress.add_task(title, total=len(waiting), now="")
        running: dict[Future[T], tuple[int, tuple[object, ...]]] = {}
        try:
            while waiting or running:
                while waiting and len(running) < jobs:
                    number, task = waiting.pop(0)
                    running[pool.submit(work, *task)] = (number, task)
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    number, task = running.pop(future)
                    progress.update(bar, advance=1, now=str(task[0]))
                    try:
                        done[number] = future.result()
                    except Exception as error:  # one clip that fails must not lose the others
                        CONSOLE.print(f"[red]{title} {task[0]}: {type(error).__name__}: {error}[/red]", markup=True)
        except KeyboardInterrupt:
            CONSOLE.print("Stopping after the clips under way; run the same command again to go on.")
            pool.shutdown(wait=True, cancel_futures=True)
            sys.exit(130)
    return [done[number] for number in sorted(done)]
