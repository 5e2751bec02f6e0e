/* What the network floor decides without a socket. */
#include "unit.h"

#include <string.h>

#include "base/limits.h"
#include "net/asset.h"
#include "net/head.h"
#include "net/site.h"
#include "net/socket_queue.h"

/* --- site --------------------------------------------------------------------------------------- */

static void a_public_address_is_normalized(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"https://club.example.fr", "https://club.example.fr"},
        {"HTTPS://Club.Example.FR/", "https://club.example.fr"},
        {"https://club.example.fr:443", "https://club.example.fr"},
        {"https://club.example.fr:80", "https://club.example.fr:80"},
        {"http://club.example.fr:80", "http://club.example.fr"},
        {"http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct site site;
        assert_true(site_init(&site, pairs[i][0]));
        assert_string_equal(site.url, pairs[i][1]);
    }
}

static void what_is_more_than_a_host_is_no_public_address(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "/",
                                        "https://",
                                        "club.example.fr",
                                        "ftp://club.example.fr",
                                        "https://club.example.fr/club",
                                        "https://a@club.example.fr",
                                        "https://club.example.fr:0",
                                        "https://club.example.fr:65536",
                                        "https://club.example.fr:",
                                        "https://club example.fr",
                                        "https://club.example.fr?x",
                                        "https://club.example.fr; script-src *",
                                        "http://[::1",
                                        "http://[club]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct site site;
        assert_false(site_init(&site, wrong[i]));
    }
}

static void only_the_exact_origin_is_ours(void **state)
{
    (void)state;
    struct site site;
    assert_true(site_init(&site, "https://club.example.fr"));
    assert_true(site_has_origin(&site, "https://club.example.fr"));
    static const char *const others[] = {"http://club.example.fr",
                                         "https://club.example.fr:443",
                                         "https://club.example.fr/",
                                         "https://CLUB.example.fr",
                                         "https://club.example.fr.evil.example",
                                         "https://localhost",
                                         "null",
                                         ""};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(site_has_origin(&site, others[i]));
    }
    assert_false(site_has_origin(&site, NULL));
}

static void a_host_may_name_the_default_port_in_any_case(void **state)
{
    (void)state;
    struct site site;
    assert_true(site_init(&site, "https://club.example.fr"));
    assert_true(site_has_host(&site, "club.example.fr"));
    assert_true(site_has_host(&site, "CLUB.example.fr:443"));
    assert_false(site_has_host(&site, "club.example.fr:80"));
    assert_false(site_has_host(&site, "club.example.f"));
    assert_false(site_has_host(&site, ""));
    assert_false(site_has_host(&site, NULL));
}

static void an_authority_is_a_host_and_maybe_a_port(void **state)
{
    (void)state;
    static const char *const good[] = {"club.example.fr", "CLUB.example.fr:8080", "[::1]:80",
                                       "127.0.0.1", "a_b"};
    static const char *const bad[] = {"",     "a b",    "a,b",      "me@a", "a/x",
                                      "a:x",  "a:0",    "a:65536",  "a:",   ":80",
                                      "[::1", "[::1]x", "a:80a:80", "a?x",  "\xc3\xa9"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(site_is_authority(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(site_is_authority(bad[i]));
    }
    assert_false(site_is_authority(NULL));
}

static void the_machine_itself_has_three_names(void **state)
{
    (void)state;
    static const char *const urls[] = {"http://127.0.0.1:8080", "http://localhost:8080",
                                       "http://[::1]:8080"};
    for (size_t i = 0; i < 3; i++) {
        struct site site;
        assert_true(site_init(&site, urls[i]));
        for (size_t j = 0; j < 3; j++) {
            assert_true(site_has_origin(&site, urls[j]));
            assert_true(site_has_host(&site, urls[j] + 7));
        }
        assert_false(site_has_origin(&site, "http://localhost"));
        assert_false(site_has_host(&site, "localhost:8081"));
    }
}

/* --- cookies ------------------------------------------------------------------------------------ */

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    (void)state;
    static const char *const found[] = {"sid=1",     "a=b; sid=1", "sid=1; a=b",  "a=b;sid=1;c",
                                        "  sid=1  ", ";;sid=1;;",  "sid=1 ;x=sid"};
    static const char *const absent[] = {
        "",      "sid",    "sid=",        "xsid=1",       "sidx=1",      "a=sid=1",
        "SID=1", "sid =1", "sid=1;sid=2", "sid=1; sid=1", "a=\"; xsid=1"};
    char value[8];
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        assert_true(cookie_find(found[i], "sid", value, sizeof value));
        assert_string_equal(value, "1");
    }
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        assert_false(cookie_find(absent[i], "sid", value, sizeof value));
    }
    assert_false(cookie_find(NULL, "sid", value, sizeof value));
}

