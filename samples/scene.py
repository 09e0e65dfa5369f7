"""The room, its light and its camera, drawn by OpenGL without a window."""

from dataclasses import dataclass
from pathlib import Path

import moderngl
import numpy as np
from numpy.typing import NDArray

from .clothing import Colour, Outfit
from .mesh import vertex_normals
from .posture import Place
from .rotation import UP, Array, unit

SHADERS = Path(__file__).parent / "shaders"
SAMPLES = 4
"""Samples of a pixel, which smooth its edges."""
SHADOW_SIZE_PX = 2048
SHADOW_REACH_M = 2.6
PLAIN, BOARDS, PLASTER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Camera:
    """A level camera.

    Attributes
    ----------
    place_m, looks_at_m
        In the room.
    height_seen_m
        How much of the room, from bottom to top, the picture shows at the distance of what it looks at.
    """

    place_m: Place
    looks_at_m: Place
    height_seen_m: float

    def view_projection(self, aspect: float) -> Array:
        """Return the (4, 4) matrix from the room to clip space; `aspect` is width over height."""
        eye, target = self.place_m.vector(), self.looks_at_m.vector()
        distance = float(np.linalg.norm(target - eye))
        scale = 2.0 * distance / self.height_seen_m
        near, far = 0.1, 20.0
        projection = np.array(
            [
                [scale / aspect, 0.0, 0.0, 0.0],
                [0.0, scale, 0.0, 0.0],
                [0.0, 0.0, (far + near) / (near - far), 2.0 * far * near / (near - far)],
                [0.0, 0.0, -1.0, 0.0],
            ]
        )
        return projection @ _look(eye, target)

    def image_px(self, places_m: Array, size_px: tuple[int, int]) -> Array:
        """Return the (..., 2) px of (..., 3) places in the room, from the picture's upper left."""
        width, height = size_px
        homogeneous = np.concatenate([places_m, np.ones((*places_m.shape[:-1], 1))], axis=-1)
        clip = homogeneous @ self.view_projection(width / height).T
        flat = clip[..., :2] / clip[..., 3:]
        return np.asarray((flat * [0.5, -0.5] + 0.5) * [width, height])


@dataclass(frozen=True, slots=True)
class Block:
    """A box that stands in the room: furniture, a mat, a wall; its sides are parallel to the room's."""

    low: Place
    high: Place
    colour: Colour
    finish: int = PLAIN


@dataclass(frozen=True, slots=True)
class Lamp:
    """Light from far away: direction towards it, its colour, and how soft its shadows are (share of the shadow map)."""

    toward: Place
    colour: Colour
    softness: float


LAMPS = (
    Lamp(Place(left=-0.55, back=-0.7, up=1.0), (0.95, 0.88, 0.78), 0.006),
    Lamp(Place(left=0.15, back=-0.1, up=1.0), (0.38, 0.40, 0.43), 0.02),
)
OAK, PLASTER_WHITE, PAINT_WHITE = (0.34, 0.21, 0.115), (0.60, 0.58, 0.54), (0.7, 0.7, 0.68)
BLACK_WOOD, PRINT = (0.03, 0.03, 0.03), (0.22, 0.30, 0.27)


def room(back_wall_m: float = 1.5, half_width_m: float = 4.0) -> tuple[Block, ...]:
    """Return a plain room: boards, a plastered back wall with a skirting board, a picture on it."""
    near_m, behind = -6.0, back_wall_m + 0.1
    return (
        Block(Place(-half_width_m, near_m, -0.1), Place(half_width_m, back_wall_m, 0.0), OAK, BOARDS),
        Block(Place(-half_width_m, back_wall_m, -0.1), Place(half_width_m, behind, 3.0), PLASTER_WHITE, PLASTER),
        Block(Place(-half_width_m, back_wall_m - 0.02, 0.0), Place(half_width_m, behind, 0.10), PAINT_WHITE),
        Block(Place(1.05, back_wall_m - 0.03, 1.30), Place(1.55, behind, 1.95), BLACK_WOOD),
        Block(Place(1.08, back_wall_m - 0.031, 1.33), Place(1.52, behind, 1.92), PAINT_WHITE),
        Block(Place(1.16, back_wall_m - 0.032, 1.43), Place(1.44, behind, 1.82), PRINT),
    )


