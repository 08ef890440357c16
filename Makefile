# Two commands do all the set-up: `make demo` (install, read a report, record it) and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools

.PHONY: demo test lint types evaluate bench docs man wheel onefile clean help

help:
	@echo "make demo      install Marsad, read an example report, record it and show the count"
	@echo "make test      run linter, type checker, the import rule and all tests"
	@echo "make evaluate  measure accuracy on the project's own gold, and on ../shared where it is"
	@echo "make bench     measure speed and memory, stage by stage and as curves (minutes; let nothing else run)"
	@echo "make docs      build the documentation site and follow every link"
	@echo "make man       write the manual page anew from the commands' help"
	@echo "make wheel     build wheel and source package in dist/, install the wheel afresh and try it"
	@echo "make onefile   build dist/marsad.pyz, all of Marsad in one file, and try it without a network"
	@echo "make clean     remove the virtual environment, what was built and the demo's ledger"

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Marsad needs Python 3.11 or newer; name one: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; install it: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The linter, the type checker and what the tests need are installed for those who work on Marsad only.
$(TOOLS): $(READY) requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	@touch $@

demo: $(READY)
	@$(BIN)/marsad read examples/desert-front.json
	@$(BIN)/marsad add --ledger demo-ledger.db examples/desert-front.json
	@$(BIN)/marsad toll --ledger demo-ledger.db --by perpetrator
	@echo "The ledger is in $(CURDIR)/demo-ledger.db; look at it with: $(BIN)/marsad incidents --ledger demo-ledger.db"

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TOOLS)
	$(BIN)/mypy

test: lint types
	$(BIN)/pytest -n auto

evaluate: $(TOOLS)
	$(BIN)/python eval/gate.py

bench: $(TOOLS)
	$(BIN)/python -m benchmarks

docs: $(TOOLS)
	$(BIN)/python -m scripts.build_docs

man: $(READY)
	$(BIN)/python -m scripts.make_man

# Tried in a virtual environment of its own, with the pip that Python brings: an older one than ours finds other faults.
wheel: $(READY)
	rm -rf dist/*.whl dist/*.tar.gz build/wheel
	$(BIN)/hatchling build --directory dist --target wheel --target sdist
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/pip install --quiet --disable-pip-version-check --constraint requirements.lock dist/*.whl
	test -f build/wheel/share/man/man1/marsad.1
	$(BIN)/python -m scripts.try_program build/wheel/bin/marsad

onefile: $(TOOLS)
	rm -f dist/*.whl
	$(BIN)/hatchling build --directory dist --target wheel
	$(BIN)/shiv --console-script marsad --reproducible --compressed --output-file dist/marsad.pyz \
	  --quiet --disable-pip-version-check --constraint requirements.lock dist/*.whl
	$(BIN)/python -m scripts.try_program $(BIN)/python dist/marsad.pyz

clean:
	rm -rf $(VENV) build dist demo-ledger.db demo-ledger.db-wal demo-ledger.db-shm
