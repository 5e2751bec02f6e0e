#include "unit.h"

#include <string.h>

#include "base/str.h"

static void equality_takes_null(void **state)
{
    (void)state;
    assert_true(str_equal("Ain", "Ain"));
    assert_false(str_equal("Ain", "ain"));
    assert_false(str_equal("Ain", "Ainay"));
    assert_true(str_equal(NULL, NULL));
    assert_false(str_equal(NULL, ""));
    assert_false(str_equal("", NULL));
}

static void case_is_folded_for_ascii_alone(void **state)
{
    (void)state;
    assert_true(str_equal_nocase("WebSocket", "websocket"));
    assert_false(str_equal_nocase("web", "websocket"));
    assert_false(str_equal_nocase("É", "é"));
    assert_false(str_equal_nocase("[", "{"));
    assert_true(str_equal_nocase(NULL, NULL));
    assert_false(str_equal_nocase("", NULL));
}

static void prefixes_are_seen(void **state)
{
    (void)state;
    assert_true(str_starts("Bearer x", "Bearer "));
    assert_false(str_starts("Bear", "Bearer "));
    assert_true(str_starts("", ""));
}

static void spaces_and_invisible_characters_are_blank(void **state)
{
    (void)state;
    static const char *const blank[] = {"",       " ",
                                        "\t\r\n", "\u00a0\u202f\u2009",
                                        "\u3000", "\u200b\u200d\ufeff",
                                        "\u2060", "\u00ad",
                                        "\u3164", "\u2800",
                                        "\ufe0f"};
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        assert_true(str_is_blank(blank[i]));
    }
    assert_true(str_is_blank(NULL));
    assert_false(str_is_blank("  a "));
    assert_false(str_is_blank("\u00a0é"));
    assert_false(str_is_blank("\U0001F44D"));
}

static void numbers_are_whole_and_in_their_bounds(void **state)
{
    (void)state;
    int64_t value = -1;
    assert_true(str_to_int("0042", 0, 100, &value));
    assert_int_equal(value, 42);
    assert_true(str_to_int("9223372036854775807", 0, INT64_MAX, &value));
    assert_true(value == INT64_MAX);
    static const char *const refused[] = {
        "", "-1", "+1", " 1", "1 ", "0x1", "1e2", "101", "1.0", "\u0661", "99999999999999999999"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        value = 7;
        assert_false(str_to_int(refused[i], 0, 100, &value));
        assert_int_equal(value, 7);
    }
    assert_false(str_to_int("9223372036854775808", 0, INT64_MAX, &value));
    assert_false(str_to_int(NULL, 0, 1, &value));
    assert_false(str_to_int("0", 1, 9, &value));
}

#define BYTES(text)                                                                                \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
struct bytes {
    const char *data;
    size_t len;
};

static void well_formed_utf8_is_valid(void **state)
{
    (void)state;
    static const struct bytes valid[] = {
        BYTES(""),
        BYTES("abc"),
        BYTES("L'Haÿ-les-Roses, œuvre, 5 €"),
        BYTES("\x7f"),
        BYTES("\xc2\x80"),
        BYTES("\xdf\xbf"),
        BYTES("\xe0\xa0\x80"),
        BYTES("\xed\x9f\xbf"),
        BYTES("\xee\x80\x80"),
        BYTES("\xef\xbf\xbf"),
        BYTES("\xf0\x90\x80\x80"),
        BYTES("\xf4\x8f\xbf\xbf"),
        BYTES("nul\0inside"),
    };
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        assert_true(utf8_valid(valid[i].data, valid[i].len));
    }
}

static void malformed_utf8_is_refused_wherever_it_stands(void **state)
{
    (void)state;
    static const struct bytes broken[] = {
        BYTES("\x80"),
        BYTES("\xbf"),
        BYTES("\xc0\x80"),
        BYTES("\xc1\xbf"),
        BYTES("\xc2"),
        BYTES("\xc2\x41"),
        BYTES("\xe0\x9f\xbf"),
        BYTES("\xe2\x82"),
        BYTES("\xe2\x28\xa1"),
        BYTES("\xed\xa0\x80"),
        BYTES("\xed\xbf\xbf"),
        BYTES("\xf0\x8f\xbf\xbf"),
        BYTES("\xf0\x9f\x92"),
        BYTES("\xf4\x90\x80\x80"),
        BYTES("\xf5\x80\x80\x80"),
        BYTES("\xfe"),
        BYTES("\xff"),
        BYTES("\xf8\x88\x80\x80\x80"),
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        assert_false(utf8_valid(broken[i].data, broken[i].len));
        for (size_t before = 0; before < 20; before++) {
            char text[64];
            memset(text, 'a', sizeof text);
            memcpy(text + before, broken[i].data, broken[i].len);
            assert_false(utf8_valid(text, sizeof text));
        }
    }
}

static void a_cut_character_does_not_read_past_the_end(void **state)
{
    (void)state;
    static const char euro[] = {'\xe2', '\x82', '\xac'};
    assert_false(utf8_valid(euro, 2));
    assert_false(utf8_valid(euro, 1));
    assert_true(utf8_valid(euro, 3));
}

