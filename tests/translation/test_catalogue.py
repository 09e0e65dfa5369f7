"""Every sentence is translated, whole, with its places and its plurals, and the catalogue that is read is that one."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from formcheck import language
from formcheck.language import LANGUAGES
from tests.translation.__main__ import compiled, translations_of
from tests.translation.gathered import LOCALE, PACKAGE, gathered

OTHERS = tuple(code for code in LANGUAGES if code != "en")
SAME = {
    "Arguments", "Camera", "Camera {address}", "Live", "Model {name}", "Plank", "Video", "#", "model", "ok",
    "Hip airplane", "{what} is “{name}”. {cause}", "{what} {said}", "{where}: {told}", "camera", "{count} context", "True or False", "{start}–{end}", "{name} {held}",
    "{view} ±{error:.2g}", "{version} on {system}", "{name}, {width} x {height}, {duration_s:.1f} s, model {model}",
    "Example:  formcheck doctor", "{title}: {came}.", "{exercise}. {reason}",
    "{recording}: {said}",
}  # fmt: skip
"""What reads the same in another language."""


def catalogue(code: str) -> Catalog:
    with (LOCALE / code / "LC_MESSAGES" / "formcheck.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(code: str) -> Iterator[Message]:
    return (message for message in catalogue(code) if message.id)


def key(message: Message) -> tuple[object, object]:
    return message.context, message.id


def originals(message: Message) -> tuple[str, ...]:
    return tuple(map(str, message.id)) if isinstance(message.id, tuple) else (str(message.id),)


def places(text: str) -> list[str]:
    return sorted(re.findall(r"{[^{}]*}", text))


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_in_the_catalogue_and_no_other(code: str) -> None:
    """Else run ``python -m tests.translation``."""
    known, wanted = ({key(message) for message in made if message.id} for made in (catalogue(code), gathered()))
    assert wanted - known == set()
    assert known - wanted == set()


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_translated(code: str) -> None:
    assert [message.id for message in messages(code) if not all(translations_of(message))] == []
    assert not any(message.fuzzy for message in messages(code))


@pytest.mark.parametrize("code", OTHERS)
def test_every_translation_has_the_places_of_its_sentence(code: str) -> None:
    for message in messages(code):
        for original, translation in zip(originals(message), translations_of(message), strict=True):
            assert places(translation) == places(original), original


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_begins_and_ends_as_its_sentence_does(code: str) -> None:
    """So that what follows it fits: a space, a point, a capital letter."""
    for message in messages(code):
        for original, translation in zip(originals(message), translations_of(message), strict=True):
            assert len(translation) - len(translation.lstrip()) == len(original) - len(original.lstrip()), original
            assert len(translation) - len(translation.rstrip()) == len(original) - len(original.rstrip()), original
            assert original.strip()[-1:] in ".?!:" or translation.strip()[-1:] not in ".?!", original
            if original.rstrip().endswith("."):
                assert translation.rstrip()[-1] in ".!", original


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_was_left_in_english(code: str) -> None:
    for message in messages(code):
        for original, translation in zip(originals(message), translations_of(message), strict=True):
            if " " in original.strip() and original not in SAME and not original.startswith("from formcheck."):
                assert translation != original


def test_no_sentence_is_a_piece_that_others_are_glued_to() -> None:
    texts = {text for message in gathered() for text in originals(message)}
    assert [text for text in texts if text != text.strip(" ") and not text.endswith(": ")] == []  # but what is asked


@pytest.mark.parametrize("code", OTHERS)
def test_the_decimal_sign_in_a_sentence_is_that_of_the_language(code: str) -> None:
    for message in messages(code):
        for translation in translations_of(message):
            bare = re.sub(r"{[^{}]*}|`[^`]*`|https?:\S+|--\S+|v?\d+\.\d+\.\d+|H\.264", "", translation)
            options = ("0.5 to 3600",)  # typed as they are
            if not any(text in original for text in options for original in originals(message)):
                assert not re.search(r"\d\.\d", bare), translation


@pytest.mark.parametrize("code", OTHERS)
def test_the_compiled_catalogue_is_the_one_that_can_be_read(code: str) -> None:
    """Else run ``python -m tests.translation``."""
    with (LOCALE / code / "LC_MESSAGES" / "formcheck.mo").open("rb") as file:
        read = read_mo(file)
    fresh = read_mo(io.BytesIO(compiled(catalogue(code))))
    assert strings(read) == strings(fresh)


def strings(made: Catalog) -> dict[str, tuple[str, ...]]:
    return {repr(key(message)): translations_of(message) for message in made if message.id}


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 herhalingen"), (1, "1 herhaling"), (2, "2 herhalingen"), (21, "21 herhalingen")]
)
def test_plurals(count: int, said: str) -> None:
    language.choose("nl")
    assert language._n("{count} repetition", "{count} repetitions", count) == said


def test_a_sentence_stands_whole_where_it_is_said() -> None:
    """Inside of an f-string no tool finds it, and what is no literal is none to gather."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in _calls_in(path):
            names = {"_n": 2, "_p": 2, "N_": 1}
            wanted = call.args[: names.get(call.func.id, 0)]  # type: ignore[attr-defined]
            assert all(isinstance(text, ast.Constant) for text in wanted), f"{path}, line {call.lineno}"
            assert not any(isinstance(text, ast.JoinedStr) for text in call.args), f"{path}, line {call.lineno}"


def _calls_in(path: Path) -> Iterator[ast.Call]:
    if path.name == "language.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and any(isinstance(text, ast.Constant) for text in part.args)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "_n", "_p", "N_"):
            assert node not in inside, f"{path}, line {node.lineno}"
            yield node


FOR_DEVELOPERS = {"ValueError", "TypeError", "AssertionError", "AttributeError", "NotImplementedError", "OSError"}


def test_whatever_reads_like_a_sentence_is_gathered() -> None:
    known = " ".join(text for message in gathered() if message.id for text in originals(message))
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            text = _read(node)
            if len(text.split()) < 3 or text[-1] not in ".?!" or not text[0].isupper():
                continue
            if (
                isinstance(parents[node], ast.Expr | ast.JoinedStr)
                or _is_for_developers(node, parents)
                or _is_pattern(text)
            ):
                continue
            assert text in known, f"{path}, line {node.lineno}: {text}"  # type: ignore[attr-defined]


def _read(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.strip()
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values).strip()
    return ""


def _is_for_developers(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FOR_DEVELOPERS:
            return True
    return False


def _is_pattern(text: str) -> bool:
    """Return whether a text is there to recognise what the parser of the command line says."""
    return text.endswith("\\.") or "(?P<" in text
