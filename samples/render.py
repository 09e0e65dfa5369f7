"""Render a sample clip and write its truth beside it.

    python -m samples.render lateral_lunge -o samples/lateral_lunge.mp4

Nothing here is needed to install, run or test formcheck. It needs an environment of its own with `anny` (the body at
rest; brings torch), `moderngl` (drawing), `scipy` (hulls of the shoes) and `av` (H.264), and OpenGL through EGL, but no
graphics card and no display. On Debian:

    apt-get install libegl1 libgl1-mesa-dri
    python3 -m venv rendering && rendering/bin/pip install anny moderngl scipy av

A clip of 30 s takes some 4 minutes of one core; the first run 2 minutes more, while anny prepares its body data.
"""

import argparse
import importlib
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from .athlete import Athlete
from .clip import Clip
from .rotation import UP, about
from .scene import Scene
from .script import Script
from .truth import truth_of

SIZE_PX = (640, 480)
FPS = 20


def load_clip(name: str) -> Clip:
    """Return the clip of an exercise."""
    module = importlib.import_module(f".motions.{name.replace('-', '_')}", __package__)
    clip: Clip = module.CLIP
    return clip


def pictures(clip: Clip, athlete: Athlete, script: Script, times_s: NDArray[np.float64]) -> Iterator[NDArray[np.uint8]]:
    """Yield the (height, width, 3) RGB picture at each time."""
    scene = Scene(clip.camera, clip.room, SIZE_PX, athlete.faces, athlete.surface, clip.outfit)
    turned = about(UP, clip.turned_left_deg)
    for time_s in times_s:
        posed = athlete.skeleton.pose(script.posture_at(float(time_s)))
        yield scene.draw(athlete.skin(posed) @ turned.T)


def write_video(path: Path, images: Iterator[NDArray[np.uint8]], fps: int, crf: int) -> None:
    """Write RGB pictures as H.264."""
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps, options={"crf": str(crf), "preset": "veryslow"})
        stream.width, stream.height = SIZE_PX
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, fps)
        for index, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def main() -> None:
    """Render one clip."""
    parser = argparse.ArgumentParser(description="Render a sample clip with its truth.")
    parser.add_argument("exercise", help="a motion in samples/motions, e.g. lateral_lunge")
    parser.add_argument("-o", "--out", type=Path, required=True, help="the clip; its truth goes beside it")
    parser.add_argument("--crf", type=int, default=22, help="x264's quality: less is better and larger")
    parser.add_argument("--stills", type=float, nargs="+", metavar="S", help="only pictures at these seconds, as PNG")
    options = parser.parse_args()
    clip = load_clip(options.exercise)
    athlete = Athlete(clip.body, clip.outfit)
    script = clip.script(athlete.skeleton)
    if options.stills:
        images = pictures(clip, athlete, script, np.array(options.stills))
        for time_s, image in zip(options.stills, images, strict=True):
            _write_png(options.out.with_suffix(f".{time_s:g}.png"), image)
        return
    frames = round(script.duration_s * FPS)
    write_video(options.out, pictures(clip, athlete, script, np.arange(frames) / FPS), FPS, options.crf)
    truth = truth_of(clip, script, athlete.skeleton, fps=FPS, size_px=SIZE_PX, frames=frames)
    options.out.with_suffix(".truth.json").write_text(json.dumps(truth, indent=1) + "\n")


def _write_png(path: Path, image: NDArray[np.uint8]) -> None:
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as container:
        stream = container.add_stream("png", rate=1)
        stream.height, stream.width = image.shape[:2]
        stream.pix_fmt = "rgb24"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())


if __name__ == "__main__":
    main()
