#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "live/mail_message.h"

static const struct mail plain_mail = {.id = 7,
                                       .recipient = "anne@example.fr",
                                       .subject = "Bonjour",
                                       .plain = "Bonjour Anne,\nà bientôt.\n",
                                       .html = "<p>Bonjour</p>",
                                       .created_at = INT64_C(1790000000000)};
#define FROM "Beffroi <club@example.fr>"

/* The whole message as text. */
static const char *compose(const char *from, const struct mail *mail)
{
    static struct buf buf;
    buf_finish(&buf);
    buf_init(&buf);
    mail_compose(&buf, from, mail);
    buf_add(&buf, "", 1);
    return buf.data;
}

/* Line `n` that begins with `start`, folded lines joined, without its end; "" if there is none. */
static const char *header(const char *message, const char *start)
{
    static char line[4096];
    const char *end = strstr(message, "\r\n\r\n");
    line[0] = '\0';
    for (const char *at = message; at < end; at = strstr(at, "\r\n") + 2) {
        if (strncmp(at, start, strlen(start)) == 0) {
            const char *stop = at;
            do {
                stop = strstr(stop + 1, "\r\n");
            } while (stop[2] == ' ');
            snprintf(line, sizeof line, "%.*s", (int)(stop - at - (ptrdiff_t)strlen(start)),
                     at + strlen(start));
        }
    }
    return line;
}

static int header_lines(const char *message)
{
    int lines = 0;
    const char *end = strstr(message, "\r\n\r\n");
    for (const char *at = message; at < end; at = strstr(at, "\r\n") + 2) {
        lines += *at != ' ';
    }
    return lines;
}

static int value_of(char digit)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = strchr(digits, digit);
    assert_true(digit && at);
    return (int)(at - digits);
}

/* Decodes base64 up to `end`, line ends left out (RFC 4648 4). */
static size_t decode(const char *text, const char *end, char *out)
{
    size_t count = 0;
    uint32_t bits = 0;
    int have = 0;
    for (; text < end && *text != '='; text++) {
        if (*text == '\r' || *text == '\n') {
            continue;
        }
        bits = bits << 6 | (uint32_t)value_of(*text);
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[count++] = (char)(bits >> have);
        }
    }
    out[count] = '\0';
    return count;
}

/* A folded line of encoded words, decoded; each must be whole characters (RFC 2047 5). */
static const char *decode_words(const char *line)
{
    static char text[4096];
    size_t count = 0;
    text[0] = '\0';
    for (const char *at = line; (at = strstr(at, "=?UTF-8?B?"));) {
        at += strlen("=?UTF-8?B?");
        const char *end = strstr(at, "?=");
        assert_non_null(end);
        size_t bytes = decode(at, end, text + count);
        assert_true(utf8_valid(text + count, bytes));
        count += bytes;
        at = end;
    }
    return text;
}

/* Longest line in bytes, its CR LF apart; every LF follows a CR and the other way round. */
static size_t longest_line(const char *message)
{
    size_t longest = 0;
    for (const char *at = message; *at;) {
        size_t bytes = strcspn(at, "\r\n");
        assert_memory_equal(at + bytes, "\r\n", 2);
        longest = bytes > longest ? bytes : longest;
        at += bytes + 2;
    }
    return longest;
}

static const char *long_text(const char *piece, int times)
{
    static char text[20000];
    text[0] = '\0';
    for (int i = 0; i < times; i++) {
        memcpy(text + (size_t)i * strlen(piece), piece, strlen(piece) + 1);
    }
    return text;
}

/* --- headers ---------------------------------------------------------------------------------- */

static void it_says_from_whom_to_whom_and_when(void **state)
{
    (void)state;
    const char *message = compose(FROM, &plain_mail);
    assert_string_equal(decode_words(header(message, "From: ")), "Beffroi");
    assert_non_null(strstr(header(message, "From: "), " <club@example.fr>"));
    assert_string_equal(header(message, "To: "), "anne@example.fr");
    assert_string_equal(header(message, "Date: "), "Mon, 21 Sep 2026 14:13:20 +0000");
    assert_string_equal(header(message, "Message-ID: "), "<mail-7.1790000000000@example.fr>");
    assert_string_equal(header(message, "MIME-Version: "), "1.0");
}

static void an_event_is_the_last_of_the_alternatives(void **state)
{
    (void)state;
    struct mail mail = plain_mail;
    mail.method = "REQUEST";
    mail.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    const char *message = compose(FROM, &mail);
    const char *part = strstr(message, "Content-Type: text/calendar; method=REQUEST; "
                                       "component=VEVENT; charset=utf-8\r\n");
    assert_non_null(part);
    assert_true(strstr(message, "Content-Type: text/html") < part);
    char text[256];
    const char *body = strstr(part, "\r\n\r\n") + 4;
    decode(body, strstr(body, "--beffroi-7--"), text);
    assert_string_equal(text, mail.calendar);
    assert_true(longest_line(message) <= 76);
    assert_null(strstr(compose(FROM, &plain_mail), "text/calendar"));
}

