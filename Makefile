# Tenure. `make run` makes the pack of the quickstart, `make run EXAMPLE=openclaw` that of another example; `make test` runs the tests.

RELEASE := .build-release
BINARY := $(RELEASE)/release/tenure
WORKLOAD ?= ../shared/bench/gen_workload.py

.PHONY: run test fuzz sanitize pages schemas manuals pipelines build reproduce sbom check assets accept sample bench packages clean

# EXAMPLE names a folder of examples/.
EXAMPLE ?= quickstart

run: build
	$(BINARY) run --config examples/$(EXAMPLE)/tenure.yaml

# Where the sources lay is left out of the program, so that the same sources make the same bytes anywhere.
SAME_ANYWHERE := -debug-info-format none -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. -Xcc -ffile-prefix-map=$(CURDIR)=. -Xcxx -ffile-prefix-map=$(CURDIR)=.

build: packages
	swift build -c release --scratch-path $(RELEASE) --product tenure $(SAME_ANYWHERE) $(BUILD_FLAGS)

# Builds the release twice, in two folders, and compares the two.
reproduce: packages
	Scripts/build-twice.sh

# What the program consists of, for those who have to know: CycloneDX.
sbom: build
	Scripts/make-sbom.py $(BINARY) > $(RELEASE)/tenure.cdx.json
	@echo $(RELEASE)/tenure.cdx.json

packages:
	Scripts/install-packages.sh build

test:
	Scripts/install-packages.sh test
	swift build --build-tests
	swift test --skip-build
	Tests/Pages/run.sh
	Tests/Schemas/run.sh
	Tests/Pipelines/run.sh
	Tests/Exchange/run.sh
	Tests/Hostile/run.sh
	Tests/Deploy/run.sh

# The pages as a browser, a printer and a validator meet them: the sample pack, and a larger one. See Tests/Pages.
pages:
	Scripts/install-packages.sh test
	swift build --product tenure
	Tests/Pages/run.sh

# What every command prints as JSON, against docs/schemas.
schemas:
	swift build --product tenure
	Tests/Schemas/run.sh

# The manual pages as groff and, where it is installed, mandoc read them; both have to say nothing.
manuals:
	for page in docs/man/*.1; do groff -ww -man -Tutf8 -z $$page; done
	if command -v mandoc > /dev/null; then mandoc -Tlint docs/man/*.1; fi

# The steps of examples/pipelines, run as they stand there.
pipelines:
	swift build --product tenure
	Tests/Pipelines/run.sh

# Searches with libFuzzer for inputs that break a reader: make fuzz TARGET=csv SECONDS=60. See docs/testing.md.
TARGET ?= csv
SECONDS ?= 60

fuzz:
	Scripts/install-packages.sh test
	Tests/FuzzTests/fuzz.sh run $(TARGET) $(SECONDS)

# The tests under a sanitizer: make sanitize SANITIZER=thread. FILTER="--filter ReplayTests" narrows it.
SANITIZER ?= address

sanitize: export SWIFT_BACKTRACE := enable=no
sanitize: export ASAN_OPTIONS := detect_leaks=0
sanitize: export TSAN_OPTIONS := suppressions=Tests/thread-sanitizer.txt
sanitize:
	Scripts/install-packages.sh test
	swift build --build-tests --sanitize=$(SANITIZER) --scratch-path .build-$(SANITIZER)
	swift test --skip-build --sanitize=$(SANITIZER) --scratch-path .build-$(SANITIZER) $(FILTER)

# What to run before a commit: format, embedded files, tests.
check:
	swift format lint --strict -r Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift
	Scripts/embed-assets.sh
	git diff --exit-code Sources/CAssets/assets.c
	$(MAKE) test

# The table of embedded files; after adding a file to mappings/, templates/ or the store's migrations.
assets:
	Scripts/embed-assets.sh

# Takes what the program prints and writes now as right: goldens and the sample pack. Read the difference before you commit it.
accept: sample
	swift build --build-tests
	TENURE_ACCEPT=1 swift test --skip-build --filter 'EndToEndTests|HelpTests|docsListEveryCheck|theDocumentListsEveryProperty|docsDescribeEveryFormat'
	git status --short Tests/Goldens docs/checks.md docs/man docs/commands.md docs/exit-statuses.md docs/diagnostics.md docs/exchange.md docs/oscal.md reports/sample

# reports/sample, the small pack that is committed.
sample:
	swift build --product tenure
	Scripts/make-sample.sh

# Measures the program beside the parser alone and DuckDB, and checks every result; see Benchmarks/README.md.
# BENCH_FLAGS="--runs 3 --only scan,duckdb" narrows it.
bench: build
	Scripts/install-packages.sh bench
	-Benchmarks/prepare.sh
	swift build -c release --package-path Benchmarks
	Benchmarks/.build/release/bench --binary $(BINARY) --generator $(WORKLOAD) $(BENCH_FLAGS)

clean:
	rm -rf .build $(RELEASE) Benchmarks/.build
