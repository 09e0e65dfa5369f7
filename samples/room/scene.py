"""A room with people in it, filmed: drawn by OpenGL without a window."""

from collections.abc import Sequence

import moderngl
import numpy as np
from numpy.typing import NDArray

from samples.clip import Camera
from samples.figure.geometry import Array

from .backdrop import Furnished
from .block import Block
from .kept import CELLS, SPAN_M, FloorShade
from .people import Person, PersonLook, PersonShaders
from .programs import drawing, feed
from .rooms import furnish, light_of, to_room
from .view import NEAR_M, View
from .walls import past_walls

FINER = 2
"""So many times finer than the picture people are drawn, which smooths their edges; as in `shaders/onto.frag`."""
MOST_PEOPLE = 4
SHADOW_PX = 512
UNITS = {name: unit for unit, name in enumerate(("ambient", "direct", "where", "cut_out", "kept", "shadow"))}

SHADOW_REACH_M = 1.3

Vertices = NDArray[np.float32]


class Scene:
    """Films people in a room.

    Parameters
    ----------
    camera
        From where.
    props
        What the exercise needs, in the figure's axes.
    size_px
        Width and height of the picture.
    people
        Who is there.
    light
        1 = well lit, 0.15 = a dim evening.
    room
        Which room, from 0.
    """

    def __init__(
        self,
        camera: Camera,
        props: Sequence[Block],
        size_px: tuple[int, int],
        people: Sequence[PersonLook],
        light: float,
        room: int,
    ) -> None:
        self.view = View(camera, size_px)
        furnished, lighting = furnish(room), light_of(room, light)
        turn = to_room(furnished, camera)
        self._lamp = past_walls(lighting.toward @ turn, props)
        values: dict[str, object] = {
            "eye": tuple(self.view.eye_m()), "lamp": tuple(self._lamp), "lamp_colour": lighting.colour,
            "lamp_radius": lighting.wide, "lamp_place": tuple(3.2 * self._lamp), "sky_colour": lighting.sky,
            "ground_colour": lighting.ground, "exposure": lighting.exposure, "picture_size": size_px,
            "glow_place": tuple(np.array(furnished.glow_m) @ turn), "glow_colour": lighting.glow,
            "daylight": lighting.daylight, "to_clip_space": self.view.to_clip_space(), "span_m": SPAN_M,
            "people": len(people),
        }  # fmt: skip
        self._gl = gl = moderngl.create_context(standalone=True, backend="egl")
        gl.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        self._shaders = PersonShaders(gl)
        self._floor = drawing(gl, "floor", "dimmed", ("film", "shadow"))
        self._upright = drawing(gl, "shape", "dimmed", ("film", "shadow"))
        self._onto = drawing(gl, "screen", "onto", ("film", "coded"))
        for each in (self._shaders.light, self._shaders.colour, self._floor, self._upright, self._onto):
            feed(each, values | UNITS)
        self._stage = Furnished(gl, furnished, turn, props, self.view)
        self._depths, self._surfaces = self._stage.shapes(self._shaders.shadow), self._stage.shapes(self._upright)
        self._people = [Person(self._shaders, look) for look in people]
        self._shades = [FloorShade(self._lamp, lighting.wide, look.faces) for look in people]
        self._kept = gl.texture((CELLS * len(people), CELLS), 2, dtype="f4")
        self._kept.repeat_x = self._kept.repeat_y = False
        shadow = gl.depth_texture((SHADOW_PX, SHADOW_PX))
        shadow.compare_func, shadow.repeat_x, shadow.repeat_y = "", False, False
        self._shadow = gl.framebuffer(depth_attachment=shadow)
        fine_px = size_px[0] * FINER, size_px[1] * FINER
        cut_out = gl.texture(fine_px, 4)
        self._cut_out = gl.framebuffer(cut_out, gl.depth_renderbuffer(fine_px))
        self._picture = gl.framebuffer(gl.texture(size_px, 4))
        self._floor_part, self._whole = gl.vertex_array(self._floor, []), gl.vertex_array(self._onto, [])
        self._backdrop = backdrop = self._stage.lit(values)
        textures = (backdrop.ambient, backdrop.direct, backdrop.where, cut_out, self._kept, shadow)
        for unit, texture in enumerate(textures):
            texture.use(unit)
        gl.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        feed(self._floor, {"of_floor": True})
        feed(self._upright, {"of_floor": False})
        self._noise = _Noise(lighting.noise, size_px)

    def close(self) -> None:
        """Give back what the drawing holds; nothing can be drawn afterwards."""
        self._gl.release()

    def image_px(self, points_m: Array) -> Array:
        """Return the (..., 2) px, from the picture's upper left, of (..., 3) points in the figure's axes."""
        return self.view.image_px(points_m)

    def draw(self, people_m: Sequence[Vertices]) -> NDArray[np.uint8]:
        """Return the (height, width, 3) RGB picture of people with these (vertices, 3) places in the figure's axes."""
        placed = [np.asarray(vertices_m, dtype=np.float32) for vertices_m in people_m]
        for person, vertices_m in zip(self._people, placed, strict=True):
            person.pose(vertices_m)
        self._cast_shadows(placed)
        self._cut_out_people()
        self._gl.copy_framebuffer(self._picture, self._backdrop.plain)
        self._picture.use()
        self._darken(placed)
        self._picture.scissor = self._around(np.concatenate(placed))
        self._gl.enable(moderngl.BLEND)
        self._whole.render(vertices=3)
        self._gl.disable(moderngl.BLEND)
        self._picture.scissor = None
        width, height = self.view.size_px
        picture = np.frombuffer(self._picture.read(components=3), dtype=np.uint8).reshape(height, width, 3)
        return self._noise.over(picture[::-1])

    def _cast_shadows(self, placed: Sequence[Vertices]) -> None:
        shades = [shade.under(vertices_m) for shade, vertices_m in zip(self._shades, placed, strict=True)]
        self._kept.write(np.concatenate([left for left, _ in shades], axis=1).tobytes())
        corners = np.zeros((MOST_PEOPLE, 2))
        corners[: len(shades)] = [corner for _, corner in shades]
        to_shadow, size_m = _lamp_view(self._lamp, np.concatenate(placed))
        feed(self._shaders.shadow, {"to_clip_space": to_shadow})
        values = {"to_shadow": to_shadow, "shadow_size_m": tuple(map(float, size_m)), "corners": corners}
        for each in (self._shaders.light, self._floor, self._upright):
            feed(each, values)
        self._shadow.use()
        self._shadow.clear(depth=1.0)
        for person in self._people:
            person.cast_shadow()

    def _cut_out_people(self) -> None:
        self._cut_out.use()
        self._cut_out.clear()
        feed(self._shaders.shadow, {"to_clip_space": self.view.to_clip_space()})
        self._stage.draw_props(self._depths)  # they may stand in front of people
        for person in self._people:
            person.draw()

    def _darken(self, placed: Sequence[Vertices]) -> None:
        self._gl.disable(moderngl.CULL_FACE)
        for i in range(len(placed)):
            self._floor["person"].value = i
            self._floor_part.render(moderngl.TRIANGLE_STRIP, vertices=4)
        self._gl.enable(moderngl.CULL_FACE)
        self._stage.draw_props(self._surfaces)
        for vertices_m in placed[1:]:  # they stand near the furniture
            self._picture.scissor = self._around(np.concatenate([vertices_m, vertices_m - SHADOW_REACH_M * self._lamp]))
            self._surfaces.render()

    def _around(self, places_m: Vertices) -> tuple[int, int, int, int]:
        """Return left, bottom, width and height of a part of the picture that holds these places."""
        width, height = self.view.size_px
        x, y, z = zip(places_m.min(axis=0), places_m.max(axis=0), strict=True)
        corners = np.stack(np.meshgrid(x, y, z), axis=-1).reshape(-1, 3)
        if (self.view.depth_m(corners) < NEAR_M).any():
            return 0, 0, width, height
        seen = self.image_px(corners)
        left, top = np.clip(np.floor(seen.min(axis=0)), 0, [width, height])
        right, bottom = np.clip(np.ceil(seen.max(axis=0)), 0, [width, height])
        return int(left), int(height - bottom), int(right - left), int(bottom - top)


