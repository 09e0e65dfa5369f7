"""Answers to what only the person knows, added to a session that is over."""

import json
from collections.abc import Mapping

from formcheck.errors import UsageError
from formcheck.exercise.questions import Answer, Value, check_answers, offered
from formcheck.exercise.rulebook import Rule
from formcheck.history.store import History, Kept
from formcheck.language import _


def answer(kept: History, session: Kept, rules: Mapping[str, Rule], given: Mapping[str, Value]) -> str | None:
    """Keep answers with a session; return what is offered on them, in words, None if nothing is.

    Parameters
    ----------
    kept, session
        The history, and the session in it.
    rules
        The rules that there are.
    given
        The answers, by the ids of the questions; they count before earlier ones.

    Raises
    ------
    UsageError
        Its rule is not there, or asks for nothing of the kind.
    InputError, OutputError
        The history cannot be read or written.
    """
    exercise = session.entry.exercise
    if exercise not in rules:
        raise UsageError(
            _("The rule of {exercise} is not here.", exercise=exercise), _("Add its folder with --rules DIR.")
        )
    asking = rules[exercise].exercise
    check_answers(asking, given)
    document = json.loads(session.entry.document)
    answers = [*document.get("answers", []), *({"id": name, "value": v, "set": None} for name, v in given.items())]
    said = [Answer(item["id"], item["value"], item["set"]) for item in answers]
    reps = session.document.counted
    offer = offered(asking, session.document.level, said, all_clean=bool(reps) and all(rep.clean for rep in reps))
    document["answers"] = answers
    document["offer"] = None if offer is None else {"level": offer.level, "says": offer.says}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    kept.replace_document(session.number, text)
    return None if offer is None else offer.says
