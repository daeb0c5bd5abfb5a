# localm. `make serve` sets up what is missing, builds the site, serves it and opens the browser.
# `make test` does the same for the checks and the tests. A second call sets nothing up again.

PYTHON ?= python3
VENV := .venv
VENV_MODEL := .venv-model
PY := $(VENV)/bin/python
PY_MODEL := $(VENV_MODEL)/bin/python
BIOME = cd web && node_modules/@biomejs/cli-linux-$(if $(filter aarch64,$(shell uname -m)),arm64,x64)/biome

# A set-up that fails half-way leaves nothing that looks finished.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help serve build test check unit browser-test lock format timings bench screenshots model check-model clean

help:
	@echo "make serve        serve the app here and open it (ARGS='--port 9000 --no-open')"
	@echo "make build        write the site to dist/, for any static host"
	@echo "make test         every check and every test"
	@echo "make check        lint, types, formats, generated files"
	@echo "make format       write Python and JavaScript in their one format"
	@echo "make screenshots  take a picture of every state of the page, and the README's"
	@echo "make timings      measure the start, in a real browser"
	@echo "make bench        measure downloads, the history and the rendering, in a real browser"
	@echo "make model        make the embedded model anew (about half an hour)"
	@echo "make check-model  check the embedded model's files"
	@echo "make lock         write the Python locks anew from requirements/*.in"
	@echo "make clean        remove everything that was set up or built"

serve: $(VENV)/host.stamp web/node_modules/.stamp
	$(VENV)/bin/localm serve $(ARGS)

build: $(VENV)/host.stamp web/node_modules/.stamp
	$(PY) -m build_scripts.site dist

test: check unit browser-test

check: $(VENV)/dev.stamp web/node_modules/.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PY) -m build_scripts.protocol_types --check
	$(PY) -m build_scripts.notices --check
	$(PY) -m build_scripts.webllm_models --check
	web/node_modules/.bin/tsc -p web
	web/node_modules/.bin/tsc -p web/tsconfig.service_worker.json
	$(BIOME) check .

format: $(VENV)/dev.stamp web/node_modules/.stamp
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(BIOME) check --write .

unit: $(VENV)/dev.stamp web/node_modules/.stamp
	$(PY) -m pytest tests/unit

browser-test: $(VENV)/dev.stamp $(VENV)/browser.stamp build
	$(PY) -m pytest tests/browser

# --- set-up: each stamp is newer than what it was made from ---

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)
	touch $@

# The locks hold one hash for each file, so nothing else can be installed.
$(VENV)/host.stamp: requirements/host.txt pyproject.toml $(VENV)/pyvenv.cfg
	$(PY) -m pip install --quiet --require-hashes --requirement requirements/host.txt
	$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/host.stamp
	$(PY) -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	touch $@

web/node_modules/.stamp: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

# LOCALM_CHROMIUM may name a browser; else Debian's own, or else the one that Playwright fetches.
# Firefox and WebKitGTK come where this may install packages; elsewhere their tests are skipped and say how to get them.
APT_INSTALL = apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
HAS_OTHERS = command -v firefox-esr >/dev/null && command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null
CAN_INSTALL = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null

$(VENV)/browser.stamp: $(VENV)/dev.stamp
	@if [ -n "$$LOCALM_CHROMIUM" ]; then echo "The tests drive $$LOCALM_CHROMIUM."; \
	elif command -v chromium >/dev/null; then echo "The tests drive Debian's chromium."; \
	elif $(CAN_INSTALL); then $(APT_INSTALL) chromium; \
	else $(VENV)/bin/playwright install chromium; fi
	@if $(HAS_OTHERS); then echo "And Debian's Firefox and WebKitGTK."; \
	elif $(CAN_INSTALL); then $(APT_INSTALL) firefox-esr webkit2gtk-driver xvfb; fi
	touch $@

# --- the embedded model: an environment of its own, because its tools are large ---

$(VENV_MODEL)/model.stamp: requirements/model.txt
	$(PYTHON) -m venv $(VENV_MODEL)
	$(PY_MODEL) -m pip install --quiet torch==2.13.0
	$(PY_MODEL) -m pip install --quiet --require-hashes --requirement requirements/model.txt
	touch $@

model: $(VENV_MODEL)/model.stamp
	$(PY_MODEL) -m build_scripts.model

check-model: $(VENV_MODEL)/model.stamp
	$(PY_MODEL) -m build_scripts.model --check

# Every state of the page, and the README's pictures (ARGS=search, or ARGS=README, for these alone).
screenshots: $(VENV)/dev.stamp $(VENV)/browser.stamp build
	$(PY) -m tests.pictures $(ARGS)

timings: $(VENV)/dev.stamp $(VENV)/browser.stamp build
	$(PY) -m tests.browser.measure_start

bench: $(VENV)/dev.stamp $(VENV)/browser.stamp build
	$(PY) -m tests.bench.downloads
	$(PY) -m tests.bench.history
	$(PY) -m tests.bench.rendering

lock: $(VENV)/dev.stamp
	for name in host dev; do $(VENV)/bin/uv pip compile --quiet --generate-hashes --no-header \
	    --universal --python-version 3.11 requirements/$$name.in --output-file requirements/$$name.txt; done

clean:
	rm -rf $(VENV) $(VENV_MODEL) web/node_modules build dist test-results
	rm -rf .mypy_cache .ruff_cache .pytest_cache