class _Noise:
    """Noise of the camera's sensor, another in every picture and the same in every rendering."""

    def __init__(self, deviation: float, size_px: tuple[int, int]) -> None:
        width, height = size_px
        self._random = np.random.default_rng(7)
        grain = self._random.normal(0.0, deviation, (height + 64, width + 64, 3))
        self._grain = np.rint(grain).astype(np.int16)

    def over(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        height, width = picture.shape[:2]
        down, across = self._random.integers(0, 64, 2)
        noisy = picture + self._grain[down : down + height, across : across + width]
        return np.clip(noisy, 0, 255, out=noisy).astype(np.uint8)


def _lamp_view(lamp: Array, places_m: Vertices) -> tuple[Array, Array]:
    """Return the (4, 4) matrix by which the lamp sees people and what lies behind them, and the (3,) size it spans."""
    right = np.cross([0.0, 0.0, 1.0], lamp)
    right /= np.linalg.norm(right)
    turn = np.array([right, np.cross(lamp, right), lamp])
    seen = places_m @ turn.T.astype(np.float32)
    low, high = seen.min(axis=0) - 0.05, seen.max(axis=0) + 0.05
    low[2] -= 4.0
    size = high - low
    matrix = np.eye(4)
    matrix[:3, :3] = 2.0 * turn / size[:, None]
    matrix[:3, 3] = -(high + low) / size
    matrix[2] *= -1.0
    return matrix, size
