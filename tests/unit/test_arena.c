#include "unit.h"

#include <stdalign.h>
#include <string.h>

#include "base/arena.h"

static void pieces_are_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    static const char zeros[100];
    for (size_t bytes = 1; bytes <= 100; bytes++) {
        char *piece = arena_alloc(&arena, bytes);
        assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
        assert_memory_equal(piece, zeros, bytes);
        memset(piece, 0xAA, bytes);
    }
    arena_finish(&arena);
}

static void memory_used_again_after_a_reset_is_zeroed(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    memset(arena_alloc(&arena, 1000), 0xAA, 1000);
    arena_reset(&arena);
    static const char zeros[1000];
    assert_memory_equal(arena_alloc(&arena, 1000), zeros, 1000);
    arena_finish(&arena);
}

static void pieces_do_not_overlap_across_blocks(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    unsigned char *pieces[64];
    for (int i = 0; i < 64; i++) {
        pieces[i] = memset(arena_alloc(&arena, 3000), i, 3000);
    }
    for (int i = 0; i < 64; i++) {
        assert_int_equal(pieces[i][0], i);
        assert_int_equal(pieces[i][2999], i);
    }
    arena_finish(&arena);
}

static void a_huge_piece_is_given_back_by_reset(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    arena_alloc(&arena, 8 << 20);
    arena_reset(&arena);
    assert_null(arena.blocks);
    arena_finish(&arena);
}

static void nothing_and_null_are_fine(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    arena_reset(&arena);
    assert_non_null(arena_alloc(&arena, 0));
    assert_null(arena_strdup(&arena, NULL));
    assert_string_equal(arena_strdup(&arena, ""), "");
    arena_finish(&arena);
    arena_finish(&arena);
}

static void copies_are_their_own(void **state)
{
    (void)state;
    struct arena arena;
    char text[] = "Ambérieu";
    arena_init(&arena);
    char *copy = arena_strdup(&arena, text);
    char *part = arena_memdup(&arena, text, 3);
    text[0] = 'X';
    assert_string_equal(copy, "Ambérieu");
    assert_string_equal(part, "Amb");
    arena_finish(&arena);
}

static void printf_makes_texts_of_any_length(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(arena_printf(&arena, "%s[%d]", "people", 3), "people[3]");
    char *large = arena_printf(&arena, "%*d", 20000, 7);
    assert_int_equal(strlen(large), 20000);
    assert_int_equal(large[19999], '7');
    arena_finish(&arena);
}

static void a_pushed_list_keeps_its_items_while_it_grows(void **state)
{
    (void)state;
    struct arena arena;
    struct {
        int *items;
        size_t count, capacity;
    } list = {0};
    arena_init(&arena);
    for (int i = 0; i < 1000; i++) {
        ARENA_PUSH(&arena, &list, i);
    }
    assert_int_equal(list.count, 1000);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(list.items[i], i);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_and_aligned),
        cmocka_unit_test(memory_used_again_after_a_reset_is_zeroed),
        cmocka_unit_test(pieces_do_not_overlap_across_blocks),
        cmocka_unit_test(a_huge_piece_is_given_back_by_reset),
        cmocka_unit_test(nothing_and_null_are_fine),
        cmocka_unit_test(copies_are_their_own),
        cmocka_unit_test(printf_makes_texts_of_any_length),
        cmocka_unit_test(a_pushed_list_keeps_its_items_while_it_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
