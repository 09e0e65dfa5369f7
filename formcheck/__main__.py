"""``python -m formcheck`` is the command line."""

from formcheck.cli import main

main()
