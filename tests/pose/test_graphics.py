"""The graphics processor: taken where it is right and worth it, and never missing without a word."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from formcheck.capture.opening import open_source
from formcheck.entry import run
from formcheck.errors import DeviceError
from formcheck.pose.opening import open_estimator
from formcheck.pose.recording import Recording
from formcheck.samples_folder import sample_clip
from tests.capture.clips import recoded

pytest.importorskip("ai_edge_litert")
graphics = pytest.importorskip("formcheck.pose.graphics", exc_type=ImportError)

SOFTWARE = Path("/usr/lib/chromium/libvk_swiftshader.so")
"""Chromium's own Vulkan, which runs on the processor: LiteRT takes it for a graphics processor."""
CLIP = sample_clip("lateral_lunge")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recoded(CLIP, tmp_path_factory.mktemp("clip") / "clip", "h264", 0.6)


class StandIn:
    """What LiteRT has for a graphics processor, here run by the processor."""

    off: ClassVar[float] = 0.0
    takes_s: ClassVar[float] = 0.0
    is_whole: ClassVar[bool] = True
    lasts: ClassVar[int] = 10**6

    def __init__(self, content: bytes) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self.runs = 0
        self.interpreter = Interpreter(model_content=content, num_threads=1)
        self.interpreter.allocate_tensors()
        self.outputs = self.interpreter.get_output_details()

    @classmethod
    def from_buffer(cls, content: bytes, options: Any) -> "StandIn":
        assert int(options.hardware_accelerators) == 2  # the graphics processor alone
        return cls(content)

    def is_fully_accelerated(self) -> bool:
        return self.is_whole

    def get_signature_list(self) -> dict[str, object]:
        return {"one": {}}

    def get_output_tensor_details(self, key: str) -> dict[str, dict[str, object]]:
        return {str(number): {"shape": one["shape"]} for number, one in enumerate(self.outputs)}

    def create_input_buffers(self, number: int) -> list["Buffer"]:
        return [Buffer()]

    def create_output_buffers(self, number: int) -> list["Buffer"]:
        return [Buffer() for _ in self.outputs]

    def run_by_index(self, number: int, given: list["Buffer"], put_out: list["Buffer"]) -> None:
        self.runs += 1
        if self.runs > self.lasts:
            raise RuntimeError("device lost")
        time.sleep(self.takes_s)
        self.interpreter.set_tensor(self.interpreter.get_input_details()[0]["index"], given[0].holds)
        self.interpreter.invoke()
        for buffer, one in zip(put_out, self.outputs, strict=True):
            buffer.holds = self.interpreter.get_tensor(one["index"]).ravel() + self.off


class Buffer:
    def __init__(self) -> None:
        self.holds: Any = None

    def write(self, data: Any) -> None:
        self.holds = data

    def read(self, count: int, kind: Any) -> Any:
        assert self.holds.size == count
        return self.holds.astype(kind)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> type[StandIn]:
    class Fresh(StandIn):
        pass

    monkeypatch.setattr(graphics, "CompiledModel", Fresh)
    monkeypatch.setattr(graphics, "TOO_SLOW", 20.0)  # a busy computer makes one of two that are alike seem slower
    return Fresh


def opened() -> None:
    open_estimator("lite", "litert", 1, device="gpu").close()


def test_what_agrees_with_the_processor_is_taken_and_sees_the_same(stand_in: type[StandIn], clip: Path) -> None:
    seen = {}
    for device in ("cpu", "gpu"):
        with open_estimator("lite", "litert", 1, device=device) as estimator:
            assert estimator.device == device
            seen[device] = [estimator.estimate(frame) for frame in open_source(clip, 5)]
            estimator.close()
    for here, there in zip(seen["cpu"], seen["gpu"], strict=True):
        assert here.pose is not None
        assert there.pose is not None
        np.testing.assert_array_equal(here.pose.image_px, there.pose.image_px)


@pytest.mark.parametrize("off", [3.0, np.nan, np.inf])
def test_what_puts_out_something_else_is_refused(off: float, stand_in: type[StandIn]) -> None:
    stand_in.off = off
    with pytest.raises(DeviceError, match="something else than the processor"):
        opened()


