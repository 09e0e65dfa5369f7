"""A room with people in it, filmed: drawn by OpenGL without a window."""

from collections.abc import Sequence

import moderngl
import numpy as np
from numpy.typing import NDArray

from samples.clip import Camera
from samples.figure.geometry import Array, rot_z

from .backdrop import Furnished
from .block import Block
from .people import CELLS, Person, PersonLook, kept_from_floor
from .programs import feed, look_along, program
from .rooms import Room, furnish, light_of
from .view import View

SAMPLES = 4
"""Samples of a pixel, which smooth the edges of people."""
SHADOW_PX = 768
AMBIENT, DIRECT, WHERE, CROWDED, SHADOW = range(5)
"""Texture units."""


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
        furnished = furnish(room)
        to_room = _to_room(furnished, camera)
        self._gl = gl = moderngl.create_context(standalone=True, backend="egl")
        gl.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        lighting = light_of(room, light)
        self._lamp = lighting.toward @ to_room
        values: dict[str, object] = {
            "eye": tuple(self.view.eye_m()), "lamp": tuple(self._lamp), "lamp_colour": lighting.colour,
            "lamp_radius": lighting.wide, "lamp_place": tuple(3.2 * self._lamp), "sky_colour": lighting.sky,
            "ground_colour": lighting.ground, "exposure": lighting.exposure, "picture_size": tuple(map(float, size_px)),
            "glow_place": tuple(np.array(furnished.glow_m) @ to_room), "glow_colour": lighting.glow,
            "daylight": lighting.daylight, "to_clip_space": self.view.to_clip_space(),
        }  # fmt: skip
        stage = Furnished(gl, furnished, to_room, props, self.view)
        backdrop = stage.lit(values)
        self._cast = program(gl, "shadow", "shadow")
        self._shaded = program(gl, "person", "person", "light", "shadow")
        self._over = program(gl, "screen", "backdrop", "light", "shadow")
        units = {"ambient": AMBIENT, "direct": DIRECT, "where": WHERE, "crowded": CROWDED, "shadow": SHADOW}
        for each in (self._shaded, self._over):
            feed(each, values | units)
        backdrop.ambient.use(AMBIENT)
        backdrop.direct.use(DIRECT)
        backdrop.where.use(WHERE)
        self._crowded = gl.texture((CELLS, CELLS), 1, dtype="f4")
        self._crowded.repeat_x = self._crowded.repeat_y = False
        self._crowded.use(CROWDED)
        depth = gl.depth_texture((SHADOW_PX, SHADOW_PX))
        depth.compare_func, depth.repeat_x, depth.repeat_y = "", False, False
        depth.use(SHADOW)
        self._shadow = gl.framebuffer(depth_attachment=depth)
        self._drawn = gl.simple_framebuffer(size_px, components=4, samples=SAMPLES)
        self._picture = gl.simple_framebuffer(size_px, components=4)
        self._everywhere = gl.vertex_array(self._over, [])
        self._people = [Person(gl, look, self._shaded, self._cast) for look in people]
        self._empty = gl.simple_framebuffer(size_px, components=4, samples=SAMPLES)
        self._draw_empty(stage)
        self._noise = _Noise(lighting.noise, size_px)

    def image_px(self, points_m: Array) -> Array:
        """Return the (..., 2) px, from the picture's upper left, of (..., 3) points in the figure's axes."""
        return self.view.image_px(points_m)

    def draw(self, people_m: Sequence[Array]) -> NDArray[np.uint8]:
        """Return the (height, width, 3) RGB picture of people with these (vertices, 3) places in the figure's axes."""
        placed = [np.asarray(vertices_m, dtype=np.float32) for vertices_m in people_m]
        for person, vertices_m in zip(self._people, placed, strict=True):
            person.pose(vertices_m)
        self._cast_shadows(placed)
        self._gl.copy_framebuffer(self._drawn, self._empty)
        self._drawn.use()
        self._drawn.scissor = self._darkened(placed)
        self._gl.disable(moderngl.DEPTH_TEST)
        self._everywhere.render(vertices=3)
        self._gl.enable(moderngl.DEPTH_TEST)
        self._drawn.scissor = None
        for person in self._people:
            person.draw()
        self._gl.copy_framebuffer(self._picture, self._drawn)
        width, height = self.view.size_px
        picture = np.frombuffer(self._picture.read(components=4), dtype=np.uint8).reshape(height, width, 4)
        return self._noise.over(picture[::-1, :, :3])

    def _cast_shadows(self, placed: Sequence[NDArray[np.float32]]) -> None:
        share, area = kept_from_floor(placed)
        self._crowded.write(share.tobytes())
        turn = look_along(self._lamp)
        seen = np.concatenate(placed) @ turn.T.astype("f4")
        low, high = seen.min(axis=0) - 0.05, seen.max(axis=0) + 0.05
        low[2] -= 4.0  # what the shadow falls on lies behind
        size = high - low
        to_shadow = np.eye(4)
        to_shadow[:3, :3] = 2.0 * turn / size[:, None]
        to_shadow[:3, 3] = -(high + low) / size
        to_shadow[2] *= -1.0
        light = {"to_shadow": to_shadow, "shadow_size_m": tuple(map(float, size))}
        feed(self._cast, light)
        feed(self._shaded, light)
        feed(self._over, light | {"crowded_area": area})
        self._shadow.use()
        self._shadow.clear(depth=1.0)
        for person in self._people:
            person.cast_shadow()

    def _darkened(self, placed: Sequence[NDArray[np.float32]]) -> tuple[int, int, int, int]:
        """Return the part of the picture, from its lower left, on which people keep light away."""
        width, height = self.view.size_px
        places = np.concatenate(placed)
        low, high = places.min(axis=0), places.max(axis=0)
        x, y, z = ([low[i], high[i]] for i in range(3))
        corners = np.stack(np.meshgrid(x, y, z), axis=-1).reshape(-1, 3)
        fallen = corners - self._lamp * (corners[:, 2:] / self._lamp[2])
        around = np.array([[x[i] + 0.7 * (2 * i - 1), y[j] + 0.7 * (2 * j - 1), 0.0] for i in (0, 1) for j in (0, 1)])
        points = np.concatenate([corners, fallen, around])
        if (((points - self.view.eye_m()) @ self.view.axes()[2]) < 0.2).any():
            return 0, 0, width, height
        seen = self.image_px(points)
        left, top = np.clip(np.floor(seen.min(axis=0)) - 8, 0, [width, height])
        right, bottom = np.clip(np.ceil(seen.max(axis=0)) + 8, 0, [width, height])
        return int(left), int(height - bottom), int(right - left), int(bottom - top)

    def _draw_empty(self, stage: Furnished) -> None:
        self._shadow.use()
        self._shadow.clear(depth=1.0)
        feed(self._over, {"crowded_area": (1e6, 1e6, 1.0, 1.0), "to_shadow": np.eye(4) * 1e3, "shadow_size_m": (1.0, 1.0, 1.0)})
        self._empty.use()
        self._empty.clear()
        self._gl.disable(moderngl.DEPTH_TEST)
        self._everywhere.render(vertices=3)
        self._gl.enable(moderngl.DEPTH_TEST)
        feed(self._cast, {"to_shadow": self.view.to_clip_space()})
        self._empty.color_mask = False, False, False, False
        stage.draw_depth(self._cast)
        self._empty.color_mask = True, True, True, True


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
        return np.clip(noisy, 0, 255).astype(np.uint8)


def _to_room(room: Room, camera: Camera) -> Array:
    """Return (3, 3) from the figure's axes to the room's: y away from the camera, but for the room's own turn."""
    return np.asarray(rot_z(90.0 - (camera.azimuth_deg + 180.0) + room.turn_deg))
