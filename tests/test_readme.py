"""The README says what is true: its example rule loads, its commands exist, every command is in it."""

import re
from pathlib import Path

import pytest
import typer

from formcheck.cli import app
from formcheck.exercise.rulebook import load_rule, load_rules

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_example_rule_loads(tmp_path: Path) -> None:
    block = next(
        text for text in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "EXERCISE = Exercise(" in text
    )
    path = tmp_path / "calf_raise.py"
    path.write_text(block, encoding="utf-8")
    assert load_rule(path).exercise.title == "Calf raise"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"formcheck {command}" in README


def test_every_command_shown_exists() -> None:
    shown = set(re.findall(r"^formcheck ([a-z]+)", README, re.MULTILINE))
    assert shown <= set(COMMANDS)


def test_every_exercise_and_level_is_listed() -> None:
    before_accuracy = README.split("<!-- accuracy -->")[0]
    rows = {match[1]: match[2] for match in re.finditer(r"^\| `(\w+)` \| ([^|]*)\|", before_accuracy, re.MULTILINE)}
    rules = load_rules()
    assert set(rows) == set(rules)
    for name, rule in rules.items():
        listed = [level.strip() for level in rows[name].split(",") if level.strip()]
        assert listed == [level.id for level in rule.exercise.levels]