def test_what_leaves_a_part_to_the_processor_is_refused(stand_in: type[StandIn]) -> None:
    stand_in.is_whole = False
    with pytest.raises(DeviceError, match="No graphics processor can be used here"):
        opened()


def test_what_is_far_slower_than_the_processor_is_refused(stand_in: type[StandIn]) -> None:
    stand_in.takes_s = 1.0
    with pytest.raises(DeviceError, match=r"takes 1\d\d\d ms a picture, the processor itself"):
        opened()


def test_one_that_is_lost_in_the_midst_is_told_and_nothing_goes_on_without_it(
    stand_in: type[StandIn], clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in.lasts = 6
    out = ("--model", "lite", "--device", "gpu", "--no-video", "--no-report", "--out", str(tmp_path / "out"))
    assert run(["analyze", str(clip), "-e", "lateral-lunge", *out]) == 5
    said = capsys.readouterr()
    assert said.err.splitlines()[-2:] == [
        "The graphics processor does not answer any more.", "Try again, or leave --device out.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ("analyze", str(CLIP), "-e", "lateral-lunge"),
        ("analyze", str(CLIP), str(CLIP.with_name("dead_bug.mp4")), "-e", "auto"),
        ("analyze", str(CLIP), "--plan", "hip-mobility"),
        ("live", "lateral-lunge", "--camera", str(CLIP), "--headless"),
        ("train", "hip-mobility", "--camera", str(CLIP), "--headless"),
        ("demo",),
    ],
)
def test_where_there_is_none_it_is_told_at_once(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(content: bytes, options: Any) -> None:
        os.write(1, b"INFO: no OpenCL\n")
        os.write(2, b"E0000 no adapters\n")
        raise RuntimeError("ERROR: [compiled_model.h:1961]")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(graphics.CompiledModel, "from_buffer", refuse)
    assert run([*command, "--device", "gpu"]) == 5
    said = capfd.readouterr()
    first, second = said.err.splitlines()
    assert first == "No graphics processor can be used here."
    assert second.endswith("leave --device out.")
    assert said.out == ""
    assert not list(tmp_path.rglob("session.json"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--device", "gpgpu"), "There is no device “gpgpu”. Did you mean gpu?"),
        (("--device", "gpu", "--backend", "mediapipe"), "MediaPipe always runs on the processor"),
        (("--device", "gpu", "--local-cluster", "2"), "graphics processors are not alike"),
    ],
)
def test_what_does_not_go_together_is_told(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(CLIP), "-e", "lateral-lunge", *arguments]) == 2
    assert words in capsys.readouterr().err


WHATEVER_IT_TAKES = """
import sys
from formcheck.entry import main
import formcheck.pose.graphics as graphics
graphics.TOO_SLOW = 1e9
main()
"""


def analysed(clip: Path, out: Path, libraries: Path) -> "subprocess.CompletedProcess[str]":
    arguments = ("analyze", clip, "-e", "lateral-lunge", "--model", "lite", "--fps", "2", "--device", "gpu", "--json")
    command = [
        sys.executable,
        "-c",
        WHATEVER_IT_TAKES,
        *map(str, arguments),
        "--no-video",
        "--no-history",
        "--out",
        str(out),
    ]
    environment = {**os.environ, "LD_LIBRARY_PATH": str(libraries)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


@pytest.mark.skipif(not SOFTWARE.exists(), reason="there is no Chromium")
def test_litert_does_all_of_it_by_vulkan_and_says_so(clip: Path, tmp_path: Path) -> None:
    (tmp_path / "libvulkan.so.1").symlink_to(SOFTWARE)
    done = analysed(clip, tmp_path / "out", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert (document["backend"], document["device"]) == ("litert", "gpu")
    recording = Recording(tmp_path / "out" / "landmarks.jsonl")
    assert recording.header.run.device == "gpu"
    with open_estimator("lite", "litert", 1) as estimator:
        for frame, seen in zip(open_source(clip, 2), recording, strict=True):
            here = estimator.estimate(frame).pose
            assert here is not None
            np.testing.assert_allclose(here.image_px, seen.pose.image_px, atol=1.0)  # type: ignore[union-attr]
    assert run(["replay", str(tmp_path / "out" / "landmarks.jsonl"), "--out", str(tmp_path / "again")]) == 0
    assert json.loads((tmp_path / "again" / "session.json").read_text())["device"] == "gpu"
