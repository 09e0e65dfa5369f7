"""What the doctor finds: each remedy belongs to a cause that was looked at."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from formcheck.errors import FormcheckError
from formcheck.language import N_, _

UNKNOWN = N_(
    "The cause is not known. Mend what is marked FAIL above first; if there is nothing, report "
    "what FORMCHECK_DEBUG=1 formcheck doctor prints."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what
        The thing.
    works
        Whether it works.
    detail
        What was found.
    remedy
        What to do where it does not.
    essential
        Whether analysing a recording needs it.
    falls_short
        It works, but not well enough for a live session; the remedy says what then.
    """

    what: str
    works: bool
    detail: str
    remedy: str = ""
    essential: bool = True
    falls_short: bool = False

    def as_text(self) -> str:
        """Return the finding as a line or two."""
        mark = _("slow") if self.falls_short else _("ok") if self.works else _("FAIL") if self.essential else _("none")
        # The widest of the marks in any language.
        text = f"{mark:5} {self.what}: {self.detail}"
        return f"{text}\n      {self.remedy}" if self.remedy and (self.falls_short or not self.works) else text


def attempt(what: str, look: Callable[[], str]) -> Finding:
    """Return what a look found; only a problem that knows its cause names a remedy."""
    try:
        return Finding(what, True, look())
    except FormcheckError as problem:
        return Finding(what, False, problem.cause, problem.remedy)
    except Exception as problem:  # whatever is broken here is a finding, not a crash
        if os.environ.get("FORMCHECK_DEBUG") == "1":
            raise
        return Finding(what, False, f"{type(problem).__name__}: {problem}", _(UNKNOWN))
