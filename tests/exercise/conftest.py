"""Rules of these tests may look at made-up signals, which real rules may not: formcheck does not measure them."""

from formcheck.exercise import validation
from tests.exercise.made_up_signals import MADE_UP

validation.SIGNALS = (*validation.SIGNALS, *MADE_UP)