static void a_cookie_too_long_is_none(void **state)
{
    (void)state;
    char value[8];
    assert_true(cookie_find("sid=1234567", "sid", value, sizeof value));
    assert_false(cookie_find("sid=12345678", "sid", value, sizeof value));
}

/* --- files -------------------------------------------------------------------------------------- */

static void the_best_accepted_encoding_is_chosen(void **state)
{
    (void)state;
    static const char byte[] = "x";
    struct asset both = {.bytes = {{byte, byte}, {byte, byte}, {byte, byte}}};
    struct asset plain = {.bytes = {{byte, byte}}};
    static const struct {
        const char *accepted;
        enum asset_encoding chosen;
    } cases[] = {
        {NULL, ASSET_IDENTITY},
        {"", ASSET_IDENTITY},
        {"br", ASSET_BR},
        {"gzip, br", ASSET_BR},
        {"gzip", ASSET_GZIP},
        {"GZip;q=0.1", ASSET_GZIP},
        {"br;q=0, gzip", ASSET_GZIP},
        {"br; q=0.0,gzip ; q=0", ASSET_IDENTITY},
        {"brx, xgzip", ASSET_IDENTITY},
        {"identity;q=0", ASSET_IDENTITY},
        {",,;,br", ASSET_BR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(asset_choose(&both, cases[i].accepted), cases[i].chosen);
        assert_int_equal(asset_choose(&plain, cases[i].accepted), ASSET_IDENTITY);
    }
}

static void a_tag_matches_itself_weak_or_any(void **state)
{
    (void)state;
    static const char *const yes[] = {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "*", " W/\"b\",W/\"a\" "};
    static const char *const no[] = {"", "a", "\"a", "\"aa\"", "\"b\"", "**"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        assert_true(etag_matches(yes[i], "\"a\""));
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        assert_false(etag_matches(no[i], "\"a\""));
    }
    assert_false(etag_matches(NULL, "\"a\""));
}

/* --- queue -------------------------------------------------------------------------------------- */

static void a_queue_gives_back_all_in_order(void **state)
{
    (void)state;
    struct queue queue = {0};
    struct buf scratch;
    buf_init(&scratch);
    for (int i = 0; i < 100; i++) {
        char digit = (char)('0' + i % 10);
        struct shared_bytes *bytes = shared_bytes_create(&digit, 1);
        assert_true(queue_add(&queue, bytes));
        shared_bytes_release(bytes);
        assert_int_equal(queue_only(&queue) != NULL, i == 0);
    }
    assert_int_equal(queue.bytes, 100);
    queue_gather(&queue, &scratch);
    assert_memory_equal(scratch.data, "01234567890123456789", 20);
    assert_int_equal(scratch.len, 100);
    queue_clear(&queue);
    assert_true(queue_is_empty(&queue));
    buf_finish(&scratch);
}

static void a_queue_refuses_bytes_past_its_bound_and_keeps_none(void **state)
{
    (void)state;
    struct queue queue = {0};
    static char half[LIMIT_SOCKET_QUEUE_BYTES / 2];
    struct shared_bytes *bytes = shared_bytes_create(half, sizeof half);
    struct shared_bytes *one = shared_bytes_create("x", 1);
    assert_true(queue_add(&queue, bytes));
    assert_true(queue_add(&queue, bytes));
    assert_false(queue_add(&queue, one));
    assert_int_equal(queue.bytes, LIMIT_SOCKET_QUEUE_BYTES);
    queue_clear(&queue);
    assert_int_equal(one->references, 1);
    assert_int_equal(bytes->references, 1);
    shared_bytes_release(bytes);
    shared_bytes_release(one);
}

static void a_queue_refuses_pieces_past_its_bound(void **state)
{
    (void)state;
    struct queue queue = {0};
    struct shared_bytes *one = shared_bytes_create("x", 1);
    for (int i = 0; i < LIMIT_SOCKET_QUEUE_FRAMES; i++) {
        assert_true(queue_add(&queue, one));
    }
    assert_false(queue_add(&queue, one));
    queue_clear(&queue);
    assert_int_equal(one->references, 1);
    shared_bytes_release(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_public_address_is_normalized),
        cmocka_unit_test(what_is_more_than_a_host_is_no_public_address),
        cmocka_unit_test(only_the_exact_origin_is_ours),
        cmocka_unit_test(a_host_may_name_the_default_port_in_any_case),
        cmocka_unit_test(an_authority_is_a_host_and_maybe_a_port),
        cmocka_unit_test(the_machine_itself_has_three_names),
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
        cmocka_unit_test(a_cookie_too_long_is_none),
        cmocka_unit_test(the_best_accepted_encoding_is_chosen),
        cmocka_unit_test(a_tag_matches_itself_weak_or_any),
        cmocka_unit_test(a_queue_gives_back_all_in_order),
        cmocka_unit_test(a_queue_refuses_bytes_past_its_bound_and_keeps_none),
        cmocka_unit_test(a_queue_refuses_pieces_past_its_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