static void a_bare_address_needs_no_name(void **state)
{
    (void)state;
    assert_string_equal(header(compose("club@example.fr", &plain_mail), "From: "),
                        "club@example.fr");
}

static void a_name_with_accents_and_commas_is_encoded(void **state)
{
    (void)state;
    const char *message = compose("Préfecture, l'Ain <ain@example.fr>", &plain_mail);
    const char *from = header(message, "From: ");
    assert_string_equal(decode_words(from), "Préfecture, l'Ain");
    for (const char *c = message; *c; c++) {
        assert_true((unsigned char)*c < 0x80);
    }
}

static void a_long_subject_is_cut_between_characters(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "é", "aé", "€", "a€", "🏛", "aa🏛", "l'été à Œting ; "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct mail mail = plain_mail;
        mail.subject = long_text(pieces[i], 60);
        const char *message = compose(FROM, &mail);
        assert_string_equal(decode_words(header(message, "Subject: ")), mail.subject);
        assert_true(longest_line(message) <= 76);
    }
}

static void a_subject_cannot_bring_a_header(void **state)
{
    (void)state;
    struct mail mail = plain_mail;
    int lines = header_lines(compose(FROM, &mail));
    mail.subject = "Bonjour\r\nBcc: tous@example.fr\r\n\r\nCorps";
    const char *message = compose(FROM, &mail);
    assert_int_equal(header_lines(message), lines);
    assert_null(strstr(message, "tous@example.fr"));
    assert_string_equal(decode_words(header(message, "Subject: ")), mail.subject);
}

static void an_address_cannot_bring_a_header(void **state)
{
    (void)state;
    struct mail mail = plain_mail;
    int lines = header_lines(compose(FROM, &mail));
    mail.recipient = "anne@example.fr\r\nBcc: tous@example.fr";
    const char *message = compose("Beffroi <club@example.fr\r\nBcc: tous@example.fr>", &mail);
    assert_int_equal(header_lines(message), lines);
    assert_string_equal(header(message, "Bcc:"), "");
}

static void the_address_is_taken_out_of_its_brackets(void **state)
{
    (void)state;
    char address[64];
    mail_address("Beffroi <club@example.fr>", address, sizeof address);
    assert_string_equal(address, "club@example.fr");
    mail_address("club@example.fr", address, sizeof address);
    assert_string_equal(address, "club@example.fr");
}

/* --- parts ------------------------------------------------------------------------------------ */

/* The decoded part of this type. */
static const char *part_of(const char *message, const char *type)
{
    static char text[20000];
    char start[64];
    snprintf(start, sizeof start, "Content-Type: %s; charset=utf-8", type);
    const char *at = strstr(message, start);
    assert_non_null(at);
    at = strstr(at, "\r\n\r\n") + 4;
    decode(at, strstr(at, "--beffroi-7"), text);
    return text;
}

static void both_parts_come_back_as_they_were(void **state)
{
    (void)state;
    struct mail mail = plain_mail;
    for (int bytes = 0; bytes < 120; bytes++) { /* every rest of a group and of a line */
        mail.plain = long_text("x", bytes);
        assert_string_equal(part_of(compose(FROM, &mail), "text/plain"), mail.plain);
    }
    assert_string_equal(part_of(compose(FROM, &plain_mail), "text/plain"), plain_mail.plain);
    assert_string_equal(part_of(compose(FROM, &plain_mail), "text/html"), plain_mail.html);
}

static void lines_end_in_crlf_and_hold_76_characters_at_most(void **state)
{
    (void)state;
    struct mail mail = plain_mail;
    mail.plain = long_text("Une ligne qui ne finit pas, ", 400);
    assert_true(longest_line(compose(FROM, &mail)) <= 76);
}

static void the_boundary_ends_the_message_and_is_in_no_part(void **state)
{
    (void)state;
    struct mail mail = plain_mail;
    mail.plain = "--beffroi-7--\r\n.\r\n";
    const char *message = compose(FROM, &mail);
    const char *end = strstr(message, "--beffroi-7--\r\n");
    assert_non_null(end);
    assert_string_equal(end, "--beffroi-7--\r\n");
    assert_string_equal(part_of(message, "text/plain"), mail.plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_from_whom_to_whom_and_when),
        cmocka_unit_test(an_event_is_the_last_of_the_alternatives),
        cmocka_unit_test(a_bare_address_needs_no_name),
        cmocka_unit_test(a_name_with_accents_and_commas_is_encoded),
        cmocka_unit_test(a_long_subject_is_cut_between_characters),
        cmocka_unit_test(a_subject_cannot_bring_a_header),
        cmocka_unit_test(an_address_cannot_bring_a_header),
        cmocka_unit_test(the_address_is_taken_out_of_its_brackets),
        cmocka_unit_test(both_parts_come_back_as_they_were),
        cmocka_unit_test(lines_end_in_crlf_and_hold_76_characters_at_most),
        cmocka_unit_test(the_boundary_ends_the_message_and_is_in_no_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
