# Beffroi. `make help` lists what there is to ask for.

CC       ?= gcc
BUILD    ?= build
PORT     ?= 8080
MODE     ?= debug
MINUTES  ?= 1

PACKAGES  = libwebsockets libuv sqlite3 libssl libcrypto jansson libcmark libargon2 libcurl libutf8proc \
            libarchive expat libseccomp libturbojpeg libpng libwebp
WARNINGS  = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
            -Wvla -Wnull-dereference -Werror
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
CFLAGS_valgrind = -O1 -g -DCONFINE=1
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
FIXTURES := $(patsubst tests/unit/%.c,$(OUT)/unit/%.o,$(wildcard tests/unit/*_fixture.c))
UNITS    := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(wildcard tests/unit/test_*.c))
POWERCUT := $(patsubst tests/powercut/%.c,$(OUT)/powercut/%.o,$(wildcard tests/powercut/*.c))
HOSTILE  := $(patsubst tests/hostile/%.c,$(OUT)/hostile/%.o,$(wildcard tests/hostile/*.c))
FUZZING  := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%.o,$(filter-out $(if $(filter fuzz,$(MODE)), \
            tests/fuzz/replay.c),$(wildcard tests/fuzz/*.c)))
FUZZERS  := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES  := $(patsubst tests/bench/%.c,$(OUT)/bench/%,$(wildcard tests/bench/*.c)) \
            $(OUT)/bench/paths $(OUT)/bench/crowd
# Where two threads meet: these run under ThreadSanitizer as well.
SEAMS    := $(filter $(addprefix $(OUT)/unit/test_,pool writer writer_idle gate live live_batch resume tail),$(UNITS))
C_FILES  := $(SOURCES) $(wildcard server/*/*.h tests/*/*.[ch] tests/bench/crowd/*.[ch] tools/*.c)
SUITES   := check unit unit-asan seams-tsan protocol conform attack calendar crash faults \
            powercut seats fold matrix erasure hostile relevance confine operation slow fuzz-short web \
            browser

.PHONY: all run setup test long bench check check-fast format lint generate generated fuzz fuzzers \
        fuzz-merge fuzz-build cover guides help clean benches check-perf growth bench-peers \
        cppcheck scan valgrind $(SUITES)

all: $(OUT)/beffroi ## build the server: build/beffroi
	@ln -sf $(MODE)/beffroi $(BUILD)/beffroi

run: ## set up, build and serve a demonstration at http://127.0.0.1:8080 (PORT=)
	@tools/setup.sh run
	@$(MAKE) --no-print-directory all
	@tools/run.sh $(PORT)

setup: ## install what is missing (apt-get, npm ci)
	@tools/setup.sh

# --- building ---------------------------------------------------------------------------------------

$(OUT)/beffroi: $(OBJECTS)
	@echo "  LD  $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(OUT)/%.o: server/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

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

$(OUT)/gen/%.o: $(BUILD)/gen/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/tools/%: tools/%.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

$(OUT)/cover/%.o: tests/cover/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/unit/%.o: tests/unit/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS) -Itests/unit -MMD -MP -c -o $@ $<

$(OUT)/unit/%: tests/unit/%.c $(FIXTURES) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -Itests/unit -MMD -MP $(LDFLAGS) -o $@ $< $(FIXTURES) $(LIBRARY) $(LDLIBS) -lcmocka

# One program that knows by its name which fuzzer it is: it is linked once, and has a link for each.
$(OUT)/fuzz/%.o: tests/fuzz/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS) -Itests/unit -MMD -MP -c -o $@ $<

$(OUT)/fuzz/fuzz: $(FUZZING) $(FIXTURES) $(LIBRARY)
	@echo "  LD  $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(FUZZERS): $(OUT)/fuzz/fuzz
	@ln -sf fuzz $@

# Preloaded before the server: no hardening of ours, which would call other names of the C library.
$(OUT)/faults/shim.so: tests/faults/shim.c Makefile
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) -O1 -g -fPIC -shared -o $@ $< -ldl

$(OUT)/faults/%: tests/faults/%.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

$(OUT)/crash/%: tests/crash/%.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

# Ours that writes calendars; the other knows libical alone.
$(OUT)/calendar/calendar_make: tests/calendar/calendar_make.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

$(OUT)/hostile/%.o: tests/hostile/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS) -Itests/unit -MMD -MP -c -o $@ $<

$(OUT)/hostile/hostile: $(HOSTILE) $(FIXTURES) $(LIBRARY)
	@echo "  LD  $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(OUT)/powercut/%.o: tests/powercut/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC  $@"
	@$(CC) $(CFLAGS) -Itests/powercut -MMD -MP -c -o $@ $<

# It defines the calls that change a disk itself: those of the libraries are to come to it too.
$(OUT)/powercut/powercut: $(POWERCUT) $(LIBRARY)
	@echo "  LD  $@"
	@$(CC) $(LDFLAGS) -rdynamic -o $@ $^ $(LDLIBS)

# The helper alone, on documents that the unit tests make.
$(OUT)/bench/pages: tests/bench/pages.c $(FIXTURES) $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -Itests/unit -MMD -MP $(LDFLAGS) -o $@ $< $(FIXTURES) $(LIBRARY) $(LDLIBS) -lcmocka

# Fill a database as the server would have: its words go through our tokenizer.
$(OUT)/bench/search_fill $(OUT)/bench/deep_fill: $(OUT)/bench/%: tests/bench/%.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

# The hot paths, as callgrind counts them.
$(OUT)/bench/paths: tests/bench/perf/paths.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

# Links OpenSSL alone of ours: it stands for other people's clients.
$(OUT)/bench/crowd: $(wildcard tests/bench/crowd/*.[ch])
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) -lssl -lcrypto

$(OUT)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< -lsqlite3

$(OUT)/confine/shut_in: tests/confine/shut_in.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -Itests/unit -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS) -lcmocka

# Clients that are slow, gone or hostile; and a clock that jumps.
$(OUT)/slow/peer.o: tests/slow/peer.c tests/slow/peer.h Makefile
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -c -o $@ $<
$(OUT)/slow/%: tests/slow/%.c $(OUT)/slow/peer.o
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(OUT)/slow/peer.o

$(OUT)/slow/jump.so: tests/slow/jump.c Makefile
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(filter-out -fPIE,$(CFLAGS)) -fPIC -shared -o $@ $<

$(OUT)/calendar/%: tests/calendar/%.c
	@mkdir -p $(@D)
	@echo "  LD  $@"
	@$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< -lical -ljansson

# --- tests: each suite can be asked for alone -------------------------------------------------------

test: setup ## every test but the long ones, with the time of each suite
	@node tools/suites.mjs $(SUITES)

long: setup ## the tests that take long
	@LONG=1 node tools/suites.mjs crash faults seats fold hostile powercut slow conform attack scan valgrind

unit: $(UNITS) ## unit tests
	@node tools/tap.mjs $(UNITS)

unit-asan: ## the same under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) MODE=asan unit

seams-tsan: ## what threads share, under ThreadSanitizer
	@$(MAKE) MODE=tsan seams
.PHONY: seams
seams: $(SEAMS)
	@node tools/tap.mjs $(SEAMS)

protocol: $(OUT)/calendar/ical_reader ## the outside contract, through a server under the sanitizers
	@$(MAKE) MODE=asan server
	@BEFFROI=$(BUILD)/asan/beffroi ICAL_READER=$< node tools/tap.mjs tests/protocol/*.test.mjs
.PHONY: server
server: $(OUT)/beffroi

conform: ## HTTP and WebSocket as the RFCs say, row by row, through a server under the sanitizers
	@$(MAKE) MODE=asan server
	@BEFFROI=$(BUILD)/asan/beffroi node tools/tap.mjs tests/conform/*.test.mjs

attack: all ## what somebody tries at the door: guesses, stolen or reused tokens, other sites, old TLS
	@BEFFROI=$(OUT)/beffroi node tools/tap.mjs tests/attack/*.test.mjs

calendar: all $(OUT)/calendar/calendar_make $(OUT)/calendar/ical_reader ## every zone, as others tell its times
	@BEFFROI=$(OUT)/beffroi ICAL_READER=$(OUT)/calendar/ical_reader \
	    CALENDAR_MAKE=$(OUT)/calendar/calendar_make node tools/tap.mjs tests/calendar/*.test.mjs

crash: $(OUT)/crash/crash_writer $(OUT)/crash/crash_files ## kill -9 under load: nothing acknowledged is lost
faults: $(OUT)/faults/shim.so $(OUT)/faults/schema_at ## kills, failing calls, a full disk, backups, upgrades
powercut: $(OUT)/powercut/powercut ## the power fails at every write: nothing acknowledged is lost
seats: ## a thousand people for fifty seats, with kills
fold: ## snapshot and facts make a snapshot
matrix: ## every command, every role
erasure: ## no trace of erased words
relevance: ## a hundred questions, and what should come first
crash faults seats fold matrix erasure relevance powercut: all
	@BEFFROI=$(OUT)/beffroi FAULT_TOOLS=$(OUT)/faults OUT=$(OUT) \
	    node tools/tap.mjs $(filter $(OUT)/crash/%,$^) tests/$@/*.test.mjs

operation: all ## the operator's page, each command of it
	@BEFFROI=$(OUT)/beffroi node tools/tap.mjs tests/operation/*.test.mjs

SLOW := $(addprefix $(OUT)/slow/,crowd flood jump.so)
slow: all $(SLOW) ## slow and lost clients, floods, clocks that jump, a WAL that stays small
	@BEFFROI=$(OUT)/beffroi node tools/tap.mjs tests/slow/*.test.mjs

hostile: $(OUT)/hostile/hostile ## files made to harm, through the helper
	@node tools/tap.mjs $<

confine: all $(OUT)/confine/shut_in ## what the process can still do, its unit, its sockets
	@BEFFROI=$(OUT)/beffroi node tools/tap.mjs $(OUT)/confine/shut_in tests/confine/*.test.mjs

web: ## unit tests of the web client
	@node tools/tap.mjs tests/web/*.test.mjs

browser: all ## two people in two browsers
	@BEFFROI=$(OUT)/beffroi node tools/tap.mjs --jobs 1 tests/browser/*.test.mjs

guides: all ## take the pictures of the guides anew, in a demonstration
	@BEFFROI=$(OUT)/beffroi node tools/guides.mjs

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
	@PATHS=$< node tests/bench/perf/check.mjs

SOCKETS = tests/fuzz/socket.test.mjs
FUZZED = $(FUZZERS:$(OUT)/%=$(BUILD)/fuzz/%)
fuzz: fuzz-build ## what reads untrusted bytes, MINUTES= each (1), from its corpus and what it learnt
	@BEFFROI=$(BUILD)/asan/beffroi node tools/fuzz.mjs --minutes $(MINUTES) $(SOCKETS) $(FUZZED)
fuzz-merge: fuzz-build ## the corpora anew, with what make fuzz learnt
	@node tools/fuzz.mjs --merge $(FUZZED)
fuzz-short: fuzz-build ## each corpus again, and two seconds more
	@BEFFROI=$(BUILD)/asan/beffroi node tools/fuzz.mjs --seconds 2 $(SOCKETS) $(FUZZED)
fuzz-build:
	@$(MAKE) --no-print-directory -s MODE=asan server
	@$(MAKE) --no-print-directory -s CC=clang-14 MODE=fuzz fuzzers
fuzzers: $(FUZZERS)

# Of the unit tests, the corpora, and the protocol suite, whose servers end by themselves (one that is
# killed leaves no counts). A program shut in writes none either: the corpora run its readers.
cover: ## what the tests run of parsers, rights and store, against the goals, and errors none produces
	@$(MAKE) --no-print-directory -s MODE=cover cover-run
	@node tools/cover.mjs $(BUILD)/cover
.PHONY: cover-run
cover-run: export ERRORS_LOG = $(abspath $(OUT)/errors.log)
cover-run: export BEFFROI = $(abspath $(OUT)/beffroi)
cover-run: $(OUT)/beffroi $(UNITS) $(FUZZERS) $(OUT)/calendar/ical_reader
	@find $(OUT) -name '*.gcda' -delete; rm -f $(ERRORS_LOG)
	@node tools/tap.mjs $(UNITS)
	@for one in $(FUZZERS); do $$one tests/fuzz/corpus/$$(basename $$one) || exit 1; done
	@ICAL_READER=$(OUT)/calendar/ical_reader node tools/tap.mjs tests/protocol/*.test.mjs

# --- checks -----------------------------------------------------------------------------------------

# A source that passed is not looked at again until it, or a header it includes, changes.
LINT_FLAGS := $(filter-out -fcf-protection=full -fstack-clash-protection,$(CFLAGS))
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

# What shuts itself in, or starts what does, cannot be run inside another program.
UNWATCHED := confine helper helper_office helper_process
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

.SECONDARY: $(FIXTURES)

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

-include $(wildcard $(OUT)/*/*.d)
