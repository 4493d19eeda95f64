# Shirube: what people run. CI calls the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LIBRARY ?= library
PORT ?= 7860
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.PHONY: run demo test lint bench eval clean

## Install, take in the sample corpus, answer one question, serve the page.
run: demo
	$(BIN)/shirube --data $(LIBRARY) serve --port $(PORT)

## The same without serving.
demo: $(VENV)/.installed
	$(BIN)/shirube --data $(LIBRARY) ingest corpus/samples
	$(BIN)/shirube --data $(LIBRARY) ask 多文化共生の取組

## Format, lint, types, layers, then every test.
test: lint
	$(BIN)/python -m pytest -q

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## Speed and memory on the sample corpus, or on SOURCES=folder.
bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench $(SOURCES)

## Quality on the judged questions over the sample corpus.
eval: $(VENV)/.installed-dev
	$(BIN)/python -m tests.evaluate

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) $(LIBRARY)
