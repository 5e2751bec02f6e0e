# Beffroi. `make help` lists what there is to ask for.

CC       ?= gcc
BUILD    ?= build
PORT     ?= 8080
MODE     ?= debug

PACKAGES  = libwebsockets libuv sqlite3 libssl libcrypto jansson libcmark libargon2 libcurl libutf8proc
WARNINGS  = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
            -Wvla -Wnull-dereference -Werror
HARDENING = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE \
            $(if $(filter x86_64,$(shell uname -m)),-fcf-protection=full)
CFLAGS_debug = -O2 -g $(HARDENING)
CFLAGS_asan  = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS_tsan  = -O1 -g -fsanitize=thread
LDFLAGS_debug = -pie -Wl,-z,relro,-z,now,-z,noexecstack
LDFLAGS_asan  = -fsanitize=address,undefined
LDFLAGS_tsan  = -fsanitize=thread

# A build of another kind lives in a folder of its own: make MODE=asan.
OUT      := $(BUILD)/$(MODE)
CFLAGS   += -std=c17 -D_GNU_SOURCE $(WARNINGS) $(CFLAGS_$(MODE)) -pthread -Iserver -I$(BUILD)/gen \
            -isystem /usr/include $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LDFLAGS  += $(LDFLAGS_$(MODE)) -pthread
LDLIBS   += $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lstemmer

SOURCES  := $(wildcard server/*/*.c)
OBJECTS  := $(SOURCES:server/%.c=$(OUT)/%.o) $(OUT)/gen/migrations.o $(OUT)/gen/assets.o
LIBRARY  := $(filter-out $(OUT)/main/main.o,$(OBJECTS))
WEB_FILES := $(wildcard web/dist web/dist/* web/dist/*/*)
MIGRATIONS := $(sort $(wildcard schema/[0-9]*.sql))
UNITS    := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(wildcard tests/unit/test_*.c))

.PHONY: all unit schema-dump clean help
all: $(OUT)/beffroi ## build the server
	@ln -sf $(MODE)/beffroi $(BUILD)/beffroi

$(OUT)/beffroi: $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(OUT)/%.o: server/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# The folder is named as well, so that a migration renamed or removed is noticed.
$(BUILD)/gen/migrations.c: tools/list-migrations $(MIGRATIONS) schema Makefile
	@mkdir -p $(@D)
	tools/list-migrations $(MIGRATIONS) > $@.new && mv $@.new $@

DECOUPAGE := node_modules/@etalab/decoupage-administratif
$(BUILD)/gen/departements.inc: tools/gen-departements.mjs $(wildcard $(DECOUPAGE)/package.json)
	@mkdir -p $(@D)
	node $< > $@.new && mv $@.new $@
$(OUT)/club/seed.o: $(BUILD)/gen/departements.inc

# The web client's files, if it has been built.
$(BUILD)/gen/assets.c: tools/list-assets $(WEB_FILES) Makefile
	@mkdir -p $(@D)
	tools/list-assets web/dist > $@.new && mv $@.new $@

$(OUT)/gen/%.o: $(BUILD)/gen/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/tools/%: tools/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS)

$(OUT)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -Itests/unit -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) $(LDLIBS) -lcmocka

unit: $(UNITS) ## unit tests
	@for test in $(UNITS); do $$test || exit 1; done

schema-dump: $(OUT)/tools/schema_dump ## write schema/current.sql from the migrations
	$< > $(BUILD)/gen/current.sql && cp $(BUILD)/gen/current.sql schema/current.sql

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

-include $(OBJECTS:.o=.d) $(UNITS:=.d)
