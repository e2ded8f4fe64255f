# Everything is set up by the two commands of the README: make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := run
.PHONY: run test check bench clean

run: $(READY)  ## the bot: on Telegram with TELEGRAM_BOT_TOKEN, else a chat in the terminal
	@$(BIN)/python -m bot

test: check  ## all checks, then all tests
	@$(BIN)/python -m pytest -q

check: $(READY)  ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Trích needs Python 3.11 or newer; set one with: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:  ## remove what the other commands made
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
