"""What a wheel holds, and that all of the program works with it alone."""

import ast
from pathlib import Path

import pytest

from formcheck.exercise.rulebook import load_rules
from formcheck.samples_folder import samples_folder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel() -> set[str]:
    """Return the names in a wheel."""
    builders = pytest.importorskip("hatchling.builders.wheel")
    builder = builders.WheelBuilder(str(ROOT))
    return {file.distribution_path.replace("\\", "/") for file in builder.recurse_included_files()}


def test_the_wheel_holds_the_program_models_rules_and_clips(wheel: set[str]) -> None:
    for model in ("lite", "full", "heavy"):
        assert f"formcheck/pose/models/pose_landmarker_{model}.task" in wheel
    for exercise in load_rules():
        assert f"formcheck/rules/{exercise}.py" in wheel
    for clip in samples_folder().glob("*.mp4"):
        assert f"formcheck/samples/{clip.name}" in wheel
    assert "formcheck/locale/nl/LC_MESSAGES/formcheck.mo" in wheel
    for part in (ROOT / "formcheck/output/report/templates").iterdir():
        assert part.relative_to(ROOT).as_posix() in wheel
    for module in (ROOT / "formcheck").rglob("*.py"):
        assert module.relative_to(ROOT).as_posix() in wheel


def test_the_wheel_holds_neither_renderer_nor_truth(wheel: set[str]) -> None:
    assert {Path(name).suffix for name in wheel if name.startswith("formcheck/samples/")} == {".mp4"}
    assert all(name.startswith("formcheck/") for name in wheel)


def test_the_program_imports_nothing_that_the_wheel_lacks() -> None:
    for path in [*(ROOT / "formcheck").rglob("*.py"), *(ROOT / "rules").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            assert not {"samples", "tests", "rules"} & {name.partition(".")[0] for name in names}, path
