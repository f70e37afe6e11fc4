"""`python -m parasta_saas.cli` is the command `parasta`."""

from . import main

main()
