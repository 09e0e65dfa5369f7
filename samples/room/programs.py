"""Shader programs: put together from their files, fed by name."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import moderngl
import numpy as np

SHADERS = Path(__file__).parent / "shaders"


def drawing(gl: moderngl.Context, vertex: str, fragment: str, parts: Sequence[str] = ()) -> moderngl.Program:
    """Return the program of two shaders; `parts` go before the fragment shader."""
    return gl.program(vertex_shader=_source(vertex + ".vert"), fragment_shader=_source(fragment + ".frag", parts))


def per_vertex(gl: moderngl.Context, vertex: str, parts: Sequence[str], results: Sequence[str]) -> moderngl.Program:
    """Return a program that computes `results` for each vertex and draws nothing."""
    return gl.program(vertex_shader=_source(vertex + ".vert", parts), varyings=tuple(results))


def feed(into: moderngl.Program, values: Mapping[str, object]) -> None:
    """Set those uniforms that the program has; (4, 4) and (3, 3) arrays are matrices."""
    for name, value in values.items():
        if name not in into:
            continue
        if isinstance(value, np.ndarray):
            matrix = value.shape in ((3, 3), (4, 4))  # OpenGL keeps their columns together
            into[name].write(np.ascontiguousarray(value.T if matrix else value, dtype="f4").tobytes())
        else:
            into[name].value = value


def _source(file: str, parts: Sequence[str] = ()) -> str:
    texts = [(SHADERS / name).read_text() for name in (*(part + ".glsl" for part in parts), file)]
    return "#version 330\n" + "\n".join(texts)
