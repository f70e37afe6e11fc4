# Parasta: `make demo` shows it, `make test` proves it. Needs CPython 3.11 or 3.12 and make, nothing else.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh

PORT ?= 8000
PARASTA_HOME ?= .parasta
PYTHON := .venv/bin/python
WORKERS ?= 2

# Stamps: what is done is not done again until its lock file changes. A copied or moved tree gets a venv of its own.
DEMO_READY := .venv/.ready-demo
DEV_READY := .venv/.ready-dev
VENDOR := parasta_saas/static/vendor/.stamp
MOVED := $(shell test "`cat .venv/.place 2>/dev/null`" = "`pwd`" || echo moved)

.PHONY: help setup demo demo-reset test check bench-merge lock assets moved

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "  PORT=8000, PARASTA_HOME=.parasta and WORKERS=2 (of the tests) may be given."

demo: export PORT := $(PORT)
demo: export PARASTA_HOME := $(PARASTA_HOME)
demo: $(DEMO_READY) $(VENDOR) ## Start everything with example content on http://127.0.0.1:8000; Ctrl-C stops it
	@exec .venv/bin/parasta demo

demo-reset: export PARASTA_HOME := $(PARASTA_HOME)
demo-reset: $(DEMO_READY) ## Delete the demo's data; the next `make demo` begins anew
	@exec .venv/bin/parasta demo-reset

test: $(DEV_READY) $(VENDOR) ## All tests, on PostgreSQL and Redis of their own
	@exec $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal

check: $(DEV_READY) ## Style, types, layers, templates and messages
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(PYTHON) -m mypy parasta_saas
	.venv/bin/lint-imports
	$(PYTHON) -m pytest tests/house

bench-merge: $(DEV_READY) ## Our merge of texts beside git, merge3 and diff-match-patch
	@exec $(PYTHON) -m benchmarks.merge

setup: $(DEV_READY) $(VENDOR) ## Everything for demo, tests and checks, at the locked versions

assets: $(DEMO_READY) ## Front-end files from the npm packages, into parasta_saas/static/vendor
	@$(PYTHON) -m parasta_saas.cli.assets

lock: $(DEV_READY) ## Resolve all packages anew (needs uv and npm); hashes, no addresses
	cd requirements && for name in app demo dev; do \
	  uv pip compile --universal --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	    --quiet --python-version 3.11 $$name.in -o $$name.txt || exit 1; done
	npm install --package-lock-only --ignore-scripts

$(VENDOR): package.json package-lock.json parasta_saas/static/icons.txt parasta_saas/cli/assets.py | $(DEMO_READY)
	@$(PYTHON) -m parasta_saas.cli.assets && touch $@

$(DEMO_READY): requirements/demo.txt $(if $(MOVED),moved)
	@.ci/venv requirements/demo.txt && touch $@

$(DEV_READY): requirements/dev.txt $(DEMO_READY)
	@.ci/venv requirements/dev.txt && touch $@

moved:
