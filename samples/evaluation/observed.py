"""How well each measure shows each criterion from each place: the rows of `observability.csv.gz`, written and read."""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .criteria import Criterion, criteria
from .seen_bodies import Place

TABLE = Path(__file__).parent / "observability.csv.gz"
AZIMUTHS_DEG = tuple(float(azimuth) for azimuth in range(-165, 181, 15))
HEIGHTS_M = (0.4, 0.9, 1.4)
PLACES = tuple(Place(azimuth, height) for azimuth in AZIMUTHS_DEG for height in HEIGHTS_M)


@dataclass(frozen=True, slots=True)
class Row:
    """How well one family's best measure shows one criterion from one place.

    Attributes
    ----------
    gain
        What the measure changes by where truth changes by 1.
    r
        How closely it goes along with truth.
    error
        What is left once the gain and a constant are taken out, in the unit of truth, on other people than those on whom both
        were found: 68 % stay within it, and 95 % within twice of it.
    """

    criterion: Criterion
    place: Place
    family: str
    measure: str
    gain: float
    r: float
    error: float

    @property
    def ratio(self) -> float:
        """Margin over error: from 1 on it can be judged, from 1.5 on at medium, from 2.5 on at high confidence."""
        return self.criterion.margin / self.error if self.error > 0 else 0.0


COLUMNS = (
    "exercise", "level", "criterion", "seed", "unit", "margin", "azimuth_deg", "height_m", "family", "measure", "gain", "r",
    "error", "ratio",
)  # fmt: skip


def write_table(rows: list[Row], path: Path = TABLE) -> None:
    """Write the rows, the same bytes for the same rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        item = row.criterion
        # Of the numbers as they are written: what is read again is written the same.
        row = replace(row, error=float(f"{row.error:.3g}"))
        writer.writerow([
            item.exercise, item.level or "", item.name, int(item.is_seed), item.unit, f"{item.margin:g}",
            f"{row.place.azimuth_deg:g}", f"{row.place.height_m:g}", row.family, row.measure, f"{row.gain:.4g}", f"{row.r:.2f}",
            f"{row.error:.3g}", f"{row.ratio:.2f}",
        ])  # fmt: skip
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def read_table(path: Path = TABLE) -> Iterator[Row]:
    """Yield the rows of a table, in their order; those of criteria that are no more are left out."""
    known = {(item.exercise, item.level or "", item.name, f"{item.margin:g}"): item for item in criteria()}
    for fields in csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode())):
        criterion = known.get((fields["exercise"], fields["level"], fields["criterion"], fields["margin"]))
        if criterion is not None:
            place = Place(float(fields["azimuth_deg"]), float(fields["height_m"]))
            numbers = (float(fields[name]) for name in ("gain", "r", "error"))
            yield Row(criterion, place, fields["family"], fields["measure"], *numbers)
