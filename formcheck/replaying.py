"""The rules once more on recorded landmarks, without a model."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from formcheck.choosing import rule_named, rule_recognised
from formcheck.concluding import with_failures, with_person, write_results
from formcheck.exercise.rulebook import Rulebook, load_rules
from formcheck.exercise.session_result import Session
from formcheck.interruption import finishing
from formcheck.language import _
from formcheck.output.folder import open_results
from formcheck.pipeline import Options, level_of
from formcheck.pose.command import Command
from formcheck.pose.pose import Observation
from formcheck.pose.presence import Presence
from formcheck.pose.recording import Recording
from formcheck.recognising import Recogniser
from formcheck.recorded_run import AUTO, exercise_of, has_changed, options_of
from formcheck.reporting import Reporter, performance_maker


def replay(
    path: str | Path,
    exercise: str | None = None,
    *,
    options: Options | None = None,
    out: str | Path | None = None,
    with_report: bool = False,
    rules: Sequence[str | Path] | Rulebook = (),
    tell: Callable[[str], None] | None = None,
) -> Session:
    """Apply the rules to recorded landmarks; the same result as the analysis or live session that recorded them.

    Parameters
    ----------
    path
        A ``landmarks.jsonl``.
    exercise
        As for `analyze`; None = the one that was recorded.
    options
        As for `analyze`; what is not set there is as it was recorded.
    out, with_report, rules
        As for `analyze`.
    tell
        Told, in a sentence, why the result may not be the same.

    Raises
    ------
    UsageError, InputError, NoPersonError, OutputError
        See `formcheck.errors`; NotSureError, a UsageError, where no exercise could be recognised.
    """
    known = load_rules(rules)
    recording = Recording(path)
    header = recording.header
    # A level that is given for what was recognised is that of the exercise that is recognised again.
    given = Options() if exercise is None and header.run.exercise == AUTO else options or Options()
    rule = rule_named(known, exercise_of(Path(path), header) if exercise is None else exercise, given)
    chosen = options_of(Path(path), header, rule, options)
    presence = Presence(header.source)
    size_wh = (header.source.width, header.source.height)
    lines: Iterable[Observation | Command] = presence.watching(recording)
    source = "given"
    with presence.explaining():
        if rule is None:
            recogniser = Recogniser(known, size_wh, replace(chosen, level=None), header.model)
            lines = list(lines)
            for line in lines:
                if isinstance(line, Observation):
                    recogniser.step(line)
            rule, source = rule_recognised(recogniser, known, Path(path)), "recognised"
            level_of(rule, chosen.level)
        if tell is not None and has_changed(rule, header):
            tell(_("The rule of {id} has changed since this was recorded: the result may be another.", id=rule.id))
        reporter = Reporter() if out is not None and with_report else None
        performance = performance_maker(reporter, size_wh, chosen, header.model)(rule)
        for line in lines:
            if isinstance(line, Command):
                performance.obey(line)
            else:
                performance.step(line)
        performance.finish(header.source.kind)
        session = performance.result(
            header.source,
            header.model,
            damaged=recording.damaged,
            interrupted=recording.interrupted,
            exercise_source=source,
        )
        session = replace(
            with_failures(session, known),
            date=header.date,
            remarks=(*recording.remarks, *presence.advice),
            backend=header.run.backend,
            threads=header.run.threads,
            device=header.run.device,
        )
        if out is not None:
            with finishing(), open_results(str(path), Path(out)) as results:
                write_results(session, results)
                if reporter is not None:
                    reporter.write(session, performance.exercise, results)
        return session if session.interrupted else with_person(session)
