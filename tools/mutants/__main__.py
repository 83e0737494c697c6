"""Try mutants of the in-memory twin: `python -m tools.mutants --help`."""

from __future__ import annotations

from tools.mutants.command import main

if __name__ == "__main__":
    main()
