"""OBSERVABILITY.md: the recommended place of each exercise, what is seen from there and by what, and what needs another place."""

from collections.abc import Collection, Iterable, Iterator

from formcheck.body.view import View as Kind

from .criteria import Criterion
from .measures import TODAY
from .observed import AZIMUTHS_DEG, HEIGHTS_M, PLACES, Row
from .seen_bodies import Place

MEDIUM, HIGH = 1.5, 2.5
"""Margin over error from which on confidence is medium, and high (rules/METHOD.md, chapter 1)."""
SIMPLEST_FIRST = (TODAY, "angle in the picture", "way in the picture", "angle in the space", "way in the space")
AS_GOOD = 1.1
"""A simpler measure is taken where its error is at most so many times that of the best."""

FARTHEST_ROUND_DEG = 105.0
"""From behind, no errors of landmarks were measured."""
NEXT_DEG = 15.0

Table = dict[Criterion, dict[Place, dict[str, Row]]]

HEAD = """# From where each criterion is seen

Written by `python -m samples.evaluation.observability`; do not edit. All numbers are in `observability.csv.gz` beside this page.

For each metric and fault that has a limit, people of many proportions are posed at rest and in the end position (`samples/figure`), from the textbook to
beyond the limit, while all other faults come and go and each limb is some degrees off. Each is seen from all around, from {heights} m high and 3 m away, with the
errors of landmarks that were measured on rendered people. Every angle, slope and way between the landmarks concerned, in the picture and in the
estimated space, as it is and as its change from the person's own start, is compared with truth, and so is the signal that the rule uses today.

- **Gain**: what a measure changes by where truth changes by 1. **Error**: what is left of it once the gain and a constant are taken out, in the unit of
  truth, on people other than those on whom both were found. **Confidence**: margin over error, H from {high:g}, M from {medium:g}, L from 1, - below.
- **Azimuth**: 0 is in front, 90 the side of the working leg, -90 the other side, 180 behind. The working leg is the one that names the repetition: the standing one in the hip
  airplane, the front one in the weight shift and the 90/90.
- **Recommended**: where the signals that the rules use show most of what the articles ask for (**bold**) at medium confidence or better, also to a camera
  that stands 15° to either side of it; of equals, where most of the rest is. Only from where the errors of its landmarks were measured: a hinged trunk hides its hips from the
  front, and the errors of people who stand upright know nothing of that. Never from behind, where none were measured. The rules say the same place, within those
  15° and where two heights differ by little the one that suits all.
- **With the best measures**: the same place if each criterion were measured by whatever shows it best. A place that two or three clips vouch for may promise more
  than is there: of the 90/90 from the front, the angle of the front knee in space goes along with the truth by 1.0 here and by 0.3 on ten rendered clips made to see.

What this does not know: legs that the body hides altogether (the errors of lost landmarks are not in the model), times and orders, clothes, and real people. It says
where to look, not how sure a rule may be: that is for recordings to tell.
"""


def page(rows: Iterable[Row], measured: Collection[tuple[str, Kind]]) -> str:
    """Return the page; `measured` says of which exercise in which kind of view errors were measured."""
    heights = ", ".join(f"{height:g}" for height in HEIGHTS_M)
    text = [HEAD.format(heights=heights, high=HIGH, medium=MEDIUM)]
    tables: dict[str, Table] = {}
    for row in rows:
        table = tables.setdefault(row.criterion.exercise, {})
        table.setdefault(row.criterion, {}).setdefault(row.place, {})[row.family] = row
    for exercise, table in tables.items():
        text += _of_exercise(exercise, table, {kind for name, kind in measured if name == exercise})
    return "\n".join(text) + "\n"


def chosen(found: dict[str, Row]) -> Row | None:
    """Return the simplest of the best measures of a place."""
    if not found:
        return None
    least = min(row.error for row in found.values())
    return next(
        found[family] for family in SIMPLEST_FIRST if family in found and found[family].error <= AS_GOOD * least
    )


def recommended(table: Table, kinds: Collection[Kind] = tuple(Kind), *, today: bool = False) -> Place:
    """Return the place that shows most, of those in these kinds of view; `today`: by the signals that there are."""

    def worth(place: Place) -> tuple[int, int, float]:
        ratios = [(item, min(_ratio(table, item, near, today=today) for near in _around(place))) for item in table]
        return (
            sum(ratio >= MEDIUM for item, ratio in ratios if item.is_seed),
            sum(ratio >= MEDIUM for _, ratio in ratios),
            sum(min(ratio, HIGH) for _, ratio in ratios),
        )

    return max((it for it in PLACES if abs(it.azimuth_deg) <= FARTHEST_ROUND_DEG and it.kind in kinds), key=worth)


def _around(place: Place) -> tuple[Place, Place, Place]:
    """Return a place and its neighbours: nobody puts a camera exactly where it should be."""
    a, b, c = ((place.azimuth_deg + off + 180.0) % 360.0 - 180.0 for off in (-NEXT_DEG, 0.0, NEXT_DEG))
    return tuple(Place(180.0 if azimuth == -180.0 else azimuth, place.height_m) for azimuth in (a, b, c))  # type: ignore[return-value]


