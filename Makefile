# make demo: build the graph of seeds/ into exports/.   make test: run the tests.   make bench: measure against peers.
# make docs: write the pages of docs/ that are made from the ontology, the named queries and the lexicons, and the terms of the shapes.
# make stores: write docs/stores.md, the named queries in four stores.
# make vendor: bundle the editor of the query page and the drawing library of the view anew.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench docs stores vendor clean

demo: $(VENV)/.installed
	$(BIN)/kg build seeds -o exports
	@echo
	@echo "Open exports/graph.html in a browser: who leads and who supports what, each edge with its sentence."
	@echo "Load exports/graph.ttl into a triple store, or ask:  $(BIN)/kg query agency-counts --graph exports"

test: $(VENV)/.installed-dev
	@sh .ci/browser
	@sh .ci/stores
	@# The tests of a file share what it starts and builds. Bytecode is kept, whatever the environment says: a hundred
	@# processes of theirs import the package.
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check kg tests benchmarks tools
	$(BIN)/ruff check kg tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.installed
	$(BIN)/python -m tools.shape_terms
	$(BIN)/python -m tools.ontology_page > docs/ontology.md
	$(BIN)/python -m tools.query_page > docs/queries.md
	$(BIN)/python -m tools.lexicon_page > docs/lexicons.md

stores: $(VENV)/.installed-dev
	@sh .ci/stores
	$(BIN)/python -m benchmarks.stores

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

# Bundles what the pages use anew from its lock files; needs node and npm.
vendor:
	sh kg/serve/assets/vendor/build.sh
	sh kg/view/assets/vendor/build.sh

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
