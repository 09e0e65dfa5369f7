"""Writes the numbers down: a chapter of README.md, RESULTS.md, and the errors that the signals are to state."""

import json
from collections.abc import Sequence
from pathlib import Path

from formcheck.body.view import View
from formcheck.exercise.words import Confidence, Severity

from ..figure import DRILLS
from .paces import TEMPOS, PaceTrial
from .posed import RATES, Trial
from .shipped_errors import error_table
from .signal_tables import angle_rows, impossible_rows, signal_rows
from .summary import (
    SERIOUS,
    SURE,
    Counting,
    alarms_a_minute,
    counting,
    failures,
    finding,
    hold_errors,
    pooled,
    scored,
    scores,
    sides,
)
from .work import Result
from .writing import Rows, as_number, code_measured, mae_of, share, table

ROOT = Path(__file__).parents[2]
README, RESULTS = ROOT / "README.md", Path(__file__).parent / "RESULTS.md"
SIGNAL_ERRORS = ROOT / "formcheck" / "body" / "signal_errors.json"
START, END = "<!-- accuracy -->", "<!-- /accuracy -->"
COMMAND = "python -m samples.evaluation"
BEST = ("correct", "fault")
"""Purposes of clips that are filmed as the exercise asks for."""
CONDITIONS = {"wrong_view": "another view", "far": "4.5 m away", "near": "1.9 m away", "dim": "dim light",
              "loose": "loose clothes", "cropped": "feet out of the picture", "roll": "camera rolled 5°"}  # fmt: skip
OFF_PLACE = "cameras off their place, kept apart"
"""What the clips of `off_place` are called."""


def _named(model: str) -> str:
    """Return who looked, for people: a model, and what ran it."""
    name, _, backend = model.partition("-")
    return f"`{name}` run by {'LiteRT' if backend == 'litert' else 'MediaPipe'}"


def readme_chapter(results: Sequence[Result], trials: Sequence[Trial]) -> str:
    """Return the chapter between the markers: of who looked first."""
    model = results[0].model
    mine = [item for item in results if item.model == model]
    clips = len(mine)
    minutes = sum(item.minutes for item in mine)
    return "\n\n".join([
        f"{clips} rendered clips ({minutes:.0f} minutes) of people whose joints are known exactly, model {_named(model)}; "
        f"`{COMMAND}{' --backend litert' * model.endswith('-litert')}` (with `pip install -e '.[samples]'`) renders them and writes these tables and "
        "[all the others](samples/evaluation/RESULTS.md). Rendered people are kinder than real ones. "
        f"Measured at {code_measured()}.",
        table(("", "found", "wanted"), _headline(mine, trials)),
        table(
            ("exercise", "counted exactly", "side", "hold error, median", "faults F1", "knee, near", "hip, near"),
            [_exercise_row(name, mine) for name in DRILLS],
        ),
        "Faults: minor and major ones of size 1.5 (1.2 where more would leave no movement to judge) that are judged with medium or high confidence; 0 is the edge of what is "
        "good, 1 the fault limit. Knee and hip: mean absolute error of the flexion angle in the best view.",
    ])  # fmt: skip


def _headline(mine: Sequence[Result], trials: Sequence[Trial]) -> Rows:
    best = scores(scored(mine, *BEST))
    counts = counting(best)
    right, of = sides(best)
    errors = sorted(hold_errors(best))
    faults = [fault for item in best for fault in item.faults]
    sure, every = finding(faults, SERIOUS, SURE), finding(faults)
    judged = every.hits + every.misses + every.abstained
    negatives = [item for item in mine if item.purpose == "negative"]
    levels = [item.level_right for item in best if item.level_right is not None]
    correct = [item for item in mine if item.purpose == "correct"]
    yield "repetitions counted exactly, best view", share(counts.exact, counts.clips), "98 %"
    yield "never off by more than one", share(counts.nearly, counts.clips), "all"
    yield "side right", share(right, of), "all"
    yield "hold error, median and 95th percentile", f"{_at(errors, 0.5)} and {_at(errors, 0.95)}", "0.3 s and 0.6 s"
    yield (
        "faults: F1 (precision, recall)",
        f"{as_number(sure.f1)} ({as_number(sure.precision)}, {as_number(sure.recall)})",
        "0.95",
    )
    yield "declared faults not assessed", f"{share(every.abstained, judged)}, {every.rightly} of them rightly", ""
    yield "reported at size 0.5 (posed figure)", _reported(trials, 0.5), "2 %"
    yield "false alarms a minute on correct form", as_number(alarms_a_minute(scored(mine, "correct"))), "0.1"
    yield (
        "repetitions counted in other movements",
        str(sum(sum((item.counted or {}).values()) for item in negatives)),
        "0",
    )
    wrong = finding([fault for item in scores(scored(mine, "wrong_view")) for fault in item.faults], SERIOUS)
    yield "minor or major faults that are none, in a wrong view", str(wrong.alarms), "0"
    yield "level recognised", share(sum(levels), len(levels)), ""
    yield (
        "exercise recognised (`-e auto`)",
        share(sum(i.recognised == i.exercise for i in correct), len(correct)),
        "97 %",
    )
    yield "“not sure” on other movements", share(sum(i.recognised is None for i in negatives), len(negatives)), "95 %"
    others = counting(scores(scored(mine, *(name for name in CONDITIONS if name != "wrong_view"))))
    yield "counted exactly: far, near, dim, loose, cropped, rolled", share(others.exact, others.clips), ""
    apart = scores(scored(mine, "off_place"))
    counts, (right, of) = counting(apart), sides(apart)
    alarms = finding([fault for item in apart for fault in item.faults if fault.size is None], SERIOUS).alarms
    yield f"counted exactly: {OFF_PLACE}", share(counts.exact, counts.clips), "92 %"
    yield "their sides right, and their minor or major faults that are none", f"{share(right, of)}, {alarms}", "all, 0"


