"""Fits a picture into the size that its source began with."""

import cv2
import numpy as np
from numpy.typing import NDArray


def fitted(image_bgr: NDArray[np.uint8], size_wh: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the picture at another size, never stretched: what is left over is black.

    Parameters
    ----------
    image_bgr
        (h, w, 3) uint8 of square pixels.
    size_wh
        Width and height wanted, in px.
    """
    width, height = size_wh
    if image_bgr.shape[:2] == (height, width):
        return np.ascontiguousarray(image_bgr)
    scale = min(width / image_bgr.shape[1], height / image_bgr.shape[0])
    size = (max(1, round(image_bgr.shape[1] * scale)), max(1, round(image_bgr.shape[0] * scale)))
    x, y = (width - size[0]) // 2, (height - size[1]) // 2
    whole = np.zeros((height, width, 3), np.uint8)
    whole[y : y + size[1], x : x + size[0]] = cv2.resize(image_bgr, size, interpolation=cv2.INTER_AREA)
    return whole
