#include "unit.h"

#include <string.h>

#include "base/media.h"

static void content_and_name_must_agree(void **state)
{
    (void)state;
    assert_string_equal(media_of("application/pdf", "Convention.PDF")->type, "application/pdf");
    assert_string_equal(media_of("application/pdf", "Convention.docx")->type,
                        "application/octet-stream");
    assert_string_equal(media_of("application/zip", "Convention.docx")->type,
                        "application/octet-stream");
    assert_string_equal(media_of("application/pdf", "Convention")->type,
                        "application/octet-stream");
    assert_string_equal(media_of("application/pdf", "pdf.")->type, "application/octet-stream");
}

static void the_name_tells_apart_what_looks_the_same(void **state)
{
    (void)state;
    assert_string_equal(media_of("text/plain", "suivi.csv")->type, "text/csv");
    assert_string_equal(media_of("text/plain", "lisez-moi.md")->type, "text/markdown");
    assert_string_equal(media_of("application/x-ole-storage", "a.xls")->type,
                        "application/vnd.ms-excel");
    assert_string_equal(media_of("audio/x-m4a", "a.m4a")->type, "audio/mp4");
    assert_string_equal(media_of("image/jpeg", "a.b.jpeg")->type, "image/jpeg");
}

static void an_image_is_one_under_any_name(void **state)
{
    (void)state;
    assert_string_equal(media_of("image/jpeg", "a.png")->type, "image/jpeg");
    assert_string_equal(media_of("image/webp", "a.jpg")->type, "image/webp");
    assert_string_equal(media_of("image/jpeg", "a.pdf")->type, "image/jpeg");
    assert_string_equal(media_of("image/jpeg", "DSC00042")->type, "image/jpeg");
    assert_string_equal(media_of("image/gif", "a.png")->type, "application/octet-stream");
    assert_string_equal(media_of("text/html", "a.png")->type, "application/octet-stream");
}

static void what_cameras_make_is_an_image_even_where_it_cannot_be_drawn(void **state)
{
    (void)state;
    static const char *const made[][2] = {
        {"image/heic", "IMG_1.HEIC"}, {"image/heif", "IMG_1.heic"}, {"image/heic", "IMG_1.jpg"},
        {"image/avif", "a.avif"},     {"image/tiff", "a.tif"},      {"image/tiff", "a.nef"},
        {"image/tiff", "a"},
    };
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        assert_int_equal(media_of(made[i][0], made[i][1])->shown, MEDIA_IMAGE);
    }
    assert_int_equal(media_of("image/gif", "a.gif")->shown, MEDIA_SAVED);
}

static void pages_pictures_of_strokes_and_programs_are_only_saved(void **state)
{
    (void)state;
    static const char *const doubtful[][2] = {
        {"text/html", "a.html"},
        {"text/html", "a.txt"},
        {"image/svg+xml", "a.svg"},
        {"text/xml", "a.xml"},
        {"text/x-shellscript", "a.sh"},
        {"text/x-shellscript", "a.txt"},
        {"application/x-dosexec", "a.exe"},
        {"application/javascript", "a.js"},
    };
    for (size_t i = 0; i < sizeof doubtful / sizeof *doubtful; i++) {
        const struct media *media = media_of(doubtful[i][0], doubtful[i][1]);
        assert_string_equal(media->type, "application/octet-stream");
        assert_int_equal(media->shown, MEDIA_SAVED);
        assert_int_equal(media->read, MEDIA_READ_NONE);
    }
}

static void a_type_of_the_list_is_found_and_any_other_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(media_find("application/pdf")->shown, MEDIA_INLINE);
    assert_int_equal(media_find("image/webp")->shown, MEDIA_IMAGE);
    assert_int_equal(media_find("video/mp4")->shown, MEDIA_PLAYED);
    assert_int_equal(media_find("application/vnd.oasis.opendocument.text")->read,
                     MEDIA_READ_OFFICE);
    assert_string_equal(media_find("image/svg+xml")->type, "application/octet-stream");
    assert_string_equal(media_find(NULL)->type, "application/octet-stream");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(content_and_name_must_agree),
        cmocka_unit_test(the_name_tells_apart_what_looks_the_same),
        cmocka_unit_test(an_image_is_one_under_any_name),
        cmocka_unit_test(what_cameras_make_is_an_image_even_where_it_cannot_be_drawn),
        cmocka_unit_test(pages_pictures_of_strokes_and_programs_are_only_saved),
        cmocka_unit_test(a_type_of_the_list_is_found_and_any_other_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
