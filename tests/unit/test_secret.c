/* How secrets are drawn: looks at 10,000 of each. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "club/secret.h"

enum { DRAWN = 10000, SECRET_BITS = 256, KEY_LETTERS = 25 /* the 26th holds three bits alone */ };

/* Six standard deviations of a fair coin thrown DRAWN times: passed by chance once in 500 million. */
#define BOUND (6 * 50)

static int by_text(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void assert_all_differ(const char **texts)
{
    qsort(texts, DRAWN, sizeof *texts, by_text);
    for (int i = 1; i < DRAWN; i++) {
        assert_string_not_equal(texts[i - 1], texts[i]);
    }
}

static void assert_balanced(const int *ones, int count)
{
    for (int bit = 0; bit < count; bit++) {
        assert_in_range(ones[bit], DRAWN / 2 - BOUND, DRAWN / 2 + BOUND);
    }
}

static void a_secret_is_256_bits_none_alike(void **state)
{
    (void)state;
    static const char *texts[DRAWN];
    int ones[SECRET_BITS] = {0};
    struct arena arena;
    arena_init(&arena);
    for (int i = 0; i < DRAWN; i++) {
        uint8_t bytes[SECRET_BITS / 8];
        texts[i] = secret_draw(SECRET_SESSION, &arena).text;
        assert_true(secret_has_form(texts[i], SECRET_SESSION));
        assert_true(base64url_decode(texts[i] + strlen(SECRET_SESSION), bytes, sizeof bytes));
        for (int bit = 0; bit < SECRET_BITS; bit++) {
            ones[bit] += bytes[bit / 8] >> (bit % 8) & 1;
        }
    }
    assert_balanced(ones, SECRET_BITS);
    assert_all_differ(texts);
    arena_finish(&arena);
}

static void the_address_of_a_file_is_128_bits_none_alike(void **state)
{
    (void)state;
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    static const char *texts[DRAWN];
    int ones[5 * KEY_LETTERS] = {0};
    struct arena arena;
    arena_init(&arena);
    for (int i = 0; i < DRAWN; i++) {
        texts[i] = key_draw(&arena);
        assert_int_equal(strlen(texts[i]), KEY_LETTERS + 1);
        for (int bit = 0; bit < 5 * KEY_LETTERS; bit++) {
            const char *letter = strchr(alphabet, texts[i][bit / 5]);
            assert_non_null(letter);
            ones[bit] += (int)(letter - alphabet) >> (bit % 5) & 1;
        }
    }
    assert_balanced(ones, 5 * KEY_LETTERS);
    assert_all_differ(texts);
    arena_finish(&arena);
}

/* One secret says nothing of the next: each of their bits differs half of the time. */
static void a_secret_says_nothing_of_the_next(void **state)
{
    (void)state;
    int changed[SECRET_BITS] = {0};
    uint8_t before[SECRET_BITS / 8] = {0}, bytes[SECRET_BITS / 8];
    struct arena arena;
    arena_init(&arena);
    for (int i = 0; i < DRAWN; i++) {
        const char *text = secret_draw(SECRET_TOKEN, &arena).text;
        assert_true(base64url_decode(text + strlen(SECRET_TOKEN), bytes, sizeof bytes));
        for (int bit = 0; bit < SECRET_BITS; bit++) {
            changed[bit] += (bytes[bit / 8] ^ before[bit / 8]) >> (bit % 8) & 1;
        }
        memcpy(before, bytes, sizeof before);
    }
    assert_balanced(changed, SECRET_BITS);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_is_256_bits_none_alike),
        cmocka_unit_test(the_address_of_a_file_is_128_bits_none_alike),
        cmocka_unit_test(a_secret_says_nothing_of_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
