#include "base/error.h"

#include <string.h>

#include "base/str.h"

static const struct entry {
    enum err err;
    int status;
    const char *name;
    const char *texts[2]; /* by enum lang */
} entries[] = {
#define ERR(name, code, status, french, english) {ERR_##name, status, #name, {french, english}},
#include "base/error.def"
#undef ERR
};

enum { ENTRY_COUNT = sizeof entries / sizeof *entries };

static const struct entry *entry_of(enum err err)
{
    const struct entry *internal = entries;
    for (const struct entry *entry = entries; entry < entries + ENTRY_COUNT; entry++) {
        if (entry->err == err) {
            return entry;
        }
        if (entry->err == ERR_INTERNAL) {
            internal = entry;
        }
    }
    return internal;
}

enum err err_at(size_t index)
{
    return index < ENTRY_COUNT ? entries[index].err : ERR_NONE;
}

enum err problem_set(struct problem *problem, enum err err, const char *field, const char *arg)
{
    *problem = (struct problem){.err = err, .field = field, .arg = arg};
    return err;
}

int err_status(enum err err)
{
    return err == ERR_NONE ? 200 : entry_of(err)->status;
}

const char *err_name(enum err err)
{
    return entry_of(err)->name;
}

/* A growing text in a fixed place: what does not fit is left out. */
struct sink {
    char *out;
    size_t len, capacity;
};

static void sink_add(struct sink *sink, const char *text, size_t bytes)
{
    size_t room = sink->capacity - sink->len;
    size_t taken = bytes <= room ? bytes : utf8_cut(text, room);
    memcpy(sink->out + sink->len, text, taken);
    sink->len += taken;
    if (taken < bytes) {
        sink->capacity = sink->len; /* cut once, nothing after it */
    }
}

/* Adds the half of `phrase` that is in `lang`; a text without PHRASE's mark is neutral. */
static void sink_phrase(struct sink *sink, const char *phrase, enum lang lang)
{
    if (!phrase) {
        return;
    }
    const char *mark = strchr(phrase, PHRASE_MARK[0]);
    if (!mark) {
        sink_add(sink, phrase, strlen(phrase));
    } else if (lang == LANG_FR) {
        sink_add(sink, phrase, (size_t)(mark - phrase));
    } else {
        sink_add(sink, mark + 1, strlen(mark + 1));
    }
}

void problem_text(const struct problem *problem, enum lang lang, char *out, size_t out_bytes)
{
    if (out_bytes == 0) {
        return;
    }
    struct sink sink = {.out = out, .capacity = out_bytes - 1};
    const char *text = problem->err == ERR_NONE ? "" : entry_of(problem->err)->texts[lang];
    while (*text) {
        if (str_starts(text, "{field}")) {
            sink_add(&sink, problem->field ? problem->field : "",
                     problem->field ? strlen(problem->field) : 0);
            text += strlen("{field}");
        } else if (str_starts(text, "{arg}")) {
            sink_phrase(&sink, problem->arg, lang);
            text += strlen("{arg}");
        } else {
            size_t plain = 1 + strcspn(text + 1, "{");
            sink_add(&sink, text, plain);
            text += plain;
        }
    }
    out[sink.len] = '\0';
}
