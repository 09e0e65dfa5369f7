"""When the signals that end a program take effect."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from formcheck.interruption import finishing, stoppable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals differ there")


def test_work_that_is_stoppable_is_asked_and_asked_again_in_vain() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stoppable() as stop:
        assert not stop.is_set()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM):
            signal.raise_signal(number)
            assert stop.is_set()
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_is_finishing_is_finished_before_the_signal_takes_effect() -> None:
    done = []
    with stoppable() as stop:
        with finishing():
            signal.raise_signal(signal.SIGTERM)
            done.append(stop.is_set())
        done.append(stop.is_set())
    assert done == [False, True]


def test_what_is_finishing_without_a_signal_just_goes_on() -> None:
    with finishing():
        pass


def test_signals_belong_to_the_main_thread() -> None:
    asked = []

    def work() -> None:
        with stoppable() as stop, finishing():
            asked.append(stop.is_set())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert asked == [False]


PROGRAM = """
import signal, sys, time
import formcheck.interruption as interruption
from formcheck.language import choose
choose(sys.argv[2])
interruption.PATIENCE_S = float(sys.argv[1])
interruption.end_at_once_on_signals()
with interruption.stoppable():
    signal.raise_signal(signal.SIGTERM)
    time.sleep(0.05)
    signal.raise_signal(signal.SIGTERM)
print("finished", flush=True)
signal.raise_signal(signal.SIGINT)
print("never", flush=True)
"""


@pytest.mark.parametrize(
    ("patience_s", "code", "output", "said"),
    [
        ("5", "en", "finished\n", "Stopped.\n"),
        ("0.01", "en", "", "Stopped.\n"),
        ("5", "nl", "finished\n", "Gestopt.\n"),
    ],
)
def test_after_a_while_and_where_nothing_is_at_stake_a_signal_ends_it_at_once(
    patience_s: str, code: str, output: str, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, patience_s, code],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, output, said)


def test_what_was_started_deaf_stays_deaf() -> None:
    program = (
        "import formcheck.interruption as i, signal; i.end_at_once_on_signals(); signal.raise_signal(signal.SIGHUP)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    assert done.returncode == 0
