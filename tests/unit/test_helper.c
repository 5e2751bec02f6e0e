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

struct beginning {
    const char *bytes;
    size_t count;
    const char *name, *type;
};
#define BEGINS(literal) (literal), sizeof(literal) - 1

static void what_people_bring_is_known_by_how_it_begins(void **state)
{
    (void)state;
    static const struct beginning files[] = {
        {BEGINS("ID3\3\0\0\0\0\0\12TIT2\0\0\0\0\0\0\377\373\220\144\0\0\0\0"), "a.mp3",
         "audio/mpeg"},
        {BEGINS("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\23OpusHead\1\2"), "a.opus",
         "audio/ogg"},
        {BEGINS("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\36\1vorbis\0\0\0\0\2"), "a.ogg",
         "audio/ogg"},
        {BEGINS("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\52\200theora\3\2\1"), "a.ogv",
         "video/ogg"},
        {BEGINS("\0\0\0\40ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0"), "a.m4a", "audio/mp4"},
        {BEGINS("\0\0\0\40ftypisom\0\0\2\0isomiso2avc1mp41"), "a.mp4", "video/mp4"},
        {BEGINS("\0\0\0\40ftypmp42\0\0\0\0isommp42"), "a.mp4", "video/mp4"},
        {BEGINS("\32\105\337\243\237\102\206\201\1\102\367\201\1\102\362\201\4\102\363\201\10"
                "\102\202\204webm\102\207\201\4"),
         "a.webm", "video/webm"},
        {BEGINS("RIFF\44\0\0\0WAVEfmt \20\0\0\0\1\0\1\0"), "a.wav", "audio/wav"},
        {BEGINS("fLaC\0\0\0\42\20\0\20\0\0\0\0\0\0\0\12\304\102\360"), "a.flac", "audio/flac"},
        {BEGINS("GIF89a\1\0\1\0\200\0\0"), "a.gif", "image/gif"},
        {BEGINS("{\\rtf1\\ansi Bonjour}"), "a.rtf", "application/rtf"},
        {BEGINS("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"), "a.ics", "text/calendar"},
        {BEGINS("BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n"), "a.vcf", "text/vcard"},
        {BEGINS("ville;PVD;date\nBeffroy;oui;2026\nAutre;non;2025\n"), "a.csv", "text/csv"},
        {BEGINS("ville,PVD,date\nBeffroy,oui,2026\nAutre,non,2025\n"), "a.csv", "text/csv"},
        {BEGINS("# Titre\n\n- un\n- deux\n"), "a.md", "text/markdown"},
        {BEGINS("{\"type\": \"FeatureCollection\", \"features\": []}"), "a.geojson",
         "application/geo+json"},
        {BEGINS("Le 1\351 texte d\351j\340 ancien\r\n"), "a.txt", "text/plain"},
        {BEGINS("\377\376B\0o\0n\0j\0o\0u\0r\0"), "a.txt", "text/plain"},
        {BEGINS("<!DOCTYPE html><html><script>alert(1)</script></html>"), "a.txt",
         "application/octet-stream"},
        {BEGINS("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "a.svg",
         "application/octet-stream"},
        {BEGINS("#!/bin/sh\nrm -rf /\n"), "a.txt", "application/octet-stream"},
        {BEGINS("From: moi\nSubject: la r\303\251union\n\nBonjour\n"), "a.txt", "text/plain"},
        {BEGINS("MZ\220\0\3\0\0\0\4\0\0\0\377\377"), "a.exe", "application/octet-stream"},
        {BEGINS(""), "a.pdf", "application/octet-stream"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *type;
        int fd = file_of(files[i].bytes, files[i].count);
        assert_int_equal(helper_type(helper, fd, files[i].name, &type), HELPER_DONE);
        if (strcmp(type, files[i].type) != 0) {
            print_message("file %zu, %s\n", i, files[i].name);
        }
        assert_string_equal(type, files[i].type);
        close(fd);
    }
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
        cmocka_unit_test(what_people_bring_is_known_by_how_it_begins),
        cmocka_unit_test(pages_of_a_pdf_keep_their_numbers),
        cmocka_unit_test(plain_text_is_read),
        cmocka_unit_test(a_jpeg_is_drawn_upright_and_without_its_exif),
    };
    return cmocka_run_group_tests(tests, fixture_start_helper, fixture_stop_helper);
}
