"""Where the results of each recording go, so that no two share a place."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath

from formcheck.batch.finding import Found
from formcheck.output.folder_names import RESULTS_SUFFIX, is_address


def places_for(found: Sequence[Found], kinds: Sequence[str]) -> list[str]:
    """Return a folder for each recording, seen from that of the batch: ``day 1/clip.mp4.formcheck``.

    Recordings of the same name that were given one by one are told apart by the folders they lie in, as many as it takes,
    and a recording that is analysed more than once by what it is analysed for.

    Parameters
    ----------
    found
        The recordings.
    kinds
        What each is analysed for, such as ``dead_bug-left``.
    """
    chosen = [one.within for one in found]
    while clashing := _clashing(chosen, found):
        longer = [_one_more(found[index], chosen[index]) for index in clashing]
        if longer == [chosen[index] for index in clashing]:
            break
        for index, parts in zip(clashing, longer, strict=True):
            chosen[index] = parts
    often = Counter(one.path for one in found)
    names = (
        f"{PurePosixPath(*parts)}{f'-{kind}' if often[one.path] > 1 else ''}{RESULTS_SUFFIX}"
        for parts, one, kind in zip(chosen, found, kinds, strict=True)
    )
    return list(names)


def _clashing(chosen: Sequence[tuple[str, ...]], found: Sequence[Found]) -> list[int]:
    """Return which share a place with another recording, also where capitals make no difference."""
    paths: dict[str, set[str]] = {}
    for parts, one in zip(chosen, found, strict=True):
        paths.setdefault("/".join(parts).casefold(), set()).add(one.path)
    return [index for index, parts in enumerate(chosen) if len(paths["/".join(parts).casefold()]) > 1]


def _one_more(found: Found, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the place with the name of one more folder in front, as long as there is one."""
    whole = found.path.replace("://", "/") if is_address(found.path) else found.path
    path = PurePath(whole)
    steps = [path.anchor.strip("/\\:"), *path.parts[1:]] if path.anchor else list(path.parts)
    return tuple(step for step in steps if step)[-(len(parts) + 1) :]
