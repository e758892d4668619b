# SPDX-License-Identifier: EUPL-1.2
# Two commands do all set-up: `make demo` and `make test`.
UV_VERSION := 0.13.9
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
DEMO ?= demo
SYNCED := $(VENV)/.synced

NPM := PATH="$(abspath $(RUN)):$$PATH" npm --prefix frontend --silent
ASSETS := src/stip_web/static/built/manifest.json

.PHONY: setup assets demo serve test journeys journeys-pages test-postgres check docs bench bench-full accuracy-final ablation charts record nij feedback reference handleiding peers \
	load audit sbom lock clean

setup: $(SYNCED)

$(SYNCED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Stip needs Python 3.11 or newer; set PYTHON=python3.11."; exit 1; }
	test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet uv==$(UV_VERSION)
	$(RUN)/uv pip sync --quiet --require-hashes --python $(RUN)/python requirements.lock
	$(RUN)/uv pip install --quiet --no-deps --no-build-isolation --editable . --python $(RUN)/python
	@touch $@

assets: $(ASSETS)

# npm and Node come from the packages in the virtual environment.
$(ASSETS): $(SYNCED) frontend/package-lock.json frontend/vite.config.ts $(shell find frontend/src -type f 2>/dev/null)
	$(NPM) ci && $(NPM) run build -- --logLevel warn

demo: setup
	STIP_KEYS=$(abspath $(DEMO))/sleutels $(RUN)/stip samples demo $(DEMO)

serve: setup assets
	@test -d $(DEMO)/werkmap/runs || { echo "Er is nog geen voorbeeld. Maak het met: make demo"; exit 1; }
	STIP_MODE=demo STIP_WORKSPACE=$(DEMO)/werkmap STIP_KEYS=$(abspath $(DEMO))/sleutels $(RUN)/stip_web serve

# Chromium and PostgreSQL come with apt when that is possible; the site is tested on both its databases.
test: setup assets
	$(RUN)/python tools/system_needs.py
	$(RUN)/pytest -n 2 --dist loadfile --ignore tests/journeys
	$(RUN)/python tests/postgres.py $(RUN)/pytest -n 2 --dist loadfile tests/web/audit tests/web/administration
	$(MAKE) journeys

# Each task of UX.md in a real browser; part of `make test`. A browser may stumble on a busy machine: a journey that failed
# is walked once more, and counts when it fails again.
JOURNEYS = --ignore tests/journeys/test_pages.py tests/journeys
journeys: setup assets
	$(RUN)/pytest -n 1 --dist loadfile $(JOURNEYS) || $(RUN)/pytest -n 0 --last-failed --last-failed-no-failures none $(JOURNEYS)

# Every page for every user, in a real browser; and the whole site on PostgreSQL. Both take long on two cores.
journeys-pages: setup assets
	$(RUN)/pytest -n 1 tests/journeys/test_pages.py

test-postgres: setup assets
	$(RUN)/python tests/postgres.py $(RUN)/pytest -n 2 --dist loadfile tests/web

check: setup assets
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	STIP_MODE=demo STIP_STATE=$(VENV)/state $(RUN)/stip_web makemigrations --check --dry-run
	$(NPM) run check
	$(NPM) test
	$(RUN)/zensical build --strict

bench: setup peers
	$(RUN)/python benchmarks/all.py

bench-full: setup peers
	$(RUN)/python benchmarks/all.py --full

# The final weeks of each town: once per tagged model; benchmarks/results/final_runs.jsonl keeps the log.
accuracy-final: setup
	@status=0; for script in "accuracy.py --final" "calibration.py --final" charts.py accuracy_page.py; do \
		$(RUN)/python benchmarks/$$script || status=1; done; exit $$status

ablation: setup
	$(RUN)/python benchmarks/ablation.py

charts: setup
	$(RUN)/python benchmarks/charts.py

record: setup
	$(RUN)/python benchmarks/record.py

nij: setup
	$(RUN)/python benchmarks/nij.py

feedback: setup
	$(RUN)/python benchmarks/feedback.py

# On a PostgreSQL and a server of its own, on a copy of the demo.
load: setup assets
	@test -d $(DEMO)/werkmap/runs || { echo "Er is nog geen voorbeeld. Maak het met: make demo"; exit 1; }
	$(RUN)/python benchmarks/load.py --demo $(DEMO)

reference: setup
	$(RUN)/python tools/reference.py

handleiding: setup assets
	$(RUN)/python tools/handleiding.py

peers: setup
	test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	$(RUN)/uv pip install --quiet --python .venv-peers/bin/python --requirement benchmarks/peers/requirements.txt

audit: setup
	$(RUN)/pip-audit --require-hashes --disable-pip --requirement requirements.lock
	$(NPM) audit --omit=dev

# For a release: every locked package, attached as stip.cdx.json beside the wheel.
sbom: setup
	$(RUN)/python tools/sbom.py dist/stip.cdx.json

docs: setup
	$(RUN)/zensical serve

lock: setup
	$(RUN)/uv pip compile pyproject.toml --group dev --extra web --universal --generate-hashes --no-emit-index-url --quiet --upgrade --output-file requirements.lock

clean:
	rm -rf $(VENV) .venv-peers $(DEMO)
