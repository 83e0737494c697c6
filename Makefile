# A bare `make` lists the commands. Python 3.11 or newer and make are all that has to be there.

PYTHON ?= python3
PYTEST_ARGS ?= -n 2 --dist worksteal
SECONDS ?= 600

venv := .venv
python := $(venv)/bin/python
install := $(python) -m pip install -qq --disable-pip-version-check

.PHONY: help demo test check prove fuzz mutants bench generate pictures clean
.DEFAULT_GOAL := help

help:  # List these commands
	@sed -n '/^[a-z]*:[^#]*# / { s/^\([a-z]*\):[^#]*# */  make \1          /; s/^\(.\{17\}\) */\1/; p; }' Makefile

demo: $(venv)/installed-embedded  # Show the main job on a real PostgreSQL and in memory
	@$(venv)/bin/dbkit demo

test: $(venv)/installed-dev  # Run all tests against memory and PostgreSQL; choose with PYTEST_ARGS="-n 0 tests/cli"
	$(python) -m pytest $(PYTEST_ARGS)

check: $(venv)/installed-dev  # Run linters, type checkers, import rules; see that generated code is up to date
	@failed=; \
	run() { \
	    name=$$1; shift; \
	    if output=$$("$$@" 2>&1); then echo "ok      $$name"; \
	    else printf '%s\nFAILED  %s\n' "$$output" "$$name"; failed="$$failed $$name"; fi; \
	}; \
	run ruff-check $(python) -m ruff check --quiet; \
	run ruff-format $(python) -m ruff format --check --quiet; \
	run mypy $(python) -m mypy --strict; \
	run pyright $(python) -m pyright; \
	run mypy-example sh -c 'cd examples/widget && ../../$(python) -m mypy'; \
	run import-linter $(venv)/bin/lint-imports --no-cache; \
	run interfaces $(python) tools/interfaces.py --check; \
	run unasync $(python) tools/unasync.py --check; \
	run generate-example sh -c 'cd examples/widget && ../../$(venv)/bin/dbkit generate --check --package widget_service'; \
	run pictures $(python) tools/pictures.py --check; \
	run equivalence $(python) tools/equivalence.py --check; \
	run lint-rules $(python) tools/lint_rules.py --check; \
	run architecture $(python) -m pytest --quiet tests/architecture; \
	if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; fi

prove: $(venv)/installed-dev  # Prove the whole line: each job killed everywhere, three at once, each check of each revision; takes an hour or two
	DBKIT_KILL=all DBKIT_PROVE=all DBKIT_CHECKPOINT=all $(python) -m pytest $(PYTEST_ARGS) tests/migrations tests/migrate/proving \
	    tests/docs/test_comparison.py

fuzz: $(venv)/installed-dev  # Look for differences of PostgreSQL and the in-memory twin for SECONDS, two processes
	$(python) -m tests.differential --seconds $(SECONDS) $(FUZZ_ARGS)

mutants: $(venv)/installed-dev  # Make mistakes in the in-memory twin, in 20 minutes at most; show which no test notices
	$(python) -m tools.mutants $(MUTANTS_ARGS)

bench: $(venv)/installed-bench,embedded  # Measure dbkit against hand-written psycopg, SQLAlchemy, asyncpg and others
	$(python) -m benchmarks

generate: $(venv)/installed-dev  # Write the generated code anew: interfaces, mocks and sync twins
	$(python) tools/interfaces.py
	$(python) tools/unasync.py
	$(python) tools/equivalence.py
	$(python) tools/lint_rules.py

pictures: $(venv)/installed-dev  # Draw the schema and its history anew, for docs/
	$(python) tools/pictures.py

clean:  # Remove the virtual environment, caches and build results
	rm -rf $(venv) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An empty file for each set of extras remembers what pip has installed.
$(venv)/installed-%: pyproject.toml | $(venv)/created
	@echo "Installing dbkit[$*] into $(venv)"
	@$(install) --editable '.[$*]'
	@touch $@

$(venv)/created:
	@command -v $(PYTHON) > /dev/null || { \
	    echo "dbkit needs Python 3.11 or newer, and there is no $(PYTHON) here: make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "dbkit needs Python 3.11 or newer, and $(PYTHON) is older: make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { \
	    echo "$(PYTHON) lacks the modules venv and ensurepip (on Debian: apt-get install python3-venv)" >&2; exit 2; }
	@$(PYTHON) -m venv $(venv)
	@touch $@
