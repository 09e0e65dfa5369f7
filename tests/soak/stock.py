"""Makes what the hostile inputs are made of: short clips of the samples, and recordings of posed figures."""

from pathlib import Path

import av
from av.video.stream import VideoStream

from formcheck.samples_folder import sample_clip
from tests.recordings import recorded_figure
from tests.soak.case import Stock

EXERCISES = ("lateral_lunge", "dead_bug", "childs_pose", "hip_flexion")
CLIP_S, CLIP_WH, CLIP_FPS = 4.0, (320, 240), 8


def make_stock(folder: Path) -> Stock:
    """Fill a folder."""
    recordings = {name: recorded_figure(folder / f"{name}.jsonl", name) for name in EXERCISES}
    kinds = (("mp4", "libx264"), ("mkv", "libx264"), ("ts", "libx264"), ("avi", "mpeg4"))
    clips = tuple(
        _beginning(sample_clip(name), folder / f"{name}.{suffix}", codec)
        for name, (suffix, codec) in zip(EXERCISES, kinds, strict=True)
    )
    return Stock(recordings, clips)


def _beginning(clip: Path, path: Path, codec: str) -> Path:
    width, height = CLIP_WH
    with av.open(str(clip)) as whole, av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=CLIP_FPS)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        due_s = 0.0
        for frame in whole.decode(video=0):
            assert frame.time is not None
            if frame.time > CLIP_S:
                break
            if frame.time >= due_s:
                due_s += 1 / CLIP_FPS
                small = frame.reformat(width, height, "bgr24").to_ndarray()
                container.mux(stream.encode(av.VideoFrame.from_ndarray(small, format="bgr24")))
        container.mux(stream.encode())
    return path
