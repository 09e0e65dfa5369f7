"""The start screen: whoever types `formcheck` alone chooses from a list, and sees the command that does the same."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.exercise.rulebook import Rule, load_rules
from formcheck.language import LANGUAGES, N_, _, _n, choose, language
from formcheck.output.exercise_page import FROM
from formcheck.output.listing import heading, listed, plain_table
from formcheck.plan.reading import bundled_plans, read_plan
from formcheck.plan.texts import how_much, title_of
from formcheck.plan.words import Plan, parts_of

Ask = Callable[[str], str]
"""Shows a question and returns what is typed."""

_NAMES = {"en": "English", "nl": "Nederlands"}
"""What each language calls itself."""
_OTHERS = {
    "p": N_("a plan of your own, in a TOML file"),
    "a": N_("analyse a recording"),
    "h": N_("look back: the history"),
    "d": N_("a demo, without a camera"),
    "o": N_("what works on this computer"),
}
_COMMANDS = {"h": ["history"], "d": ["demo"], "o": ["doctor"]}
_NO_SUCH = N_("There is no “{typed}” here.")


def chosen(ask: Ask = input, console: Console | None = None) -> list[str]:
    """Ask what to do; return the command line that does it, empty for nothing.

    Parameters
    ----------
    ask
        Shows a question and returns what is typed; EOFError = nothing more comes.
    console
        Where it is shown.
    """
    screen = console or Console()
    try:
        line = _Start(ask, screen).choose()
    except EOFError:
        return []
    if line:
        screen.print(Text(f"\nformcheck {shlex.join(line)}\n", style="bold"), soft_wrap=True)
    return line


@dataclass(frozen=True, slots=True)
class _Start:
    ask: Ask
    console: Console

    def choose(self) -> list[str]:
        while True:
            rules = load_rules()
            plans = {name: read_plan(text, name, rules) for name, text in bundled_plans().items()}
            self._show(rules, {name: (_(plan.title), len(plan.exercise)) for name, plan in plans.items()})
            typed = self._typed(_("Number or letter: "))
            if typed in ("", "q"):
                return []
            if typed == "l":
                choose(_other_language())
            elif typed in _COMMANDS:
                return _COMMANDS[typed]
            elif typed == "a" and (path := self._path(_("The recording: "))):
                return ["analyze", path, "-e", "auto"]
            else:
                line = self._training(typed, plans, rules)
                camera = self._camera() if line else None
                if camera is not None:
                    return [*line, *camera]

    def _training(self, typed: str, plans: Mapping[str, Plan], rules: Mapping[str, Rule]) -> list[str]:
        """Return the command without its camera that trains what was typed; empty where that is nothing."""
        if typed == "p":
            path = self._path(_("The TOML file: "))
            return ["train", path] if path else []
        numbered = [*plans, *rules]
        if typed.isdecimal() and 1 <= int(typed) <= len(numbered):
            name = numbered[int(typed) - 1]
            return self._plan(name, plans[name], rules) if name in plans else self._exercise(rules[name])
        if typed != "a":
            self._say(_(_NO_SUCH, typed=typed))
        return []

    def _show(self, rules: Mapping[str, Rule], plans: Mapping[str, tuple[str, int]]) -> None:
        self.console.print(Text("\n" + _("What do you want to do?"), style="bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for number, (title, count) in enumerate(plans.values(), start=1):
            many = _n("{count} exercise", "{count} exercises", count)
            table.add_row(str(number), Text(title), Text(_("plan, {exercises}", exercises=many)))
        for number, rule in enumerate(rules.values(), start=len(plans) + 1):
            exercise = rule.exercise
            table.add_row(str(number), Text(exercise.title), Text(_(FROM[exercise.views[0]])))
        for letter, text in _OTHERS.items():
            table.add_row(letter, Text(_(text)))
        table.add_row("l", Text(_NAMES[_other_language()]))
        table.add_row("q", Text(_("nothing")))
        self.console.print(table)

    def _plan(self, name: str, plan: Plan, rules: Mapping[str, Rule]) -> list[str]:
        """Tell what a plan asks for, and where the camera stands for each exercise."""
        self.console.print(heading(_(plan.title)))
        table = plain_table("", _("exercise"), _("how much"), _("camera"))
        for part in parts_of(plan, rules):
            table.add_row(str(part.number), Text(title_of(part)), Text(how_much(part)), Text(part.exercise.camera))
        self.console.print(table)
        return ["train", name]

    def _exercise(self, rule: Rule) -> list[str]:
        """Tell what an exercise is, and ask for its level; nothing if it is not the one."""
        exercise = rule.exercise
        self.console.print(heading(exercise.title))
        self.console.print(listed([exercise.summary, exercise.camera, exercise.dose.advice]))
        line = ["live", rule.id]
        if not exercise.levels:
            typed = self._typed(_("Enter begins, b goes back: "))
            return [] if typed == "b" else line
        table = plain_table("", _("level"))
        for number, level in enumerate(exercise.levels, start=1):
            table.add_row(str(number), Text(level.title))
        self.console.print(table)
        while True:
            typed = self._typed(_("Number of the level; Enter lets it be recognised, b goes back: "))
            if typed == "b":
                return []
            if not typed:
                return line
            if typed.isdecimal() and 1 <= int(typed) <= len(exercise.levels):
                return [*line, "--level", exercise.levels[int(typed) - 1].id]
            self._say(_(_NO_SUCH, typed=typed))

    def _camera(self) -> list[str] | None:
        """Return the option for the camera that is wanted, None to go back."""
        asked = _("Camera: its number, or the address of a stream; Enter takes the first one, b goes back: ")
        typed = self.ask(asked).strip()
        return None if typed.lower() == "b" else ["--camera", typed] if typed else []

    def _path(self, question: str) -> str:
        """Return a path as it is typed or dropped into the terminal, which may put it between quotes."""
        typed = self.ask(question).strip()
        is_quoted = len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\""
        return typed[1:-1] if is_quoted else typed

    def _typed(self, question: str) -> str:
        return self.ask(question).strip().lower()

    def _say(self, text: str) -> None:
        self.console.print(Text(text))


def _other_language() -> str:
    return next(code for code in LANGUAGES if code != language())
