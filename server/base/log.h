/* Structured log in logfmt on standard error: one line per event of a declared table (log.def),
 * whose fields are numbers and fixed words, so that no line can carry a text, a name, an address or
 * a token.
 *
 * Threads: any; a line is one write(2). */
#ifndef BEFFROI_BASE_LOG_H
#define BEFFROI_BASE_LOG_H

#include <stdint.h>

enum log_event {
#define LOG(name, level, doc) LOG_##name,
#include "base/log.def"
#undef LOG
    LOG_EVENT_COUNT
};

/* Up to four fields: `key` is a literal; a value is a number, or a literal word when `word` is set.
 */
struct log_field {
    const char *key;
    int64_t value;
    const char *word; /* literal of the program, never data */
};
#define LOG_N(key, value) ((struct log_field){(key), (int64_t)(value), 0})
#define LOG_W(key, word)  ((struct log_field){(key), 0, (word)})

void log_event_fields(enum log_event event, const struct log_field *fields, int count);
#define log_event(event, ...)                                                                      \
    log_event_fields((event), (const struct log_field[]){{0, 0, 0}, ##__VA_ARGS__} + 1,            \
                     (int)(sizeof((const struct log_field[]){{0, 0, 0}, ##__VA_ARGS__}) /          \
                           sizeof(struct log_field)) -                                             \
                         1)

#endif
