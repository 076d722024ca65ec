# Needs Python 3.11 or later, make and a package index. `make run` serves the example, `make test` checks a commit.
PYTHON ?= python3
PORT ?= 8000
TEST_WORKERS ?= 2

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Named after what they install, so that a changed lock is installed and an unchanged one is not.
KEY := $(shell cat pyproject.toml requirements*.lock | cksum | cut -d ' ' -f 1)
INSTALLED := .venv/.installed-$(KEY)
INSTALLED_DEV := .venv/.installed-dev-$(KEY)
INSTALLED_BENCH := .venv/.installed-bench-$(KEY)

.PHONY: run test lint types check mutants bench fmt docs lock clean
.DELETE_ON_ERROR:

run: $(INSTALLED)
	@mkdir -p var
	@$(BIN)/counterclaim migrate
	@$(BIN)/counterclaim load seeds
	@printf '\n%s\n' 'Worth opening:'
	@printf '  http://127.0.0.1:$(PORT)%s\n' '/claims?entity=Lubinets' '/conflicts' '/events' '/docs'
	@echo
	@COUNTERCLAIM_PORT=$(PORT) $(BIN)/counterclaim serve

test: lint types check

lint: $(INSTALLED_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED_DEV)
	$(BIN)/mypy

check: $(INSTALLED_DEV)
	$(BIN)/pytest -n $(TEST_WORKERS) --durations 10

# Hours of work; interrupted, it goes on where it stopped. SAMPLE=300 tries so many of the mutants, the same each time.
mutants: $(INSTALLED_DEV)
	$(BIN)/python -m tests.mutants $(SAMPLE)

# CLAIMS="10k 100k 1m": minutes a size, and for a million an hour the first time. BENCH_OPTIONS=--write puts it into the docs.
CLAIMS ?= 10k
bench: $(INSTALLED_BENCH)
	$(BIN)/python -m bench $(CLAIMS) $(BENCH_OPTIONS)

fmt: $(INSTALLED_DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(INSTALLED_DEV)
	$(BIN)/python -m docs.build
	$(BIN)/python -m tests.api.written
	$(BIN)/python -m clients.generator

# The runtime and build locks are parts of the dev lock: what is tested is what runs. UPGRADE=1 takes the latest releases.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-config
lock:
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(PIP) install uv
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --extra parquet --group dev -o requirements-dev.lock
	$(COMPILE) pyproject.toml -c requirements-dev.lock -o requirements.lock
	$(COMPILE) --group build -c requirements-dev.lock -o requirements-build.lock
	$(COMPILE) --group bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis mutants build dist
	find app tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): | .venv/pyvenv.cfg
	$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(INSTALLED_DEV): | .venv/pyvenv.cfg
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(INSTALLED)

$(INSTALLED_BENCH): $(INSTALLED_DEV)
	$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one with PYTHON=")'
	$(PYTHON) -m venv .venv
