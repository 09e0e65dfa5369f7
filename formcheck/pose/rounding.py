"""Landmarks are rounded before anything uses them, so that what is recorded is what was judged."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

PX_DECIMALS, WORLD_DECIMALS, BELIEF_DECIMALS = 2, 4, 3
"""Of places in the picture, of places in the world, and of all that goes from 0 to 1."""


def rounded(values: ArrayLike, decimals: int) -> NDArray[np.float64]:
    """Return the values rounded, read-only; what is not finite is NaN."""
    # Adding 0 turns -0.0 into 0.0.
    result = np.asarray(values, dtype=np.float64).round(decimals) + 0.0
    result[~np.isfinite(result)] = np.nan
    result.flags.writeable = False
    return result
