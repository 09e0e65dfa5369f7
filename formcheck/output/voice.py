"""The voice that the computer itself has, in the language: a program of its own speaks, and can hold up or end nothing."""

import json
import platform
import shutil
import subprocess
from typing import Protocol

from formcheck.errors import InstallationError
from formcheck.language import _, language

LONGEST_S = 30.0
"""No sentence takes so long; a program that does is stuck."""
_ESPEAK = ("espeak-ng", "espeak")
_WORDS_A_MINUTE = 160
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of Windows only
_WINDOWS = """
[Console]::InputEncoding = [Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$known = $voice.GetInstalledVoices() | Where-Object {
    $_.Enabled -and $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq '%s'
} | Select-Object -First 1
if (-not $known) { [Console]::Out.WriteLine('none'); exit }
$voice.SelectVoice($known.VoiceInfo.Name)
[Console]::Out.WriteLine('ready')
while ($line = [Console]::In.ReadLine()) {
    $voice.Speak((ConvertFrom-Json $line).text)
    [Console]::Out.WriteLine('done')
}
"""
"""Starting costs PowerShell a second: it starts once, and speaks a line at a time."""


class Speaker(Protocol):
    """Something that makes a sound and returns when it is over."""

    def __call__(self, content: object) -> None:
        """Play or say it."""


def open_voice() -> Speaker:
    """Return what says a sentence in the language, and returns when it is said.

    Raises
    ------
    InstallationError
        There is no voice for the language on this computer; says how to get one.
    """
    system = platform.system()
    if system == "Windows":
        return _windows_voice()
    if system == "Darwin":
        return _mac_voice()
    return _espeak_voice()


def _espeak_voice() -> Speaker:
    program = next(filter(None, map(shutil.which, _ESPEAK)), None)
    if program is None:
        raise InstallationError(
            _("There is no voice on this computer."), _("On Debian and Ubuntu: apt-get install espeak-ng")
        )
    return _each_by([program, "-v", language(), "-s", str(_WORDS_A_MINUTE), "--stdin"])


def _mac_voice() -> Speaker:
    listed = _run(["say", "-v", "?"]).decode(errors="replace").splitlines()
    for line in listed:
        name, _sign, rest = line.partition(f" {language()}_")
        if rest:
            return _each_by(["say", "-v", name.strip()])
    raise InstallationError(
        _("There is no voice for this language on this computer."),
        _("Add one in System Settings, Accessibility, Spoken Content."),
    )


def _windows_voice() -> Speaker:
    command = ["powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS % language()]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=_NO_WINDOW
    )
    said, told = process.stdout, process.stdin
    assert said is not None  # both are pipes
    assert told is not None
    if said.readline().strip() != b"ready":
        process.kill()
        raise InstallationError(
            _("There is no voice for this language on this computer."),
            _("Add one in Settings, Time & language, Speech."),
        )

    def say(content: object) -> None:
        told.write(json.dumps({"text": str(content)}).encode() + b"\n")
        told.flush()
        if not said.readline():
            raise OSError("PowerShell ended.")

    return say


def _each_by(command: list[str]) -> Speaker:
    """Return what says a sentence by a program that reads it."""

    def say(content: object) -> None:
        _run(command, str(content).encode())

    return say


def _run(command: list[str], text: bytes = b"") -> bytes:
    done = subprocess.run(
        command, input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=LONGEST_S, check=False
    )
    return done.stdout