class Scene:
    """Draws a person in a room.

    Parameters
    ----------
    camera
        Who looks.
    blocks
        What stands there.
    size_px
        Width and height of the picture.
    faces, surface
        The person's triangles and fields (`athlete.Athlete`).
    outfit
        The person's colours.
    """

    def __init__(
        self,
        camera: Camera,
        blocks: tuple[Block, ...],
        size_px: tuple[int, int],
        faces: NDArray[np.int32],
        surface: Array,
        outfit: Outfit,
    ) -> None:
        self._gl = moderngl.create_context(standalone=True, backend="egl")
        self._gl.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        self._size_px = size_px
        self._faces = faces
        self._drawn = self._gl.simple_framebuffer(size_px, components=3, samples=SAMPLES)
        self._picture = self._gl.simple_framebuffer(size_px, components=3)
        self._shadow_maps = [self._shadow_map() for _ in LAMPS]
        self._person = self._program("person")
        self._room = self._program("room")
        self._shadow = self._program("shadow")
        self._set_light(camera, size_px[0] / size_px[1])
        colours = (outfit.skin, outfit.lips, outfit.hair, outfit.shirt, outfit.trousers, outfit.shoes)
        self._person["colours"].value = colours
        self._vertices = self._gl.buffer(reserve=len(surface) * 6 * 4, dynamic=True)
        fields = self._gl.buffer(surface.astype("f4").tobytes())
        triangles = self._gl.buffer(faces.tobytes())
        self._draw_person = self._gl.vertex_array(
            self._person,
            [(self._vertices, "3f 3f", "in_place", "in_normal"), (fields, "4f 4f", "in_garments", "in_face")],
            triangles,
        )
        self._cast_person = self._gl.vertex_array(self._shadow, [(self._vertices, "3f 12x", "in_place")], triangles)
        walls = self._gl.buffer(np.concatenate([_block_vertices(block) for block in blocks]).astype("f4").tobytes())
        names = ("in_place", "in_normal", "in_colour", "in_finish")
        self._draw_room = self._gl.vertex_array(self._room, [(walls, "3f 3f 3f 1f", *names)])

    def draw(self, vertices_m: Array) -> NDArray[np.uint8]:
        """Return the (height, width, 3) RGB picture of the person with these vertices."""
        normals = vertex_normals(vertices_m, self._faces)
        self._vertices.write(np.hstack([vertices_m, normals]).astype("f4").tobytes())
        for (frame, _), lamp in zip(self._shadow_maps, LAMPS, strict=True):
            frame.use()
            frame.clear(depth=1.0)
            self._shadow["view_projection"].write(_lamp_view(lamp).T.astype("f4").tobytes())
            self._cast_person.render()
        self._drawn.use()
        self._drawn.clear(0.6, 0.6, 0.6)
        self._draw_person.render()
        self._draw_room.render()
        self._gl.copy_framebuffer(self._picture, self._drawn)
        width, height = self._size_px
        picture = np.frombuffer(self._picture.read(components=3), dtype=np.uint8)
        return np.asarray(picture.reshape(height, width, 3)[::-1])

    def _program(self, name: str) -> moderngl.Program:
        vertex, fragment = ((SHADERS / f"{name}.{kind}").read_text() for kind in ("vert", "frag"))
        if "shaded(" in fragment:
            fragment += (SHADERS / "light.glsl").read_text()
        return self._gl.program(vertex_shader=vertex, fragment_shader=fragment)

    def _shadow_map(self) -> tuple[moderngl.Framebuffer, moderngl.Texture]:
        depth = self._gl.depth_texture((SHADOW_SIZE_PX, SHADOW_SIZE_PX))
        depth.compare_func = "<="
        depth.repeat_x = depth.repeat_y = False
        return self._gl.framebuffer(depth_attachment=depth), depth

    def _set_light(self, camera: Camera, aspect: float) -> None:
        for unit_number, (_, depth) in enumerate(self._shadow_maps):
            depth.use(location=unit_number)
        for program in (self._person, self._room):
            program["view_projection"].write(camera.view_projection(aspect).T.astype("f4").tobytes())
            program["eye"].value = tuple(camera.place_m.vector())
            program["lamp_view"].write(b"".join(_lamp_view(lamp).T.astype("f4").tobytes() for lamp in LAMPS))
            program["lamp_direction"].value = [tuple(unit(lamp.toward.vector())) for lamp in LAMPS]
            program["lamp_colour"].value = [lamp.colour for lamp in LAMPS]
            program["lamp_softness"].value = [lamp.softness for lamp in LAMPS]
            for unit_number in range(len(LAMPS)):
                program[f"shadow_{unit_number}"].value = unit_number


def _look(eye: Array, target: Array) -> Array:
    away = unit(target - eye)
    right = unit(np.cross(away, UP if abs(away[2]) < 0.99 else [0.0, 1.0, 0.0]))
    turn = np.array([right, np.cross(right, away), -away])
    matrix = np.eye(4)
    matrix[:3, :3], matrix[:3, 3] = turn, -turn @ eye
    return matrix


def _lamp_view(lamp: Lamp) -> Array:
    middle = np.array([0.0, 0.0, 0.8])
    reach = SHADOW_REACH_M
    projection = np.diag([1.0 / reach, 1.0 / reach, -0.5 / reach, 1.0])
    projection[2, 3] = -1.0
    return np.asarray(projection @ _look(middle + 2.0 * reach * unit(lamp.toward.vector()), middle))


def _block_vertices(block: Block) -> Array:
    low, high = block.low.vector(), block.high.vector()
    rows = []
    for axis in range(3):
        first, second = (axis + 1) % 3, (axis + 2) % 3
        for outward, level in ((-1.0, low[axis]), (1.0, high[axis])):
            corners = []
            around = ((0, 0), (1, 0), (1, 1), (0, 0), (1, 1), (0, 1))
            for u, v in around if outward > 0.0 else around[::-1]:
                corner = np.empty(3)
                corner[axis] = level
                corner[first] = high[first] if u else low[first]
                corner[second] = high[second] if v else low[second]
                corners.append(corner)
            normal = np.zeros(3)
            normal[axis] = outward
            rows.append(np.hstack([corners, np.tile([*normal, *block.colour, float(block.finish)], (6, 1))]))
    return np.concatenate(rows)
