# Two commands: make run, make test. `make help` lists them all.
SHELL := /bin/bash
PORT ?= 5000
export PORT
PYTHON := .venv/bin/python
FLASK := .venv/bin/flask
# libatomic1 is for Playwright's own driver
BROWSER := chromium-headless-shell fonts-dejavu-core fonts-liberation libatomic1
POSTGRESQL := postgresql postgresql-common
# What WeasyPrint loads when it makes a PDF, with letters for Chinese, Japanese and Korean; without them everything
# else works
PDF := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-wqy-microhei

.DEFAULT_GOAL := help
.PHONY: help run setup setup-tests test test-both check migrate officer-password lock bench bench-theming pictures translations vendor weights

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: setup ## Start everything at http://127.0.0.1:5000 (PORT=8080 for another port); Ctrl-C stops it
	@exec $(FLASK) serve

setup: ## Install what Soundings needs to run
	@tools/debian.sh $$(tools/python-for-setup.sh --missing) $(PDF) || echo "Until then PDFs cannot be made, or lack some letters; the same words are on the pages." >&2
	@tools/setup.sh requirements.txt
	@tools/encoder.sh

setup-tests: ## Install what the tests need: Chromium and PostgreSQL from Debian too
	@tools/debian.sh $$(tools/python-for-setup.sh --missing) $(BROWSER) $(PDF) $(if $(TEST_DATABASE_URL),,$(POSTGRESQL))
	@tools/setup.sh requirements-dev.txt

test: setup-tests check ## Run everything: lint, types, contracts, tests on both databases and in a browser
	@tools/test.sh

test-both: setup-tests ## Tests alone, those of pages on both databases too, not on one each
	@tools/test.sh --both -n 3 --dist loadgroup

check: setup-tests ## Lint, types and import contracts
	$(PYTHON) -m ruff check --quiet .
	$(PYTHON) -m ruff format --check --quiet .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

migrate: setup ## Bring the database up to date
	@$(FLASK) database upgrade

officer-password: setup ## Print a new password for the first officer (EMAIL=... for another)
	@$(FLASK) officer password $(EMAIL)

lock: ## Compile requirements*.in into requirements*.txt, with hashes
	@tools/lock.sh

bench: setup-tests ## Measure everything, for hours (JSON lines, then a table; PARTS="naming coding", LIST=1, JSON=FILE, BENCH="--seconds 20" for the night of closing)
	@$(PYTHON) benchmarks/bench.py $(PARTS) $(if $(JSON),--json $(JSON)) $(if $(LIST),--list)

bench-theming: setup ## The same for theming alone, which needs no PostgreSQL
	@$(PYTHON) benchmarks/bench.py $(or $(PARTS),theming) $(if $(JSON),--json $(JSON)) $(if $(LIST),--list)

pictures: setup-tests ## Take the pictures of the README again
	@$(PYTHON) tools/pictures.py

translations: setup ## Bring the catalogues of the public pages' words up to date (LANGUAGE=ga begins one)
	@$(PYTHON) tools/translations.py $(LANGUAGE)

vendor: ## Fetch and build the vendored CSS and JavaScript again
	@frontend/vendor.sh

weights: setup ## Try again to build the better encoder, used from the next start on (FOLDER=... for another folder than build/minilm-l6)
	@tools/weights.sh $(or $(FOLDER),build/minilm-l6)
