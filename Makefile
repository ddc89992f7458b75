# Everything runs from a fresh clone with Python 3.11+, git and make; the environment lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
# Compiled modules are kept, whatever the shell says: the tests start the program hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve demo-curation newsletter-demo editor editor-demo build test trip bench-search check bless messages format lock clean

help: ## Say what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# A stamp per lock: the environment is made again only when the lock changes. Hashes are required.
$(VENV)/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Veillée needs Python 3.11 or newer (try: make PYTHON=python3.12 …)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

serve: $(VENV)/.runtime ## Browse the demo portal on http://127.0.0.1:8000, rebuilt as files change
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000

demo-curation: $(VENV)/.runtime ## Show curation offline: sample feeds are fetched, you judge, the page is served
	$(BIN)/veillee demo

newsletter-demo: $(VENV)/.dev ## Send the demo's letter to a mail server on this machine, which prints what it gets
	@folder=$$(mktemp -d); echo camille.derouet@hydrelis.example > $$folder/liste.txt; \
	$(BIN)/python -m aiosmtpd -n -l 127.0.0.1:8025 & server=$$!; sleep 2; \
	$(BIN)/veillee newsletter content/newsletters/2026-11.md --to $$folder/liste.txt --send --smtp smtp://127.0.0.1:8025; \
	kill $$server; rm -r $$folder

# The browser editor comes from npm, by its lock; a build copies it into the site when it is there.
editor/node_modules/.installed: editor/package.json editor/package-lock.json editor/.npmrc
	@command -v npm >/dev/null || { echo "The browser editor needs node and npm (on Debian: apt-get install nodejs npm)"; exit 1; }
	npm ci --prefix editor --no-progress
	@touch $@

editor: editor/node_modules/.installed ## Install the browser editor with npm: the next build has it at /admin/

editor-demo: $(VENV)/.runtime editor/node_modules/.installed ## Write in the browser on a git copy of the demo, on http://127.0.0.1:8000/admin/
	$(BIN)/veillee editor

# Memory that an index has done with goes back to the system (glibc’s thresholds would otherwise grow with its arrays).
build: export MALLOC_MMAP_THRESHOLD_ := 4194304
build: export MALLOC_TRIM_THRESHOLD_ := 4194304
build: $(VENV)/.runtime ## Write the site to ./site (VEILLEE_CONTENT, VEILLEE_CONFIG, VEILLEE_AUDIENCE, VEILLEE_SITE)
	$(BIN)/mkdocs build

test: $(VENV)/.dev ## Run every test, in a real Chromium and a real Firefox too
	$(BIN)/python tests/browser_setup.py
	$(MAKE) --no-print-directory editor
	$(BIN)/python -m pytest -n auto --durations=20 --durations-min=5

trip: $(VENV)/.dev editor/node_modules/.installed ## The whole trip on real input, each step said: feeds, a story in the browser, a letter, readers
	$(BIN)/python tests/browser_setup.py
	$(BIN)/python -m pytest -s tests/browser/test_whole_trip.py

bench-search: $(VENV)/.dev ## Compare the search with Pagefind, at 1,000, 10,000 and 50,000 pages (half an hour)
	$(BIN)/python tests/browser_setup.py
	$(BIN)/python -m benchmarks.search

check: $(VENV)/.dev ## Format, lint, types, import rule, generated files, the demo's content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/veillee schema --check
	$(BIN)/veillee check

bless: $(VENV)/.dev ## Write again the golden files, schemas and references from the code
	$(BIN)/veillee schema
	BLESS=1 $(BIN)/python -m pytest tests/test_checks.py tests/search/test_analysis.py

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev ## Resolve the dependencies again, with hashes and without any registry's address
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.lock --extra dev pyproject.toml -o requirements-dev.lock

clean: ## Remove the site and the environment
	rm -rf site $(VENV) .cache

messages: $(VENV)/.dev ## Take new interface strings into the catalogue (then translate them)
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --no-location --sort-output -o .cache-messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete -l fr -D veillee -i .cache-messages.pot -d portal/locales
	rm .cache-messages.pot
