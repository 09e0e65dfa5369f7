"""Opens a recording, whatever it is."""

import os
from pathlib import Path
from typing import Annotated

from formcheck.capture.frame import FrameSource
from formcheck.capture.image_folder import ImageFolder
from formcheck.capture.video_file import VideoFile
from formcheck.fields import Between, check_value


def open_source(path: str | Path, fps: float | None = None) -> FrameSource:
    """Open a recording.

    Parameters
    ----------
    path
        A video file, or a folder of numbered images.
    fps
        For a folder: images a second, required. For a file: take at most so many frames a second, evenly by
        presentation time; a file with fewer stays as it is. None = at most 30, by leaving out every second one, or two of three ….

    Raises
    ------
    UsageError
        When `fps` is not from 0.1 to 1000, or missing for a folder.
    InputError
        When nothing can be read there.
    """
    check_fps(fps)
    # Path.is_dir fails in a folder that may not be entered.
    return ImageFolder(path, fps) if os.path.isdir(path) else VideoFile(path, fps)


def check_fps(fps: float | None) -> None:
    """Raise UsageError unless it is a frame rate that can be asked for."""
    check_value("--fps", fps, Annotated[float, Between(0.1, 1000)] | None)
