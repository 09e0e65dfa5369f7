"""Signals under other names, so that their errors are those that they state: none were measured."""

from dataclasses import replace

from formcheck.body.signal import Signal
from formcheck.body.signals import (
    hip_drop_l,
    hip_flexion_deg,
    hip_tilt_deg,
    knee_flexion_deg,
    lateral_lean_deg,
    torso_inclination_deg,
    trunk_height_ratio,
)


def as_stated(signal: Signal) -> Signal:
    """Return a signal whose errors are those that it states: under this name none were measured."""
    return replace(signal, name=f"made_up_{signal.name}")


torso, trunk = as_stated(torso_inclination_deg), as_stated(trunk_height_ratio)
drop, tilt, lean = as_stated(hip_drop_l), as_stated(hip_tilt_deg), as_stated(lateral_lean_deg)
knee_bend, hip_bend = as_stated(knee_flexion_deg), as_stated(hip_flexion_deg)
