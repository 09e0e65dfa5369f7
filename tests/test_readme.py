"""README and the contributors' page say what is true: commands, options, keys, exit codes, bounds and links."""

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from packaging.markers import Marker
from packaging.requirements import Requirement

from formcheck import errors
from formcheck.cli import app
from formcheck.exercise import common
from formcheck.exercise.rulebook import load_rule, load_rules
from formcheck.installation import DEBIAN_PACKAGES, MEDIAPIPE_MACHINES
from formcheck.live.keys import HELP, PLAN_HELP
from formcheck.plan.reading import read_plan
from formcheck.plan.words import Task

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def options_of(command: Any) -> set[str]:
    """Return the options of a command, and of those that it holds."""
    ours = {option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]}
    return ours.union(*map(options_of, getattr(command, "commands", {}).values()))


OPTIONS = {name: options_of(command) for name, command in COMMANDS.items()}
EVERYWHERE = {"--lang"}
"""What may stand in every command."""
PAGES = [ROOT / "README.md", ROOT / "formcheck" / "README.md", ROOT / "formcheck" / "CHANGELOG.md"]


def table_under(header: str) -> list[list[str]]:
    """Return the rows of the table whose first line is given."""
    rows = README.split(f"{header}\n", 1)[1].splitlines()[1:]
    end = next(i for i, row in enumerate(rows) if not row.startswith("|"))
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows[:end]]


def test_an_environment_is_made_before_anything_is_installed() -> None:
    assert README.index("git clone") < README.index("python3 -m venv") < README.index("pip install")
    for command in ("pip install . && formcheck demo", "pip install -e '.[dev]' && pytest"):
        assert f"```\n{command}\n```" in README


def test_the_supported_pythons_are_those_of_the_package() -> None:
    rows = {row[0]: row[1:] for row in table_under("| | supported | not supported |")}
    classified = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert rows["Python"][0].split(", ") == classified
    assert PROJECT["requires-python"] == f">={classified[0]}"


def test_the_supported_computers_are_those_of_the_wheels() -> None:
    rows = {row[0]: row[1:] for row in table_under("| | supported | not supported |")}
    names = {("Linux", "x86_64"): "x86_64", ("Windows", "AMD64"): "x64", ("Darwin", "arm64"): "Apple silicon"}
    assert set(names) == set(MEDIAPIPE_MACHINES)
    for (system, _), processor in names.items():
        assert rows["macOS" if system == "Darwin" else system][0].startswith(processor)
    mediapipe = next(one for one in map(Requirement, PROJECT["dependencies"]) if one.name == "mediapipe")
    assert mediapipe.marker is not None
    platforms = {"Linux": "linux", "Windows": "win32", "Darwin": "darwin"}
    for system, platform in platforms.items():
        for machine in ("x86_64", "AMD64", "arm64", "aarch64", "ARM64"):
            marker: Marker = mediapipe.marker
            installed = marker.evaluate({"sys_platform": platform, "platform_machine": machine})
            assert installed is ((system, machine) in MEDIAPIPE_MACHINES), (system, machine)


def test_every_dependency_has_the_bounds_that_ci_tries() -> None:
    for one in map(Requirement, PROJECT["dependencies"]):
        operators = {bound.operator for bound in one.specifier}
        # packaging numbers its releases by year and promises nothing by them.
        assert operators == ({">="} if one.name == "packaging" else {">=", "<"}), one


def test_the_libraries_of_a_server_are_named() -> None:
    assert f"apt-get install {' '.join(dict.fromkeys(DEBIAN_PACKAGES.values()))}`" in README


def test_the_example_rule_loads(tmp_path: Path) -> None:
    block = next(
        text for text in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "EXERCISE = Exercise(" in text
    )
    path = tmp_path / "calf_raise.py"
    path.write_text(block, encoding="utf-8")
    assert load_rule(path).exercise.title == "Calf raise"


