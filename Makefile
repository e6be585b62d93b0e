# `make` builds the magazine; `make help` lists everything else.
# Kept to what GNU Make 3.81 knows, the one that macOS ships.

ISSUES := $(patsubst issues/%/issue.yaml,%,$(wildcard issues/*/issue.yaml))
ARGS =

# Homebrew on Apple silicon keeps its libraries where other Pythons don't look.
ifneq ($(wildcard /opt/homebrew/lib),)
IN_VENV := DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib .venv/bin/
else
IN_VENV := .venv/bin/
endif

PYTEST := $(IN_VENV)pytest -n auto --dist loadgroup

.PHONY: all setup setup-test test check golden bench lock clean help $(ISSUES)

all: setup ## build every issue in issues/; `make` alone does this
	@$(if $(ISSUES),$(IN_VENV)magbuild build $(ISSUES:%=issues/%) -o build $(ARGS),\
	    echo "There is no issue yet: make a folder in issues/ with an issue.yaml in it.")

$(ISSUES): setup
	@$(IN_VENV)magbuild build issues/$@ -o build $(ARGS)

setup: ## ready this machine and .venv for building (done by the others when needed)
	@.setup/setup.sh run

setup-test: ## ready them for the tests too
	@.setup/setup.sh test

test: setup-test ## run all tests; pick some with ARGS, as in: make test ARGS="-k overset"
	@$(PYTEST) $(ARGS)

check: setup-test ## style, types, import directions and the fast tests, in under two minutes
	@$(IN_VENV)ruff check .
	@$(IN_VENV)ruff format --check .
	@$(IN_VENV)mypy
	@$(IN_VENV)lint-imports
	@$(PYTEST) -m "not slow" $(ARGS)

golden: setup-test ## rewrite what the golden tests expect; read the difference before you commit it
	@$(PYTEST) tests/test_golden.py --golden $(ARGS)

bench: setup-test ## time it against the layout engine alone and other programs; the separation, the preflight
	@$(IN_VENV)python tests/bench/one_document.py $(ARGS)
	@$(IN_VENV)python tests/bench/separation.py
	@$(IN_VENV)python tests/bench/preflight.py
	@$(IN_VENV)python -m tests.bench.peers

lock: ## write the lock files anew after a change of dependencies; newest versions with ARGS=--upgrade
	@.setup/setup.sh lock $(ARGS)

clean: ## remove what was built and remembered; .venv stays
	rm -rf build dist .magbuild .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

help: ## list what you can ask for
	@echo "make NUMBER      build one issue: $(if $(ISSUES),$(ISSUES),there is none yet)"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

.DEFAULT:
	@echo "There is neither an issue nor a target called '$@'. Issues: $(ISSUES). Targets: make help" >&2; exit 2
