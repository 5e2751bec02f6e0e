#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/* What `event` with these fields writes to standard error. */
static void capture(char *out, size_t out_bytes, enum log_event event,
                    const struct log_field *fields, int count)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int kept = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    log_event_fields(event, fields, count);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]);
    ssize_t got = read(ends[0], out, out_bytes - 1);
    close(ends[0]);
    out[got > 0 ? got : 0] = '\0';
}

static void a_line_has_level_event_and_fields(void **state)
{
    (void)state;
    char line[600];
    const struct log_field fields[] = {LOG_N("port", 8080), LOG_W("how", "tls")};
    capture(line, sizeof line, LOG_START, fields, 2);
    assert_memory_equal(line, "ts=20", 5);
    assert_non_null(strstr(line, "Z level=info event=START msg=\"the server listens\""));
    assert_string_equal(strstr(line, " port="), " port=8080 how=tls\n");
}

static void a_line_too_long_is_cut_and_still_one_line(void **state)
{
    (void)state;
    char line[1100], word[901];
    memset(word, 'x', 900);
    word[900] = '\0';
    const struct log_field fields[] = {LOG_W("a", word), LOG_N("b", 1)};
    capture(line, sizeof line, LOG_STOP, fields, 2);
    assert_true(strlen(line) <= 512);
    assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_level_event_and_fields),
        cmocka_unit_test(a_line_too_long_is_cut_and_still_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
