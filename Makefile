# Every target sets up what it needs: uv (found on PATH or fetched into .tools) and the locked environment.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
RUN := $(UV) run --frozen

.PHONY: help setup demo demo-play demo-elect demo-reset serve test test-long bench check format schema docs clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.tools/bin/uv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. Install it (Debian: apt install python3 python3-venv) and run make again."; exit 1; }
	@"$(PYTHON)" -m venv .tools || { echo "Python cannot make a virtual environment. On Debian: apt install python3-venv, then run make again."; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.ready: pyproject.toml uv.lock | $(filter .tools/bin/uv,$(UV))
	@# A network that inspects what is fetched is trusted by the machine's own certificates, not by those that uv carries.
	@$(UV) sync --frozen --quiet $(if $(PYTHON),--python "$(PYTHON)") 2>/dev/null \
	|| UV_SYSTEM_CERTS=1 $(UV) sync --frozen --quiet $(if $(PYTHON),--python "$(PYTHON)")
	@touch $@

setup: .venv/.ready ## make the environment, nothing more

demo: setup ## a living example on http://127.0.0.1:8000 (PORT=... for another port)
	@$(RUN) democracy demo

demo-play: setup ## play the conference's open item against the example that runs, from many clients at once
	@$(RUN) democracy demo --play

demo-elect: setup ## let the conference elect its board against the example that runs, from as many clients
	@$(RUN) democracy demo --elect

demo-reset: setup ## the example from its beginning
	@$(RUN) democracy demo --reset

test: setup check ## the whole suite on SQLite and PostgreSQL (under ten minutes)
	@$(RUN) pytest -n 2 --dist loadscope -m "not long and not bench"

test-long: setup ## the slow ones: full registers, outside oracles, crashes
	@$(UV) sync --frozen --quiet --inexact --group oracles
	@$(RUN) --group oracles pytest -n 2 --dist loadscope -m long --timeout 2400

bench: setup ## speed and memory, as ratios within one run
	@$(UV) sync --frozen --quiet --inexact --group peers
	@$(RUN) --group peers pytest -m bench -s tests/benchmarks

check: setup ## lint, types, structure
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) lint-imports --no-cache
	@$(RUN) mypy

format: setup ## tidy the code
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

schema: setup ## write schema/schema.graphql anew
	@$(RUN) python -m schema.sdl

docs: setup ## write the generated pages beside the rules anew
	@$(RUN) python -m workflows.render
	@DEMOCRACY_WRITE=1 $(RUN) pytest -q -k table tests/schema/permissions

clean: ## remove environments and caches
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
