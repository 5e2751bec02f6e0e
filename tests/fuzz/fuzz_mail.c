/* libFuzzer: words and addresses on their way into mail. Nobody's word makes a header, a recipient
 * or a part of its own, no line is too long for SMTP, and the texts come out as they went in. */
#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "fuzz.h"
#include "live/mail_message.h"

enum { TEXTS = 5, LINE_BYTES = 998 }; /* RFC 5322 2.1.1 */

static const char *const names[] = {
    "Date: ",           "From: ",         "To: ",           "Subject: ", "Message-ID: ",
    "Auto-Submitted: ", "MIME-Version: ", "Content-Type: ", NULL};

static int value_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Appends what `text` means up to its end or `stop`. */
static void decode(struct buf *out, const char *text, const char *stop)
{
    uint32_t bits = 0;
    int held = 0;
    for (; text < stop; text++) {
        int value = value_of(*text);
        if (value >= 0) {
            bits = bits << 6 | (uint32_t)value;
            held += 6;
        }
        if (held >= 8) {
            held -= 8;
            buf_add(out, &(char){(char)(bits >> held & 0xFF)}, 1);
        }
    }
}

static void check_lines(const char *text)
{
    while (*text) {
        const char *end = strstr(text, "\r\n");
        check(end && end - text <= LINE_BYTES);
        for (; text < end; text++) {
            check((unsigned char)*text >= ' ' && *text != 0x7F);
        }
        text = end + 2;
    }
}

/* The headers, each once and in order, and their end. */
static const char *check_headers(const char *text)
{
    for (int i = 0; names[i]; i++) {
        check(str_starts(text, names[i]));
        do {
            text = strstr(text, "\r\n") + 2;
        } while (*text == ' ');
    }
    check(str_starts(text, "\r\n"));
    return text + 2;
}

static void check_subject(const char *text, const char *subject)
{
    struct buf read;
    buf_init(&read);
    const char *at = strstr(text, "\r\nSubject: ") + strlen("\r\nSubject: ");
    const char *end = strstr(at, "\r\nMessage-ID");
    while (at < end && (at = strstr(at, "=?UTF-8?B?")) && at < end) {
        const char *stop = strstr(at + 10, "?=");
        decode(&read, at + 10, stop);
        at = stop + 2;
    }
    check(read.len == strlen(subject) && (!read.len || memcmp(read.data, subject, read.len) == 0));
    buf_finish(&read);
}

static const char *check_part(const char *text, const char *type, const char *words)
{
    struct buf read;
    buf_init(&read);
    check(str_starts(text, "--beffroi-7\r\nContent-Type: ") && strstr(text, type));
    const char *body = strstr(text, "\r\n\r\n") + 4;
    const char *end = strstr(body, "--beffroi-7");
    check(end != NULL);
    decode(&read, body, end);
    check(read.len == strlen(words) && (!read.len || memcmp(read.data, words, read.len) == 0));
    buf_finish(&read);
    return end;
}

int fuzz_mail(const uint8_t *data, size_t bytes)
{
    const char *texts[TEXTS];
    if (!utf8_valid((const char *)data, bytes) || memchr(data, 0, bytes) || bytes > 8192) {
        return 0;
    }
    struct arena arena;
    arena_init(&arena);
    const char *at = arena_memdup(&arena, data, bytes);
    for (int i = 0; i < TEXTS; i++) {
        size_t taken = utf8_cut(at, i < 2 ? LIMIT_EMAIL_CHARS : strlen(at) / 3 + 4);
        texts[i] = arena_memdup(&arena, at, taken);
        at += taken;
    }
    const struct mail mail = {.id = 7,
                              .recipient = texts[0],
                              .subject = texts[2],
                              .plain = texts[3],
                              .html = texts[4],
                              .method = "REQUEST",
                              .calendar = bytes % 2 ? texts[4] : "",
                              .created_at = INT64_C(1790000000000)};
    struct buf out;
    char address[512];
    buf_init(&out);
    mail_compose(&out, texts[1], &mail);
    buf_add(&out, "", 1);
    mail_address(texts[1], address, sizeof address);
    check_lines(out.data);
    const char *part = check_headers(out.data);
    check_subject(out.data, mail.subject);
    part = check_part(part, "text/plain; charset=utf-8", mail.plain);
    part = check_part(part, "text/html; charset=utf-8", mail.html);
    part = *mail.calendar ? check_part(part, "text/calendar", mail.calendar) : part;
    check(strcmp(part, "--beffroi-7--\r\n") == 0);
    buf_finish(&out);
    arena_finish(&arena);
    return 0;
}