def test_what_exercises_share_exists() -> None:
    shared = README.split("`formcheck.exercise.common`", 1)[1].split("\n\n", 1)[0]
    names = re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b", shared)
    assert len(names) > 2
    for name in names:
        assert hasattr(common, name), name


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command: str) -> None:
    assert f"formcheck {command}" in README


@pytest.mark.parametrize("command", sorted(COMMANDS["history"].commands))
def test_every_command_of_the_history_is_shown(command: str) -> None:
    assert f"\nformcheck history {command} " in README


@pytest.mark.parametrize("command", sorted(COMMANDS["plan"].commands))
def test_every_command_of_plans_is_shown(command: str) -> None:
    assert f"\nformcheck plan {command}" in README


def test_the_example_plan_is_right() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert len(read_plan(text, "README", load_rules()).exercise) == 2
    for field in dataclasses.fields(Task):
        assert re.search(rf"^{field.name} = ", text, re.MULTILINE), field.name


def test_every_command_and_option_shown_exists() -> None:
    blocks = "".join(README.split("```")[1::2])
    shown = re.findall(r"^formcheck ([a-z]+)(.*)", blocks, re.MULTILINE)
    assert len(shown) > 10
    for command, rest in shown:
        assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest)) <= OPTIONS[command] | EVERYWHERE, (command, rest)


def test_every_option_is_documented() -> None:
    told = set(re.findall(r"--[a-z][a-z-]*", README))
    ours = set.union(*OPTIONS.values()) | EVERYWHERE
    assert {option for option in ours if option.startswith("--")} <= told
    assert told - ours <= {"--help", "--install-completion", "--quick", "--every", "--nthreads", "--nworkers"}
    listed = set(re.findall(r"--[a-z][a-z-]*", str(table_under("| option | what it does |"))))
    assert listed == {option for option in OPTIONS["analyze"] if option.startswith("--")}


def test_every_key_is_documented() -> None:
    keys = [row[0].replace("`", "").removesuffix(", twice") for row in table_under("| key | what it does |")]
    assert keys == [key.split()[0] for key, _ in HELP]
    of_plans = [row[0].replace("`", "") for row in table_under("| key in a plan | what it does |")]
    assert {*keys, *of_plans} == {key.split()[0] for key, _ in PLAN_HELP}


def test_every_exit_code_is_documented() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    told = {int(row[0]) for row in table_under("| exit code | what it means |")}
    assert told == {0, 130} | {kind.exit_code for kind in kinds if issubclass(kind, errors.FormcheckError)}


def test_every_exercise_and_level_is_listed() -> None:
    rows = {row[0].strip("`"): row[1] for row in table_under("| exercise | levels | best view |")}
    rules = load_rules()
    assert set(rows) == set(rules)
    for name, rule in rules.items():
        listed = [level.strip() for level in rows[name].split(",") if level.strip()]
        assert listed == [level.id for level in rule.exercise.levels]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (page.parent / link).exists(), link
    for path in re.findall(r"`((?:formcheck|rules|samples|tests|\.ci|\.github)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path


def test_the_contributors_page_shows_every_part() -> None:
    page = (ROOT / "formcheck" / "README.md").read_text(encoding="utf-8")
    assert "formcheck/README.md" in README
    for path in (ROOT / "formcheck").iterdir():
        is_module = path.suffix == ".py" and not path.name.startswith("__")
        if is_module or (path / "__init__.py").is_file():
            assert f"`{path.name}`" in page or f"`{path.name}/`" in page, path.name
    for module in re.findall(r"`(\w+\.py)`", page):
        assert (ROOT / "formcheck" / module).is_file(), module


def test_the_change_log_names_the_version() -> None:
    changes = (ROOT / "formcheck" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "formcheck/CHANGELOG.md" in README
    assert re.search(rf"^## {re.escape(PROJECT['version'])}\b", changes, re.MULTILINE)