def _ratio(table: Table, criterion: Criterion, place: Place, *, today: bool) -> float:
    found = table[criterion].get(place, {})
    row = found.get(TODAY) if today else chosen(found)
    return 0.0 if row is None else row.ratio


def _of_exercise(exercise: str, table: Table, own: Collection[Kind]) -> Iterator[str]:
    kinds = own or tuple(Kind)
    place = recommended(table, kinds, today=True)
    yield f"\n## {exercise}\n"
    yield f"Views in which errors of its landmarks were measured: {', '.join(sorted(own)) or 'none, those of other exercises stand in'}.\n"
    yield f"- Recommended: {_worth(table, place, today=True)}"
    yield from _elsewhere(table, place, kinds)
    yield f"- With the best measures: {_worth(table, recommended(table, kinds))}"
    anywhere = recommended(table)
    if anywhere.kind not in kinds:
        yield f"- Worth a try, on errors of other exercises: {_worth(table, anywhere)}"
    yield ""
    yield f"From {_words(place)}:\n"
    yield "| criterion | margin | today's signal: gain, error | best measure: gain, error | seen best |"
    yield "|---|---|---|---|---|"
    for item in table:
        yield _line(item, table[item], place)
    yield f"\nFrom all around, {place.height_m:g} m high: best measure, then today's signal; small letters: on errors of other exercises.\n"
    azimuths = sorted(AZIMUTHS_DEG)
    yield "| criterion | " + " | ".join(f"{azimuth:g}" for azimuth in azimuths) + " |"
    yield "|---" * (len(azimuths) + 1) + "|"
    for item in table:
        cells = []
        for azimuth in azimuths:
            where = Place(azimuth, place.height_m)
            cell = "".join(letter(_ratio(table, item, where, today=flag)) for flag in (False, True))
            cells.append(cell if where.kind in own else cell.lower())
        yield f"| {_name(item)} | " + " | ".join(cells) + " |"


def _elsewhere(table: Table, place: Place, kinds: Collection[Kind]) -> Iterator[str]:
    """Yield what is asked for and not seen from a place by the signals that there are, and from where it is."""
    for item in table:
        if item.is_seed and _ratio(table, item, place, today=True) < MEDIUM:
            best = recommended({item: table[item]}, kinds, today=True)
            ratio = _ratio(table, item, best, today=True)
            measure = chosen(table[item].get(place, {}))
            shown = (
                ""
                if measure is None or measure.ratio < MEDIUM
                else f" A measure that would show it from here: {_cell(measure, named=True)[2:]}."
            )
            if ratio < MEDIUM:
                yield f"- Not seen well enough by any signal: {_name(item)}.{shown}"
            else:
                yield f"- Needs another place: {_name(item)}. Best from {_words(best)}, {letter(ratio)}.{shown}"


def _worth(table: Table, place: Place, *, today: bool = False) -> str:
    seen = [item for item in table if _ratio(table, item, place, today=today) >= MEDIUM]
    asked, seeds = sum(item.is_seed for item in seen), sum(item.is_seed for item in table)
    return f"{_words(place)} ({asked} of the {seeds} asked for at medium confidence or better, {len(seen)} of {len(table)} in all)."


def _line(criterion: Criterion, places: dict[Place, dict[str, Row]], place: Place) -> str:
    found = places.get(place, {})
    rows = [row for each in places.values() if (row := chosen(each)) is not None]
    best = max(rows, key=lambda row: row.ratio, default=None)
    else_where = "" if best is None else f"{_words(best.place)}, {letter(best.ratio)}: {best.measure}"
    margin = f"{criterion.margin:.2g} {criterion.unit}"
    return f"| {_name(criterion)} | {margin} | {_cell(found.get(TODAY))} | {_cell(chosen(found), named=True)} | {else_where} |"


def _cell(row: Row | None, *, named: bool = False) -> str:
    if row is None:
        return "-"
    name = f"{row.measure} ({row.family.rpartition(' ')[2]})" if named and row.family != TODAY else ""
    name = "today's" if named and row.family == TODAY else name
    gain = f"{row.gain:.2g}"
    return f"{letter(row.ratio)} {name + ': ' if name else ''}{gain}, ±{row.error:.2g}"


def _name(criterion: Criterion) -> str:
    level = (
        f"{criterion.level}: "
        if criterion.level and criterion.exercise not in ("hip_airplane", "lateral_lunge")
        else ""
    )
    words = level + criterion.name
    return f"**{words}**" if criterion.is_seed else words


def letter(ratio: float) -> str:
    """Return the confidence of a margin over an error."""
    return "H" if ratio >= HIGH else "M" if ratio >= MEDIUM else "L" if ratio >= 1.0 else "-"


def _words(place: Place) -> str:
    off = abs(place.azimuth_deg)
    side = "" if off in (0.0, 180.0) else ", working leg nearer" if place.azimuth_deg > 0 else ", other leg nearer"
    return f"{off:g}°{side}, {place.height_m:g} m"
