"""Reads a folder of numbered images as if it were a video."""

import re
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.capture.quiet import EVERYTHING, quiet_stderr
from formcheck.errors import InputError, UsageError
from formcheck.language import _

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})


class ImageFolder:
    """The images of a folder in the order of the numbers in their names: ``img2`` comes before ``img10``.

    Each is shown for the same time; a number that is missing leaves no gap. Other files and hidden ones are passed
    over. It may be iterated more than once.

    Parameters
    ----------
    path
        The folder.
    fps
        Images a second.

    Attributes
    ----------
    info
        Number, size and rate of the images.
    damaged
        Always None: an image that cannot be read is an error.
    remarks
        Always empty.

    Raises
    ------
    UsageError
        When `fps` is missing or not above 0.
    InputError
        When there is no such folder or no image in it; while iterating, when an image cannot be read or has another
        size than the first.
    """

    damaged: str | None = None
    remarks: tuple[str, ...] = ()

    def __init__(self, path: str | Path, fps: float | None) -> None:
        self.path = Path(path)
        try:
            # A pipe of such a name would be waited for, perhaps for ever.
            files = [entry for entry in self.path.iterdir() if entry.suffix.lower() in SUFFIXES and not entry.is_fifo()]
        except OSError as error:
            raise InputError(
                _("{path} is no folder that can be read.", path=path), _("Give a folder of numbered images.")
            ) from error
        self._files = sorted((file for file in files if not file.name.startswith(".")), key=_natural)
        if not self._files:
            kinds = "JPEG, PNG, WebP, BMP, TIFF"
            raise InputError(
                _("{path} holds no images.", path=path),
                _(
                    "Give a video, a folder of numbered images ({kinds}), or to `formcheck analyze` a folder of videos.",
                    kinds=kinds,
                ),
            )
        if fps is None or not fps > 0:
            raise UsageError(
                _("{path} is a folder of images, and images do not say when they were taken.", path=path),
                _("Give their frame rate with --fps N."),
            )
        height, width = _read(self._files[0]).shape[:2]
        count = len(self._files)
        self.info = SourceInfo("images", str(path), width, height, float(fps), count, count / fps)

    def __iter__(self) -> Iterator[Frame]:
        """Yield the images in order."""
        size = (self.info.width, self.info.height)
        for index, file in enumerate(self._files):
            image = _read(file)
            height, width = image.shape[:2]
            if (width, height) != size:
                raise InputError(
                    _(
                        "{file} is {width}x{height}, but {name} is {its_width}x{its_height}.",
                        file=file,
                        width=width,
                        height=height,
                        name=self._files[0].name,
                        its_width=size[0],
                        its_height=size[1],
                    ),
                    _("Give images of one size, from one recording."),
                )
            image.flags.writeable = False
            yield Frame(index, index / self.info.fps, image)


def _natural(file: Path) -> tuple[list[tuple[int, str]], str]:
    parts = re.split(r"(\d+)", file.stem.lower())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], file.name


def _read(file: Path) -> NDArray[np.uint8]:
    try:
        data = np.frombuffer(file.read_bytes(), dtype=np.uint8)
        with quiet_stderr(EVERYTHING):
            image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    except (OSError, cv2.error) as error:
        raise _unreadable(file) from error
    if image is None:
        raise _unreadable(file)
    return image  # type: ignore[return-value]


def _unreadable(file: Path) -> InputError:
    return InputError(
        _("{file} cannot be read as an image.", file=file), _("Remove it from the folder, or replace it.")
    )
