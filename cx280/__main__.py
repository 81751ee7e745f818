"""`python -m cx280` is the command line."""

from cx280.site.command_line import main

main()
