"""The cache of the evaluation: rendered clips with their truth, and the landmarks that each model saw in them."""

import os
from dataclasses import dataclass
from pathlib import Path

from ..clip import Clip
from .known import Known, Points, read_known, read_points


def default_folder() -> Path:
    """Return where the cache lies unless told otherwise."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "formcheck" / "evaluation"


@dataclass(frozen=True, slots=True)
class Store:
    """Files of one cache folder.

    Attributes
    ----------
    folder
        Holds ``clips/`` and ``landmarks/LOOKER/``, where a looker is who looked, as `formcheck.pose.pose.looker` says.
    """

    folder: Path

    def video(self, name: str) -> Path:
        """Return the path of a rendered clip."""
        return self.folder / "clips" / f"{name}.mp4"

    def landmarks(self, name: str, looker: str) -> Path:
        """Return the path of what was seen in a clip by who looked."""
        return self.folder / "landmarks" / looker / f"{name}.jsonl"

    def known(self, name: str) -> Known:
        """Return a clip's truth."""
        return read_known(self.video(name).with_suffix(".truth.json"))

    def points(self, name: str) -> Points:
        """Return a clip's true landmarks."""
        return read_points(self.video(name).with_suffix(".truth.npz"))

    def is_rendered(self, clip: Clip) -> bool:
        """Return whether the clip is there, as it is declared now."""
        note = self._declaration(clip.name)
        return note.is_file() and self.video(clip.name).is_file() and note.read_text(encoding="utf-8") == repr(clip)

    def note_rendered(self, clip: Clip) -> None:
        """Remember what the clip looked like when it was rendered, and forget what was seen in an older one."""
        for old in (self.folder / "landmarks").glob(f"*/{clip.name}.jsonl"):
            old.unlink()
        self._declaration(clip.name).write_text(repr(clip), encoding="utf-8")

    def is_estimated(self, name: str, looker: str) -> bool:
        """Return whether it has looked at the clip."""
        return self.landmarks(name, looker).is_file()

    def _declaration(self, name: str) -> Path:
        return self.folder / "clips" / f"{name}.declared.txt"
