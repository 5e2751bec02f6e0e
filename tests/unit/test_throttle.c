#include "unit.h"

#include "live/engine.h"
#include "store.h"

#define US_PER_MINUTE INT64_C(60000000)

static int64_t now_us;

static int64_t test_now_us(void)
{
    return now_us;
}

/* A live floor that only throttles: what it lets through comes back at once as "busy". */
struct desk {
    struct place place;
    struct live live;
    int64_t woken_in_ms;
};

struct login {
    const char *email;
};
static const struct field login_in[] = {FIELD_LINE(struct login, email, 3, 254, "Address"),
                                        FIELD_END};
static const struct command login = {.name = "login",
                                     .kind = QUERY,
                                     .throttled = true,
                                     .in = login_in,
                                     .in_bytes = sizeof(struct login)};

static void wake(void *context)
{
    (void)context;
}

static void wake_in(void *context, int64_t ms)
{
    struct desk *desk = context;
    desk->woken_in_ms = ms;
}

static int set_up(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    assert_non_null(desk);
    place_create(&desk->place);
    db_close(open_migrated(desk->place.path, DB_WRITER));
    struct pool_config pool = {.path = desk->place.path, .name = "closed", .threads = 1};
    desk->live.readers = pool_start(&pool);
    desk->live.config = (struct live_config){.wake_in = wake_in, .wake_context = desk};
    inbox_init(&desk->live.inbox, wake, NULL);
    throttle_init(&desk->live.throttle);
    now_us = 1000 * US_PER_MINUTE;
    desk->live.throttle.now_us = test_now_us;
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    pool_stop(desk->live.readers);
    inbox_finish(&desk->live.inbox);
    place_remove(&desk->place);
    free(desk);
    return 0;
}

static struct request *submit(struct desk *desk, const char *address, const char *email)
{
    struct request *request = request_create(&desk->live);
    struct login *in = arena_alloc(&request->arena, sizeof *in);
    in->email = email;
    request->command = &login;
    request->address = address;
    request->in = in;
    request_submit(request);
    return request;
}

/* What was let through, oldest first; NULL: nothing. */
static struct request *let_through(struct desk *desk)
{
    struct parcel *parcel = inbox_take(&desk->live.inbox);
    struct job *job = parcel ? parcel->requests : NULL;
    assert_true(!parcel || !parcel->next);
    free(parcel);
    return (struct request *)job;
}

static void conclude(struct desk *desk, struct request *request, enum err err)
{
    request->err = err;
    throttle_note(&desk->live, request);
    request_destroy(request);
}

/* One attempt from its beginning to its outcome; how long it was held back, in ms. */
static int64_t attempt(struct desk *desk, const char *address, const char *email, enum err err)
{
    struct request *request = submit(desk, address, email);
    int64_t held_ms = 0;
    if (desk->live.held) {
        held_ms = (request->not_before_us - now_us) / 1000;
        assert_null(let_through(desk));
        now_us = request->not_before_us;
        throttle_release(&desk->live);
    }
    assert_ptr_equal(let_through(desk), request);
    conclude(desk, request, err);
    return held_ms;
}

static void fail_times(struct desk *desk, const char *address, const char *email, int times)
{
    for (int i = 0; i < times; i++) {
        attempt(desk, address, email, ERR_CREDENTIALS);
    }
}

static void three_slips_have_no_consequence(void **state)
{
    struct desk *desk = *state;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(attempt(desk, "192.0.2.1", "a@x.fr", ERR_CREDENTIALS), 0);
    }
}

static void each_further_failure_doubles_the_delay_up_to_eight_seconds(void **state)
{
    struct desk *desk = *state;
    static const int64_t expected_ms[] = {250, 500, 1000, 2000, 4000, 8000, 8000, 8000};
    fail_times(desk, "192.0.2.1", "a@x.fr", 4);
    for (size_t i = 0; i < sizeof expected_ms / sizeof *expected_ms; i++) {
        assert_int_equal(attempt(desk, "192.0.2.1", "a@x.fr", ERR_CREDENTIALS), expected_ms[i]);
    }
}

static void a_held_request_is_let_through_at_its_hour_and_not_before(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 4);
    struct request *request = submit(desk, "192.0.2.1", "a@x.fr");
    assert_int_equal(desk->woken_in_ms, 251);
    now_us += 249 * 1000;
    throttle_release(&desk->live);
    assert_null(let_through(desk));
    assert_int_equal(desk->woken_in_ms, 2);
    now_us += 1000;
    throttle_release(&desk->live);
    assert_ptr_equal(let_through(desk), request);
    assert_null(desk->live.held);
    conclude(desk, request, ERR_NONE);
}

