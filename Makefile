# The two commands of the README are `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

.PHONY: run test slow setup secrets check gates lint types arrows messages lock sbom browser clean

run: setup
	@$(BIN)/python manage.py prepare
	@$(BIN)/honcho --no-colour start --port $(PORT)

test: $(VENV)/test.stamp .env $(MESSAGES)
	@$(BIN)/python -m pytest -n 2 --dist loadfile
	@$(BIN)/python -m tests.left_out

# Needs PostgreSQL, Redis and nginx on the machine: the tests start servers of their own.
slow: $(VENV)/test.stamp .env $(MESSAGES)
	@$(BIN)/python -m pytest -m slow

setup: $(VENV)/base.stamp .env $(MESSAGES)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or newer is needed"'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/base.stamp: requirements/base.txt | $(VENV)/bin/python
	@echo "Installing what the tracker needs; this is done once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/base.stamp
	@echo "Installing what the tests need; this is done once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/check.stamp: requirements/check.txt $(VENV)/test.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# A trial's own secret; production sets its variables itself.
.env:
	@$(PYTHON) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50)); print("DEMONSTRATION=1")' > $@
	@chmod 600 $@

# What docker-compose.yml reads from ./secrets; files that are there stay.
secrets:
	@$(PYTHON) deploy/make_secrets.py secrets

# Compiled by Babel, so that nobody needs gettext to run the tracker.
%.mo: %.po | $(VENV)/base.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

lint: $(VENV)/check.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	git ls-files -z -- 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check

types: $(VENV)/check.stamp .env
	$(BIN)/mypy

arrows: $(VENV)/check.stamp
	$(BIN)/lint-imports

# Needs GNU gettext: collects new words into the six catalogues.
messages: $(VENV)/base.stamp
	$(BIN)/python manage.py makemessages --no-obsolete --no-location --all -i var -i .venv -i tests

gates: $(VENV)/check.stamp .env $(MESSAGES)
	$(BIN)/python -m tests.gates
	$(BIN)/python -m tests.advisories

check: lint types arrows gates
	$(BIN)/python -m pytest -n 2 --dist loadfile
	@$(BIN)/python -m tests.left_out --refuse

lock:
	for set in base:'' extras:'--extra extras -c requirements/base.txt' \
	    test:'--extra extras --extra test -c requirements/extras.txt' \
	    check:'--extra extras --extra test --extra check -c requirements/test.txt'; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header pyproject.toml $${set#*:} -o requirements/$${set%%:*}.txt; done

# What production installs, its options included, as a CycloneDX list; the same lock gives the same file.
SBOM ?= sbom.json
sbom: $(VENV)/check.stamp
	@$(BIN)/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml \
	  --output-reproducible --short-PURLs --of JSON --output-file $(SBOM) requirements/extras.txt

clean:
	rm -rf $(VENV) var staticfiles
