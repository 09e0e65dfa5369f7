"""Finds rules: those of the project, of installed packages, and of folders that the user names.

A rule is a Python file whose name is the exercise's id and which holds one `EXERCISE`.
"""

import importlib.metadata
import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.body.foreign import failure_of, forget, where_raised
from formcheck.errors import UsageError
from formcheck.exercise.mistakes import mistake_in
from formcheck.exercise.translated import translated
from formcheck.exercise.words import Exercise
from formcheck.fields import did_you_mean
from formcheck.language import _

ENTRY_POINT_GROUP = "formcheck.rules"
"""Packages offer rules under this entry-point group: ``name = "package.module:EXERCISE"``."""

_FILE_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Rule:
    """An exercise with its id, where it comes from, and the Python module that declares it."""

    id: str
    exercise: Exercise
    origin: str
    module: str = ""

    @property
    def failure(self) -> str | None:
        """What went wrong in code of its own while it was used, in one line; None if nothing did."""
        failure = failure_of(self.module)
        return (
            None
            if failure is None
            else _("The rule {id} ({origin}) failed: {failure}.", id=self.id, origin=self.origin, failure=failure)
        )

    def begin(self) -> None:
        """Forget what went wrong: a session begins."""
        forget(self.module)


@dataclass(frozen=True, slots=True)
class Rulebook(Mapping[str, Rule]):
    """All rules by id, in alphabetical order.

    Attributes
    ----------
    rules
        The rules that can be used.
    broken
        By id, what is wrong with those that cannot: which file, which line, and what to do.
    added
        What each folder that the user named brought, for people.
    """

    rules: Mapping[str, Rule]
    broken: Mapping[str, UsageError] = field(default_factory=dict)
    added: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Rule:
        return self.rules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)


def bundled_folder() -> Path:
    """Return the folder of the project's own rules: inside an installed package, else beside it."""
    package = Path(__file__).parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load_rules(folders: Rulebook | Iterable[str | Path] = ()) -> Rulebook:
    """Return all rules; a user's folder may replace a rule, an installed package may not.

    A broken file is left out and named in `Rulebook.broken`; the others of its folder load. Nothing is loaded from the
    current folder unless it is named.

    Parameters
    ----------
    folders
        Folders of further rules; what was loaded already is returned as it is.

    Raises
    ------
    UsageError
        There is no such folder.
    """
    if isinstance(folders, Rulebook):
        return folders
    rules, broken = _load(bundled_folder())
    for name, loaded in _installed():
        if isinstance(loaded, Rule):
            rules.setdefault(name, loaded)
        else:
            broken[name] = loaded
    added = []
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise UsageError(
                _("{folder} is not a folder of rules.", folder=folder),
                _("Give --rules a folder that holds .py rule files."),
            )
        found, mistaken = _load(folder)
        added.append(_what_is_added(folder, found, mistaken, rules))
        rules.update(found)
        # The user means this file, not the rule of the same name that it was to replace.
        rules = {name: rule for name, rule in rules.items() if name not in mistaken}
        broken = {name: error for name, error in broken.items() if name not in found} | mistaken
    return Rulebook(dict(sorted(rules.items())), broken, tuple(added))


def id_of(name: str) -> str:
    """Return the id that a user means by a name: hyphens, spaces and capitals are as good as underscores."""
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def find_rule(rules: Mapping[str, Rule], name: str) -> Rule:
    """Return the rule of this name, written in any way.

    Raises
    ------
    UsageError
        There is no such exercise, or its rule is broken.
    """
    wanted = id_of(name)
    if isinstance(rules, Rulebook) and wanted in rules.broken:
        raise rules.broken[wanted]
    rule = rules.get(wanted)
    if rule is None:
        like = did_you_mean(name, rules)
        raise UsageError(
            _("There is no exercise “{name}”.{like}", name=name, like=like),
            _("Choose one of: {rules}.", rules=", ".join(rules)),
        )
    return rule


def load_rule(path: Path) -> Rule:
    """Return the rule in a file.

    Raises
    ------
    UsageError
        The file is broken; says which line, and what to do.
    """
    if not path.is_file():
        raise UsageError(_("{path}: there is no such rule file.", path=path), _("Check the path."))
    if path.suffix != ".py" or not _FILE_NAME.match(path.stem):
        raise UsageError(
            _("{path}: the file's name is the exercise's id.", path=path),
            _("Name it like my_exercise.py: small letters and underscores."),
        )
    spec = importlib.util.spec_from_file_location(f"formcheck_rules.{path.stem}", path)
    assert spec is not None  # a .py path always has one
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # a rule file may fail in any way, and each is the author's to read
        raise mistake_in(path, problem) from problem
    exercise = getattr(module, "EXERCISE", None)
    if not isinstance(exercise, Exercise):
        raise UsageError(
            _("{path}: it defines no EXERCISE.", path=path),
            _("Add EXERCISE = Exercise(...); see README, “Add your own exercise”."),
        )
    return Rule(path.stem, translated(exercise), str(path), module.__name__)


def _load(folder: Path) -> tuple[dict[str, Rule], dict[str, UsageError]]:
    """Return the rules of a folder, and what is wrong with those that do not load."""
    rules: dict[str, Rule] = {}
    broken: dict[str, UsageError] = {}
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith("_"):
            continue
        try:
            rules[path.stem] = load_rule(path)
        except UsageError as error:
            broken[path.stem] = error
    return rules, broken


def _what_is_added(
    folder: Path, found: Mapping[str, Rule], broken: Mapping[str, UsageError], known: Mapping[str, Rule]
) -> str:
    names = [_("{name} (replaces the one that is known)", name=name) if name in known else name for name in found]
    text = _("Rules from {folder}: {names}.", folder=folder, names=", ".join(names) or _("none"))
    return text if not broken else _("{text} Left out: {broken}.", text=text, broken=", ".join(broken))


def _installed() -> Iterator[tuple[str, Rule | UsageError]]:
    """Yield the rules of installed packages by name, or what is wrong with them."""
    here = _current_folder()
    for point in importlib.metadata.entry_points(group=ENTRY_POINT_GROUP):
        if point.dist is not None and Path(str(point.dist.locate_file(""))).resolve() == here:
            continue  # it only lies in the current folder, which Python looks through as well
        yield point.name, _from_package(point)


def _current_folder() -> Path | None:
    try:
        return Path.cwd().resolve()
    except OSError:  # it was deleted
        return None


def _from_package(point: importlib.metadata.EntryPoint) -> Rule | UsageError:
    remedy = _("Update or uninstall that package.")
    try:
        exercise = point.load()
    except KeyboardInterrupt:
        raise
    except BaseException as problem:  # somebody else's package may fail in any way
        text = where_raised(problem)
        return UsageError(
            _("The rule “{name}” of an installed package cannot be loaded: {text}", name=point.name, text=text), remedy
        )
    if not isinstance(exercise, Exercise):
        return UsageError(_("The rule “{name}” of an installed package is no Exercise.", name=point.name), remedy)
    return Rule(point.name, exercise, point.value, point.module)
