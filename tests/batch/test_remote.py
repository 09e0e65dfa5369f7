"""Recordings and results at addresses: what is meant, what is refused, and that nothing is looked at in vain."""

import shutil
import sys
from pathlib import Path

import pytest

from formcheck.batch.finding import find
from formcheck.batch.index import Index
from formcheck.batch.job import Outcome
from formcheck.batch.remote import read, results_folder, size_of
from formcheck.errors import InstallationError, OutputError, UsageError
from formcheck.output.folder import MARKER, Finished, finished_as, mark_finished, open_results
from formcheck.samples_folder import sample_clip
from tests.batch.clips import SHORT, rows_of, run
from tests.batch.test_index import some_jobs
from tests.capture.clips import recoded

pytest.importorskip("fsspec", reason="the extra cluster is not installed")


@pytest.fixture
def address(tmp_path: Path) -> str:
    for name in (
        "day 1/a.mp4",
        "day 2 [b]/a.MOV",
        "day 2 [b]/.b.mp4",
        "c.mp4",
        "c.mp4.formcheck/annotated.mp4",
        "earlier/.formcheck.json",
        "earlier/annotated.mp4",
    ):
        path = tmp_path / "clips" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "empty").mkdir()
    return f"file://{tmp_path.as_posix()}"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("clips", ["c.mp4", "day 1/a.mp4", "day 2 [b]/a.MOV"]),
        ("clips/*", ["c.mp4", "day 1/a.mp4", "day 2 [b]/a.MOV"]),
        ("clips/*/a.[mM]*", ["day 1/a.mp4", "day 2 [b]/a.MOV"]),
        ("clips/day 2 [b]/a.MOV", ["a.MOV"]),
        ("clips/day 2 [b]", ["a.MOV"]),
        ("none/*.mp4", ["*.mp4"]),
        ("empty", ["empty"]),
    ],
)
def test_files_folders_and_patterns_at_an_address(given: str, expected: list[str], address: str) -> None:
    found = find([f"{address}/{given}"], None)
    assert ["/".join(one.within) for one in found] == expected
    assert all(one.path.startswith(f"{address}/") for one in found)


@pytest.mark.parametrize("given", ["clips", "clips/*"])
def test_addresses_of_which_every_part_belongs_to_the_path(given: str, address: str, tmp_path: Path) -> None:
    import fsspec

    class Web(fsspec.AbstractFileSystem):  # type: ignore[misc]
        """What lies in a folder, by addresses such as those of https: their paths begin with them."""

        protocol, cachable = "web", False

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return path.rstrip("/")

        def info(self, path: str, **_rest: object) -> dict[str, object]:
            there = tmp_path / path.removeprefix("web://host/")
            if not there.exists():
                raise FileNotFoundError(path)
            return {"name": path.rstrip("/"), "type": "directory" if there.is_dir() else "file", "size": 0}

        def ls(self, path: str, detail: bool = True, **_rest: object) -> list[object]:
            there = tmp_path / path.removeprefix("web://host/")
            names = [f"{path.rstrip('/')}/{one.name}" for one in there.iterdir()]
            return [self.info(name) if detail else name for name in names]

    fsspec.register_implementation("web", Web, clobber=True)
    found = find([f"web://host/{given}"], None)
    within = ["c.mp4", "day 1/a.mp4", "day 2 [b]/a.MOV"]
    assert ["/".join(one.within) for one in found] == within
    assert [one.path for one in found] == [f"web://host/clips/{name}" for name in within]


def test_each_address_is_answered_for(address: str, tmp_path: Path) -> None:
    result = run(
        "analyze", f"{address}/none/*.mp4", f"{address}/empty", "-e", "dead-bug", *SHORT, "--out", "out", cwd=tmp_path
    )
    assert result.returncode == 3, result.stderr
    assert [row["exit_code"] for row in rows_of(tmp_path / "out")] == ["3", "3"]


def test_results_of_one_recording_go_to_an_address_too(address: str, tmp_path: Path) -> None:
    clip = recoded(sample_clip("dead_bug"), tmp_path / "bug", "h264", 1.0)
    out = f"{address}/out"
    result = run("analyze", clip, "-e", "dead-bug", *SHORT, "--out", out, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "bug.mp4.formcheck" / "session.json").exists()
    result = run("analyze", clip, "--plan", "hip-flexors", "--out", out, cwd=tmp_path)
    assert (result.returncode, "folder of this computer" in result.stderr) == (2, True)
    assert not (tmp_path / "file:").exists()


