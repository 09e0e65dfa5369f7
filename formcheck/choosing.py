"""Which rule it is: the one that the user names, or the one that is recognised."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from formcheck.errors import NotSureError, UsageError
from formcheck.exercise.questions import check_answers
from formcheck.exercise.recognition import Recognition
from formcheck.exercise.rulebook import Rule, find_rule
from formcheck.language import _
from formcheck.pipeline import Options, level_of
from formcheck.pose.presence import nobody
from formcheck.recognising import Recogniser
from formcheck.recorded_run import AUTO


def rule_named(known: Mapping[str, Rule], exercise: str, options: Options) -> Rule | None:
    """Return the rule that the user names, None where it is to be recognised."""
    if exercise.strip().lower() == AUTO:
        if options.level is not None:
            raise UsageError(
                _("A level belongs to an exercise."), _("Say -e EXERCISE with --level, or leave out --level.")
            )
        if options.answers:
            raise UsageError(
                _("Each exercise asks its own questions."), _("Say -e EXERCISE with --answer, or leave out --answer.")
            )
        return None
    rule = find_rule(known, exercise)
    level_of(rule, options.level)
    check_answers(rule.exercise, options.answers or {})
    return rule


def rule_recognised(recogniser: Recogniser, known: Mapping[str, Rule], landmarks: Path | None) -> Rule:
    """Return the rule of the exercise that was seen; raise NotSureError or NoPersonError if none clearly was."""
    recognition = recogniser.finish()
    if not recogniser.has_seen_anybody:
        raise nobody()
    if recognition.exercise is None:
        raise _not_sure(recognition, landmarks)
    return known[recognition.exercise]


def _not_sure(recognition: Recognition, landmarks: Path | None) -> NotSureError:
    nearest = tuple(match.exercise for match in recognition.nearest[:3])
    remedy = (
        _("Say which it is with -e EXERCISE; most like: {nearest}.", nearest=", ".join(nearest))
        if nearest
        else (_("Say which it is with -e EXERCISE; `formcheck exercises` lists them and how to film each."))
    )
    if landmarks is not None:
        name = nearest[0] if nearest else "EXERCISE"
        remedy += "\n" + _(
            "To go on without looking at the recording again: formcheck replay {landmarks} -e {name}",
            landmarks=shlex.quote(str(landmarks)),
            name=name,
        )
    return NotSureError(_("Not sure which exercise this is: none is clearly there."), remedy, nearest)
