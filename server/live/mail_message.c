#include "live/mail_message.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/str.h"

#define BASE64_LINE 57 /* bytes that make 76 characters (RFC 2045 6.8) */
#define WORD_BYTES  39 /* of one encoded word */

static void base64(struct buf *out, const unsigned char *data, size_t bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes; i += 3) {
        uint32_t group = (uint32_t)data[i] << 16;
        group |= i + 1 < bytes ? (uint32_t)data[i + 1] << 8 : 0;
        group |= i + 2 < bytes ? (uint32_t)data[i + 2] : 0;
        char four[4] = {digits[group >> 18], digits[group >> 12 & 63],
                        i + 1 < bytes ? digits[group >> 6 & 63] : '=',
                        i + 2 < bytes ? digits[group & 63] : '='};
        buf_add(out, four, 4);
    }
}

static void base64_lines(struct buf *out, const char *text)
{
    size_t left = strlen(text);
    while (left) {
        size_t line = left < BASE64_LINE ? left : BASE64_LINE;
        base64(out, (const unsigned char *)text, line);
        buf_text(out, "\r\n");
        text += line;
        left -= line;
    }
}

/* RFC 2047 2: lines of at most 76 characters, so words of 39 bytes beside a header's name; cut
 * between characters, folded. What is encoded cannot bring a header of its own. */
static void encoded_words(struct buf *out, const char *text)
{
    for (size_t bytes; (bytes = utf8_cut(text, WORD_BYTES)); text += bytes) {
        buf_text(out, "=?UTF-8?B?");
        base64(out, (const unsigned char *)text, bytes);
        buf_text(out, text[bytes] ? "?=\r\n " : "?=");
    }
}

/* An address as it is, but for what could begin another header. */
static void bare(struct buf *out, const char *address)
{
    for (; *address; address++) {
        if ((unsigned char)*address > ' ' && *address != 0x7f) {
            buf_add(out, address, 1);
        }
    }
}

static void date(struct buf *out, int64_t at_ms)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    buf_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday], tm.tm_mday,
               months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* "Name <address>": the name and the address apart; false for a bare address. */
static bool split(const char *from, const char **name_end, const char **open, const char **close)
{
    *open = strchr(from, '<');
    *close = *open ? strchr(*open, '>') : NULL;
    if (!*close) {
        return false;
    }
    *name_end = *open;
    while (*name_end > from && (*name_end)[-1] == ' ') {
        (*name_end)--;
    }
    return true;
}

void mail_address(const char *from, char *out, size_t bytes)
{
    const char *name_end, *open, *close;
    if (split(from, &name_end, &open, &close)) {
        snprintf(out, bytes, "%.*s", (int)(close - open - 1), open + 1);
    } else {
        snprintf(out, bytes, "%s", from);
    }
}

/* The name is always encoded, for it may hold accents, commas or points. */
static void sender(struct buf *out, const char *from, const char *address)
{
    const char *name_end, *open, *close;
    buf_text(out, "From: ");
    if (split(from, &name_end, &open, &close) && name_end > from) {
        char name[256];
        snprintf(name, sizeof name, "%.*s", (int)(name_end - from), from);
        encoded_words(out, name);
        buf_text(out, "\r\n <");
        bare(out, address);
        buf_text(out, ">\r\n");
    } else {
        bare(out, address);
        buf_text(out, "\r\n");
    }
}

static void part(struct buf *out, const struct mail *mail, const char *type, const char *text)
{
    buf_printf(out,
               "--beffroi-%lld\r\nContent-Type: %s; charset=utf-8\r\n"
               "Content-Transfer-Encoding: base64\r\n\r\n",
               (long long)mail->id, type);
    base64_lines(out, text);
}

static void headers(struct buf *out, const char *from, const struct mail *mail)
{
    char address[512];
    mail_address(from, address, sizeof address);
    const char *at = strchr(address, '@');
    date(out, mail->created_at);
    sender(out, from, address);
    buf_text(out, "To: ");
    bare(out, mail->recipient);
    buf_text(out, "\r\nSubject: ");
    encoded_words(out, mail->subject);
    buf_printf(out, "\r\nMessage-ID: <mail-%lld.%lld", (long long)mail->id,
               (long long)mail->created_at);
    bare(out, at ? at : "@localhost");
    buf_text(out, ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
    buf_printf(out, "Content-Type: multipart/alternative; boundary=\"beffroi-%lld\"\r\n\r\n",
               (long long)mail->id);
}

/* Base64 lines have no "--", so the boundary cannot occur in a part. */
void mail_compose(struct buf *out, const char *from, const struct mail *mail)
{
    headers(out, from, mail);
    part(out, mail, "text/plain", mail->plain);
    part(out, mail, "text/html", mail->html);
    if (mail->calendar && *mail->calendar) {
        char type[64];
        snprintf(type, sizeof type, "text/calendar; method=%s; component=VEVENT", mail->method);
        part(out, mail, type, mail->calendar);
    }
    buf_printf(out, "--beffroi-%lld--\r\n", (long long)mail->id);
}
