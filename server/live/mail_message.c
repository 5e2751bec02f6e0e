#include "live/mail_message.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/str.h"

#define BASE64_LINE 57 /* bytes that make 76 characters (RFC 2045 6.8) */

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

/* RFC 2047: words of at most 45 bytes, cut between characters, folded. Always encoded: a subject
 * then cannot bring a header of its own. */
static void encoded_words(struct buf *out, const char *text)
{
    while (*text) {
        size_t bytes = utf8_cut(text, 42);
        buf_text(out, "=?UTF-8?B?");
        base64(out, (const unsigned char *)text, bytes);
        buf_text(out, "?=");
        text += bytes;
        if (*text) {
            buf_text(out, "\r\n ");
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

void mail_address(const char *from, char *out, size_t bytes)
{
    const char *open = strchr(from, '<');
    const char *close = open ? strchr(open, '>') : NULL;
    if (close) {
        snprintf(out, bytes, "%.*s", (int)(close - open - 1), open + 1);
    } else {
        snprintf(out, bytes, "%s", from);
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

/* The boundary holds a hyphen and digits only: base64 lines have no "--", so it cannot occur in a
 * part. */
void mail_compose(struct buf *out, const struct mail *mail)
{
    char address[512];
    mail_address(mail->from, address, sizeof address);
    const char *at = strchr(address, '@');
    date(out, mail->created_ms);
    buf_printf(out, "From: %s\r\nTo: %s\r\nSubject: ", mail->from, mail->recipient);
    encoded_words(out, mail->subject);
    buf_printf(out, "\r\nMessage-ID: <mail-%lld.%lld%s>\r\n", (long long)mail->id,
               (long long)mail->created_ms, at ? at : "@localhost");
    buf_text(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
    buf_printf(out, "Content-Type: multipart/alternative; boundary=\"beffroi-%lld\"\r\n\r\n",
               (long long)mail->id);
    part(out, mail, "text/plain", mail->plain);
    part(out, mail, "text/html", mail->html);
    buf_printf(out, "--beffroi-%lld--\r\n", (long long)mail->id);
}
