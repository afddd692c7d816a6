# make site   builds content/ into public/          make test    runs the tests
# make serve  shows it while you write              make check   the whole gate: format, lint, types, tests
# make screenshots  takes pictures of every type of page, into build/screenshots/
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site serve screenshots test check format lint types lock clean

site: $(VENV)/.site
	$(BIN)/sitegen build
	@echo "The site is in public/. To see it: make serve"

serve: $(VENV)/.site
	$(BIN)/sitegen serve --open

test: $(VENV)/.dev
	$(BIN)/pytest -n auto

screenshots: $(VENV)/.dev
	$(BIN)/python tests/browser/screenshots.py build/screenshots

check: lint types test

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade -o requirements.lock --extra build --extra search
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --extra build --extra search --extra dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) public .sitegen

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed: make PYTHON=python3.12 …')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.site
