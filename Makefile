# Beffroi. `make help` lists what there is to ask for.

CC       ?= gcc
BUILD    ?= build
PORT     ?= 8080
MODE     ?= debug
MINUTES  ?= 1

PACKAGES  = libwebsockets libuv sqlite3 libssl libcrypto jansson libcmark libargon2 libcurl libutf8proc \
            libarchive expat libseccomp libturbojpeg libpng libwebp
WARNINGS  = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wold-style-definition -Wnested-externs -Wformat=2 -Wformat-signedness -Wvla -Walloca -Wundef \
            -Wunused-macros -Wdate-time -Wnull-dereference -Wpointer-arith -Wcast-align=strict -Wcast-qual \
            -Wwrite-strings -Wimplicit-fallthrough -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
            -Wjump-misses-init -Winit-self -Wfloat-equal -Wdouble-promotion -Wshift-overflow=2 -Wtrampolines \
            -Wformat-overflow=2 -Wno-unknown-warning-option -Werror
HARDENING = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE \
            $(if $(filter x86_64,$(shell uname -m)),-fcf-protection=full)
SANITIZE  = address,undefined

# A build of another kind lives in a folder of its own: make MODE=asan. What watches a program needs
# calls and files that it never would: see confine/self.h.
CFLAGS_debug  = -O2 -g $(HARDENING)
CFLAGS_asan   = -O1 -g -fno-omit-frame-pointer -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -DCONFINE=1
CFLAGS_tsan   = -O1 -g -fsanitize=thread -DCONFINE=1
CFLAGS_cover  = -O0 -g --coverage -DCONFINE=0
CFLAGS_fuzz   = -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,$(SANITIZE) -DCONFINE=0
CFLAGS_valgrind = -O1 -g -DCONFINE=1 -DSLOWED=50
CFLAGS_scan   = -O1 -g
LDFLAGS_debug = -pie -Wl,-z,relro,-z,now,-z,noexecstack
LDFLAGS_asan  = -fsanitize=$(SANITIZE)
LDFLAGS_tsan  = -fsanitize=thread
LDFLAGS_cover = --coverage -Wl,--wrap=problem_set,--wrap=problem_encode
LDFLAGS_fuzz  = -fsanitize=fuzzer,$(SANITIZE)

OUT      := $(BUILD)/$(MODE)
CFLAGS   += -std=c17 -D_GNU_SOURCE $(WARNINGS) $(CFLAGS_$(MODE)) -pthread -Iserver -I$(BUILD)/gen \
            -isystem /usr/include $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LDFLAGS  += $(LDFLAGS_$(MODE)) -pthread
LDLIBS   += $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lstemmer -lmagic -lm

