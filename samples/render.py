"""Render a sample clip and write its truth beside it.

    python -m samples.render lateral_lunge -o samples/lateral_lunge.mp4

Nothing here is needed to install, run or test formcheck. It needs the extra ``samples``: `anny` (the body at rest;
brings torch), `moderngl` (drawing) and `scipy`, and OpenGL through EGL, but no graphics card and no display. On Debian:

    apt-get install libegl1 libgl1-mesa-dri
    python3 -m venv rendering && rendering/bin/pip install -e '.[samples]'

The first run takes 2 minutes more, while anny prepares its body data.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from .athlete.body import Athlete
from .bystander import Bystander
from .clip import Body, Clip, Outfit
from .performance import Performance, perform
from .props import props_of
from .room.people import PersonLook
from .room.scene import Scene
from .truth import truth_of

Picture = NDArray[np.uint8]
CRF = 26


@lru_cache(maxsize=4)
def athlete_of(body: Body, outfit: Outfit) -> Athlete:
    """Return the athlete; building one takes a second."""
    return Athlete(body, outfit)


class Filming:
    """A clip ready to be drawn.

    Attributes
    ----------
    done
        What the athlete does.
    image_px
        (n, 33, 2) the true landmarks in the picture.
    """

    def __init__(self, clip: Clip) -> None:
        self._athlete = athlete_of(clip.body, clip.outfit)
        self.done: Performance = perform(clip, self._athlete)
        bystander = Bystander(clip) if clip.bystander else None
        props = props_of(clip, self._athlete.build, self.done.points_m, self.done.middle_m)
        looks = [PersonLook(self._athlete.faces, self._athlete.surface, clip.outfit)]
        self._others = [] if bystander is None else [bystander]
        looks += [other.look for other in self._others]
        self._scene = Scene(clip.camera, props, clip.size_px, looks, clip.light, clip.room)
        self.image_px = self._scene.image_px(self.done.points_m)

    def picture(self, moment: int) -> Picture:
        """Return the (height, width, 3) RGB picture of a frame."""
        others = [other.skin(float(self.done.times_s[moment])) for other in self._others]
        return self._scene.draw([self._athlete.skin(self.done.posed, moment), *others])

    def pictures(self) -> Iterator[Picture]:
        """Yield all frames."""
        return (self.picture(moment) for moment in range(len(self.done.times_s)))

    def close(self) -> None:
        """Give back what the drawing holds: some 25 MB a clip."""
        self._scene.close()


def render(clip: Clip, path: Path, *, crf: int = CRF, preset: str = "veryfast") -> None:
    """Write a clip as H.264, with its truth beside it as ``.truth.json`` and as exact landmarks in ``.truth.npz``.

    Parameters
    ----------
    clip
        What to render.
    path
        The .mp4 file. The .npz holds times_s (n,), image_px (n, 33, 2) and points_m (n, 33, 3) as in `truth`.
    crf, preset
        x264's quality (less is better and larger) and how hard it tries.
    """
    filming = Filming(clip)
    done = filming.done
    try:
        write_video(path, filming.pictures(), clip.size_px, clip.fps, crf, preset)
    finally:
        filming.close()
    truth = truth_of(clip, done.movement, done.points_m, filming.image_px)
    path.with_suffix(".truth.json").write_text(json.dumps(truth, separators=(",", ":")) + "\n")
    np.savez_compressed(
        path.with_suffix(".truth.npz"), times_s=done.times_s, image_px=filming.image_px, points_m=done.points_m
    )


def write_video(
    path: Path, images: Iterable[Picture], size_px: tuple[int, int], fps: int, crf: int, preset: str
) -> None:
    """Write RGB pictures as H.264."""
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": str(crf), "preset": preset})
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, fps)
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def main() -> None:
    """Render one of the shipped clips."""
    from .clips import CLIPS

    parser = argparse.ArgumentParser(description="Render a sample clip with its truth.")
    parser.add_argument("name", choices=sorted(CLIPS), help="a clip of samples/clips.py")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the clip; its truth goes beside it")
    parser.add_argument("--crf", type=int, default=CRF, help="x264's quality: less is better and larger")
    parser.add_argument("--preset", default="veryslow", help="how hard x264 tries")
    parser.add_argument("--stills", type=float, nargs="+", metavar="S", help="only pictures at these seconds, as PNG")
    options = parser.parse_args()
    clip = CLIPS[options.name]
    if not options.stills:
        render(clip, options.out, crf=options.crf, preset=options.preset)
        return
    filming = Filming(clip)
    for time_s in options.stills:
        _write_png(options.out.with_suffix(f".{time_s:g}.png"), filming.picture(round(time_s * clip.fps)))


def _write_png(path: Path, image: Picture) -> None:
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as container:
        stream = container.add_stream("png", rate=1)
        stream.height, stream.width = image.shape[:2]
        stream.pix_fmt = "rgb24"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())


if __name__ == "__main__":
    main()
