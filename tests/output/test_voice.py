"""The voice of the computer, stood in for by programs that note what they are told to say."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.errors import InstallationError
from formcheck.language import choose
from formcheck.output.voice import open_voice

posix = pytest.mark.skipif(sys.platform == "win32", reason="the programs are scripts of the shell")
SENTENCE = 'Knieën boven je heupen; "vlak" en $zo.'
MAC_VOICES = """Alex                en_US    # Most people recognize me by my voice.
Daniel (Enhanced)   en_GB    # Hello, my name is Daniel.
Xander              nl_NL    # Hallo, mijn naam is Xander.
"""


def program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let no program be found but those of a folder."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), "/bin", "/usr/bin"]))
    monkeypatch.setattr("shutil.which", lambda name: str(tmp_path / name) if (tmp_path / name).exists() else None)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@posix
@pytest.mark.parametrize("code", ["en", "nl"])
def test_on_linux_espeak_speaks_the_language(code: str, only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    program(only, "espeak-ng", 'echo "$@" > asked; cat > said; echo noise >&2')
    choose(code)
    open_voice()(SENTENCE)
    assert (only / "said").read_text(encoding="utf-8") == SENTENCE
    assert (only / "asked").read_text(encoding="utf-8").startswith(f"-v {code} ")


@posix
@pytest.mark.parametrize(("code", "name"), [("en", "Alex"), ("nl", "Xander")])
def test_on_a_mac_a_voice_of_the_language_speaks(
    code: str, name: str, only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    (only / "voices").write_text(MAC_VOICES)
    program(only, "say", 'if [ "$2" = "?" ]; then cat voices; else echo "$2" > asked; cat > said; fi')
    choose(code)
    open_voice()(SENTENCE)
    assert (only / "asked").read_text().strip() == name
    assert (only / "said").read_text(encoding="utf-8") == SENTENCE


@posix
def test_where_there_is_no_voice_for_the_language_it_is_told(only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for system in ("Linux", "Darwin"):
        monkeypatch.setattr(platform, "system", lambda system=system: system)
        program(only, "say", "echo 'Alex  en_US  # Hello'")
        choose("nl")
        with pytest.raises(InstallationError) as caught:
            open_voice()
        assert caught.value.remedy


def test_on_windows_one_program_speaks_a_line_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speaking = (
        "import json, sys\nprint('ready', flush=True)\n"
        "for line in sys.stdin:\n    open('said', 'a', encoding='utf-8').write(json.loads(line)['text'])\n"
        "    print('done', flush=True)\n"
    )
    popen = subprocess.Popen
    started: list[subprocess.Popen[bytes]] = []

    def stand_in(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        assert command[0] == "powershell"
        assert "-eq 'nl'" in command[-1]
        started.append(
            popen([sys.executable, "-c", speaking], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        )
        return started[0]

    monkeypatch.setattr(platform, "system", lambda: "Windows")
    monkeypatch.setattr(subprocess, "Popen", stand_in)
    choose("nl")
    say = open_voice()
    say(SENTENCE)
    say(" Nog een.")
    assert (tmp_path / "said").read_text(encoding="utf-8") == f"{SENTENCE} Nog een."
    for process in started:
        process.communicate(timeout=10)
