"""Says what is wrong in a rule file, in which line, and what to write instead."""

import ast
import builtins
import inspect
import os
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from formcheck.body import quantity as conditions
from formcheck.body import signals
from formcheck.body import view as views
from formcheck.body.foreign import text_of
from formcheck.errors import UsageError
from formcheck.exercise import common, contexts, quantities, words
from formcheck.fields import FieldError, did_you_mean, nearest
from formcheck.language import N_, _, all_of

VOCABULARY = (signals, contexts, quantities, words, conditions, views, common)
"""The modules whose names rules are written with."""

CORRECT = N_("Correct the rule; see README, “Add your own exercise”.")
_KNOWN = (SyntaxError, ValueError, TypeError, ImportError, NameError, AttributeError)
"""Kinds of exceptions whose texts are written for people."""


def mistake_in(path: Path, problem: BaseException) -> UsageError:
    """Return what to tell the author of a rule file that does not load.

    Parameters
    ----------
    path
        The file.
    problem
        What was raised when it was run.
    """
    tree = _tree(path)
    call = None if tree is None else _call_of(tree, path, problem)
    line = _line(path, problem, tree, call)
    text, remedy = _in_words(problem, tree, line)
    where = _("{path}, line {line}", path=path, line=line) if line is not None else str(path)
    return UsageError(f"{where}: {text}", remedy)


# -- where ----------------------------------------------------------------------------------------------------------------


def _tree(path: Path) -> ast.Module | None:
    try:
        return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None


def _frames(path: Path, problem: BaseException) -> list[traceback.FrameSummary]:
    file = os.path.abspath(path)  # so Python names it, however it was given
    return [frame for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == file]


def _line(path: Path, problem: BaseException, tree: ast.Module | None, call: ast.expr | None) -> int | None:
    if isinstance(problem, SyntaxError):
        return problem.lineno
    if isinstance(problem, FieldError) and tree is not None and call is not None:
        return _deepest(tree, call, problem.path).lineno
    keyword = _unknown_keyword(problem)
    if keyword is not None and isinstance(call, ast.Call):
        return next((item.lineno for item in call.keywords if item.arg == keyword), call.lineno)
    frames = _frames(path, problem)
    return frames[-1].lineno if frames else None


def _call_of(tree: ast.Module, path: Path, problem: BaseException) -> ast.expr | None:
    """Return the expression of the file in which the problem arose."""
    frames = _frames(path, problem)
    if not frames:
        return None
    frame = frames[-1]
    span = (frame.lineno, frame.colno, frame.end_lineno, frame.end_colno)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call | ast.Compare) and span == (
            node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
        ):  # fmt: skip
            return node
    return None


def _deepest(tree: ast.Module, node: ast.expr, path: tuple[str | int, ...]) -> ast.expr:
    """Follow a path of fields and items through a declaration as far as it is written out in the file."""
    for step in path:
        found = _step(tree, _resolved(tree, node), step)
        if found is None:
            continue  # a default, or something made elsewhere: what stands around it is the nearest
        node = found
    return node


def _step(tree: ast.Module, node: ast.expr, step: str | int) -> ast.expr | None:
    if isinstance(node, ast.Call):
        if isinstance(step, int):
            return node.args[step] if step < len(node.args) else None
        named = next((item.value for item in node.keywords if item.arg == step), None)
        if named is None and _word(node) == words.like.__name__ and node.args:
            return _step(tree, _resolved(tree, node.args[0]), step)
        return named if named is not None else _positional(node, step)
    if isinstance(node, ast.Tuple | ast.List) and isinstance(step, int):
        return node.elts[step] if step < len(node.elts) else None
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == step:
                return value
    if isinstance(node, ast.Compare) and step == "limit":
        return node.comparators[0]
    return None


