# Tenure. `make run` makes the pack of the quickstart, `make run EXAMPLE=openclaw` that of another example; `make test` runs the tests.

RELEASE := .build-release
BINARY := $(RELEASE)/release/tenure
WORKLOAD ?= ../shared/bench/gen_workload.py

# Folders of Tests/ that are scripts.
SUITES := Pages Exchange Hostile Pipelines Schemas Deploy Docs Benchmarks

.PHONY: run test swift-suite $(SUITES) fuzz sanitize manuals objects merge-tree build install deb package-test reproduce sbom check assets accept sample bench packages clean

# EXAMPLE names a folder of examples/.
EXAMPLE ?= quickstart

run: build
	$(BINARY) run --config examples/$(EXAMPLE)/tenure.yaml

# Where the sources lay is left out of the program, so that the same sources make the same bytes anywhere.
SAME_ANYWHERE := -debug-info-format none -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. -Xcc -ffile-prefix-map=$(CURDIR)=. -Xcxx -ffile-prefix-map=$(CURDIR)=.

build: packages
	swift build -c release --scratch-path $(RELEASE) --product tenure $(SAME_ANYWHERE) $(BUILD_FLAGS)

# Puts the program and what belongs to it into place: sudo make install PREFIX=/opt/tenure. DESTDIR stands for / in packages.
PREFIX ?= /usr/local

install:
	DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" Scripts/install.sh $(BINARY)

# A Debian package, with the Swift runtime inside.
PACKAGED := .build-deb

deb:
	Scripts/install-packages.sh package
	$(MAKE) build RELEASE=$(PACKAGED) BUILD_FLAGS="--static-swift-stdlib --disable-local-rpath $(BUILD_FLAGS)"
	rm -rf $(PACKAGED)/package
	Scripts/make-deb.sh $(PACKAGED)/release/tenure $(PACKAGED)/package

# The package in a new Debian without Swift, which takes minutes and root: install, run, verify, remove. See Tests/Packaging.
package-test: deb
	swift build --product tenure $(BUILD_FLAGS)
	Tests/Packaging/package.sh $(PACKAGED)/release/tenure $(PACKAGED)/package/tenure_*.deb
	Tests/Packaging/clean-root.sh $(PACKAGED)/package/tenure_*.deb .build/debug/tenure

# Builds the release twice and compares the two.
reproduce: packages
	Scripts/build-twice.sh

# What the program consists of, for those who have to know: CycloneDX.
sbom: build
	Scripts/make-sbom.py $(BINARY) > $(RELEASE)/tenure.cdx.json
	@echo $(RELEASE)/tenure.cdx.json

packages:
	Scripts/install-packages.sh build

# All suites, two at a time, also after one that fails; what each prints comes in one piece.
test:
	Scripts/install-packages.sh test
	swift build --build-tests
	$(MAKE) --no-print-directory --jobs 2 --keep-going --output-sync=target swift-suite $(SUITES)

swift-suite:
	swift test --skip-build

# One of them: make Pages. It uses the debug build as it lies there.
$(SUITES):
	Tests/$@/run.sh

# By hand: logs in object storage, with a stand-in for S3 and a line that is cut. OBJECTS_FLAGS=--spark runs the tasks in Spark itself.
objects:
	swift build --product tenure
	$$(Tests/environment.sh Deploy/objects) Tests/Deploy/objects.py .build/debug/tenure $(OBJECTS_FLAGS)

# By hand: ten thousand partials, merged flat and as a tree, and the pack from them; about half an hour. See docs/scale.md.
merge-tree: build
	Tests/Deploy/merge_tree.py $(BINARY) $(WORKLOAD) $(MERGE_TREE_FLAGS)

# The manual pages as groff and, where it is installed, mandoc read them; both have to say nothing.
manuals:
	for page in docs/man/*.1; do groff -ww -man -Tutf8 -z $$page; done
	if command -v mandoc > /dev/null; then mandoc -Tlint docs/man/*.1; fi

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

# What to run before a commit, in two minutes once it is built: format, embedded files, and the tests that start no program.
check:
	Scripts/install-packages.sh test
	swift format lint --strict -r Sources Tests Package.swift Benchmarks/Sources Benchmarks/Package.swift
	Scripts/embed-assets.sh
	git diff --exit-code Sources/CAssets/assets.c
	swift build --build-tests
	swift test --skip-build --skip EndToEndTests --skip FuzzTests

# The table of embedded files; after adding a file to mappings/, templates/ or the store's migrations.
assets:
	Scripts/embed-assets.sh

# Takes what the program prints and writes now as right: goldens and the sample pack. Read the difference before you commit it.
accept: sample
	swift build --build-tests
	TENURE_ACCEPT=1 swift test --skip-build --filter 'EndToEndTests|HelpTests|docsListEveryCheck|theDocumentListsEveryProperty|docsDescribeEveryFormat'
	python3 Tests/Docs/glossary.py --accept
	git status --short Tests/Goldens docs/checks.md docs/glossary.md docs/man docs/commands.md docs/exit-statuses.md docs/diagnostics.md docs/exchange.md docs/oscal.md reports/sample

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
