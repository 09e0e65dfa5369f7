"""Finds rules: those of the project, of installed packages, and of folders that the user names.

A rule is a Python file whose name is the exercise's id and which holds one `EXERCISE`.
"""

import importlib.metadata
import importlib.util
import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.exercise.words import Exercise

ENTRY_POINT_GROUP = "formcheck.rules"
"""Packages offer rules under this entry-point group: ``name = "package.module:EXERCISE"``."""

_FILE_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Rule:
    """An exercise with its id and where it comes from."""

    id: str
    exercise: Exercise
    origin: str


def bundled_folder() -> Path:
    """Return the folder of the project's own rules: inside an installed package, else beside it."""
    package = Path(__file__).parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load_rules(folders: Iterable[Path] = ()) -> dict[str, Rule]:
    """Return all rules by id; a user's folder may replace a rule, an installed package may not.

    Raises
    ------
    UsageError
        A rule is broken; says which file, which line, and what to do.
    """
    rules = {path.stem: load_rule(path) for path in _rule_files(bundled_folder())}
    for rule in _installed():
        rules.setdefault(rule.id, rule)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder of rules.", "Give --rules a folder that holds .py rule files.")
        rules.update({path.stem: load_rule(path) for path in _rule_files(folder)})
    return dict(sorted(rules.items()))


def find_rule(rules: Mapping[str, Rule], name: str) -> Rule:
    """Return the rule of this name; hyphens are as good as underscores.

    Raises
    ------
    UsageError
        There is no such exercise.
    """
    rule = rules.get(name.strip().lower().replace("-", "_").replace(" ", "_"))
    if rule is None:
        raise UsageError(f"There is no exercise “{name}”.", f"Choose one of: {', '.join(rules)}.")
    return rule


def load_rule(path: Path) -> Rule:
    """Return the rule in a file.

    Raises
    ------
    UsageError
        The file is broken; says which line, and what to do.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such rule file.", "Check the path.")
    if path.suffix != ".py" or not _FILE_NAME.match(path.stem):
        raise UsageError(
            f"{path}: the file's name is the exercise's id.",
            "Name it like my_exercise.py: small letters and underscores.",
        )
    spec = importlib.util.spec_from_file_location(f"formcheck_rules.{path.stem}", path)
    assert spec is not None  # a .py path always has one
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as problem:  # a rule file may fail in any way, and each is the author's to read
        raise _broken(path, problem) from problem
    exercise = getattr(module, "EXERCISE", None)
    if not isinstance(exercise, Exercise):
        raise UsageError(
            f"{path}: it defines no EXERCISE.", "Add EXERCISE = Exercise(...); see README, “Add your own exercise”."
        )
    return Rule(path.stem, exercise, str(path))


def _broken(path: Path, problem: BaseException) -> UsageError:
    line: int | None = None
    if isinstance(problem, SyntaxError):
        line = problem.lineno
    else:
        lines = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == str(path)]
        line = lines[-1] if lines else None
    where = f"{path}, line {line}" if line is not None else str(path)
    kind = type(problem).__name__
    text = problem.msg if isinstance(problem, SyntaxError) else str(problem).partition("\n")[0]
    if not isinstance(problem, SyntaxError | ValueError | TypeError | ImportError | NameError | AttributeError):
        text = f"{kind}: {text}".removesuffix(": ")  # a text written for nobody
    remedy = {
        "ImportError": "Check the names that it imports; `formcheck exercises NAME` shows the signals of a rule.",
        "ModuleNotFoundError": "Install what it imports, or import from formcheck only.",
        "NameError": "Import the name, or correct its spelling.",
        "SyntaxError": "Correct the line.",
    }.get(kind, "Correct the rule; see README, “Add your own exercise”.")
    return UsageError(f"{where}: {text}", remedy)


def _rule_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))


def _installed() -> list[Rule]:
    found = []
    for point in importlib.metadata.entry_points(group=ENTRY_POINT_GROUP):
        try:
            exercise = point.load()
        except Exception as problem:  # somebody else's package may fail in any way
            raise UsageError(
                f"The rule “{point.name}” of an installed package cannot be loaded: {problem}",
                "Update or uninstall that package.",
            ) from problem
        if not isinstance(exercise, Exercise):
            raise UsageError(
                f"The rule “{point.name}” of an installed package is no Exercise.", "Update or uninstall it."
            )
        found.append(Rule(point.name, exercise, point.value))
    return found
