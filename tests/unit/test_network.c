/* Which addresses are one network. */
#include "unit.h"

#include "base/network.h"

static void each_ipv4_address_is_a_network(void **state)
{
    (void)state;
    assert_true(network_of("192.0.2.1") != 0);
    assert_int_not_equal(network_of("192.0.2.1"), network_of("192.0.2.2"));
}

static void an_ipv6_subscriber_is_a_64(void **state)
{
    (void)state;
    assert_true(network_of("2001:db8:0:1::1") != 0);
    assert_int_equal(network_of("2001:db8:0:1::1"), network_of("2001:db8:0:1:ffff:ffff::2"));
    assert_int_not_equal(network_of("2001:db8:0:1::1"), network_of("2001:db8:0:2::1"));
}

static void the_machine_itself_is_no_network(void **state)
{
    (void)state;
    assert_int_equal(network_of("127.0.0.1"), 0);
    assert_int_equal(network_of("::1"), 0);
}

static void what_is_no_address_is_no_network(void **state)
{
    (void)state;
    assert_int_equal(network_of(""), 0);
    assert_int_equal(network_of(NULL), 0);
    assert_int_equal(network_of("192.0.2"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_ipv4_address_is_a_network),
        cmocka_unit_test(an_ipv6_subscriber_is_a_64),
        cmocka_unit_test(the_machine_itself_is_no_network),
        cmocka_unit_test(what_is_no_address_is_no_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
