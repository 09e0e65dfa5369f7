import os
import re
import subprocess
import sys

import pytest

from formcheck.capture.quiet import EVERYTHING, quiet_stderr, silence

NOISE = re.compile(rb"^W0000 ")


def test_noise_is_dropped_and_the_rest_passed_on(capfd):
    with quiet_stderr(NOISE):
        os.write(2, b"W0000 library.cc] blah\nTraceback of another thread\nW0000 more\n")
    assert capfd.readouterr().err == "Traceback of another thread\n"


def test_everything(capfd):
    with quiet_stderr(EVERYTHING):
        os.write(2, b"libpng error\n")
    assert capfd.readouterr().err == ""


def test_in_silence_what_others_print_is_kept_for_afterwards(capfd):
    with silence():
        os.write(1, b"INFO: Failed to load OpenCL\n")
        os.write(2, b"E0000 no adapters\n")
        os.write(1, b'{"event": "rep"}\n')
    os.write(2, b"after\n")
    assert capfd.readouterr() == ('{"event": "rep"}\n', "after\n")


def test_nothing_is_said_while_the_interpreter_closes():
    program = (
        "import atexit, os; from formcheck.capture.quiet import say_no_more\n"
        "atexit.register(os.write, 2, b'INFO: destroyed'); os.write(2, b'ours'); say_no_more()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "ours"


def test_stderr_is_back_after_an_error(capfd):
    with pytest.raises(ValueError, match="x"), quiet_stderr(EVERYTHING):  # noqa: PT012
        os.write(2, b"noise\n")
        raise ValueError("x")
    print("after", file=sys.stderr)
    os.write(2, b"and after\n")
    assert capfd.readouterr().err == "after\nand after\n"


def test_what_was_said_before_stays(capfd):
    sys.stderr.write("before ")
    with quiet_stderr(EVERYTHING):
        pass
    assert capfd.readouterr().err == "before "


NOISY = """
import os, subprocess, sys, threading
from formcheck.capture.quiet import only_our_words
def library():
    os.write(2, b"[h264 @ 0x55] error while decoding MB\\n")
    subprocess.run([sys.executable, "-c", "import sys; print('ALSA lib pcm.c', file=sys.stderr)"])
with only_our_words():
    thread = threading.Thread(target=library)
    thread.start()
    print("ours", file=sys.stderr)
    thread.join()
print("ours after", file=sys.stderr)
os.write(2, b"not ours, after\\n")
"""


@pytest.mark.parametrize(("debug", "said"), [("0", ["ours", "ours after", "not ours, after"]), ("1", None)])
def test_only_what_python_says_reaches_the_user(debug: str, said: list[str] | None) -> None:
    environment = {**os.environ, "FORMCHECK_DEBUG": debug}
    done = subprocess.run([sys.executable, "-c", NOISY], capture_output=True, text=True, env=environment, check=True)
    if said is None:
        # Nothing is held back, and two who speak at once may share a line.
        assert all(word in done.stderr for word in ("ours", "ALSA lib pcm.c"))
    else:
        assert done.stderr.splitlines() == said


def test_no_descriptor_leaks():
    def opened() -> int:
        descriptor = os.dup(1)
        os.close(descriptor)
        return descriptor

    before = opened()
    for _ in range(50):
        with quiet_stderr(NOISE):
            pass
    assert opened() == before


def test_debug_shows_all(capfd, monkeypatch):
    monkeypatch.setenv("FORMCHECK_DEBUG", "1")
    with quiet_stderr(EVERYTHING):
        os.write(2, b"noise\n")
    assert capfd.readouterr().err == "noise\n"


def test_without_a_stderr_nothing_is_done(monkeypatch):
    def refuse(_: int) -> int:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(os, "dup", refuse)
    with quiet_stderr(EVERYTHING):
        reached = True
    assert reached
