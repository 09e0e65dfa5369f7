"""Where in a plan file something stands: the line of each key, for a TOML reader says only where its grammar is broken."""

import re

_TABLE = re.compile(r"\[\[?\s*[\"']?([A-Za-z0-9_-]+)")
_KEY = re.compile(r"[\"']?([A-Za-z0-9_-]+)[\"']?\s*(?:=|\.)")
_LONG = ('"""', "'''")


class Places:
    """The lines of the keys in a plan's text.

    Parameters
    ----------
    text
        A text that a TOML reader takes.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[int | None, str], int] = {}
        self._tables: list[int] = []
        inside: str | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            stripped = line.strip()
            if inside is None:
                self._take(stripped, number)
            for quotes in _LONG:
                if inside in (None, quotes) and stripped.count(quotes) % 2:
                    inside = quotes if inside is None else None

    def line_of(self, index: int | None, key: str) -> int | None:
        """Return the line of a key, None if it stands where only a TOML reader finds it.

        Parameters
        ----------
        index
            Of the exercise that it belongs to, from 0; None = the plan itself.
        key
            Its name; where it is missing, the line of its exercise is returned.
        """
        line = self._lines.get((index, key))
        if line is None and index is not None and index < len(self._tables):
            return self._tables[index]
        return line

    def _take(self, line: str, number: int) -> None:
        if line.startswith("[["):
            self._tables.append(number)
        elif table := _TABLE.match(line):
            self._lines.setdefault((self._index, table.group(1)), number)
        elif key := _KEY.match(line):
            self._lines.setdefault((self._index, key.group(1)), number)

    @property
    def _index(self) -> int | None:
        return len(self._tables) - 1 if self._tables else None
