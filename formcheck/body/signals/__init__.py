"""Every measurement that rules can use, by name.

Each signal states what it measures, its unit, zero, sign and range, and its error for each kind of view.
``formcheck exercises --signals`` prints them.
"""

from formcheck.body.signal import Signal
from formcheck.body.signals import feet, joints, places, trunk
from formcheck.body.signals.feet import *  # noqa: F403
from formcheck.body.signals.joints import *  # noqa: F403
from formcheck.body.signals.places import *  # noqa: F403
from formcheck.body.signals.trunk import *  # noqa: F403

SIGNALS: tuple[Signal, ...] = tuple(
    dict.fromkeys(
        item for module in (joints, feet, trunk, places) for item in vars(module).values() if isinstance(item, Signal)
    )
)
"""All signals, in the order of the modules."""
