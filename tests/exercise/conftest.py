"""Rules of these tests may look at made-up signals, which real rules may not: formcheck does not measure them."""

from formcheck.body.signals import SIGNALS
from formcheck.exercise import validation
from tests.exercise.made_up_signals import MADE_UP

vars(validation)["SIGNALS"] = (*SIGNALS, *MADE_UP)
