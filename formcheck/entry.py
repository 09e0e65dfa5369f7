"""The way in: signals and streams are made safe before anything large is loaded, and every error becomes a line or two."""

import os
import sys
from collections.abc import Sequence

from formcheck.capture.quiet import only_our_words, say_no_more
from formcheck.errors import FormcheckError, UsageError
from formcheck.interruption import INTERRUPTED, end_at_once_on_signals, ignore_signals
from formcheck.language import _, choose_from
from formcheck.readable import readable
from formcheck.terminal import open_missing_streams, plain_output, say_beside


def main() -> None:
    """Run the command line and exit with its code."""
    end_at_once_on_signals()
    open_missing_streams()
    code = run()
    ignore_signals()
    say_no_more()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; every error becomes a line or two.

    Parameters
    ----------
    arguments
        What follows the program's name; None = what it was started with.
    """
    import typer

    try:
        line = choose_from(sys.argv[1:] if arguments is None else arguments)
        if not line and all(stream.isatty() for stream in (sys.stdin, sys.stdout)):
            from formcheck.cli_start import chosen

            with plain_output():
                line = chosen()
            if not line:
                return 0
        # Here, for what is loaded now may already say something.
        from formcheck.cli import app
        from formcheck.cli_language import in_language

        with only_our_words(), plain_output():
            code = in_language(typer.main.get_command(app))(line, standalone_mode=False)
    except FormcheckError as error:
        return _told(error)
    except (KeyboardInterrupt, typer.Abort):
        say_beside(_("Stopped."))
        return INTERRUPTED
    except ImportError as error:
        from formcheck.installation import not_loaded

        return _told(not_loaded(error))
    except Exception as error:  # the last resort: people get a line, developers the rest
        if os.environ.get("FORMCHECK_DEBUG") == "1":
            raise
        return _told_of_other(error)
    return code if isinstance(code, int) else 0


def _told(error: FormcheckError) -> int:
    if os.environ.get("FORMCHECK_DEBUG") == "1" and error.exit_code != 0:
        raise error
    if error.cause:
        say_beside(readable(error.cause))
    for line in error.remedy.splitlines():
        say_beside(readable(line))
    return error.exit_code


def _told_of_other(error: Exception) -> int:
    if hasattr(error, "format_message"):  # wrong options
        from formcheck.cli_language import wrong_use

        for line in wrong_use(error):
            say_beside(readable(line))
        return int(getattr(error, "exit_code", UsageError.exit_code))
    say_beside(_("Something went wrong inside formcheck: {error}", error=readable(str(error))))
    say_beside(_("Run it with FORMCHECK_DEBUG=1 and report what it prints."))
    return 1