@pytest.mark.parametrize(("out", "code"), [("memory://out", 2), ("file:///dev/null/out", 6)])
def test_where_nothing_can_be_kept_nothing_is_looked_at(out: str, code: int, address: str, tmp_path: Path) -> None:
    result = run("analyze", f"{address}/clips", "-e", "dead-bug", *SHORT, "--out", out, cwd=tmp_path)
    assert (result.returncode, " of 3" in result.stderr, "Traceback" in result.stderr) == (code, False, False)
    assert out in result.stderr


def test_recordings_in_the_memory_of_one_process_are_refused() -> None:
    with pytest.raises(UsageError, match="memory of one process"):
        find(["memory://clips"], None)


def test_what_others_wrote_meanwhile_is_seen(tmp_path: Path) -> None:
    import fsspec
    from fsspec.implementations.local import LocalFileSystem

    class Remembering(LocalFileSystem):  # type: ignore[misc]
        """Remembers what it once saw, as those of object stores do."""

        protocol, known = "remembering", dict[str, bool]()

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return path.removeprefix("remembering://")

        def isfile(self, path: str) -> bool:
            return self.known.setdefault(path, Path(path).is_file())

        def invalidate_cache(self, path: str | None = None) -> None:
            self.known.clear()

    fsspec.register_implementation("remembering", Remembering, clobber=True)
    address = f"remembering://{tmp_path.as_posix()}/session.json"
    assert size_of(address) is None
    (tmp_path / "session.json").write_text("{}", encoding="utf-8")
    assert size_of(address) == 2


def test_a_batch_that_is_killed_leaves_an_index_at_its_address(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(f"{address}/out", some_jobs(tmp_path))
    index.begin()
    assert rows_of(tmp_path / "out") == []
    monkeypatch.setattr("formcheck.batch.index.SEND_EVERY_S", -1.0)
    index.add(Outcome(1))
    assert [row["folder"] for row in rows_of(tmp_path / "out")] == ["1.formcheck"]
    monkeypatch.setattr("formcheck.batch.index.SEND_EVERY_S", 60.0)
    index.add(Outcome(0))
    assert len(rows_of(tmp_path / "out")) == 1
    index.finish()
    assert len(rows_of(tmp_path / "out")) == 2


def test_of_two_that_write_to_an_address_the_first_ends_and_nothing_is_lost(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.batch.index.SEND_EVERY_S", -1.0)
    first, second = (Index(f"{address}/out", some_jobs(tmp_path)) for _ in range(2))
    first.begin()
    first.add(Outcome(0))
    second.begin()
    for write in (lambda: first.add(Outcome(1)), first.finish):
        with pytest.raises(OutputError, match="Another formcheck"):
            write()
    second.add(Outcome(2))
    second.finish()
    assert [row["folder"] for row in rows_of(tmp_path / "out")] == ["0.formcheck", "2.formcheck"]


def test_files_of_others_at_an_address_are_left_alone(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "a.mp4.formcheck"
    folder.mkdir(parents=True)
    (folder / "session.json").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="holds other files"), results_folder(f"{address}/out/a.mp4.formcheck"):
        raise AssertionError
    assert (folder / "session.json").read_text(encoding="utf-8") == "mine"


def test_results_that_were_half_sent_are_not_taken_for_whole_and_can_be_sent_again(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = f"{address}/out/a.mp4.formcheck"

    def send(text: str) -> None:
        with results_folder(there) as folder, open_results("s3://a.mp4", folder) as results:
            for file in (results.session_json, results.reps_csv):
                file.write_text(text, encoding="utf-8")
            mark_finished(folder, {"text": text})

    def finished() -> object:
        marker = read(f"{there}/{MARKER}")
        assert marker is not None
        return finished_as(marker)

    def broken(_self: object, source: str, target: str) -> None:
        if source.endswith("session.json"):
            raise OSError("the line is dead")
        shutil.copy(source, target)

    for text in ("first", "other"):
        with monkeypatch.context() as patched:
            patched.setattr("fsspec.implementations.local.LocalFileSystem.put_file", broken)
            with pytest.raises(OutputError, match="the line is dead"):
                send(text)
        assert finished() is None
        send(text)
        assert finished() == Finished({"text": text}, {"reps.csv": 5, "session.json": 5})
        names = {path.name for path in (tmp_path / "out" / "a.mp4.formcheck").iterdir()}
        assert names == {"reps.csv", "session.json", MARKER}


@pytest.mark.parametrize("extra", ["cluster", "parquet"])
def test_what_is_missing_is_installed_as_the_readme_says(extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from formcheck.output import parquet

    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    monkeypatch.setitem(sys.modules, "arro3.io", None)
    with pytest.raises(InstallationError) as caught:
        find(["s3://study/clips"], None) if extra == "cluster" else parquet.need_parquet()
    command = f"pip install '.[{extra}]'"
    assert command in caught.value.remedy
    assert command in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
