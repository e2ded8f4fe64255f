# Everything is set up by the two commands of the README: make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What the bot needs is there; and what its checks and tests need.
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready

.DEFAULT_GOAL := run
.PHONY: run chat test tests checks check thorough coverage mutants tune bench lock release clean

# What is compiled is kept, whatever the environment says: a start compiles 400 modules otherwise, and tests start the
# program a hundred times.
export PYTHONDONTWRITEBYTECODE =
# On all processors, each with the tests that lie next to each other, as they share what they set up.
PYTEST := $(BIN)/python -m pytest -q --numprocesses auto --maxprocesses 8 --dist worksteal

run: $(RUNS)  ## the bot: on Telegram with TELEGRAM_BOT_TOKEN, else in a web page on this machine
	@$(BIN)/python -m bot

chat: $(RUNS)  ## the bot in the terminal
	@$(BIN)/python -m bot chat

test: $(READY)  ## all checks beside all tests
	@$(MAKE) --no-print-directory --jobs=2 checks tests

tests: $(READY)
	@$(PYTEST)

checks: $(READY)  # what they say in one piece, among the dots: the tests' end is the last that is printed
	@$(MAKE) --no-print-directory check > $(VENV)/.checks 2>&1; status=$$?; cat $(VENV)/.checks; exit $$status

check: $(READY)  ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

thorough: $(READY)  ## the tests of properties, each with a thousand new examples
	@$(PYTEST) --hypothesis-profile=thorough -m hypothesis

coverage: $(READY)  ## which lines of both packages no test runs
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q --numprocesses auto --maxprocesses 8 --dist worksteal
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --skip-covered

mutants: $(READY)  ## which small changes of what decides no test notices (an hour)
	@$(BIN)/python -m tests.mutants

$(RUNS): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Trích needs Python 3.11 or newer; set one with: make PYTHON=python3.12")'
	@echo "Setting up $(VENV), once: some 75 packages, 320 MB on disk ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python deploy/install.py --editable '.[sandbox]'
	@touch $@

$(READY): $(RUNS)
	@echo "Adding what checks and tests need, once ..."
	@$(BIN)/python deploy/install.py --editable '.[dev]'
	@touch $@

EVAL ?= ../shared/eval
tune: $(READY)  ## learn config/ranking.toml anew, from the training half of the questions in EVAL
	@$(BIN)/python -m retrieval.evaluation.tune $(EVAL)

bench: $(READY)  ## how fast it reads, ranks and answers, against peers (minutes)
	@$(BIN)/python deploy/install.py --editable '.[bench]'
	@$(BIN)/python -m tests.bench

lock:  ## write constraints.txt anew, with the newest versions
	@rm -rf var/lock && $(PYTHON) -m venv var/lock
	@var/lock/bin/python -m pip install -qq --disable-pip-version-check --editable '.[dev,bench]'
	@(echo "# The versions that all is tested with; written by make lock."; \
	  var/lock/bin/python -m pip freeze --exclude-editable | sed 's/ @ .*//' | sort -f) > constraints.txt
	@rm -rf var/lock

release: $(READY)  ## VERSION=1.2.3: the changelog's heading, the version, a tag, wheel and sdist in dist/
	@$(BIN)/python -m deploy.release $(VERSION)

clean:  ## remove what the other commands made
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
