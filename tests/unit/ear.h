/* A listener for tests of live/: it keeps what it hears as text, one frame a line, and can be full.
 */
#ifndef BEFFROI_TESTS_EAR_H
#define BEFFROI_TESTS_EAR_H

#include <string.h>

#include "base/buf.h"
#include "live/live.h"

struct ear {
    struct listener listener; /* first */
    struct buf heard;         /* with its NUL */
    int closed;               /* code it was closed with, 0: it was not */
    bool full;                /* takes nothing more */
    bool leaves;              /* goes away when it is closed, as a socket may */
    size_t heard_before_close;
};

static inline void ear_append(struct ear *ear, const char *text, size_t bytes)
{
    if (ear->heard.len) {
        ear->heard.len--; /* the NUL */
    }
    buf_add(&ear->heard, text, bytes);
    buf_add(&ear->heard, "\n", 2);
}

/* Takes the frames of a server apart (RFC 6455 5.2). */
static inline void ear_read(struct ear *ear, const struct shared_bytes *frames)
{
    const unsigned char *at = (const unsigned char *)frames->data;
    const unsigned char *end = at + frames->len;
    while (at < end) {
        assert_int_equal(at[0], 0x81);
        size_t bytes = at[1];
        size_t header = 2;
        if (bytes >= 126) {
            size_t extended = bytes == 126 ? 2 : 8;
            bytes = 0;
            for (size_t i = 0; i < extended; i++) {
                bytes = bytes << 8 | at[2 + i];
            }
            header += extended;
        }
        assert_true(header + bytes <= (size_t)(end - at));
        ear_append(ear, (const char *)at + header, bytes);
        at += header + bytes;
    }
}

static inline bool ear_queue(struct listener *listener, struct shared_bytes *bytes)
{
    struct ear *ear = (struct ear *)listener;
    if (!ear->full) {
        ear_read(ear, bytes);
    }
    return !ear->full;
}

static inline void ear_close(struct listener *listener, int code, const char *reason)
{
    struct ear *ear = (struct ear *)listener;
    assert_non_null(reason);
    assert_int_equal(ear->closed, 0);
    ear->closed = code;
    ear->heard_before_close = ear->heard.len;
    if (ear->leaves) {
        listener_leave(listener);
    }
}

static inline struct ear *ear_create(void)
{
    static const struct listener_ops ops = {ear_queue, ear_close};
    struct ear *ear = calloc(1, sizeof *ear);
    assert_non_null(ear);
    ear->listener.ops = &ops;
    return ear;
}

static inline void ear_destroy(struct ear *ear)
{
    buf_finish(&ear->heard);
    free(ear);
}

static inline const char *ear_text(const struct ear *ear)
{
    return ear->heard.len ? ear->heard.data : "";
}

/* What it heard since the last time. */
static inline void ear_forget(struct ear *ear)
{
    buf_clear(&ear->heard);
}

/* How often `text` was heard. */
static inline int ear_count(const struct ear *ear, const char *text)
{
    int count = 0;
    for (const char *at = ear_text(ear); (at = strstr(at, text)); at++) {
        count++;
    }
    return count;
}

#endif
