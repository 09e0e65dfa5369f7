"""Who is filmed: bodies and clothes of the rendered set."""

from dataclasses import replace

from ..clip import Body, Outfit

PEOPLE: tuple[tuple[Body, Outfit], ...] = (
    (Body(gender=1.0, age=0.60, muscle=0.55, weight=0.42, height=0.50), Outfit()),
    (
        Body(gender=0.0, age=0.67, muscle=0.70, weight=0.50, height=0.68),
        Outfit(skin=(0.18, 0.09, 0.05), lips=(0.20, 0.08, 0.07), shirt=(0.42, 0.10, 0.06), trousers=(0.03, 0.04, 0.09)),
    ),
    (
        Body(gender=1.0, age=0.90, muscle=0.45, weight=0.62, height=0.42),
        Outfit(skin=(0.66, 0.42, 0.32), hair=(0.40, 0.38, 0.36), shirt=(0.22, 0.08, 0.30), trousers=(0.10, 0.10, 0.12)),
    ),
    (
        Body(gender=0.0, age=0.92, muscle=0.50, weight=0.55, height=0.55),
        Outfit(hair=(0.50, 0.49, 0.47), shirt=(0.45, 0.45, 0.43), trousers=(0.06, 0.07, 0.11), sleeve_m=0.24),
    ),
    (
        Body(gender=1.0, age=0.58, muscle=0.50, weight=0.30, height=0.36),
        Outfit(skin=(0.36, 0.20, 0.13), hair=(0.01, 0.008, 0.006), shirt=(0.50, 0.34, 0.05), trousers=(0.12, 0.03, 0.05)),
    ),
    (
        Body(gender=0.0, age=0.70, muscle=0.55, weight=0.72, height=0.60),
        Outfit(skin=(0.58, 0.35, 0.25), hair=(0.12, 0.06, 0.03), shirt=(0.03, 0.16, 0.07), trousers=(0.14, 0.13, 0.11)),
    ),
    (
        Body(gender=1.0, age=0.67, muscle=0.70, weight=0.46, height=0.62),
        Outfit(skin=(0.11, 0.055, 0.035), lips=(0.16, 0.06, 0.06), shirt=(0.55, 0.52, 0.50), trousers=(0.05, 0.12, 0.20)),
    ),
    (
        Body(gender=0.0, age=0.55, muscle=0.45, weight=0.36, height=0.48),
        Outfit(skin=(0.50, 0.30, 0.19), hair=(0.02, 0.015, 0.012), shirt=(0.06, 0.06, 0.07), trousers=(0.20, 0.20, 0.22)),
    ),
)  # fmt: skip
"""Women and men, young and old, light and heavy, short and tall, of several skins."""


def loosely(outfit: Outfit) -> Outfit:
    """Return the same colours as a wide shirt and wide trousers."""
    return replace(outfit, loose_m=0.045, sleeve_m=0.30, shirt_below_hip_m=0.14)
