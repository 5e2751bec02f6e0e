#include "helper_fixture.h"

#include <string.h>
#include <unistd.h>

static void the_type_is_what_content_and_name_agree_on(void **state)
{
    (void)state;
    const char *type;
    int fd = file_of_text("Bonjour à tous.\n");
    assert_int_equal(helper_type(helper, fd, "mot.txt", &type), HELPER_DONE);
    assert_string_equal(type, "text/plain");
    assert_int_equal(helper_type(helper, fd, "mot.pdf", &type), HELPER_DONE);
    assert_string_equal(type, "application/octet-stream");
    close(fd);
}

static void pages_of_a_pdf_keep_their_numbers(void **state)
{
    (void)state;
    struct buf pdf;
    const char *const pages[] = {"Halles", "", "Convention de revitalisation", NULL};
    make_pdf(&pdf, pages);
    int fd = file_of(pdf.data, pdf.len);
    struct reading reading = read_text(fd, "application/pdf");
    assert_int_equal(reading.outcome, HELPER_DONE);
    assert_int_equal(reading.unit, UNIT_PAGE);
    assert_string_equal(reading.text.data, "[1]Halles[3]Convention de revitalisation");
    buf_finish(&reading.text);
    buf_finish(&pdf);
    close(fd);
}

static void plain_text_is_read(void **state)
{
    (void)state;
    int fd = file_of_text("Un  mot,\r\n\r\n\r\n\r\net \x01 la fin.");
    struct reading reading = read_text(fd, "text/plain");
    assert_int_equal(reading.outcome, HELPER_DONE);
    assert_int_equal(reading.unit, UNIT_NONE);
    assert_string_equal(reading.text.data, "[1]Un mot,\n\net la fin.");
    buf_finish(&reading.text);
    close(fd);
}

static void a_jpeg_is_drawn_upright_and_without_its_exif(void **state)
{
    (void)state;
    struct buf jpeg, drawn;
    struct picture picture;
    make_jpeg_exif(&jpeg, 64, 32, 6);
    int fd = file_of(jpeg.data, jpeg.len);
    int out = file_of("", 0);
    assert_int_equal(helper_redraw(helper, fd, "image/jpeg", 4096, out, &picture), HELPER_DONE);
    assert_int_equal(picture.width, 32);
    assert_int_equal(picture.height, 64);
    assert_string_equal(picture.type, "image/jpeg");
    whole_file(out, &drawn);
    assert_non_null(memmem(jpeg.data, jpeg.len, "GPS-48", 6));
    assert_null(memmem(drawn.data, drawn.len, "GPS-48", 6));
    assert_null(memmem(drawn.data, drawn.len, "Exif", 4));
    buf_finish(&jpeg);
    buf_finish(&drawn);
    close(fd);
    close(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_type_is_what_content_and_name_agree_on),
        cmocka_unit_test(pages_of_a_pdf_keep_their_numbers),
        cmocka_unit_test(plain_text_is_read),
        cmocka_unit_test(a_jpeg_is_drawn_upright_and_without_its_exif),
    };
    return cmocka_run_group_tests(tests, fixture_start_helper, fixture_stop_helper);
}
