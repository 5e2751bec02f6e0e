#include "unit.h"

#include <string.h>

#include "main/config.h"
#include "store.h"

/* Reads a configuration of this text. */
static bool read_text(struct config *config, const char *text)
{
    struct place place;
    place_create(&place);
    FILE *file = fopen(place.path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    *config = (struct config){0};
    bool read = config_read(config, place.path);
    place_remove(&place);
    return read;
}

static void names_take_their_values_without_the_spaces_around(void **state)
{
    (void)state;
    struct config config;
    assert_true(read_text(&config, "listen = 127.0.0.1:9000\n"
                                   "  public_url=https://club.example.fr  \r\n"
                                   "mail_from = Club de l'Ain <a=b@example.fr>\n"));
    assert_string_equal(config.listen, "127.0.0.1:9000");
    assert_string_equal(config.public_url, "https://club.example.fr");
    assert_string_equal(config.mail_from, "Club de l'Ain <a=b@example.fr>");
    config_finish(&config);
}

static void comments_and_empty_lines_say_nothing(void **state)
{
    (void)state;
    struct config config;
    assert_true(read_text(&config, "# listen = 1\n\n   \n  # x\nsmtp_url = smtp://localhost\n"));
    assert_null(config.listen);
    assert_string_equal(config.smtp_url, "smtp://localhost");
    config_finish(&config);
}

static void an_unknown_name_or_a_line_without_equals_is_refused(void **state)
{
    (void)state;
    struct config config;
    assert_false(read_text(&config, "listen = a\nlisen = b\n"));
    config_finish(&config);
    assert_false(read_text(&config, "listen\n"));
    config_finish(&config);
}

static void a_line_that_is_too_long_is_refused_and_not_cut(void **state)
{
    (void)state;
    static char text[6000];
    struct config config;
    memset(text, 'x', sizeof text - 1);
    memcpy(text, "listen = ", 9);
    assert_false(read_text(&config, text));
    config_finish(&config);
}

static void the_last_of_two_lines_holds(void **state)
{
    (void)state;
    struct config config;
    assert_true(read_text(&config, "listen = a\nlisten = b\n"));
    assert_string_equal(config.listen, "b");
    config_finish(&config);
}

static void an_empty_value_is_as_if_it_were_not_there(void **state)
{
    (void)state;
    struct config config;
    assert_true(read_text(&config, "smtp_url =\n"));
    assert_null(config.smtp_url);
    config_finish(&config);
}

static void without_a_file_the_defaults_hold(void **state)
{
    (void)state;
    struct config config = {0};
    assert_true(config_read(&config, NULL));
    assert_true(config_complete(&config));
    assert_string_equal(config.listen, "127.0.0.1:8080");
    assert_non_null(config.mail_from);
    assert_null(config.public_url);
    config_finish(&config);
}

static void a_file_that_is_not_there_is_refused(void **state)
{
    (void)state;
    struct config config = {0};
    assert_false(config_read(&config, "/nowhere/beffroi.conf"));
}

static void a_certificate_without_its_key_is_refused(void **state)
{
    (void)state;
    struct config config = {.tls_cert = "cert.pem"};
    assert_false(config_complete(&config));
    config = (struct config){.tls_key = "key.pem"};
    assert_false(config_complete(&config));
    config = (struct config){.tls_cert = "cert.pem", .tls_key = "key.pem"};
    assert_true(config_complete(&config));
}

static void a_user_for_mail_needs_a_password_and_a_server(void **state)
{
    (void)state;
    struct config config = {.smtp_user = "club", .smtp_url = "smtp://localhost"};
    assert_false(config_complete(&config));
    config = (struct config){.smtp_user = "club", .smtp_password = "x"};
    assert_false(config_complete(&config));
    config =
        (struct config){.smtp_user = "club", .smtp_password = "x", .smtp_url = "smtp://localhost"};
    assert_true(config_complete(&config));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_take_their_values_without_the_spaces_around),
        cmocka_unit_test(comments_and_empty_lines_say_nothing),
        cmocka_unit_test(an_unknown_name_or_a_line_without_equals_is_refused),
        cmocka_unit_test(a_line_that_is_too_long_is_refused_and_not_cut),
        cmocka_unit_test(the_last_of_two_lines_holds),
        cmocka_unit_test(an_empty_value_is_as_if_it_were_not_there),
        cmocka_unit_test(without_a_file_the_defaults_hold),
        cmocka_unit_test(a_file_that_is_not_there_is_refused),
        cmocka_unit_test(a_certificate_without_its_key_is_refused),
        cmocka_unit_test(a_user_for_mail_needs_a_password_and_a_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
