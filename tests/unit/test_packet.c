/* What crosses between the server, the helper and its jobs: whole, or not at all. */
#include "unit.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "helper/packet.h"

static int ends[2];

static int setup(void **state)
{
    (void)state;
    return packet_pair(ends) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    close(ends[0]);
    close(ends[1]);
    return 0;
}

static void a_request_brings_its_descriptors(void **state)
{
    (void)state;
    const struct packet_request sent = {.kind = REQUEST_TEXT, .side_px = 7, .type = "text/plain"};
    struct packet_request got;
    int fds[PACKET_FDS];
    int given[2] = {open("/dev/null", O_RDONLY), open("/dev/zero", O_RDONLY)};
    char zero = 'x';
    assert_true(packet_ask(ends[0], &sent, given, 2));
    assert_true(packet_take(ends[1], &got, fds));
    assert_int_equal(got.kind, REQUEST_TEXT);
    assert_string_equal(got.type, "text/plain");
    assert_int_equal(read(fds[1], &zero, 1), 1);
    assert_int_equal(zero, 0);
    assert_int_equal(fds[2], -1);
    for (int i = 0; i < 2; i++) {
        close(given[i]);
        close(fds[i]);
    }
}

static void what_is_no_request_and_the_end_are_told_apart_from_one(void **state)
{
    (void)state;
    struct packet_request got = {0};
    int fds[PACKET_FDS];
    assert_int_equal(send(ends[0], "court", 5, 0), 5);
    assert_false(packet_take(ends[1], &got, fds));
    assert_int_equal(fds[0], -1);
    shutdown(ends[0], SHUT_RDWR);
    assert_false(packet_take(ends[1], &got, fds));
    assert_false(packet_ask(ends[0], &got, fds, 0));
}

static void an_answer_comes_as_it_was_filled_and_texts_are_cut_to_what_fits(void **state)
{
    (void)state;
    static struct packet_answer sent, got;
    static char lengthy[LIMIT_PAGE_TEXT_BYTES + 100];
    memset(lengthy, 'a', sizeof lengthy - 1);
    sent.kind = ANSWER_PAGE;
    packet_fill(&sent, "Feuille", lengthy, sizeof lengthy - 1);
    assert_true(packet_answer(ends[0], &sent));
    ssize_t bytes = recv(ends[1], &got, sizeof got, 0);
    assert_true(bytes > 0 && packet_check(&got, (size_t)bytes));
    assert_string_equal(got.data, "Feuille");
    assert_int_equal(strlen(packet_text(&got)), LIMIT_PAGE_TEXT_BYTES);
    shutdown(ends[1], SHUT_RDWR);
    assert_false(packet_answer(ends[0], &sent));
}

static void an_answer_that_lies_is_not_believed(void **state)
{
    (void)state;
    static struct packet_answer good, bad;
    static const char *const texts[] = {"a\tb", "a\x7F", "a\xC2\x85", "a\xFF", "a\xC2"};
    good.kind = ANSWER_TYPE;
    packet_fill(&good, "", "text/plain", 10);
    size_t bytes = offsetof(struct packet_answer, data) + 12;
    assert_true(packet_check(&good, bytes));
    assert_false(packet_check(&good, bytes - 1));
    assert_false(packet_check(&good, 3));
    bad = good;
    bad.kind = 99;
    assert_false(packet_check(&bad, bytes));
    bad = good;
    bad.text_bytes = UINT32_MAX;
    assert_false(packet_check(&bad, bytes));
    bad = good;
    bad.name_bytes = UINT32_MAX;
    assert_false(packet_check(&bad, bytes));
    bad = good;
    bad.data[11] = 'x'; /* its end */
    assert_false(packet_check(&bad, bytes));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i]);
        packet_fill(&bad, "", texts[i], length);
        bad.kind = ANSWER_TYPE;
        assert_false(packet_check(&bad, offsetof(struct packet_answer, data) + length + 2));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_request_brings_its_descriptors, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_no_request_and_the_end_are_told_apart_from_one,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            an_answer_comes_as_it_was_filled_and_texts_are_cut_to_what_fits, setup, teardown),
        cmocka_unit_test(an_answer_that_lies_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