SOURCES  := $(wildcard server/*/*.c)
OBJECTS  := $(SOURCES:server/%.c=$(OUT)/%.o) $(OUT)/gen/migrations.o $(OUT)/gen/assets.o \
            $(if $(filter cover,$(MODE)),$(OUT)/cover/errors.o)
LIBRARY  := $(filter-out $(OUT)/main/main.o,$(OBJECTS))
WEB_SOURCES := $(shell find web -type f -not -path 'web/dist/*' 2>/dev/null)
MIGRATIONS := $(sort $(wildcard schema/[0-9]*.sql))
FIXTURES := $(patsubst tests/%.c,$(OUT)/%.o,$(wildcard tests/unit/*_fixture.c))
UNITS    := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(wildcard tests/unit/test_*.c))
objects   = $(patsubst tests/%.c,$(OUT)/%.o,$(1))
POWERCUT := $(call objects,$(wildcard tests/powercut/*.c))
HOSTILE  := $(call objects,$(wildcard tests/hostile/*.c))
FUZZING  := $(call objects,$(filter-out $(if $(filter fuzz,$(MODE)),tests/fuzz/replay.c), \
            $(wildcard tests/fuzz/*.c)))
FUZZERS  := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES  := $(patsubst tests/bench/%.c,$(OUT)/bench/%,$(wildcard tests/bench/*.c)) \
            $(OUT)/bench/paths $(OUT)/bench/crowd
# Where two threads meet: these run under ThreadSanitizer as well.
SEAMS    := $(filter $(addprefix $(OUT)/unit/test_,pool writer writer_idle gate live live_batch resume tail),$(UNITS))
C_FILES  := $(SOURCES) $(wildcard server/*/*.h tests/*/*.[ch] tests/bench/crowd/*.[ch] tools/*.c)
# From what takes seconds to what takes minutes; each is a target below.
SUITES   := check unit unit-asan seams-tsan web matrix fold erasure relevance calendar operation \
            protocol conform attack confine hostile fuzz-short crash faults powercut seats slow browser
LONG_SUITES := crash faults seats fold hostile powercut slow conform attack operation scan valgrind

.PHONY: all run setup test long $(SUITES) $(LONG_SUITES) server seams fuzz fuzz-merge fuzz-build fuzzers \
        cover cover-run guides bench benches growth bench-peers check-perf check-fast lint cppcheck \
        generated generate format clean help

all: $(OUT)/beffroi ## build the server: build/beffroi
	@ln -sf $(MODE)/beffroi $(BUILD)/beffroi

run: ## set up, build and serve a demonstration at http://127.0.0.1:8080 (PORT=)
	@tools/setup.sh run
	@$(MAKE) --no-print-directory all
	@tools/run.sh $(PORT)

setup: ## install what is missing (apt-get, npm ci)
	@tools/setup.sh

# --- building ---------------------------------------------------------------------------------------

# A program is linked from the objects before it.
COMPILE = @mkdir -p $(@D) && echo "  CC  $@" && $(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
LINK    = @mkdir -p $(@D) && echo "  LD  $@" && $(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LDLIBS)

$(OUT)/%.o: server/%.c Makefile
	$(COMPILE)
$(OUT)/gen/%.o: $(BUILD)/gen/%.c Makefile
	$(COMPILE)
$(OUT)/tools/%.o: tools/%.c Makefile
	$(COMPILE)
$(OUT)/%.o: tests/%.c Makefile
	$(COMPILE) -Itests/unit

$(OUT)/beffroi: $(OBJECTS)
	$(LINK)

# By .incbin, of which -MMD knows nothing.
$(OUT)/main/demo_text.o: server/main/demo.txt

# The folder is named as well, so that a migration renamed or removed is noticed.
$(BUILD)/gen/migrations.c: tools/list-migrations $(MIGRATIONS) schema Makefile
	@mkdir -p $(@D)
	@tools/list-migrations $(MIGRATIONS) > $@.new && mv $@.new $@

# What npm brings, as the lock file says; this file is npm's own note of what is installed.
node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

$(BUILD)/gen/departements.inc: tools/gen-departements.mjs node_modules/.package-lock.json
	@mkdir -p $(@D)
	node $< > $@.new && mv $@.new $@
$(OUT)/club/seed.o: $(BUILD)/gen/departements.inc

# The web client, and its files as constants of the binary.
web/dist/index.html: $(WEB_SOURCES) node_modules/.package-lock.json
	@node web/build.mjs
$(BUILD)/gen/assets.c: tools/list-assets web/dist/index.html
	@mkdir -p $(@D)
	@tools/list-assets web/dist > $@.new && mv $@.new $@

# --- programs of the tests --------------------------------------------------------------------------

$(OUT)/tools/schema_dump $(OUT)/faults/schema_at $(OUT)/crash/crash_writer $(OUT)/crash/crash_files \
$(OUT)/calendar/calendar_make $(OUT)/confine/shut_in $(OUT)/bench/search_fill \
$(OUT)/bench/deep_fill: %: %.o $(LIBRARY)
	$(LINK)

# One program that knows by its name which test it is: it is linked once, and has a link for each. Alone
# stay one that has a call of the C library of its own, and one that looks at every statement there is.
ALONE    := $(if $(filter tsan,$(MODE)),$(UNITS),$(addprefix $(OUT)/unit/test_,blob sql))
TOGETHER := $(filter-out $(ALONE),$(UNITS))
$(ALONE) $(OUT)/bench/pages: %: %.o $(FIXTURES) $(LIBRARY)
	$(LINK)

$(TOGETHER:=.part.o): %.part.o: %.o
	@objcopy --redefine-sym main=$(*F)_main $< $@
$(OUT)/unit/units.inc: tests/unit Makefile
	@mkdir -p $(@D)
	@printf 'UNIT(%s)\n' $(notdir $(TOGETHER)) > $@
$(OUT)/unit/all.o: CFLAGS += -I$(OUT)/unit
$(OUT)/unit/all.o: $(OUT)/unit/units.inc
$(OUT)/unit/all: $(OUT)/unit/all.o $(TOGETHER:=.part.o) $(FIXTURES) $(LIBRARY)
	$(LINK)
$(TOGETHER): $(OUT)/unit/all
	@ln -sf all $@

# The hot paths, as callgrind counts them.
$(OUT)/bench/paths: $(OUT)/bench/perf/paths.o $(LIBRARY)
	$(LINK)

$(OUT)/hostile/hostile: $(HOSTILE) $(FIXTURES) $(LIBRARY)
	$(LINK)

# One program that knows by its name which fuzzer it is: it is linked once, and has a link for each.
$(OUT)/fuzz/fuzz: $(FUZZING) $(FIXTURES) $(LIBRARY)
	$(LINK)
$(FUZZERS): $(OUT)/fuzz/fuzz
	@ln -sf fuzz $@

$(UNITS) $(addprefix $(OUT)/,unit/all bench/pages confine/shut_in hostile/hostile fuzz/fuzz): LDLIBS += -lcmocka

# It defines the calls that change a disk itself: those of the libraries are to come to it too.
$(OUT)/powercut/powercut: LDFLAGS += -rdynamic
$(OUT)/powercut/powercut: $(POWERCUT) $(LIBRARY)
	$(LINK)

# These stand for other people's programs, and know nothing of ours.
STRANGERS := $(addprefix $(OUT)/,calendar/ical_reader bench/floor bench/room slow/crowd slow/flood)
$(STRANGERS): %: %.o
	$(LINK)
$(OUT)/slow/crowd $(OUT)/slow/flood: $(OUT)/slow/peer.o
$(OUT)/slow/%: LDLIBS =
$(OUT)/bench/floor $(OUT)/bench/room: LDLIBS = -lsqlite3
$(OUT)/calendar/ical_reader: LDLIBS = -lical -ljansson
$(OUT)/bench/crowd: $(wildcard tests/bench/crowd/*.[ch]) Makefile
	@mkdir -p $(@D) && echo "  LD  $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) -lssl -lcrypto

# Preloaded: calls that fail, a clock that jumps. Without hardening, which would call other names of
# the C library.
$(OUT)/%.so: tests/%.c Makefile
	@mkdir -p $(@D) && echo "  LD  $@"
	@$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O1 -g -fPIC -shared -o $@ $< -ldl

# --- tests: each suite can be asked for alone -------------------------------------------------------

# Which build the tests look at; see tests/lib/built.mjs.
export BUILT = $(OUT)
protocol conform fuzz fuzz-short: export BUILT = $(BUILD)/asan

test: setup ## every test but the long ones, with the time of each suite
	@node tools/suites.mjs $(SUITES)

long: ## the tests that take long
	@tools/setup.sh long
	@LONG=1 node tools/suites.mjs $(LONG_SUITES)

# The programs of a suite, what takes longest first: else it is left running alone at the end.
LONGEST := $(patsubst %,tests/%.test.mjs,browser/pages browser/files protocol/socket protocol/upload \
           faults/failing attack/login slow/floods powercut/powercut)
programs = $(filter $(LONGEST),$(wildcard tests/$(1)/*.test.mjs)) \
           $(filter-out $(LONGEST),$(wildcard tests/$(1)/*.test.mjs))

unit: $(UNITS) ## unit tests
	@node tools/tap.mjs $(UNITS)

unit-asan: ## the same under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) MODE=asan unit

seams-tsan: ## what threads share, under ThreadSanitizer
	@$(MAKE) MODE=tsan seams
seams: $(SEAMS)
	@node tools/tap.mjs $(SEAMS)

protocol: ## the outside contract, through a server under the sanitizers
	@$(MAKE) MODE=asan server
	@node tools/tap.mjs $(call programs,protocol)
server: $(OUT)/beffroi $(OUT)/calendar/ical_reader

conform: ## HTTP and WebSocket as the RFCs say, row by row, through a server under the sanitizers
	@$(MAKE) MODE=asan server
	@node tools/tap.mjs tests/conform/*.test.mjs

attack: ## what somebody tries at the door: guesses, stolen or reused tokens, other sites, old TLS
calendar: $(OUT)/calendar/calendar_make $(OUT)/calendar/ical_reader ## every zone, as others tell its times
crash: $(OUT)/crash/crash_writer $(OUT)/crash/crash_files ## kill -9 under load: nothing acknowledged is lost
faults: $(OUT)/faults/shim.so $(OUT)/faults/schema_at ## kills, failing calls, a full disk, backups, upgrades
powercut: $(OUT)/powercut/powercut ## the power fails at every write: nothing acknowledged is lost
seats: ## a thousand people for fifty seats, with kills
fold: ## snapshot and facts make a snapshot
matrix: ## every command, every role
erasure: ## no trace of erased words
relevance: ## a hundred questions, and what should come first
slow: $(addprefix $(OUT)/slow/,crowd flood jump.so) ## slow and lost clients, floods, clocks that jump, a small WAL
operation: ## the operator's page, each command of it
attack calendar crash faults powercut seats fold matrix erasure relevance slow operation: all
	@node tools/tap.mjs $(filter $(OUT)/crash/%,$^) $(call programs,$@)

hostile: $(OUT)/hostile/hostile ## files made to harm, through the helper
	@node tools/tap.mjs $<

# And what needs the most of the kernel, since the protocol suite's build leaves its calls open.
SHUT_IN := $(patsubst %,tests/protocol/%.test.mjs,full helper mail stop tls upgrade)
confine: all $(OUT)/confine/shut_in ## what the process can still do, its unit, its sockets
	@node tools/tap.mjs $(OUT)/confine/shut_in tests/confine/*.test.mjs $(SHUT_IN)

web: ## unit tests of the web client
	@node tools/tap.mjs tests/web/*.test.mjs

browser: all ## two people in two browsers
	@node tools/tap.mjs --jobs 2 $(call programs,browser)

guides: all ## take the pictures of the guides anew, in a demonstration
	@node tools/guides.mjs

bench: setup ## measure beside a plain epoll floor; writes tests/bench/latest.json
	@$(MAKE) --no-print-directory -s all benches
	@node tests/bench/bench.mjs
benches: $(BENCHES)

growth: ## a full house at three sizes, plotted to docs/bench
	@$(MAKE) --no-print-directory -s all benches
	@node tests/bench/growth.mjs

bench-peers: ## Debian's ejabberd and prosody, installed and driven in the shape of our rooms
	@$(MAKE) --no-print-directory -s all benches
	@node tests/bench/peers.mjs

check-perf: $(OUT)/bench/paths ## instructions of the hot paths, by callgrind, beside the baseline
	@node --test tests/bench/perf/judge.test.mjs >/dev/null
	@node tests/bench/perf/check.mjs

SOCKETS = tests/fuzz/socket.test.mjs
FUZZED = $(FUZZERS:$(OUT)/%=$(BUILD)/fuzz/%)
fuzz: fuzz-build ## what reads untrusted bytes, MINUTES= each (1), from its corpus and what it learnt
	@node tools/fuzz.mjs --minutes $(MINUTES) $(SOCKETS) $(FUZZED)
fuzz-merge: fuzz-build ## the corpora anew, with what make fuzz learnt
	@node tools/fuzz.mjs --merge $(FUZZED)
fuzz-short: fuzz-build ## each corpus again, and two seconds more
	@node tools/fuzz.mjs --seconds 2 $(SOCKETS) $(FUZZED)
fuzz-build:
	@$(MAKE) --no-print-directory -s MODE=asan server
	@$(MAKE) --no-print-directory -s CC=clang-14 MODE=fuzz fuzzers
fuzzers: $(FUZZERS)

# Of the unit tests, the corpora, and the protocol suite, whose servers end by themselves (one that is
# killed leaves no counts). A program shut in writes none either: the corpora run its readers.
cover: ## what the tests run of parsers, rights and store, against the goals, and errors none produces
	@$(MAKE) --no-print-directory -s MODE=cover cover-run
	@node tools/cover.mjs $(BUILD)/cover
cover-run: export ERRORS_LOG = $(abspath $(OUT)/errors.log)
cover-run: server $(UNITS) $(FUZZERS)
	@find $(OUT) -name '*.gcda' -delete; rm -f $(ERRORS_LOG)
	@node tools/tap.mjs $(UNITS)
	@for one in $(FUZZERS); do $$one tests/fuzz/corpus/$$(basename $$one) || exit 1; done
	@node tools/tap.mjs tests/protocol/*.test.mjs

# --- checks -----------------------------------------------------------------------------------------

# A source that passed is not looked at again until it, or a header it includes, changes.
LINT_FLAGS := $(filter-out -fcf-protection=full -fstack-clash-protection,$(CFLAGS))
# Where clang's analyzer stops in a function. Over a third of the files its own 225,000 cost 74 s of
# processor, this 20, and one function more was left with a block unseen. make scan keeps the 225,000.
LINT_FLAGS += -Xclang -analyzer-config -Xclang max-nodes=40000
$(BUILD)/lint/%.ok: server/%.c $(OUT)/%.o .clang-tidy
	@mkdir -p $(@D)
	@echo "  LINT $<"
	@clang-tidy-14 --quiet $< -- $(LINT_FLAGS) 2>/dev/null
	@gcc $(CFLAGS) -fanalyzer -S -o /dev/null $<
	@touch $@
lint: $(SOURCES:server/%.c=$(BUILD)/lint/%.ok)

cppcheck: ## what cppcheck finds; what it finds wrongly is in tools/cppcheck.txt, with reasons
	@mkdir -p $(BUILD)/cppcheck
	@cppcheck -j2 -q --std=c11 --enable=warning,portability,performance --library=posix,gnu \
	    --suppressions-list=tools/cppcheck.txt --suppress=missingIncludeSystem --template=gcc \
	    --cppcheck-build-dir=$(BUILD)/cppcheck --error-exitcode=1 -Iserver -I$(BUILD)/gen server

scan: ## clang's analyzer over the whole server, as scan-build drives it
	@scan-build-14 --status-bugs -o $(BUILD)/scan-report \
	    $(MAKE) --no-print-directory -s MODE=scan $(BUILD)/scan/beffroi

# What shuts itself in, or starts what does, cannot be run inside another program; nor does the valgrind of
# Debian 12 know pidfd_open, which whoever starts a process calls.
UNWATCHED := confine drawing helper helper_office helper_process
WATCHED   := $(filter-out $(UNWATCHED:%=$(OUT)/unit/test_%),$(UNITS))
valgrind: $(WATCHED) ## the unit tests under memcheck: no error, no leak
	@node tools/tap.mjs --under "valgrind -q --leak-check=full --error-exitcode=9" $^

check: check-fast generated lint cppcheck ## format, house rules, generated files, analysers, TypeScript

check-fast:
	@clang-format-14 --dry-run -Werror $(C_FILES)
	@node tools/house.mjs
	@node_modules/.bin/tsc -p web/tsconfig.json --noEmit
	@node_modules/.bin/biome check --diagnostic-level=warn

format: ## format everything as the checks want it
	@clang-format-14 -i $(C_FILES)
	@node_modules/.bin/biome check --write

generated: $(OUT)/beffroi $(OUT)/tools/schema_dump
	@tools/generated.sh check $^

generate: $(OUT)/beffroi $(OUT)/tools/schema_dump ## write the files that the program says of itself
	@tools/generated.sh write $^

.SECONDARY: # objects stay

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

-include $(wildcard $(OUT)/*/*.d $(OUT)/*/*/*.d)
