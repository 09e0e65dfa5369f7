"""What can go wrong, one class a cause: each says what happened, how to mend it, and its exit code."""


class FormcheckError(Exception):
    """A problem that the user can act on.

    Parameters
    ----------
    cause
        What went wrong, in one plain sentence.
    remedy
        What to do about it, in one plain sentence; may be empty.
    """

    exit_code = 1

    def __init__(self, cause: str, remedy: str = "") -> None:
        self.cause = cause
        self.remedy = remedy
        super().__init__(f"{cause}\n{remedy}".strip())


class InstallationError(FormcheckError):
    """A part of this installation is missing, is of the wrong version, or does not work on this computer."""


class UsageError(FormcheckError):
    """The command was used wrongly: unknown exercise, level, model, broken rule file …."""

    exit_code = 2


class NotSureError(UsageError):
    """Which exercise a recording shows cannot be told: the user must say it.

    Parameters
    ----------
    cause, remedy
        As for `FormcheckError`.
    nearest
        Ids of the exercises that it is most like.
    """

    def __init__(self, cause: str, remedy: str = "", nearest: tuple[str, ...] = ()) -> None:
        self.nearest = nearest
        super().__init__(cause, remedy)


class InputError(FormcheckError):
    """The input cannot be read: no such file, no video stream, damaged, no frames."""

    exit_code = 3


class NoPersonError(FormcheckError):
    """The input was read to its end and no person was found in it."""

    exit_code = 4


class DeviceError(FormcheckError):
    """A camera, a display or a graphics processor is not available."""

    exit_code = 5


class OutputError(FormcheckError):
    """Results cannot be written: no permission, disk full, the folder is not ours."""

    exit_code = 6
