"""What libraries and the programs that they start say on stderr does not reach the user."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from formcheck.samples_folder import sample_clip
from tests.capture.clips import write_clip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals differ on Windows")

NOISY_SOUND = """
import os, subprocess, sys
os.write(2, b"ALSA lib pcm.c:2721:(snd_pcm_open_noupdate) Unknown PCM\\n")
def check_output_settings(**_): os.write(2, b"Cannot connect to server socket\\n")
def play(*_):
    os.write(2, b"ALSA lib pcm.c:8772:(snd_pcm_recover) underrun occurred\\n")
    open("played", "w").close()
def wait(): pass
"""
NOISY_VOICE = """#!/bin/sh
cat > spoken
echo "aplay: main:831: audio open error" >&2
"""


def live(tmp_path: Path, *more: str) -> subprocess.Popen[str]:
    (tmp_path / "sounddevice.py").write_text(NOISY_SOUND, encoding="utf-8")
    voice = tmp_path / "espeak-ng"
    voice.write_text(NOISY_VOICE, encoding="utf-8")
    voice.chmod(0o755)
    command = [
        sys.executable,
        "-m",
        "formcheck",
        "live",
        "lateral-lunge",
        "--headless",
        "--json",
        "--model",
        "lite",
        *more,
    ]
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "FORMCHECK_DEBUG": "0", "PYTHONPATH": path}
    environment["PATH"] = os.pathsep.join([str(tmp_path), environment["PATH"]])
    return subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def until(process: subprocess.Popen[str], *files: Path) -> None:
    deadline = time.monotonic() + 60
    while not all(file.exists() for file in files):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_sound_and_voice(tmp_path: Path) -> None:
    process = live(tmp_path, "--guide", "--camera", str(sample_clip("lateral_lunge")))
    until(process, tmp_path / "played", tmp_path / "spoken")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "")


@pytest.fixture
def broken_stream(tmp_path: Path) -> Iterator[str]:
    """Serve a clip, of which the decoder has much to say."""
    folder = tmp_path / "served"
    folder.mkdir()
    noise = np.random.default_rng(1)
    pictures = [noise.integers(0, 255, (240, 320, 3), dtype=np.uint8) for _ in range(40)]
    clip = write_clip(folder / "clip.ts", pictures, container="mpegts")
    data = bytearray(clip.read_bytes())
    for start in range(len(data) // 3, len(data) - 400, 4000):
        data[start : start + 300] = noise.bytes(300)
    clip.write_bytes(data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/clip.ts"
    server.shutdown()
    server.server_close()


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_a_broken_stream(broken_stream: str, tmp_path: Path) -> None:
    process = live(tmp_path, "--mute", "--camera", broken_stream, "--out", "results")
    assert process.stdout is not None
    lines = []
    for line in process.stdout:  # the stream ends, which is a camera that is lost
        lines.append(json.loads(line))
        if lines[-1]["event"] == "camera":
            break
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert lines[-1]["health"] == "lost"
    assert (process.returncode, errors) == (130, "")