static void the_same_account_from_another_address_is_not_delayed(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 12);
    assert_int_equal(attempt(desk, "192.0.2.2", "a@x.fr", ERR_NONE), 0);
}

static void another_ipv6_address_of_the_same_network_is_no_way_out(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "2001:db8::1", "a@x.fr", 4);
    assert_int_equal(attempt(desk, "2001:db8::2:2", "a@x.fr", ERR_CREDENTIALS), 250);
    assert_int_equal(attempt(desk, "2001:db8:0:1::1", "a@x.fr", ERR_NONE), 0);
}

static void another_account_at_the_same_address_is_not_delayed(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 12);
    assert_int_equal(attempt(desk, "192.0.2.1", "b@x.fr", ERR_NONE), 0);
}

static void an_account_is_the_same_in_capitals(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 4);
    assert_int_equal(attempt(desk, "192.0.2.1", "A@X.fr", ERR_CREDENTIALS), 250);
}

static void trying_many_accounts_slows_the_whole_address(void **state)
{
    struct desk *desk = *state;
    static char emails[51][32];
    for (int i = 0; i < 51; i++) {
        snprintf(emails[i], sizeof emails[i], "p%d@x.fr", i);
        assert_int_equal(attempt(desk, "192.0.2.1", emails[i], ERR_CREDENTIALS), 0);
    }
    assert_int_equal(attempt(desk, "192.0.2.1", "new@x.fr", ERR_NONE), 250);
    assert_int_equal(attempt(desk, "192.0.2.2", "new@x.fr", ERR_NONE), 0);
}

static void a_minute_forgives_one_failure(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 6);
    now_us += 2 * US_PER_MINUTE;
    assert_int_equal(attempt(desk, "192.0.2.1", "a@x.fr", ERR_CREDENTIALS), 250);
    now_us += 60 * US_PER_MINUTE;
    assert_int_equal(attempt(desk, "192.0.2.1", "a@x.fr", ERR_CREDENTIALS), 0);
}

static void success_forgives_the_account_at_once(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 8);
    attempt(desk, "192.0.2.1", "a@x.fr", ERR_NONE);
    assert_int_equal(attempt(desk, "192.0.2.1", "a@x.fr", ERR_CREDENTIALS), 0);
}

static void an_error_that_is_no_guess_does_not_count(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 3);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(attempt(desk, "192.0.2.1", "a@x.fr", ERR_BUSY), 0);
    }
}

static void guesses_sent_at_once_are_slowed_like_one_after_the_other(void **state)
{
    struct desk *desk = *state;
    struct request *requests[6];
    for (int i = 0; i < 6; i++) {
        requests[i] = submit(desk, "192.0.2.1", "a@x.fr");
    }
    assert_int_equal(requests[3]->not_before_us, 0);
    assert_int_equal(requests[4]->not_before_us - now_us, 250000);
    assert_int_equal(requests[5]->not_before_us - now_us, 500000);
    for (struct parcel *parcel = inbox_take(&desk->live.inbox); parcel;) {
        struct parcel *next = parcel->next;
        conclude(desk, (struct request *)parcel->requests, ERR_CREDENTIALS);
        free(parcel);
        parcel = next;
    }
    request_destroy(requests[4]);
    request_destroy(requests[5]);
}

static void stopping_lets_all_through(void **state)
{
    struct desk *desk = *state;
    fail_times(desk, "192.0.2.1", "a@x.fr", 8);
    struct request *request = submit(desk, "192.0.2.1", "a@x.fr");
    assert_null(let_through(desk));
    desk->live.stopping = true;
    throttle_release(&desk->live);
    assert_ptr_equal(let_through(desk), request);
    conclude(desk, request, ERR_NONE);
}

#define GATE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GATE_TEST(three_slips_have_no_consequence),
        GATE_TEST(each_further_failure_doubles_the_delay_up_to_eight_seconds),
        GATE_TEST(a_held_request_is_let_through_at_its_hour_and_not_before),
        GATE_TEST(the_same_account_from_another_address_is_not_delayed),
        GATE_TEST(another_ipv6_address_of_the_same_network_is_no_way_out),
        GATE_TEST(another_account_at_the_same_address_is_not_delayed),
        GATE_TEST(an_account_is_the_same_in_capitals),
        GATE_TEST(trying_many_accounts_slows_the_whole_address),
        GATE_TEST(a_minute_forgives_one_failure),
        GATE_TEST(success_forgives_the_account_at_once),
        GATE_TEST(an_error_that_is_no_guess_does_not_count),
        GATE_TEST(guesses_sent_at_once_are_slowed_like_one_after_the_other),
        GATE_TEST(stopping_lets_all_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
