# Shirube: what people run. CI calls the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LIBRARY ?= library
PORT ?= 7860
SIZES ?= 5000
PEERS ?= .venv-peers
PEER_SIZES ?= 5000,100000
PROFILED ?= 5000
FUZZ ?= .venv-fuzz
LOCK ?= .venv-lock
EXAMPLES ?= 100
SETS ?= sample,judged,pairs
OCR_PACKAGES := tesseract-ocr tesseract-ocr-jpn tesseract-ocr-eng
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.PHONY: run demo test test-long locked lock licenses bundle lint bench bench-compare bench-files bench-shown bench-cluster \
  bench-peers fuzz-http profile instructions eval ocr \
  axe clean

## Install, take in the sample corpus, answer one question, serve the page.
run: demo
	$(BIN)/shirube --data $(LIBRARY) serve --port $(PORT)

## The same without serving.
demo: $(VENV)/.installed
	$(BIN)/shirube --data $(LIBRARY) ingest corpus/samples
	$(BIN)/shirube --data $(LIBRARY) ask 多文化共生の取組

## Format, lint, types, layers, then every test, three files at a time (JOBS=0: one after the other): browsers wait much.
JOBS ?= 3
test: lint
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

## Speed and memory on the sample corpus and at SIZES=5000,100000 passages made of it, beside bare tantivy and
## FAISS: writes docs/speed.json and the READMEs' table. SOURCES=folder measures other documents and only prints.
bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench --sizes $(SIZES) $(or $(SOURCES),--out docs/speed.json)
	$(BIN)/python -m tests.tables

## Comparing 50 and 500 towns, charts, and files of 1,000 rows and more, at COMPARED passages.
COMPARED ?= 100000
bench-compare: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench_compare --size $(COMPARED)

## Quality and speed beside other retrievers, which are installed in an environment of their own (1.4 GB): writes
## docs/peers.json and the READMEs' table. PEER_SIZES=5000,100000,1000000; the million takes hours.
bench-peers: $(VENV)/.installed-dev $(PEERS)/.installed
	$(BIN)/python -m tests.bench_peers --python $(PEERS)/bin/python --sizes $(PEER_SIZES)
	$(BIN)/python -m tests.tables

$(PEERS)/.installed: tests/peers/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --requirement tests/peers/requirements.txt
	touch $@

## Made-up requests to the API of a real server, EXAMPLES to each endpoint, by schemathesis in an environment of its own.
fuzz-http: $(VENV)/.installed-dev $(FUZZ)/.installed
	$(BIN)/python -m tests.fuzz_http --python $(FUZZ)/bin/python --examples $(EXAMPLES)

$(FUZZ)/.installed: tests/fuzz_http_requirements.txt
	$(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip install --quiet --requirement tests/fuzz_http_requirements.txt
	touch $@

## Where the time of questions and of an index goes, at PROFILED passages, and how fast text is taken in beside
## bare fugashi. FILES=folder measures building alone, over other text files.
profile: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench_profile $(PROFILED) $(if $(FILES),--files $(FILES))

## What an index costs beside bare fugashi in machine instructions, which no other work on the machine changes; wants valgrind.
instructions: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench_instructions $(PROFILED)

## What a second Dask worker saves, over PDF files that it makes; wants two cores to itself.
bench-cluster: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench_cluster

## Speed and memory of reading PDF files and workbooks, beside the bare libraries.
bench-files: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench_files

## Quality beside plain BM25: the sample corpus, and the sets of ../shared where they are. Writes
## docs/evaluation.json and the READMEs' tables. SETS=sample for the one that the tests hold to.
eval: $(VENV)/.installed-dev
	$(BIN)/python -m tests.evaluate --sets $(SETS) --out docs/evaluation.json
	$(BIN)/python -m tests.tables

## axe-core, with which the browser tests check WCAG 2.2; needs npm, and stays outside the repository.
axe:
	npm install --no-save --no-package-lock --silent axe-core@4.14.1

## What takes too long for every change: two hundred kills, failing disks, fifty people at once, made-up requests,
## accesses over many random libraries, damaged files by the thousand, and a thousand files in one job.
KILLS ?= 200
ACCESS_EXAMPLES ?= 60
USERS ?= 50
DAMAGED ?= 2000
MANY ?= 1000
test-long: $(VENV)/.installed-dev
	$(BIN)/python -m tests.kill --times $(KILLS)
	$(BIN)/python -m tests.faults --steps 40
	$(BIN)/python -m tests.load --users $(USERS) --minutes 5
	$(MAKE) fuzz-http
	SHIRUBE_ACCESS_EXAMPLES=$(ACCESS_EXAMPLES) $(BIN)/python -m pytest -q --timeout 7200 tests/ui/test_access_property.py
	$(BIN)/python -m tests.fuzz_files $(DAMAGED)
	$(BIN)/python -m tests.many_files --files $(MANY)

## What citations show: records equal in each format, boxes that hold their words, letters read wrongly, and how
## long a page with its highlights takes.
bench-shown: $(VENV)/.installed-dev
	$(BIN)/python -m tests.agreement
	$(BIN)/python -m tests.boxes
	$(BIN)/python -m tests.misread
	$(BIN)/python -m tests.bench_viewer

## The licences of all that is installed with the program, and a bill of materials (CycloneDX).
licenses: $(VENV)/.installed-dev
	$(BIN)/python -m tests.supply licences > docs/licenses.md
	$(BIN)/python -m tests.supply sbom > docs/sbom.cdx.json

## Install into .venv nothing but files whose hashes requirements.lock names (as for a service; CUDA's come along).
locked:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
	touch $(VENV)/.installed

## The versions of constraints.txt with the hashes of their files, for all systems, by uv in an environment of its own.
lock: $(LOCK)/.installed
	printf 'hatchling\neditables\n' | $(LOCK)/bin/uv pip compile pyproject.toml - --constraint constraints.txt \
	  --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
	  --quiet --output-file requirements.lock

$(LOCK)/.installed:
	$(PYTHON) -m venv $(LOCK)
	$(LOCK)/bin/python -m pip install --quiet uv==0.13.9
	touch $@

## One archive that installs without a network, for this system and Python; some 450 MB, into dist/.
bundle: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bundle --out dist

## What reads scanned pages: Tesseract with Japanese data. Optional; without it these pages are named as unread.
ocr:
	@if command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx jpn; then \
	  echo "tesseract with Japanese data is installed already"; \
	elif command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(OCR_PACKAGES); \
	else \
	  echo "as root, on Debian or Ubuntu: apt-get install $(OCR_PACKAGES)"; \
	  echo "elsewhere: install Tesseract 5 with its data jpn and eng, see the README"; \
	  exit 1; \
	fi

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,milvus,cluster]"
	touch $@

clean:
	rm -rf $(VENV) $(LIBRARY)