def _at(values: Sequence[float], quantile: float) -> str:
    if not values:
        return "-"
    return f"{values[min(int(quantile * len(values)), len(values) - 1)]:.2f} s"


def _reported(trials: Sequence[Trial], size: float) -> str:
    chosen = [item for item in trials if item.size == size and item.severity in SERIOUS]
    judged = [item for item in chosen if item.assessed]
    return share(sum(item.reported and item.confidence in SURE for item in judged), len(judged))


def _exercise_row(name: str, mine: Sequence[Result]) -> Sequence[str]:
    best = [item for item in scored(mine, *BEST) if item.exercise == name]
    counts, (right, of) = counting(scores(best)), sides(scores(best))
    found = finding([fault for item in scores(best) for fault in item.faults], SERIOUS, SURE)
    view = _best_kind(name)
    angles = [
        pooled(best, exercise=name, signal=f"{joint}_flexion_deg", view=view, place="near") for joint in ("knee", "hip")
    ]
    return (
        f"`{name}`", f"{counts.exact}/{counts.clips}", f"{right}/{of}" if of else "-",
        _at(sorted(hold_errors(scores(best))), 0.5), as_number(found.f1), *(mae_of(item) for item in angles),
    )  # fmt: skip


def _best_kind(exercise: str) -> str:
    from .staging import rule_of

    return str(rule_of(exercise).views[0])


