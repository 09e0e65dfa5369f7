"""Text from outside (names of files, above all), made fit for a screen or a file."""


def readable(text: str) -> str:
    r"""Return the text with everything that is no visible character as an escape, such as ``\x1b`` or ``\n``.

    A file name may hold escape sequences, which a terminal would obey, line breaks, and bytes that are no text.
    """
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def as_unicode(text: str) -> str:
    r"""Return the text with half characters, which no UTF-8 file can hold, as escapes such as ``\udcff``.

    Python reads the bytes of a file name that are no text as such halves.
    """
    return text.encode(errors="backslashreplace").decode()
