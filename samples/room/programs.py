"""Shader programs: put together from their files, fed by name."""

from collections.abc import Mapping
from pathlib import Path

import moderngl
import numpy as np

from samples.figure.geometry import Array

SHADERS = Path(__file__).parent / "shaders"


def program(gl: moderngl.Context, vertex: str, fragment: str, *parts: str) -> moderngl.Program:
    """Return the program of two shaders; `parts` go before the fragment shader."""
    source = "".join((SHADERS / f"{name}.glsl").read_text() for name in parts)
    return gl.program(
        vertex_shader=(SHADERS / f"{vertex}.vert").read_text(),
        fragment_shader="#version 330\n" + source + (SHADERS / f"{fragment}.frag").read_text(),
    )


def feed(into: moderngl.Program, values: Mapping[str, object]) -> None:
    """Set those uniforms that the program has; arrays are matrices, written as OpenGL wants them."""
    for name, value in values.items():
        if name not in into:
            continue
        uniform = into[name]
        if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[0] == value.shape[1]:
            uniform.write(np.ascontiguousarray(value.T, dtype="f4").tobytes())
        elif isinstance(value, np.ndarray):
            uniform.write(np.ascontiguousarray(value, dtype="f4").tobytes())
        else:
            uniform.value = value


def look_along(toward: Array) -> Array:
    """Return (3, 3): the rows are right, up and towards, for looking against a direction."""
    right = np.cross([0.0, 0.0, 1.0], toward)
    right /= np.linalg.norm(right)
    return np.array([right, np.cross(toward, right), toward])
