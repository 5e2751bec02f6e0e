#include "base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

enum { LINE_BYTES = 512 };

static const struct {
    const char *name, *level, *doc;
} events[LOG_EVENT_COUNT] = {
#define LOG(name, level, doc) {#name, level, doc},
#include "base/log.def"
#undef LOG
};

/* Adds what fits; a line is cut rather than split in two writes. */
static int add_field(char *line, int len, const struct log_field *field)
{
    size_t room = (size_t)(LINE_BYTES - len);
    int wrote = field->word ? snprintf(line + len, room, " %s=%s", field->key, field->word)
                            : snprintf(line + len, room, " %s=%" PRId64, field->key, field->value);
    return wrote < LINE_BYTES - len ? len + wrote : LINE_BYTES - 1;
}

void log_event_fields(enum log_event event, const struct log_field *fields, int count)
{
    char line[LINE_BYTES + 1];
    char day[32];
    int64_t now_ms = clock_wall_ms();
    time_t now_s = (time_t)(now_ms / 1000);
    struct tm utc;
    gmtime_r(&now_s, &utc);
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &utc);
    int len =
        snprintf(line, LINE_BYTES, "ts=%s.%03dZ level=%s event=%s msg=\"%s\"", day,
                 (int)(now_ms % 1000), events[event].level, events[event].name, events[event].doc);
    for (int i = 0; i < count; i++) {
        len = add_field(line, len, &fields[i]);
    }
    line[len++] = '\n';
    if (write(STDERR_FILENO, line, (size_t)len) < 0) {
        return; /* nowhere left to say so */
    }
}
