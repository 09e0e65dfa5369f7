"""Sources that are as another one is, but for one thing."""

from collections.abc import Iterator

import numpy as np

from formcheck.capture.altered import Mirrored, Named
from formcheck.capture.frame import Frame, SourceInfo


class Film:
    """Two pictures of a source that ends too early."""

    info = SourceInfo("file", "clip.mp4", 4, 2, 30.0, 2, 2 / 30)
    damaged = "It ends too early."
    remarks = ("Its times jump.",)

    def __iter__(self) -> Iterator[Frame]:
        for index in range(2):
            image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3) + index
            image.flags.writeable = False
            yield Frame(index, index / 30, image)


def test_a_mirrored_source_is_turned_left_to_right_and_else_the_same() -> None:
    turned = Mirrored(Film())
    assert (turned.info, turned.damaged, turned.remarks) == (Film.info, Film.damaged, Film.remarks)
    for frame, before in zip(turned, Film(), strict=True):
        assert (frame.index, frame.time_s) == (before.index, before.time_s)
        assert (frame.image_bgr == before.image_bgr[:, ::-1]).all()
        assert frame.image_bgr.flags.c_contiguous, "the model reads it row by row"


def test_a_named_source_goes_by_another_name_and_is_else_the_same() -> None:
    named = Named(Film(), "s3://study/clip.mp4")
    assert named.info.path == "s3://study/clip.mp4"
    assert (named.info.frames, named.damaged, named.remarks) == (2, Film.damaged, Film.remarks)
    assert [frame.image_bgr.sum() for frame in named] == [frame.image_bgr.sum() for frame in Film()]
