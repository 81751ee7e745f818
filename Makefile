# cx280. `make run` sets up and starts; `make test` sets up and tests. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8280
export CX280_DATA ?= $(CURDIR)/var

.PHONY: help run test check fix bench docs setup setup-tests lock clean messages

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## set up, load the simulated agency, start on http://localhost:8280
	@$(BIN)/cx280 serve --demo --port $(PORT)

test: setup-tests ## everything CI runs: style, types, contracts, tests on SQLite and PostgreSQL
	@scripts/test

check: setup-tests ## style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy cx280 tests benchmarks
	$(BIN)/lint-imports

fix: setup-tests ## mend what a tool can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-tests ## the budgets, measured: a table, and var/bench.json
	$(BIN)/python -m benchmarks

docs: setup-tests ## the documentation site, into build/docs
	$(BIN)/cx280 conformance --markdown > docs/rules.md
	$(BIN)/cx280 vocabulary > docs/vocabulary.md
	$(BIN)/mkdocs build --strict --site-dir build/docs

setup: ## what a running system needs
	@scripts/setup run

setup-tests: ## what the tests need as well: Chromium, PostgreSQL
	@scripts/setup test

lock: setup-tests ## write the locked requirements again
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --upgrade -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --upgrade -o requirements/dev.txt

clean: ## remove what can be made again; data stays
	rm -rf $(VENV) node_modules build cx280/pages/static/built
