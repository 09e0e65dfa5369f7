import os
import re
import sys

import pytest

from formcheck.capture.quiet import EVERYTHING, quiet_stderr

NOISE = re.compile(rb"^W0000 ")


def test_noise_is_dropped_and_the_rest_passed_on(capfd):
    with quiet_stderr(NOISE):
        os.write(2, b"W0000 library.cc] blah\nTraceback of another thread\nW0000 more\n")
    assert capfd.readouterr().err == "Traceback of another thread\n"


def test_everything(capfd):
    with quiet_stderr(EVERYTHING):
        os.write(2, b"libpng error\n")
    assert capfd.readouterr().err == ""


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
