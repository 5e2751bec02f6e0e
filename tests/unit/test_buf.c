#include "unit.h"

#include <pthread.h>
#include <string.h>

#include "base/buf.h"

static void pieces_follow_each_other(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf);
    buf_text(&buf, "Clubs");
    buf_add(&buf, "\0x", 2);
    buf_add(&buf, NULL, 0);
    buf_printf(&buf, "%d", 42);
    assert_int_equal(buf.len, 9);
    assert_memory_equal(buf.data, "Clubs\0x42", 9);
    buf_finish(&buf);
}

static void printf_grows_for_a_long_text(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf);
    for (int i = 0; i < 50; i++) {
        buf_printf(&buf, "%*d", i * 37, i);
    }
    assert_int_equal(buf.len,
                     37 * 49 * 50 / 2 + 1); /* "0" takes one although its width is nothing */
    assert_memory_equal(buf.data + buf.len - 2, "49", 2);
    buf_finish(&buf);
}

static void clear_keeps_the_room(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf);
    buf_reserve(&buf, 5000);
    size_t capacity = buf.capacity;
    buf_clear(&buf);
    buf_text(&buf, "a");
    assert_int_equal(buf.len, 1);
    assert_int_equal(buf.capacity, capacity);
    buf_finish(&buf);
}

static void an_empty_buffer_can_be_finished(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf);
    assert_non_null(buf_reserve(&buf, 0));
    buf_finish(&buf);
    buf_finish(&buf);
    assert_null(buf.data);
}

static void shared_bytes_are_a_copy(void **state)
{
    (void)state;
    char text[] = "bonjour";
    struct shared_bytes *bytes = shared_bytes_create(text, 7);
    text[0] = 'X';
    assert_int_equal(bytes->len, 7);
    assert_memory_equal(bytes->data, "bonjour", 7);
    shared_bytes_release(bytes);
    shared_bytes_release(NULL);
    shared_bytes_release(shared_bytes_create(NULL, 0));
}

static void *retain_and_release(void *shared)
{
    for (int i = 0; i < 100000; i++) {
        shared_bytes_release(shared_bytes_retain(shared));
    }
    shared_bytes_release(shared);
    return NULL;
}

static void shared_bytes_count_right_from_several_threads(void **state)
{
    (void)state;
    struct shared_bytes *bytes = shared_bytes_create("x", 1);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, retain_and_release, shared_bytes_retain(bytes));
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(bytes->references, 1);
    shared_bytes_release(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_follow_each_other),
        cmocka_unit_test(printf_grows_for_a_long_text),
        cmocka_unit_test(clear_keeps_the_room),
        cmocka_unit_test(an_empty_buffer_can_be_finished),
        cmocka_unit_test(shared_bytes_are_a_copy),
        cmocka_unit_test(shared_bytes_count_right_from_several_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
