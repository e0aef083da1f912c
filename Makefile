# Sløyfe. This file is also the contributor guide: what you can do here, and in which order.
#
#   1. `make demo` and look around.          4. `make matrix`: who gets to see your page? Read the diff.
#   2. Write the test, then the code.        5. `make shots` and look at what you built.
#   3. `make check` while you work.          6. `make test` before you hand it over.
#
# Only Python 3.11 or newer is needed beforehand. Everything that is fetched comes by version and hash from
# the lock files, into .venv, node_modules and .cache; a second run finds them and starts in seconds.

PY     ?= python3
PYTHON  = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test check style layout house types contracts templates migrations messages \
        matrix shots bench engines lock runtime dev words body
.NOTPARALLEL:

help: ## what this file can do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

# --- using it --------------------------------------------------------------------------------------

demo shots: export SLOYFE_DEMO := true
demo shots: export SLOYFE_DATABASE_URL ?= sqlite:///var/demo.sqlite3
demo: runtime body ## the demo body on http://localhost:8000/; PORT=9000 make demo takes another port
	@exec $(PYTHON) -m tools.serve

# --- proving it ------------------------------------------------------------------------------------

test: dev words ## everything: SQLite, PostgreSQL, engines alone, browser; STRICT=1 lets no part be skipped
	@$(PYTHON) -m tools.run_tests $(if $(STRICT),--strict) $(PARTS)

check: dev ## everything that can be said without running it; each part below also runs by its own name
	@$(MAKE) --keep-going --no-print-directory style layout house types contracts templates migrations messages

style: ## ruff: errors, imports, complexity, banned names
	@.venv/bin/ruff check --quiet .

layout: ## the layout of Python; `.venv/bin/ruff format .` mends it
	@.venv/bin/ruff format --check .

house: ## the house rules no other tool knows
	@$(PYTHON) -m tools.house

types: ## mypy, strict where it matters
	@.venv/bin/mypy --no-error-summary

contracts: ## who may import whom
	@.venv/bin/lint-imports --no-logo

templates: ## the layout of templates; `.venv/bin/djhtml --tabwidth 2 sloyfe` mends it
	@.venv/bin/djhtml --check --tabwidth 2 sloyfe

migrations: ## every model change has its migration
	@SLOYFE_DEMO=true $(PYTHON) manage.py makemigrations --check --dry-run

messages: ## every text is said in bokmål and nynorsk
	@$(PYTHON) -m tools.messages check

# --- looking at it ---------------------------------------------------------------------------------

matrix: dev ## who gets which page: writes tests/access_matrix.txt anew
	@$(PYTHON) -m tests.write_matrix

shots: dev body ## photographs every main page, wide and narrow, light and dark, into shots/
	@$(PYTHON) -m tools.shots

bench: dev ## how fast, beside a plain baseline, into bench/out/
	@$(PYTHON) -m bench

engines: ## the engines' tests where Django is not installed
	@$(PY) -m tools.run_tests --strict engines

# --- what the others lean on -----------------------------------------------------------------------

runtime dev:
	@$(PY) -m tools.ready $@

words:
	@$(PYTHON) -m tools.messages compile

body: words
	@$(PYTHON) -m tools.assets
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py demo

lock: dev ## writes the lock files anew from pyproject.toml and package.json
	@$(PYTHON) -m tools.lock