def results_page(results: Sequence[Result], trials: Sequence[Trial], paces: Sequence[PaceTrial]) -> str:
    """Return the whole of RESULTS.md."""
    models = list(dict.fromkeys(item.model for item in results))
    first = [item for item in results if item.model == models[0]]
    parts = [
        "# How accurate formcheck is: all tables",
        f"Written by `{COMMAND}` at {code_measured()}. Best view: the clips of correct form and of faults, filmed as the exercise asks for. "
        "near, far: the side nearer the camera and the other one. Errors are measured minus true, at every frame of a "
        "repetition.",
        "## Counting, sides, holds",
        table(("clips", "number", "exact", "at most one off", "mean error", "side", "hold: median", "hold: 95 %"),
              _counting_rows(first)),
        "With the level given where it is otherwise recognised: " + _given(first),
        "## Faults, best view",
        table(("faults", "found", "missed", "brought along", "false alarms", "precision", "recall", "F1", "not assessed",
               "rightly", "not made"), _severity_rows(first)),
        "brought along: not what the clip was made to show, but there all the same, as the rules find on the true landmarks. "
        "not made: what the clip was made to show, but not there on the body that did it, as the same rules find.",
        "## Faults by id, best view",
        table(("exercise", "fault", "found", "missed", "not assessed (rightly)", "false alarms"), _fault_rows(first)),
        "## Fault sizes and frame rates, posed figure with measured errors",
        table(("size", "reported", "minor and major, medium or high confidence", "not assessed"), _size_rows(trials)),
        "Correct form, counted exactly, by how many times the usual time everything takes:",
        table(("frames a second", *(f"×{tempo:g}" for tempo in TEMPOS), "sides", "false alarms a minute"), _pace_rows(paces)),
        "## Models, correct clips",
        table(("model", "counted exactly", "knee near", "knee far", "hip near", "hip far"), _model_rows(results, models)),
        "## Errors of the signals",
        table(("signal", "view", "side", "frames", "clips", "bias", "mean absolute", "rms", "rms of the change", "stated"),
              signal_rows(first)),
        "## Flexion angles by exercise, model and view",
        table(("exercise", "signal", "view", "side", *models), angle_rows(results, models)),
        "## Limits that the measured error makes impossible",
        "The distance from the edge of the good band to the limit is smaller than the measured error (rms).",
        table(("exercise", "check", "view", "margin", "measured", "stated"), impossible_rows(first)),
        "## What went wrong",
        table(("clip", "expected", "came"), [(f"`{a}`", b, c.replace("|", "/")) for a, b, c in failures(first)]),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _counting_rows(first: Sequence[Result]) -> Rows:
    groups = {"best view": BEST, "correct": ("correct",), "faulty": ("fault",)}
    groups |= {words: (purpose,) for purpose, words in CONDITIONS.items()}
    groups[OFF_PLACE] = ("off_place",)
    for words, purposes in groups.items():
        chosen = scores(scored(first, *purposes))
        counts: Counting = counting(chosen)
        right, of = sides(chosen)
        errors = sorted(hold_errors(chosen))
        yield (
            words, str(counts.clips), str(counts.exact), str(counts.nearly), as_number(counts.mae),
            f"{right}/{of}", _at(errors, 0.5), _at(errors, 0.95),
        )  # fmt: skip


def _given(first: Sequence[Result]) -> str:
    chosen = [item.level_given for item in scored(first, *BEST) if item.level_given is not None]
    counts = counting(chosen)
    found = finding([fault for item in chosen for fault in item.faults], SERIOUS, SURE)
    return f"counted exactly {share(counts.exact, counts.clips)}, F1 {as_number(found.f1)}."


def _severity_rows(first: Sequence[Result]) -> Rows:
    faults = [fault for item in scores(scored(first, *BEST)) for fault in item.faults]
    everything: tuple[Confidence | None, ...] = (*Confidence, None)
    groups: dict[str, tuple[tuple[Severity, ...], tuple[Confidence | None, ...]]] = {
        "minor and major, medium and high confidence": (SERIOUS, SURE),
        "minor and major, all": (SERIOUS, everything),
        **{str(severity): ((severity,), everything) for severity in Severity},
        "all": (tuple(Severity), everything),
    }
    for words, (severities, confidences) in groups.items():
        found = finding(faults, severities, confidences)
        yield (
            words, str(found.hits), str(found.misses), str(found.brought), str(found.alarms), as_number(found.precision),
            as_number(found.recall), as_number(found.f1), str(found.abstained), str(found.rightly), str(found.unmade),
        )  # fmt: skip


def _fault_rows(first: Sequence[Result]) -> Rows:
    best = scored(first, *BEST)
    names = sorted(
        {(str(item.exercise), fault.id) for item in best for fault in (item.score.faults if item.score else ())}
    )
    for exercise, name in names:
        mine = scores(item for item in best if item.exercise == exercise)
        found = finding([fault for item in mine for fault in item.faults if fault.id == name])
        yield (
            exercise, name, str(found.hits), str(found.misses), f"{found.abstained} ({found.rightly})", str(found.alarms)
        )  # fmt: skip


def _size_rows(trials: Sequence[Trial]) -> Rows:
    for size in sorted({item.size for item in trials}):
        chosen = [item for item in trials if item.size == size]
        judged = [item for item in chosen if item.assessed]
        reported = sum(item.reported for item in judged)
        yield f"{size}", share(reported, len(judged)), _reported(trials, size), str(len(chosen) - len(judged))


def _pace_rows(paces: Sequence[PaceTrial]) -> Rows:
    for fps in RATES:
        chosen = [item for item in paces if item.fps == fps]
        of = {tempo: [item.exact for item in chosen if item.tempo == tempo] for tempo in TEMPOS}
        exact = [item for item in chosen if item.exact]
        judged = [item for item in chosen if item.alarms is not None]
        minutes = sum(item.minutes for item in judged)
        alarms = sum(len(item.alarms or ()) for item in judged)
        yield (
            f"{fps:.0f}", *(share(sum(every), len(every)) for every in of.values()),
            share(sum(item.right_sides for item in exact), sum(len(item.expected) for item in exact)),
            as_number(alarms / minutes if minutes else float("nan")),
        )  # fmt: skip


def _model_rows(results: Sequence[Result], models: Sequence[str]) -> Rows:
    for model in models:
        mine = scored(results, "correct", model=model)
        counts = counting(scores(mine))
        angles = [pooled(mine, signal=f"{joint}_flexion_deg", place=place, view=str(View.SIDE))
                  for joint in ("knee", "hip") for place in ("near", "far")]  # fmt: skip
        yield model, share(counts.exact, counts.clips), *(mae_of(item) for item in angles)


def write_all(results: Sequence[Result], trials: Sequence[Trial], paces: Sequence[PaceTrial]) -> list[Path]:
    """Write the three files and return their paths."""
    text = README.read_text(encoding="utf-8")
    README.write_text(with_chapter(text, readme_chapter(results, trials)), encoding="utf-8")
    RESULTS.write_text(results_page(results, trials, paces), encoding="utf-8")
    known = json.loads(SIGNAL_ERRORS.read_text(encoding="utf-8"))
    errors = json.dumps(error_table(results, known), indent=1, ensure_ascii=False, sort_keys=True)
    SIGNAL_ERRORS.write_text(errors + "\n", encoding="utf-8")
    return [README, RESULTS, SIGNAL_ERRORS]


def with_chapter(text: str, chapter: str) -> str:
    """Return a text with what lies between the markers replaced.

    Raises
    ------
    ValueError
        There are no markers.
    """
    if START not in text or END not in text:
        raise ValueError(f"README.md has no {START} … {END}.")
    before, rest = text.split(START, 1)
    return f"{before}{START}\n\n{chapter}\n\n{END}{rest.split(END, 1)[1]}"
