"""Options on the command line: sensible ones, and all that people and scripts get wrong."""

from pathlib import Path
from random import Random

from tests.soak.case import DONE, FINE, INPUT, USAGE, Case, Stock

RIGHT = {
    "--side": ("left", "right"),
    "--reps": ("1", "5", "12"),
    "--hold": ("0.5", "2", "5", "6", "30"),
    "--fov": ("40", "60", "95.5"),
}
WRONG = {
    "--side": ("up", "", "0", "left,right", "\x1b[31m", "[/b]"),
    "--reps": ("0", "-1", "1.5", "many", "", "nan"),
    "--hold": ("inf", "nan", "-1", "0", "1e999", "x", ""),
    "--fov": ("500", "-60", "nan", "inf", "0", "wide"),
    "--end-point": ("90", "nan,nan", "inf,90", "90,90,90", "left,right", "", ",", "-500,90", "1e308,90"),
    "--level": ("mad", "", "0", "[red]", "harder harder"),
    "-e": ("jumping", "deadbug2", "", "[/b]", "../rules/dead_bug", "dead_bug.py"),
    "--rules": ("nowhere", "/dev/null"),
}


def options(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: at most one option is wrong."""
    exercise, recording = stock.recording(rng)
    (folder / "landmarks.jsonl").write_bytes(recording.read_bytes())
    chosen = {name: rng.choice(RIGHT[name]) for name in rng.sample(sorted(RIGHT), rng.randrange(4))}
    if exercise == "hip_flexion":
        chosen["--end-point"] = "95,90"
    codes, what = FINE, "right"
    if rng.random() < 0.6:
        wrong = rng.choice(sorted(WRONG))
        chosen[wrong] = rng.choice(WRONG[wrong])
        codes, what = frozenset({USAGE}), f"{wrong} {chosen[wrong]!r}"
    elif rng.random() < 0.2:
        chosen["-e"] = "auto"
        codes |= {USAGE}
    flat = [text for name, value in chosen.items() for text in (name, value)]
    arguments = ["replay", "landmarks.jsonl", *flat, *rng.choice([(), ("--json",), ("--out", "out")])]
    if rng.random() < 0.1:
        arguments, codes, what = _nonsense(rng)
    return Case(what, tuple(arguments), codes)


def _nonsense(rng: Random) -> tuple[list[str], frozenset[int], str]:
    arguments, code = rng.choice(
        [
            (["replay"], USAGE),
            (["replay", "nowhere.jsonl", "-e", "dead-bug"], INPUT),
            (["replay", ".", "-e", "dead-bug"], INPUT),
            (["replay", "/dev/null", "-e", "dead-bug"], INPUT),
            (["analyze", "nowhere.mp4", "-e", "dead-bug"], INPUT),
            (["analyze", "landmarks.jsonl", "-e", "dead-bug"], INPUT),
            (["analyze", ".", "-e", "dead-bug"], USAGE),
            (["analyze", "landmarks.jsonl", "-e", "dead-bug", "--fps", rng.choice(["0", "-1", "nan", "x"])], USAGE),
            (["analyze", "landmarks.jsonl"], USAGE),
            (["demo", "jumping"], USAGE),
            (["live", "jumping", "--headless"], USAGE),
            (["live", "dead-bug", "--headless", "--camera", rng.choice(["97", "/dev/video77", "webcam", "9" * 30])], 5),
            (["live", "dead-bug", "--headless", "--camera", "nowhere.mp4"], INPUT),
            (["exercises", "jumping"], USAGE),
            (["exercises", "--check", "nowhere.py"], USAGE),
            (["exercises"], DONE),
            (["exercises", "dead-bug"], DONE),
            (["--version"], DONE),
            (["--nonsense"], USAGE),
            (["nonsense"], USAGE),
            ([""], USAGE),
        ]
    )
    return arguments, frozenset({code}), " ".join(arguments)
