# Everything is set up by the two commands of the README: make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What the bot needs is there; and what its checks and tests need.
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready

.DEFAULT_GOAL := run
.PHONY: run chat test check tune bench lock clean

run: $(RUNS)  ## the bot: on Telegram with TELEGRAM_BOT_TOKEN, else in a web page on this machine
	@$(BIN)/python -m bot

chat: $(RUNS)  ## the bot in the terminal
	@$(BIN)/python -m bot chat

test: check  ## all checks, then all tests
	@$(BIN)/python -m pytest -q

check: $(READY)  ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(RUNS): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Trích needs Python 3.11 or newer; set one with: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(READY): $(RUNS)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

EVAL ?= ../shared/eval
tune: $(READY)  ## learn config/ranking.toml anew, from the training half of the questions in EVAL
	@$(BIN)/python -m retrieval.evaluation.tune $(EVAL)

bench: $(READY)  ## how fast it reads, ranks and answers, against peers (minutes)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	@$(BIN)/python -m tests.bench

lock:  ## write constraints.txt anew, with the newest versions
	@rm -rf var/lock && $(PYTHON) -m venv var/lock
	@var/lock/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@(echo "# The versions that all is tested with; written by make lock."; \
	  var/lock/bin/python -m pip freeze --exclude-editable | sed 's/ @ .*//' | sort -f) > constraints.txt
	@rm -rf var/lock

clean:  ## remove what the other commands made
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
