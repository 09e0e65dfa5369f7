"""From where each criterion of each exercise is seen, and by which measure: ``python -m samples.evaluation.observability``."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from ..figure.geometry import Array
from .criteria import Criterion, criteria
from .error_model import ErrorModel, read
from .measures import TODAY, candidates
from .observed import PLACES, Row, read_table, write_table
from .places import page
from .postures import PEOPLE, bodies_for
from .seen_bodies import Place, seen_from

PAGE = Path(__file__).parent / "OBSERVABILITY.md"
LEAST_PEOPLE = 60
"""Fewer who are seen prove nothing."""
LEAST_R = 0.5
"""A measure that goes along with truth by less is none."""


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


def main(
    only: Annotated[
        list[str] | None, typer.Option(help="Only this exercise, or these; the others stay as they are.")
    ] = None,
) -> None:
    """Find out from where each criterion is seen, and write OBSERVABILITY.md and observability.csv.gz."""
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
