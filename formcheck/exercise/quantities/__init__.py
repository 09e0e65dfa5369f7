"""The words that turn signals into what a rule compares: whose side, since when, how fast, over which part of a rep."""

from formcheck.exercise.quantities.moments import (
    BeyondSetting,
    Change,
    EachSide,
    OneSide,
    Role,
    Speed,
    beyond_setting,
    change,
    each,
    near,
    other,
    series,
    speed,
    working,
)
from formcheck.exercise.quantities.repetition import (
    FAR_TIME_ERROR_S,
    TIME_ERROR_S,
    AtLowest,
    Clock,
    Peak,
    RepQuantity,
    Travel,
    Turns,
    at_lowest,
    duration_s,
    lowest,
    peak,
    start_position_s,
    travel,
    turns,
)

__all__ = [
    "FAR_TIME_ERROR_S", "TIME_ERROR_S", "AtLowest", "BeyondSetting", "Change", "Clock", "EachSide", "OneSide", "Peak", "RepQuantity", "Role",
    "Speed", "Travel", "Turns", "at_lowest", "beyond_setting", "change", "duration_s", "each", "lowest", "near", "other",
    "peak", "series", "speed", "start_position_s", "travel", "turns", "working",
]  # fmt: skip
