"""The quick check: what it tries, what it tries it on, and that a floor that does not hold fails it."""

import math

import pytest

from formcheck.pose.recording import Recording
from samples.evaluation.catalogue import CLIPS
from samples.evaluation.declaring import levels_of
from samples.evaluation.paces import TEMPOS, paced, paces_to_try, try_pace
from samples.evaluation.posed import RATES, performed
from samples.evaluation.quick import Row
from samples.evaluation.recorded import packed, recorded, sample_names, unpacked
from samples.figure import DRILLS

LARGEST_BYTES = 4_000_000


def test_there_are_whole_recordings_of_all_samples_and_they_stay_small(tmp_path):
    names = sample_names()
    assert len(names) == 2 * len(DRILLS)
    for name in names:
        recording = Recording(unpacked(name, tmp_path))
        frames = len(list(recording))
        assert (recording.damaged, recording.header.model, recording.header.date) == (None, "heavy", None)
        assert (recording.header.source.path, recording.header.source.frames) == (f"{name}.mp4", frames)
    assert sum(packed(name).stat().st_size for name in names) <= LARGEST_BYTES


def test_a_recording_is_read_as_what_was_seen():
    seen = recorded("lateral_lunge")
    assert len(seen) > 100
    assert sum(item.pose is not None for item in seen) > 0.95 * len(seen)


def test_every_exercise_and_level_is_tried_at_every_rate_and_tempo():
    every = set(paces_to_try(quick=False))
    few = set(paces_to_try(quick=True))
    assert few < every
    for paces in (few, every):
        shown = {(CLIPS[name].parts[0].name, CLIPS[name].parts[0].level) for name, _, _ in paces}
        assert shown == {(exercise, level) for exercise in DRILLS for level in levels_of(exercise)}
        assert {fps for _, fps, _ in paces} == set(RATES)
        assert {tempo for _, _, tempo in paces} == set(TEMPOS)
    assert len(every) == len(shown) * len(RATES) * len(TEMPOS)


@pytest.mark.parametrize("exercise", list(DRILLS))
def test_what_takes_so_many_times_the_time_still_is_what_counts(exercise):
    part = CLIPS[next(name for name in CLIPS if name.startswith(f"{exercise}-"))].parts[0]
    usual, slow, quick = (performed(paced(part, tempo)).truth for tempo in (1.0, 2.0, 0.5))
    lasting = [rep.end_s - rep.start_s for rep in (usual.reps[0], slow.reps[0], quick.reps[0])]
    assert lasting[1] == pytest.approx(2.0 * lasting[0], rel=0.01)
    assert 0.49 * lasting[0] <= lasting[2] < 0.7 * lasting[0]
    assert usual.counted == slow.counted == quick.counted == 2


def test_a_trial_says_what_was_counted_of_what():
    trial = try_pace("lateral_lunge-step_out-correct-a", 10.0, 0.5, 0)
    assert trial.expected == trial.counted == ("right", "left")
    assert trial.exact
    assert trial.alarms is None


@pytest.mark.parametrize(
    ("found", "less_is_better", "holds"),
    [
        (0.9, False, True),
        (0.89, False, False),
        (0.9, True, True),
        (0.91, True, False),
        (math.nan, False, False),
        (math.nan, True, False),
    ],
)
def test_a_floor_holds_or_fails_and_fails_where_nothing_was_tried(found, less_is_better, holds):
    assert Row("exact", found, 10, 0.9, less_is_better).holds is holds
