import zipfile

import numpy as np
import pytest

from formcheck.pose.bundles import MODELS, find_bundle

pytest.importorskip("ai_edge_litert")

from ai_edge_litert.interpreter import Interpreter

from formcheck.pose.trimming import without_output

MASK = 256 * 256


def outputs(content: bytes, picture: np.ndarray) -> dict[int, np.ndarray]:
    """Return what a network says of a picture, by the number of elements."""
    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], picture)
    interpreter.invoke()
    said = [interpreter.get_tensor(one["index"]) for one in interpreter.get_output_details()]
    return {values.size: values.copy() for values in said}


@pytest.mark.parametrize("model", MODELS)
def test_without_the_mask_all_else_is_the_same_to_the_last_bit(model):
    with zipfile.ZipFile(find_bundle(model)) as packed:
        content = packed.read("pose_landmarks_detector.tflite")
    picture = np.random.default_rng(0).random((1, 256, 256, 3), dtype=np.float32)
    whole, trimmed = outputs(content, picture), outputs(without_output(content, MASK), picture)
    assert whole.keys() - trimmed.keys() == {MASK}
    assert all(np.array_equal(values, whole[size]) for size, values in trimmed.items())


def test_what_is_not_there_cannot_be_taken_away():
    with zipfile.ZipFile(find_bundle("lite")) as packed:
        content = packed.read("pose_detector.tflite")
    picture = np.random.default_rng(0).random((1, 224, 224, 3), dtype=np.float32)
    whole, same = outputs(content, picture), outputs(without_output(content, MASK), picture)
    assert whole.keys() == same.keys()
    assert all(np.array_equal(values, whole[size]) for size, values in same.items())
