"""Where the history lies."""

import os
from pathlib import Path

import platformdirs

VARIABLE = "FORMCHECK_DATA"
"""The environment variable that names another folder for what lasts from session to session."""
FILE = "history.sqlite"


def data_folder() -> Path:
    """Return the folder for what lasts from session to session: the user's own, as the system has it, or another one.

    It may not exist yet.
    """
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_data_path("formcheck", appauthor=False)


def history_file() -> Path:
    """Return the database; it is made with the first session that is kept."""
    return data_folder() / FILE
