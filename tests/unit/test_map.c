#include "unit.h"

#include "base/map.h"

static int values[2000];

static void an_absent_key_gives_null(void **state)
{
    (void)state;
    struct map map;
    map_init(&map);
    assert_null(map_get(&map, 1));
    assert_null(map_remove(&map, 1));
    map_put(&map, 2, &values[2]);
    assert_null(map_get(&map, 1));
    map_finish(&map);
}

static void a_put_replaces(void **state)
{
    (void)state;
    struct map map;
    map_init(&map);
    map_put(&map, 0, &values[0]);
    map_put(&map, 0, &values[1]);
    assert_ptr_equal(map_get(&map, 0), &values[1]);
    assert_int_equal(map.count, 1);
    map_finish(&map);
}

static void many_keys_come_back_through_growth(void **state)
{
    (void)state;
    struct map map;
    map_init(&map);
    for (int i = 0; i < 2000; i++) {
        map_put(&map, (int64_t)i * 4096 - INT64_MAX / 2, &values[i]);
    }
    for (int i = 0; i < 2000; i++) {
        assert_ptr_equal(map_get(&map, (int64_t)i * 4096 - INT64_MAX / 2), &values[i]);
    }
    map_finish(&map);
}

/* Random puts and removes beside a plain table: removal must not break the runs of others. */
static void removal_leaves_every_other_key_reachable(void **state)
{
    (void)state;
    struct map map;
    void *expected[500] = {0};
    uint64_t chance = 1;
    map_init(&map);
    for (int round = 0; round < 100000; round++) {
        chance = chance * UINT64_C(6364136223846793005) + 1442695040888963407U;
        int key = (int)((chance >> 33) % 500);
        if (chance >> 63) {
            map_put(&map, key, &values[round % 2000]);
            expected[key] = &values[round % 2000];
        } else {
            assert_ptr_equal(map_remove(&map, key), expected[key]);
            expected[key] = NULL;
        }
    }
    for (int key = 0; key < 500; key++) {
        assert_ptr_equal(map_get(&map, key), expected[key]);
    }
    map_finish(&map);
}

static void a_walk_meets_each_key_once(void **state)
{
    (void)state;
    struct map map;
    int met[100] = {0};
    map_init(&map);
    for (int i = 0; i < 100; i++) {
        map_put(&map, i, &values[i]);
    }
    int64_t key;
    int *value;
    for (size_t i = 0; (value = map_next(&map, &i, &key));) {
        assert_ptr_equal(value, &values[key]);
        met[key]++;
    }
    for (int i = 0; i < 100; i++) {
        assert_int_equal(met[i], 1);
    }
    map_finish(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_absent_key_gives_null),
        cmocka_unit_test(a_put_replaces),
        cmocka_unit_test(many_keys_come_back_through_growth),
        cmocka_unit_test(removal_leaves_every_other_key_reachable),
        cmocka_unit_test(a_walk_meets_each_key_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
