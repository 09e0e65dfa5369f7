"""The landmarks for whoever works with them: a row for each landmark at each moment."""

from collections.abc import Iterator

from formcheck.output.parquet import Cell, Columns
from formcheck.output.rounding import rounded, rounded_s
from formcheck.pose.pose import LANDMARKS, Pose
from formcheck.pose.rounding import BELIEF_DECIMALS, PX_DECIMALS, WORLD_DECIMALS

LANDMARK_COLUMNS: Columns = {
    "time_s": float, "landmark": str, "x_px": float, "y_px": float, "x_m": float, "y_m": float, "z_m": float,
    "visibility": float, "doubted": bool,
}  # fmt: skip


def landmark_rows(time_s: float, pose: Pose | None) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each landmark at a moment; the columns are `LANDMARK_COLUMNS`, axes and units those of `Pose`.

    Parameters
    ----------
    time_s
        The moment.
    pose
        The body; None = nobody is seen, and nothing is known of any landmark.
    """
    for index, name in enumerate(LANDMARKS):
        if pose is None:
            yield (rounded_s(time_s), name, *(None,) * (len(LANDMARK_COLUMNS) - 2))
            continue
        picture = (rounded(float(value), PX_DECIMALS) for value in pose.image_px[index])
        world = (rounded(float(value), WORLD_DECIMALS) for value in pose.world_m[index])
        belief = rounded(float(pose.visibility[index]), BELIEF_DECIMALS)
        doubted = pose.doubted is not None and bool(pose.doubted[index])
        yield (rounded_s(time_s), name, *picture, *world, belief, doubted)