static void a_text_to_be_continued_may_end_within_a_character(void **state)
{
    (void)state;
    static const struct bytes going_on[] = {
        BYTES("a\xc3"), BYTES("a\xe2\x82"), BYTES("a\xf0"), BYTES("a\xf0\x9f\x8f"), BYTES("a"),
    };
    static const struct bytes lost[] = {
        BYTES("a\xff"),     BYTES("a\xe0\x9f"), BYTES("a\xed\xa0"),
        BYTES("a\xf4\x90"), BYTES("a\x80"),     BYTES("\xc3(\xc3"),
    };
    size_t whole;
    for (size_t i = 0; i < sizeof going_on / sizeof *going_on; i++) {
        assert_true(utf8_valid_part(going_on[i].data, going_on[i].len, &whole));
        assert_int_equal(whole, 1);
    }
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        assert_false(utf8_valid_part(lost[i].data, lost[i].len, &whole));
    }
}

static void characters_are_counted_and_cut_whole(void **state)
{
    (void)state;
    assert_int_equal(utf8_chars(""), 0);
    assert_int_equal(utf8_chars("été €\U0001F44D"), 6);
    assert_int_equal(utf8_cut("été", 100), 5);
    assert_int_equal(utf8_cut("été", 5), 5);
    assert_int_equal(utf8_cut("été", 4), 3);
    assert_int_equal(utf8_cut("été", 1), 0);
    assert_int_equal(utf8_cut("a\U0001F44D", 4), 1);
    assert_int_equal(utf8_cut("", 0), 0);
}

static void code_points_come_one_by_one(void **state)
{
    (void)state;
    const char *text = "aé€\U0001F44D";
    assert_int_equal(utf8_next(&text), 'a');
    assert_int_equal(utf8_next(&text), 0xE9);
    assert_int_equal(utf8_next(&text), 0x20AC);
    assert_int_equal(utf8_next(&text), 0x1F44D);
    assert_int_equal(utf8_next(&text), 0);
    assert_int_equal(utf8_next(&text), 0);
}

static void a_broken_text_is_walked_to_its_end_and_no_further(void **state)
{
    (void)state;
    const char text[] = "\xf0\x9f";
    const char *at = text;
    while (utf8_next(&at) != 0) {
    }
    assert_ptr_equal(at, text + 2);
}

static void hex_goes_both_ways(void **state)
{
    (void)state;
    unsigned char bytes[3];
    char text[7];
    hex_encode("\x00\xab\xff", 3, text);
    assert_string_equal(text, "00abff");
    assert_true(hex_decode("00ABff", bytes, 3));
    assert_memory_equal(bytes, "\x00\xab\xff", 3);
    assert_false(hex_decode("00abf", bytes, 3));
    assert_false(hex_decode("00abff00", bytes, 3));
    assert_false(hex_decode("00abfg", bytes, 3));
    assert_false(hex_decode(NULL, bytes, 3));
}

static void base64url_follows_rfc_4648(void **state)
{
    (void)state;
    static const char *const vectors[][2] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "-_8"}};
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        char text[16];
        unsigned char bytes[8];
        size_t count = strlen(vectors[i][0]);
        base64url_encode(vectors[i][0], count, text);
        assert_string_equal(text, vectors[i][1]);
        assert_true(base64url_decode(text, bytes, count));
        assert_memory_equal(bytes, vectors[i][0], count);
    }
}

static void base64url_has_one_text_per_value(void **state)
{
    (void)state;
    unsigned char bytes[2];
    assert_false(base64url_decode("Zg==", bytes, 1)); /* padded */
    assert_false(base64url_decode("Zh", bytes, 1));   /* spare bits set */
    assert_false(base64url_decode("Z", bytes, 1));
    assert_false(base64url_decode("Zm8", bytes, 1));
    assert_false(base64url_decode("+/8", bytes, 2));
    assert_false(base64url_decode("Z ", bytes, 1));
    assert_false(base64url_decode(NULL, bytes, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_takes_null),
        cmocka_unit_test(case_is_folded_for_ascii_alone),
        cmocka_unit_test(prefixes_are_seen),
        cmocka_unit_test(spaces_and_invisible_characters_are_blank),
        cmocka_unit_test(numbers_are_whole_and_in_their_bounds),
        cmocka_unit_test(well_formed_utf8_is_valid),
        cmocka_unit_test(malformed_utf8_is_refused_wherever_it_stands),
        cmocka_unit_test(a_cut_character_does_not_read_past_the_end),
        cmocka_unit_test(a_text_to_be_continued_may_end_within_a_character),
        cmocka_unit_test(characters_are_counted_and_cut_whole),
        cmocka_unit_test(code_points_come_one_by_one),
        cmocka_unit_test(a_broken_text_is_walked_to_its_end_and_no_further),
        cmocka_unit_test(hex_goes_both_ways),
        cmocka_unit_test(base64url_follows_rfc_4648),
        cmocka_unit_test(base64url_has_one_text_per_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
