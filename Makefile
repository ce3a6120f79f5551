# Every target sets up what it needs: `make dev` and `make test` work on a fresh Debian machine with a Swift toolchain.

RELEASE := .build/release/martlet
WIRE := .venv/bin/pytest -q Tests/Wire

.PHONY: help dev build release test test-swift test-wire test-wire-debug sanitize lint format generate test-terraform torture bench \
	screenshots setup clean

help: ## Show the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

setup:
	@scripts/setup

dev: setup ## Run Martlet for development on http://127.0.0.1:8484
	swift build --product martlet
	.build/debug/martlet dev

build: setup ## Build everything, warnings are errors
	swift build --build-tests

release: setup ## Build the stripped release binary and say how large it is
	swift build -c release --static-swift-stdlib --product martlet -Xlinker --strip-all
	@ls -l $(RELEASE) | awk '{ printf "$(RELEASE): %.1f MB\n", $$5 / 1e6 }'

test: lint test-swift test-wire ## Run every test: unit, contract on both databases, wire with real clients, Terraform

test-swift: setup
	MARTLET_OUTCOMES=$(CURDIR)/.build/outcomes MARTLET_GALLERY=$(CURDIR)/.build/gallery scripts/swift-tests --skip FuzzTests
	scripts/check-outcomes .build/outcomes
	scripts/swift-tests --filter FuzzTests  # alone, as it measures the process's memory

test-wire: setup .venv/installed release ## Run the wire tests and Terraform's on the release binary
	scripts/check-constant-time
	MARTLET_BINARY=$(CURDIR)/$(RELEASE) scripts/wire-tests

test-wire-debug: setup .venv/installed ## Run the wire tests on a debug build, which is made in seconds
	swift build --product martlet
	MARTLET_BINARY=$(CURDIR)/.build/debug/martlet $(WIRE) $(TESTS)

test-terraform: setup .venv/installed release ## Let Terraform manage every resource, where it is on the machine
	MARTLET_BINARY=$(CURDIR)/$(RELEASE) .venv/bin/pytest -q Tests/Terraform

sanitize: setup ## Run the Swift tests under the address and the thread sanitizer
	scripts/sanitize address
	scripts/sanitize thread

lint: setup ## Check format, layers, house rules and generated code
	swift format lint --strict --configuration .swift-format --parallel --recursive \
		Package.swift $$(scripts/handwritten-sources)
	scripts/check-layers
	scripts/check-rules
	scripts/check-documentation
	scripts/generate-model --check
	scripts/operations-table --check

format: setup ## Format the hand-written code
	swift format --in-place --configuration .swift-format --parallel --recursive \
		Package.swift $$(scripts/handwritten-sources)

generate: ## Generate code and documents from Model/ and the operation table
	scripts/generate-model
	scripts/operations-table

torture: setup .venv/installed release ## Kill, starve, flood and fail it over, on both databases
	MARTLET_BINARY=$(CURDIR)/$(RELEASE) .venv/bin/pytest -q Tests/Torture

bench: setup .venv/installed release ## Measure the release binary against the machine's limits
	Benchmarks/run --binary $(RELEASE)

screenshots: setup .venv/installed release ## Take pictures of every page of managed login, in .build/screenshots
	MARTLET_BINARY=$(CURDIR)/$(RELEASE) .venv/bin/python scripts/screenshots

clean: ## Remove what was built
	rm -rf .build .venv

.venv/installed: Tests/Wire/requirements.txt
	@echo "Installing the wire tests' packages from PyPI into .venv"
	python3 -m venv .venv
	.venv/bin/pip install --quiet --requirement Tests/Wire/requirements.txt
	.venv/bin/pip install --quiet --no-deps axe-playwright-python==0.1.8  # for its copy of axe-core alone
	@touch $@
