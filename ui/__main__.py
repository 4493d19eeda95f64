"""``python -m ui`` is ``shirube``."""

from ui.cli import main

main()