def _word(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _positional(node: ast.Call, field: str) -> ast.expr | None:
    names = _fields_of(_word(node))
    index = names.index(field) if field in names else len(node.args)
    return node.args[index] if index < len(node.args) else None


def _resolved(tree: ast.Module, node: ast.expr) -> ast.expr:
    """Return what a name of the file was given as, else the expression itself."""
    if isinstance(node, ast.Name):
        for statement in tree.body:
            targets = statement.targets if isinstance(statement, ast.Assign) else []
            if any(isinstance(target, ast.Name) and target.id == node.id for target in targets):
                assert isinstance(statement, ast.Assign)
                return statement.value
    return node


# -- what -----------------------------------------------------------------------------------------------------------------


def _in_words(problem: BaseException, tree: ast.Module | None, line: int | None) -> tuple[str, str]:
    """Return what is wrong, and what to do about it."""
    match problem:
        case SyntaxError():
            return problem.msg, _("Correct the line.")
        case FieldError():
            return problem.cause, _(CORRECT)
        case ModuleNotFoundError():
            return _missing_module(problem)
        case ImportError():
            return _missing_import(problem, tree, line)
        case NameError() if problem.name:
            return _missing_name(problem.name)
        case AttributeError() if problem.name and problem.obj is not None:
            owner = getattr(problem.obj, "__name__", type(problem.obj).__name__)
            known = [name for name in dir(problem.obj) if not name.startswith("_")]
            return _(
                "{owner} has no {name}.{meant}", owner=owner, name=problem.name, meant=did_you_mean(problem.name, known)
            ), _(CORRECT)
        case TypeError():
            return _wrong_call(text_of(problem)), _(CORRECT)
    text = text_of(problem)
    return text if isinstance(problem, _KNOWN) else f"{type(problem).__name__}: {text}".removesuffix(": "), _(CORRECT)


def _missing_module(problem: ModuleNotFoundError) -> tuple[str, str]:
    name = problem.name or ""
    known = [module.__name__ for module in VOCABULARY]
    if name.startswith("formcheck"):
        return _("there is no module {name}.{meant}", name=name, meant=did_you_mean(name, known)), _(CORRECT)
    return _("No module named {name!r}", name=name), _("Install what it imports, or import from formcheck only.")


def _missing_import(problem: ImportError, tree: ast.Module | None, line: int | None) -> tuple[str, str]:
    module = sys.modules.get(problem.name or "")
    wanted = [
        alias.name
        for node in (ast.walk(tree) if tree is not None else ())
        if isinstance(node, ast.ImportFrom) and node.lineno == line
        for alias in node.names
        if not hasattr(module, alias.name)
    ]
    remedy = _("Correct the spelling; `formcheck exercises --signals` lists all signals and contexts.")
    if module is None or not wanted:
        return text_of(problem), remedy
    elsewhere = _where_defined(wanted[0])
    if elsewhere is not None:
        return _("{name} has no {wanted}.", name=module.__name__, wanted=wanted[0]), _(
            "Write: from {elsewhere} import {wanted}", elsewhere=elsewhere, wanted=wanted[0]
        )
    known = [name for name in vars(module) if not name.startswith("_")]
    return _(
        "{name} has no {wanted}.{meant}",
        name=module.__name__,
        wanted=wanted[0],
        meant=did_you_mean(wanted[0], known),
    ), remedy


def _missing_name(name: str) -> tuple[str, str]:
    module = _where_defined(name)
    if module is not None:
        return _("the name {name} is used but not imported.", name=name), _(
            "Add the line: from {module} import {name}", module=module, name=name
        )
    known = [*_names(), *(item for item in dir(builtins) if item.islower())]
    return _("there is no name {name}.{meant}", name=name, meant=did_you_mean(name, known)), _(
        "Import the name, or correct its spelling."
    )


def _where_defined(name: str) -> str | None:
    return next((module.__name__ for module in VOCABULARY if name in _public(vars(module))), None)


def _names() -> Iterable[str]:
    return [name for module in VOCABULARY for name in _public(vars(module))]


def _public(names: Mapping[str, object]) -> list[str]:
    exported = names.get("__all__")
    if isinstance(exported, list):
        return exported
    return [name for name in names if not name.startswith("_")]


def _wrong_call(text: str) -> str:
    """Return what is wrong with a call in the words of rules: which word has, or needs, which field."""
    unexpected = re.match(r"(?P<word>\w+)\S*\(\) got an unexpected keyword argument '(?P<field>\w+)'", text)
    if unexpected:
        word, field = unexpected["word"], unexpected["field"]
        known = _fields_of(word)
        has_none_like_it = bool(known) and nearest(field, known) is None
        listed = " " + _("It has {known}.", known=", ".join(known)) if has_none_like_it else ""
        return _(
            "{word} has no field {field}.{meant}{listed}",
            word=word,
            field=field,
            meant=did_you_mean(field, known),
            listed=listed,
        )
    missing = re.match(r"(?P<word>\w+)\S*\(\) missing \d+ required \S+ arguments?: (?P<fields>.*)", text)
    if missing:
        names = re.findall(r"'(\w+)'", missing["fields"])
        return _("{word} needs {fields}.", word=missing["word"], fields=all_of([f"{name}=…" for name in names]))
    return text


def _unknown_keyword(problem: BaseException) -> str | None:
    found = re.search(r"unexpected keyword argument '(\w+)'", str(problem)) if type(problem) is TypeError else None
    return found[1] if found else None


def _fields_of(word: str) -> list[str]:
    known = getattr(words, word, None)
    if inspect.isfunction(known):
        return list(inspect.signature(known).parameters)
    return [item.name for item in fields(known)] if is_dataclass(known) else []
