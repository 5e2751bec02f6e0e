#include "unit.h"

#include <stdlib.h>

#include "base/limits.h"
#include "net/socket_queue.h"

/* Adds a piece of so many bytes. */
static bool add(struct queue *queue, size_t bytes)
{
    char *data = calloc(1, bytes);
    assert_non_null(data);
    struct shared_bytes *piece = shared_bytes_create(data, bytes);
    bool added = queue_add(queue, piece);
    shared_bytes_release(piece);
    free(data);
    return added;
}

static void one_answer_larger_than_the_bound_may_wait_beside_it(void **state)
{
    (void)state;
    struct queue queue = {0};
    assert_true(add(&queue, LIMIT_SOCKET_QUEUE_BYTES + 1));
    assert_false(add(&queue, LIMIT_SOCKET_QUEUE_BYTES + 1));
    assert_true(add(&queue, LIMIT_SOCKET_QUEUE_BYTES));
    assert_false(add(&queue, 1));
    queue_clear(&queue);
    assert_true(add(&queue, LIMIT_SOCKET_QUEUE_BYTES + 1));
    queue_clear(&queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_answer_larger_than_the_bound_may_wait_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
