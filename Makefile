# Every target sets up what it needs: Python 3.11 or newer, make and git are enough to begin with.
#   make PYTHON=/path/to/python3.12 demo    takes another Python than the first fitting one on PATH

.DEFAULT_GOAL := help
.PHONY: help demo test check tools score train bench readme pins clean

PYTHON ?=
PY := .venv/bin/python
READY := .venv/.ready
TRAINER := .venv/.ready-to-train

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PYTHONUTF8 := 1

help:
	@echo "make demo    build the graph from seeds/ into out/ and show what came out"
	@echo "make test    fetch the tools of the tests, then run them all"
	@echo "make check   lint, format, types and import contracts"
	@echo "make tools   fetch what pip cannot give (Chromium and Virtuoso, for the tests)"
	@echo "make score   score the extraction against hand annotation, misses by cause"
	@echo "make train   train the models on the annotated texts"
	@echo "make bench   measure start-up, questions and the server against their bounds"
	@echo "make readme  run the commands of README.md and write their output into it"
	@echo "make pins    write the rows of the named questions on the demo graph into tests/questions"
	@echo "make clean   remove the virtualenv and everything that can be built again"

# The first Python that will do; without its venv module (Debian packs it apart) apt-get is asked for it.
define FIND_PYTHON
set -e; found=; \
for p in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
  [ -n "$$p" ] && command -v "$$p" >/dev/null 2>&1 || continue; \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && found=$$p && break; \
done; \
if [ -z "$$found" ]; then echo "kg needs Python 3.11 or newer: none found on PATH (make PYTHON=... names one)." >&2; exit 1; fi; \
if ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
  package=$$("$$found" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
  $(call APT,$$package) || { echo "$$found lacks the venv module: install the package $$package." >&2; exit 1; }; \
fi
endef

# $(call APT,packages): install them as root or through a sudo that asks no password; false where neither is there.
APT = { command -v apt-get >/dev/null 2>&1 && { \
  if [ "$$(id -u)" = 0 ]; then as_root=env; else sudo -n true 2>/dev/null && as_root="sudo -n env"; fi; } && \
  $$as_root DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
  $$as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; }

$(READY): setup.cfg pyproject.toml
	@$(FIND_PYTHON); \
	$(PY) -c 'import pip' 2>/dev/null || "$$found" -m venv --clear .venv
	@echo "Installing kg and its libraries into .venv ..."
	@$(PY) -m pip install --quiet --editable '.[test]'
	@touch $@

demo: $(READY)
	@$(PY) -m kg build seeds -o out
	@echo
	@echo "Files of the build:"
	@ls -p out | sed 's/^/  out\//'
	@echo
	@echo "Next: .venv/bin/kg linked NGSP    or open out/index.html"

test: tools $(READY)
	$(PY) -m pytest

check: $(READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command as run; run()' --no-logo

# Chromium opens the pages in the tests, Virtuoso is a store that the graph is pushed into. Without the rights to install,
# tests that need a tool are skipped; with CI=true a missing tool is a failure.
tools:
	@have() { for c in "$$@"; do command -v $$c >/dev/null 2>&1 && return 0; done; return 1; }; \
	need() { name=$$1; package=$$2; shift 2; have "$$@" && return 0; \
	  echo "Installing $$name ..."; \
	  $(call APT,$$package) && return 0; \
	  echo "$$name is missing and cannot be installed here (no root, no password-free sudo, or no apt-get): tests that need it are skipped."; \
	  [ "$$CI" != true ] || { echo "CI=true: a missing tool is a failure." >&2; return 1; }; }; \
	need Chromium chromium chromium chromium-browser google-chrome && \
	need Virtuoso virtuoso-opensource virtuoso-t

# On the texts of tests/corpus, and on $$KG_CORPUS/seeds and dev where that is set (never on what is kept unseen).
#   make score ARGS="--details k01"      each miss of the documents whose name begins so
#   make score ARGS=--write-readme       put the totals into README.md
score: $(READY)
	@$(PY) -m benchmarks.score_report $(ARGS)

# From the texts that `make score` reads; a model of other texts, with or without $$KG_CORPUS, is another model.
#   make train ARGS=--measure            leave each document out once: what the model adds where it has not seen the text
train: $(TRAINER)
	@$(PY) -m benchmarks.train $(ARGS)

$(TRAINER): $(READY)
	@echo "Installing scikit-learn into .venv ..."
	@$(PY) -m pip install --quiet --editable '.[train]'
	@touch $@

# Figures of README.md, each beside a peer of the same run. Large graphs are made by the generator in $$KG_BENCH.
#   make bench ARGS="cold questions"     only these sections
#   make bench ARGS=--write-readme       put the tables into README.md
bench: export KG_BENCH ?= $(abspath $(wildcard ../shared/bench))
bench: $(READY)
	@$(PY) -m benchmarks.bench $(ARGS)

readme: $(READY)
	$(PY) -m tests.test_docs

pins: $(READY)
	$(PY) -m tests.test_questions

clean:
	rm -rf .venv .bench build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find out -mindepth 1 ! -name .gitkeep -delete
