"""A real window on a virtual display, driven with real key presses."""

import ctypes
import ctypes.util
import json
import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.output.pen import GROUND
from formcheck.replaying import replay
from formcheck.samples_folder import sample_clip

pytestmark = [
    pytest.mark.skipif(
        shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="needs Xvfb and xdotool"
    ),
    pytest.mark.xdist_group("window"),
]
START_S = 90.0


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    look = "from formcheck.live.window import display_problem; print(display_problem() or '')"
    probe = subprocess.run(
        [sys.executable, "-c", look], env={**os.environ, "DISPLAY": f":{number}"}, capture_output=True, text=True
    )
    if problem := probe.stdout.strip():
        pytest.skip(f"no window opens in Xvfb here: {problem}")
    yield f":{number}"
    server.terminate()
    server.wait(10)


class Running:
    """A session in a window."""

    def __init__(
        self, display: str, folder: Path, *doing: str, clip: str = "lateral_lunge", begins: str = "started"
    ) -> None:
        self.folder = folder / "results"
        self._environment = {**os.environ, "DISPLAY": display, "FORMCHECK_DEBUG": "0"}
        self._events = (folder / "events.jsonl").open("w+")
        command = [
            sys.executable, "-m", "formcheck", *(doing or ("live", "lateral-lunge")),
            "--camera", str(sample_clip(clip)), "--model", "lite", "--mute", "--json", "--out", str(self.folder),
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, cwd=folder, env=self._environment, stdout=self._events, stderr=subprocess.PIPE, text=True
        )
        self.until(begins)

    def events(self) -> list[dict[str, object]]:
        text = Path(self._events.name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def until(self, event: str, **facts: object) -> None:
        """Wait until something has happened."""
        deadline = time.monotonic() + START_S
        while not any(item["event"] == event and facts.items() <= item.items() for item in self.events()):
            assert self.process.poll() is None, self.process.communicate()[1]
            assert time.monotonic() < deadline, (event, self.events()[-3:])
            time.sleep(0.1)

    def press(self, key: str) -> None:
        self.ask("key", "--clearmodifiers", key)

    def ask(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True, timeout=20, capture_output=True)

    def window(self) -> int:
        """Return the number of the window, once there is one."""
        command = ["xdotool", "search", "--sync", "--name", "formcheck"]
        found = subprocess.run(command, env=self._environment, check=True, timeout=20, capture_output=True)
        return int(found.stdout.split()[0])

    def focus(self) -> None:
        self.ask("search", "--sync", "--name", "formcheck", "windowfocus", "--sync")

    def end(self) -> tuple[int, str]:
        _, errors = self.process.communicate(timeout=60)
        self._events.close()
        return self.process.returncode, errors


def test_every_key(display: str, tmp_path: Path) -> None:
    running = Running(display, tmp_path)
    running.focus()
    running.press("n")
    running.until("next_side", side="right")
    running.press("h")
    running.press("h")
    running.press("f")
    time.sleep(0.5)
    running.press("f")
    running.press("m")
    running.until("note", text="Sound on")
    running.press("s")
    running.until("note", text="Snapshot: snapshot-1.png")
    running.until("rep")
    running.press("u")
    running.until("taken_back")
    running.press("space")
    running.until("pause")
    running.press("space")
    running.until("resume")
    running.press("r")
    running.until("note", text="Press r again to start another set; what you did is kept")
    running.press("r")
    running.until("restart")
    running.press("q")
    running.until("ended")
    running.press("x")  # any key closes the summary
    assert running.end() == (0, "")
    assert (running.folder / "snapshot-1.png").stat().st_size > 10_000
    document = json.loads((running.folder / "session.json").read_text(encoding="utf-8"))
    assert document["summary"]["reps"] == len(replay(running.folder / "landmarks.jsonl", "lateral_lunge").counted)


def press_the_close_button(display: str, window: int) -> None:
    """Send what a window manager sends when the button of a window is pressed that closes it."""
    library = ctypes.CDLL(ctypes.util.find_library("X11"))
    library.XOpenDisplay.restype = ctypes.c_void_p
    library.XInternAtom.restype = ctypes.c_ulong
    server = ctypes.c_void_p(library.XOpenDisplay(display.encode()))
    protocols, delete = (library.XInternAtom(server, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    # An XClientMessageEvent: type, serial, sent, display, window, kind, format, data; padded to the size of any event.
    event = (ctypes.c_long * 24)(33, 0, 1, server.value or 0, window, protocols, 32, delete, 0)
    library.XSendEvent(server, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    library.XCloseDisplay(server)


@pytest.mark.skipif(ctypes.util.find_library("X11") is None, reason="needs libX11")
@pytest.mark.parametrize("when", ["while training", "at the summary"])
def test_closing_the_window_ends_it_with_complete_results(when: str, display: str, tmp_path: Path) -> None:
    running = Running(display, tmp_path)
    window = running.window()
    running.until("hold", what="started")
    if when == "at the summary":
        running.focus()
        running.press("q")
        running.until("ended")
    press_the_close_button(display, window)
    code, errors = running.end()
    assert (code, errors) == (0, "")
    document = json.loads((running.folder / "session.json").read_text(encoding="utf-8"))
    assert 10 < document["source"]["frames"] < 300  # of 357: it did not wait for the end
    assert (running.folder / "reps.csv").exists()


def test_a_display_that_does_not_answer_is_an_error_for_people(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "formcheck", "live", "lateral-lunge", "--camera", str(sample_clip("dead_bug"))]
    environment = {**os.environ, "DISPLAY": ":987", "FORMCHECK_DEBUG": "0"}
    environment.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 5
    assert "--headless" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def pixels(framebuffer: Path) -> NDArray[np.uint8]:
    """Return what a virtual display shows, (h, w, 3) BGR, from its window dump."""
    raw = framebuffer.read_bytes()
    header = struct.unpack(">25I", raw[:100])
    begin, width, height, line = header[0] + 12 * header[19], header[4], header[5], header[12]
    screen = np.frombuffer(raw[begin : begin + line * height], np.uint8).reshape(height, line // 4, 4)
    return np.asarray(screen[:, :width, :3], np.uint8)


def test_a_window_of_another_shape_has_dark_bands(display: str, tmp_path: Path) -> None:
    """The window library's own bands are light, and dazzle in full screen."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1000x800x24", "-fbdir", str(tmp_path), "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as pipe:
        environment = {**os.environ, "DISPLAY": f":{pipe.readline().strip()}"}
    code = (
        "import subprocess, numpy as np\n"
        "from formcheck.live.window import Window\n"
        "with Window((640, 360)) as window:\n"
        "    for i in range(40):\n"
        "        window.show(np.full((360, 640, 3), 90, np.uint8)); window.key(20)\n"
        "        if i == 10: subprocess.run(['xdotool', 'search', '--name', 'formcheck', 'windowsize', '1000', '800'])\n"
        "    print('shown', flush=True); input()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "shown"
        screen = pixels(tmp_path / "Xvfb_screen0")
    finally:
        process.communicate("\n", timeout=20)
        server.terminate()
        server.wait(10)
    assert screen[400, 300].tolist() == [90, 90, 90]
    for spot in ((3, 500), (796, 500), (60, 20)):
        assert screen[spot].tolist() == list(GROUND), spot
