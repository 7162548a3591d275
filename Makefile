# Needs Python 3.11+, Node 20.19+ and make; everything else is installed inside this folder.
# `make` alone lists the targets.

PYTHON ?= python3
NPM    ?= npm
PORT   ?= 8000

VENV   := .venv
BIN    := $(VENV)/bin
STATIC := src/grappe/web/static/grappe
LOCALE := src/grappe/locale
CHAPTER := src/grappe/present/report/assets
NODE   := frontend/node_modules
# The seal of an installation is a file inside what it installs: remove the folder and it is done again.
TOOLS_SEAL   := $(VENV)/.sealed-tools
RUN_SEAL     := $(VENV)/.sealed-run
DEV_SEAL     := $(VENV)/.sealed-dev
BENCH_SEAL   := $(VENV)/.sealed-bench
PROJECT_SEAL := $(VENV)/.sealed-project
NODE_SEAL    := $(NODE)/.sealed

# Folders count as well as files: removing a source changes its folder only.
FRONTEND := $(shell find frontend/src frontend/public frontend/build 2>/dev/null) \
            $(wildcard frontend/package.json frontend/tsconfig.json frontend/vite.config.ts)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(LOCALE)/*/LC_MESSAGES/django.po))

# Never fetch another Python; the copy inside .venv serves.
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
UV := $(BIN)/uv

# $(call install,FILE): pip is slower, but reads the pip settings of a machine behind a private index.
install = $(UV) pip install -q --python $(BIN)/python --require-hashes -r $(1) \
          || { echo "   uv could not install $(1); trying pip"; \
               $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1); }

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install serve test lint format bench messages licences lock wheel clean dev

help:
	@echo "make serve     install, load the census, serve the atlas on http://127.0.0.1:$(PORT) (PORT=... changes it)"
	@echo "make install   install only; the command is then $(BIN)/grappe"
	@echo "make test      every check: format, lint, types, layers, tests, browser"
	@echo "make lint      the checks that run nothing: format, lint, types, layers"
	@echo "make format    put the code into its canonical form"
	@echo "make bench     print load and page times; measure the measures into docs/benchmarks.md"
	@echo "make messages  bring the translation catalogues up to date with the code"
	@echo "make licences  collect the licences of what the front end bundles"
	@echo "make lock      bring the lock files up to date (UPGRADE=1: to the newest versions)"
	@echo "make wheel     build a wheel with the built front end into dist/"
	@echo "make clean     remove what was built and installed; var/ with its data stays"

# --- installation -----------------------------------------------------------------------------------------

install: $(PROJECT_SEAL) $(STATIC)/manifest.json $(CATALOGUES) $(CHAPTER)/boundaries.json
	@echo "grappe is installed: $(BIN)/grappe"

dev: $(DEV_SEAL) install

$(VENV)/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not there. Install Python 3.11 or later, or name it: make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python %d.%d is too old: 3.11 or later is needed. Name another one: make PYTHON=python3.11" % sys.version_info[:2])'
	@echo "-> Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(TOOLS_SEAL): requirements/tools.txt | $(VENV)/pyvenv.cfg
	@echo "-> installer"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(RUN_SEAL): requirements/run.txt $(TOOLS_SEAL)
	@echo "-> Python packages"
	@$(call install,$<)
	@touch $@

$(DEV_SEAL): requirements/dev.txt $(RUN_SEAL)
	@echo "-> Python packages of the checks"
	@$(call install,$<)
	@touch $@

$(BENCH_SEAL): requirements/bench.txt $(DEV_SEAL)
	@echo "-> Python packages that the benchmarks measure beside"
	@$(call install,$<)
	@touch $@

$(PROJECT_SEAL): pyproject.toml build_hooks/assets.py $(RUN_SEAL)
	@echo "-> the command $(BIN)/grappe"
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(NODE_SEAL): frontend/package.json frontend/package-lock.json frontend/.npmrc
	@command -v node >/dev/null || { echo "node is not there. Install Node 20.19 or later: the front end is built with it."; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); if (a < 20 || (a === 20 && b < 19)) { console.error("Node " + process.versions.node + " is too old: 20.19 or later is needed."); process.exit(1) }'
	@echo "-> Node packages"
	@cd frontend && $(NPM) ci --loglevel=error --no-progress
	@touch $@

$(STATIC)/manifest.json: $(NODE_SEAL) $(FRONTEND)
	@echo "-> front end"
	@cd frontend && $(NPM) run --silent build -- --logLevel error
	@touch $@

# Fonts and boundaries of the printed chapter, out of the front end and its packages.
$(CHAPTER)/boundaries.json: $(NODE_SEAL) frontend/public/boundaries-atlas.json build_hooks/assets.py | $(TOOLS_SEAL)
	@echo "-> fonts and boundaries of the chapter"
	@$(BIN)/python build_hooks/assets.py chapter

# One call compiles every stale catalogue.
%.mo: %.po | $(TOOLS_SEAL)
	@echo "-> translation catalogue $<"
	@$(BIN)/python build_hooks/assets.py catalogues
	@touch $@

# --- daily use --------------------------------------------------------------------------------------------

serve: install
	@exec $(BIN)/grappe serve --port $(PORT)

test: dev
	@scripts/check.sh all

lint: $(DEV_SEAL) $(PROJECT_SEAL)
	@scripts/check.sh lint

format: $(DEV_SEAL)
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

bench: dev $(BENCH_SEAL)
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.measures

# --- upkeep -----------------------------------------------------------------------------------------------

messages: $(TOOLS_SEAL) $(RUN_SEAL)
	@scripts/messages.sh

licences: $(TOOLS_SEAL) $(NODE_SEAL)
	@$(BIN)/python scripts/licences.py

lock: $(TOOLS_SEAL)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

wheel: install
	@$(BIN)/hatchling build -t wheel -d dist

clean:
	rm -rf $(VENV) $(NODE) $(STATIC) $(CHAPTER) dist build .make .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src -name '*.mo' -delete
	find src tests build_hooks -name __pycache__ -type d -prune -exec rm -rf {} +
