"""From where each criterion of each exercise is seen, and by which measure: ``python -m samples.evaluation.observability``."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from ..figure.geometry import Array
from .criteria import Criterion, criteria
from .error_model import ErrorModel, read
from .measures import TODAY, candidates
from .postures import PEOPLE, bodies_for
from .seen_bodies import Place, seen_from

FOLDER = Path(__file__).parent
PAGE, TABLE = FOLDER / "OBSERVABILITY.md", FOLDER / "observability.csv.gz"
AZIMUTHS_DEG = tuple(float(azimuth) for azimuth in range(-165, 181, 15))
HEIGHTS_M = (0.4, 0.9, 1.4)
PLACES = tuple(Place(azimuth, height) for azimuth in AZIMUTHS_DEG for height in HEIGHTS_M)
LEAST_PEOPLE = 60
"""Fewer who are seen prove nothing."""
LEAST_R = 0.5
"""A measure that goes along with truth by less is none."""


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


def rows_of(
    criterion: Criterion, model: ErrorModel, places: Iterable[Place] = PLACES, people: int = PEOPLE
) -> Iterator[Row]:
    """Yield the best measure of each family from each place."""
    bodies = bodies_for(criterion, people)
    either_side = criterion.role == "near"
    for place in places:
        if either_side and place.azimuth_deg < 0.0:
            continue
        best: dict[str, Row] = {}
        for family, measure, values in candidates(criterion, seen_from(place, bodies, criterion.exercise, model)):
            row = _row(criterion, place, family, measure, values, bodies.truth)
            if row is not None and (family not in best or row.error < best[family].error):
                best[family] = row
        yield from best.values()
        if either_side and 0.0 < place.azimuth_deg < 180.0:
            other = Place(-place.azimuth_deg, place.height_m)
            yield from (replace(row, place=other) for row in best.values())


def _row(criterion: Criterion, place: Place, family: str, measure: str, values: Array, truth: Array) -> Row | None:
    known = np.isfinite(values)
    if known.sum() < max(LEAST_PEOPLE, 0.6 * len(truth)):
        return None
    values, truth = values[known], truth[known]
    spread = float(values.std())
    if not spread > 1e-9:
        return None
    r = float(np.corrcoef(values, truth)[0, 1])
    if not (abs(r) > LEAST_R or family == TODAY):
        return None
    misses, gains = [], []
    for fold in (0, 1):
        fitted = np.arange(len(truth)) % 2 == fold
        gain, zero = np.polyfit(truth[fitted], values[fitted], 1)
        if abs(gain) < 1e-9:
            return None
        gains.append(float(gain))
        misses.append((values[~fitted] - zero) / gain - truth[~fitted])
    usual, most = np.percentile(np.abs(np.concatenate(misses)), [68.0, 95.0])
    return Row(criterion, place, family, measure, float(np.mean(gains)), r, float(max(usual, most / 2.0)))


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


def main(
    only: Annotated[
        list[str] | None, typer.Option(help="Only this exercise, or these; the others stay as they are.")
    ] = None,
) -> None:
    """Find out from where each criterion is seen, and write OBSERVABILITY.md and observability.csv.gz."""
    from .places import page

    model = read()
    kept = [row for row in read_table() if row.criterion.exercise not in only] if only else []
    rows: list[Row] = []
    for criterion in criteria():
        rows += [row for row in kept if row.criterion == criterion]
        if not only or criterion.exercise in only:
            rows += rows_of(criterion, model)
            typer.echo(f"{criterion.exercise} {criterion.level or ''} {criterion.name}", err=True)
    write_table(rows)
    PAGE.write_text(page(rows, model.keys()), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
