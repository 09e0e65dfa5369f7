"""Many recordings on a cluster by Dask: the same files as on this computer, whatever happens to its workers."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from formcheck.errors import FormcheckError, InstallationError
from tests.batch.clips import SHORT, WITH_ALL, make_clips, results_in, rows_of, run, started
from tests.batch.test_pool import a_job

pytestmark = pytest.mark.xdist_group("batch")

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")

LIKE = "from distributed.cli.dask_worker import main; main()"
UNLIKE = f"import formcheck.batch.identity as here; here.formcheck_version = lambda: '9.9'; {LIKE}"
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clips(tmp_path_factory.mktemp("cluster") / "clips", seconds=1.0)


@contextmanager
def running(program: str, *arguments: object) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program of Dask meanwhile."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


@contextmanager
def cluster(folder: Path, *workers: str) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """Run a scheduler and workers on the loopback; yield its address, and the workers."""
    file = folder / "scheduler.json"
    place = ("--scheduler-file", file, "--host", "127.0.0.1")
    with ExitStack() as stack:
        stack.enter_context(running(SCHEDULER, *place, "--port", 0, "--no-dashboard"))
        until(file.exists)
        options = ("--no-nanny", "--nthreads", 1, "--no-dashboard", "--local-directory", folder)
        processes = [stack.enter_context(running(worker, *place, *options)) for worker in workers]
        with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(len(workers), timeout=60)
            address = str(client.scheduler.address)
        yield address, processes


def until(is_so: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    deadline_s = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.02)


def index_of(out: Path) -> list[dict[str, str]]:
    return rows_of(out) if (out / "index.csv").exists() else []


def test_two_workers_give_the_same_files_as_this_computer_though_one_is_killed(clips: Path, tmp_path: Path) -> None:
    asked = ["analyze", "--list", "list.csv", *WITH_ALL]
    with cluster(tmp_path, LIKE, LIKE) as (address, workers):
        process = started(*asked, "--scheduler", address, "--out", tmp_path / "there", cwd=clips.parent)
        until(lambda: len(index_of(tmp_path / "there")) >= 1)
        workers[0].kill()
        _, errors = process.communicate(timeout=240)
    assert process.returncode == 3, errors
    assert "Traceback" not in errors
    here = run(*asked, "--jobs", 1, "--out", tmp_path / "here", cwd=clips.parent)
    assert here.returncode == 3
    assert results_in(tmp_path / "there") == results_in(tmp_path / "here")
    assert len(results_in(tmp_path / "here")) == 3 * 5 + 1  # of the one that nobody is sure of, the landmarks
    for row, other in zip(rows_of(tmp_path / "there"), rows_of(tmp_path / "here"), strict=True):
        assert {**row, "reason": row["reason"].replace(str(tmp_path / "there"), str(tmp_path / "here"))} == other


def test_a_cluster_of_this_computer_reads_and_writes_at_addresses(clips: Path, tmp_path: Path) -> None:
    folder, out = (clips / "day 1").as_uri().replace("%20", " "), (tmp_path / "out").as_uri()
    asked = ["analyze", folder, "-e", "dead-bug", "--out", out, *SHORT]
    there = run(*asked, "--local-cluster", 1, cwd=tmp_path)
    assert there.returncode == 0, there.stderr
    results = results_in(tmp_path / "out")
    files = ("landmarks.jsonl", "reps.csv", "session.json")
    assert set(results) == {f"{name}.mp4.formcheck/{file}" for name in ("bug", "lunge") for file in files}
    assert [row["exit_code"] for row in rows_of(tmp_path / "out")] == ["0", "0"]
    assert f"{folder}/bug.mp4".encode() in results["bug.mp4.formcheck/session.json"]
    again = run(*asked, "--resume", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert again.stderr.count("finished before") == 2
    assert results_in(tmp_path / "out") == results


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_ctrl_c_ends_a_cluster_of_this_computer_and_keeps_what_is_done(clips: Path, tmp_path: Path) -> None:
    asked = ["analyze", "clips", "-e", "dead-bug", "--out", tmp_path / "out", "--local-cluster", 1, *SHORT]
    process = started(*asked, cwd=clips.parent)
    until(lambda: len(index_of(tmp_path / "out")) >= 1)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert any(row["exit_code"] == "0" for row in rows_of(tmp_path / "out"))


def test_workers_that_are_unlike_are_refused(clips: Path, tmp_path: Path) -> None:
    with cluster(tmp_path, LIKE, UNLIKE) as (address, _):
        result = run("analyze", "clips", "-e", "dead-bug", "--scheduler", address, *SHORT, cwd=clips.parent)
    assert result.returncode == 1
    assert "formcheck is 9.9" in result.stderr
    assert "not mixed" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_worker_that_comes_later_and_is_unlike_ends_it_and_what_is_done_is_kept(clips: Path, tmp_path: Path) -> None:
    asked = ["analyze", "clips", "-e", "dead-bug", "--out", tmp_path / "out", *SHORT]
    with cluster(tmp_path, LIKE) as (address, _):
        process = started(*asked, "--scheduler", address, cwd=clips.parent)
        until(lambda: len(index_of(tmp_path / "out")) >= 1)
        with running(UNLIKE, address, "--no-nanny", "--nthreads", 1, "--no-dashboard"):
            _, errors = process.communicate(timeout=240)
    # It may come when all is handed out.
    assert process.returncode in (1, 3), errors
    assert ("formcheck is 9.9" in errors) is (process.returncode == 1)
    for row in rows_of(tmp_path / "out"):
        document = tmp_path / "out" / row["folder"] / "session.json"
        assert row["exit_code"] == "3" or '"version": "9.9"' not in document.read_text(encoding="utf-8")


def test_a_scheduler_that_does_not_answer_is_told_of(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formcheck.batch import cluster as room

    monkeypatch.setattr(room, "ANSWER_S", 0.5)
    job = a_job(0, clips / "day 1" / "bug.mp4", tmp_path)
    with pytest.raises(InstallationError, match="No scheduler answers"):
        list(room.Cluster("tcp://127.0.0.1:1").run([job], lambda *_: None, threading.Event()))


def test_a_cluster_without_workers_says_so_while_it_waits(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formcheck.batch import cluster as room

    monkeypatch.setattr(room, "COUNT_AGAIN_S", 0.2)
    jobs = [a_job(number, clips / "day 1" / "bug.mp4", tmp_path) for number in range(4)]
    stop, said = threading.Event(), list[str]()

    def say(text: str) -> None:
        said.append(text)
        stop.set()

    with cluster(tmp_path, LIKE) as (address, workers):
        outcomes = []
        for outcome in room.Cluster(address, say=say).run(jobs, lambda *_: None, stop):
            outcomes.append(outcome)
            workers[0].kill()
    assert ["no workers left" in text for text in said] == [True]
    assert outcomes[0].exit_code == 0
    assert {one.exit_code for one in outcomes[1:]} <= {0, 130}


def test_a_cluster_that_is_lost_is_told_of_and_what_is_done_is_kept(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formcheck.batch import cluster as room

    monkeypatch.setattr(room, "ANSWER_S", 2.0)
    monkeypatch.setattr(room, "COUNT_AGAIN_S", 0.2)
    jobs = [a_job(number, clips / "day 1" / "bug.mp4", tmp_path) for number in range(6)]
    with cluster(tmp_path, LIKE) as (address, _):
        with distributed.Client(address, set_as_default=False) as client:
            scheduler = client.run_on_scheduler(os.getpid)
        coming = room.Cluster(address).run(jobs, lambda *_: None, threading.Event())
        outcomes = [next(coming)]
        os.kill(scheduler, signal.SIGKILL)
        with pytest.raises(FormcheckError, match="lost before its end"):
            outcomes.extend(coming)
    assert outcomes[0].exit_code == 0
    assert all("--resume" in outcome.remedy for outcome in outcomes if outcome.exit_code)


@pytest.mark.parametrize("more", [("--jobs", "2"), ("--person", "Anna"), ("--scheduler", "tcp://127.0.0.1:1")])
def test_what_does_not_go_with_a_cluster_is_refused(more: tuple[str, str], clips: Path) -> None:
    result = run("analyze", "clips", "-e", "dead-bug", "--local-cluster", 2, *more, cwd=clips.parent)
    assert result.returncode == 2
    assert more[0] in result.stderr
