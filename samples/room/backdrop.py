"""The room without people, lit once for a clip; props stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np

from samples.figure.geometry import Array

from .block import Block
from .programs import drawing, feed
from .rooms import Room
from .shapes import Piece, box
from .view import View
from .walls import as_walls

FINER = 2
"""So many times finer than the picture, in both directions, the room is drawn and then averaged."""
MOST_BOXES = 72
"""As in `shaders/bake.frag`."""
FLAT_M = 0.03
"""What is no higher, such as a mat, keeps no light away."""
CORNER_BYTES = 64


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Textures of the picture's size: light that people hardly keep away, light of the lamp, places; and how it all looks."""

    ambient: moderngl.Texture
    direct: moderngl.Texture
    where: moderngl.Texture
    plain: moderngl.Framebuffer


class Furnished:
    """A furnished room on the graphics side.

    Parameters
    ----------
    gl
        The context.
    room
        What stands where, in its own axes.
    to_room
        (3, 3) from the figure's axes to the room's.
    props
        What the exercise needs, in the figure's axes.
    view
        From where it is seen.
    """

    def __init__(self, gl: moderngl.Context, room: Room, to_room: Array, props: Sequence[Block], view: View) -> None:
        self._gl, self._view, self._to_room = gl, view, to_room
        own = [box(prop, solid=prop.high[2] > FLAT_M) for prop in as_walls(props, room.wall, view)]
        self._boxes = [_solids(pieces) for pieces in (room.furniture, room.shell, own)]
        rows = [_corners(piece, to_room) for piece in (*room.furniture, *room.shell)]
        rows += [_corners(piece, np.eye(3)) for piece in own]
        self._corners = gl.buffer(np.concatenate(rows).astype("f4").tobytes())
        self._props = sum(len(piece.places_m) for piece in own)

    def shapes(self, into: moderngl.Program) -> moderngl.VertexArray:
        """Return the shapes of everything, for a program that takes `in_place`."""
        return self._gl.vertex_array(into, [(self._corners, "3f 52x", "in_place")])

    def draw_props(self, shapes: moderngl.VertexArray) -> None:
        """Draw only what the exercise needs."""
        if self._props:
            shapes.render(first=self._corners.size // CORNER_BYTES - self._props, vertices=self._props)

    def lit(self, light: dict[str, object]) -> Backdrop:
        """Return the room as this light, given as the shaders' uniforms, lets it look."""
        width, height = self._view.size_px
        fine = [self._gl.texture((width * FINER, height * FINER), 4, dtype="f4") for _ in range(3)]
        depth = self._gl.depth_renderbuffer((width * FINER, height * FINER))
        frame = self._gl.framebuffer(fine, depth)
        bake = drawing(self._gl, "bake", "bake", ("light", "finish"))
        ends = np.cumsum([len(boxes) for boxes in self._boxes])
        boxes = np.zeros((MOST_BOXES, 9))
        boxes[: ends[-1]] = np.concatenate(self._boxes)
        feed(bake, light | {
            "box_low": boxes[:, :3], "box_high": boxes[:, 3:6], "box_colour": boxes[:, 6:],
            "box_ends": tuple(int(end) for end in ends), "to_room": self._to_room,
            "to_clip_space": self._view.to_clip_space(), "pixel_angle": 1.0 / self._view.focal_px(),
        })  # fmt: skip
        frame.use()
        frame.clear()
        names = ("in_place", "in_normal", "in_own_place", "in_own_normal", "in_colour", "in_finish")
        self._gl.vertex_array(bake, [(self._corners, "3f 3f 3f 3f 3f 1f", *names)]).render()
        drawn = [np.frombuffer(texture.read(), "f4").reshape(height, FINER, width, FINER, 4) for texture in fine]
        means = [drawn[0].mean(axis=(1, 3)), drawn[1].mean(axis=(1, 3)), drawn[2][:, 0, :, 0]]
        textures = [
            self._gl.texture((width, height), 4, np.ascontiguousarray(mean).tobytes(), dtype="f4") for mean in means
        ]
        for each in (*fine, depth, frame, bake):
            each.release()
        ambient, direct, where = textures
        return Backdrop(ambient, direct, where, self._stored(textures, light))

    def _stored(self, textures: Sequence[moderngl.Texture], light: dict[str, object]) -> moderngl.Framebuffer:
        """Return the room as the camera stores it."""
        plain = self._gl.framebuffer(self._gl.texture(self._view.size_px, 4))
        store = drawing(self._gl, "screen", "plain", ("film",))
        feed(store, light | {"ambient": 0, "direct": 1})
        for unit, texture in enumerate(textures[:2]):
            texture.use(unit)
        plain.use()
        self._gl.vertex_array(store, []).render(vertices=3)
        return plain


def _corners(piece: Piece, to_own: Array) -> Array:
    """Return (corners, 16): place and normal in the figure's axes and in its own, colour, finish."""
    count = len(piece.places_m)
    surface = np.tile([*piece.colour, float(piece.finish)], (count, 1))
    return np.hstack([piece.places_m @ to_own, piece.normals @ to_own, piece.places_m, piece.normals, surface])


def _solids(pieces: Sequence[Piece]) -> Array:
    rows = [[*piece.solid[0], *piece.solid[1], *piece.colour] for piece in pieces if piece.solid is not None]
    return np.array(rows).reshape(-1, 9)
