import hashlib
import re

import pytest

from formcheck.pose.bundles import MODELS, MODELS_FOLDER


@pytest.mark.parametrize("name", MODELS)
def test_models_are_those_whose_origin_is_told(name):
    told = re.findall(r"^([0-9a-f]{64})  (\S+\.task)$", (MODELS_FOLDER / "README.md").read_text(), re.MULTILINE)
    sums = {file: checksum for checksum, file in told}
    file = MODELS_FOLDER / f"pose_landmarker_{name}.task"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sums[file.name]


def test_the_licence_is_there():
    assert "Apache License" in (MODELS_FOLDER / "LICENSE").read_text()
