import numpy as np
import pytest

from formcheck.pose.refinement import logistic, refine

SIDE, CELLS = 256, 64


def heatmap(*bumps: tuple[float, float, float, float]) -> np.ndarray:
    """A heatmap of bumps: x and y in px of the picture, how sure, and how wide in px."""
    x, y = np.meshgrid(np.arange(CELLS) * 4.0, np.arange(CELLS) * 4.0)
    belief = sum(sure * np.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * wide**2)) for a, b, sure, wide in bumps)
    belief = np.clip(np.asarray(belief) + np.zeros((CELLS, CELLS)), 1e-6, 1 - 1e-6)
    return np.log(belief / (1 - belief))[..., None].astype(np.float32)


def refined(at: tuple[float, float], *bumps: tuple[float, float, float, float]):
    found = refine(np.array([at]), heatmap(*bumps), SIDE)
    return found.points[0], float(found.peak[0]), float(found.spread[0])


def test_a_landmark_moves_to_where_its_heatmap_is_sure():
    point, peak, _ = refined((100, 60), (104, 57, 0.95, 4))
    assert point == pytest.approx([104, 57], abs=0.6)
    assert peak == pytest.approx(0.95, abs=0.05)


def test_where_the_heatmap_is_not_sure_the_landmark_stays():
    point, peak, _ = refined((100, 60), (108, 57, 0.45, 4))
    assert point.tolist() == [100, 60]
    assert peak == pytest.approx(0.45, abs=0.05)


def test_a_heatmap_that_is_sure_elsewhere_says_that_the_landmark_is_wrong():
    point, peak, _ = refined((40, 40), (200, 200, 0.99, 4))
    assert point.tolist() == [40, 40]
    assert peak < 0.01


def test_what_is_vague_is_spread():
    sharp = refined((120, 120), (120, 120, 0.9, 3))[2]
    vague = refined((120, 120), (120, 120, 0.9, 8))[2]
    assert sharp == pytest.approx(3, abs=0.5)
    assert vague > 1.8 * sharp


@pytest.mark.parametrize("at", [(-30, 100), (100, -30), (400, 100), (100, 400), (5000, -5000)])
def test_outside_nothing_is_known(at):
    point, peak, spread = refined(at, (128, 128, 0.9, 30))
    assert point.tolist() == list(at)
    assert peak == 0
    assert np.isnan(spread)


def test_at_the_edge_only_what_there_is_counts():
    point, peak, _ = refined((2, 254), (0, 252, 0.9, 3))
    assert point == pytest.approx([2, 250], abs=2.5)
    assert peak == pytest.approx(0.9, abs=0.05)


def test_many_landmarks_at_once_are_as_one_by_one():
    rng = np.random.default_rng(0)
    points, heatmaps = rng.uniform(-20, 276, (39, 2)), rng.normal(0, 2, (CELLS, CELLS, 39))
    together = refine(points, heatmaps, SIDE)
    for k in range(39):
        alone = refine(points[k : k + 1], heatmaps[..., k : k + 1], SIDE)
        assert together.points[k] == pytest.approx(alone.points[0])
        assert together.peak[k] == alone.peak[0]


def test_the_logistic_function_does_not_overflow():
    assert logistic(np.array([-1e9, 0.0, 1e9])) == pytest.approx([0, 0.5, 1])
