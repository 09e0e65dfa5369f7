"""``python -m formcheck`` is the command line."""

from formcheck.entry import main

main()
