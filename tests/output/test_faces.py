import numpy as np

from formcheck.output.faces import FaceBlur
from formcheck.pose.pose import INDEX, Pose


def seen(face_xy):
    image_px = np.full((33, 2), np.nan)
    for name in ("nose", "left_ear", "right_ear"):
        image_px[INDEX[name]] = face_xy
    image_px[INDEX["left_ear"], 0] += 8
    for name, y in (("shoulder", 120.0), ("hip", 200.0)):
        for side, x in (("left", 110.0), ("right", 90.0)):
            image_px[INDEX[f"{side}_{name}"]] = (x, y)
    return Pose(0.0, image_px, np.full((33, 3), np.nan), np.ones(33))


def picture():
    return np.random.default_rng(1).integers(0, 256, (240, 200, 3), dtype=np.uint8)


def is_blurred(before, after, x, y):
    return len(np.unique(after[y - 3 : y + 3, x - 3 : x + 3].reshape(-1, 3), axis=0)) < 10 and not np.array_equal(
        before, after
    )


def test_the_face_is_hidden_and_nothing_else():
    before = picture()
    after = FaceBlur().blurred(before, seen((100.0, 90.0)))
    assert is_blurred(before, after, 100, 90)
    assert np.array_equal(before[150:], after[150:])
    assert np.array_equal(before, picture())


def test_where_nobody_is_seen_it_stays_hidden_where_it_was():
    blur, before = FaceBlur(), picture()
    assert np.array_equal(blur.blurred(before, None), before)
    blur.blurred(before, seen((100.0, 90.0)))
    assert is_blurred(before, blur.blurred(before, None), 100, 90)


def test_a_face_at_the_edge_or_outside_is_no_mistake():
    for at in ((0.0, 0.0), (199.0, 100.0), (-500.0, 10.0)):
        assert FaceBlur().blurred(picture(), seen(at)).shape == (240, 200, 3)
