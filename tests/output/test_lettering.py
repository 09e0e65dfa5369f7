import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from formcheck.output.lettering import Lettering


@given(st.text(max_size=80), st.integers(8, 60), st.integers(30, 400), st.integers(1, 4), st.integers(0, 20))
def test_wrapped_text_fits_and_loses_nothing_without_saying_so(text, size, width, lines, indent):
    letters = Lettering()
    wrapped = letters.wrap(text, size, width, lines, indent=indent)
    assert len(wrapped) <= lines
    if wrapped and not wrapped[-1].endswith("…"):
        assert "".join(wrapped).replace(" ", "") == "".join(text.split())
    for i, line in enumerate(wrapped):
        room = width - (indent if i == 0 else 0)
        assert len(line) <= 1 or letters.width(line, size) <= room or line == "…"


@given(st.text(min_size=1, max_size=40), st.integers(20, 400))
def test_a_fitted_line_is_the_largest_that_fits(text, width):
    letters = Lettering()
    line, size = letters.fitted(text, (40, 20, 10), width)
    if line == text and size < 40:
        assert letters.width(text, 2 * size, 700) > width
    assert len(line) <= 1 or letters.width(line, size, 700) <= width


def test_any_script_is_drawn():
    letters = Lettering()
    for text in ("83°", "é", "≥", "Ω"):
        assert letters.width(text, 30) > 0
        image = np.zeros((60, 200, 3), dtype=np.uint8)
        letters.put(image, text, (5, 5), 30, (255, 255, 255))
        assert image.any()
        unknown = np.zeros_like(image)
        letters.put(unknown, "?" * len(text), (5, 5), 30, (255, 255, 255))
        assert (image != unknown).any()
