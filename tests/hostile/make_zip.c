/* Hostile zips. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "helper_fixture.h"
#include "make.h"
#include "make_kinds.h"
#include "office_fixture.h"

static void odt_of(struct hostile *out, const char *content)
{
    const char *const members[] = {"mimetype", ODF "text", "content.xml", content, NULL};
    *out = (struct hostile){.type = ODF "text", .name = "a.odt"};
    make_zip(&out->bytes, members);
}

static char *repeated(const char *before, const char *piece, size_t times, const char *after)
{
    struct buf text;
    buf_init(&text);
    buf_text(&text, before);
    for (size_t i = 0; i < times; i++) {
        buf_text(&text, piece);
    }
    buf_text(&text, after);
    buf_add(&text, "", 1);
    return text.data;
}

/* A thousand times what it weighs. */
void make_bomb(struct hostile *out, struct chance *chance)
{
    size_t bytes = 40000000 + chance_below(chance, 60000000);
    char *blanks = mem_alloc(bytes + 1);
    memset(blanks, chance_below(chance, 2) ? ' ' : '<', bytes);
    memcpy(blanks, "<a>", 3);
    odt_of(out, blanks);
    free(blanks);
}

/* A zip in a zip in a zip, and a workbook whose sheet is the workbook. */
void make_nested(struct hostile *out, struct chance *chance)
{
    char *text = repeated("<a>", "<b>", 300 + chance_below(chance, 100000), "");
    odt_of(out, text);
    free(text);
    for (size_t i = 0; i < chance_below(chance, 5); i++) {
        struct buf inner = out->bytes;
        buf_add(&inner, "", 1);
        const char *const members[] = {"mimetype", ODF "text", "content.xml", inner.data, NULL};
        make_zip(&out->bytes, members);
        buf_finish(&inner);
    }
}

void make_laughs(struct hostile *out, struct chance *chance)
{
    static const char *const declared[] = {
        "<!ENTITY a1 '&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;'>",
        "<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;",
        "<!ENTITY a9 SYSTEM 'file:///etc/passwd'>",
        "<!ENTITY a9 SYSTEM '/dev/zero'>",
    };
    struct buf text;
    size_t which = chance_below(chance, 4);
    buf_init(&text);
    buf_printf(&text, "<!DOCTYPE a [<!ENTITY a0 'ha ha ha'>%s", declared[which]);
    for (int i = 2; which == 0 && i < 10; i++) {
        buf_printf(&text, "<!ENTITY a%d '&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;'>", i,
                   i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    }
    buf_printf(&text, "]><a><p>&a9;</p></a>");
    buf_add(&text, "", 1);
    odt_of(out, text.data);
    buf_finish(&text);
}

/* One word, one name, one attribute, one cell said a million times: each as long as it can be. */
void make_gigantic(struct hostile *out, struct chance *chance)
{
    size_t which = chance_below(chance, 4);
    if (which == 3) {
        char *word = repeated("<sst><si><t>", "mot ", 16000, "</t></si></sst>");
        char *rows =
            repeated("<worksheet>", "<row><c t='s'><v>0</v></c></row>", 300000, "</worksheet>");
        const char *const members[] = {
            "xl/workbook.xml",
            "<w xmlns:r='r'><sheet name='a' r:id='r1'/></w>",
            "xl/_rels/workbook.xml.rels",
            "<R><Relationship Id='r1' Target='s.xml'/></R>",
            "xl/sharedStrings.xml",
            word,
            "xl/s.xml",
            rows,
            NULL,
        };
        *out = (struct hostile){.type = OOXML "spreadsheetml.sheet", .name = "a.xlsx"};
        make_zip(&out->bytes, members);
        free(word);
        free(rows);
        return;
    }
    static const char *const around[][2] = {
        {"<a><p>", "</p></a>"}, {"<a><", "/></a>"}, {"<a><p b='", "'/></a>"}};
    char *text = repeated(around[which][0], "abcdefghijklmnopqrst", 500000, around[which][1]);
    odt_of(out, text);
    free(text);
}

static la_ssize_t keep(struct archive *archive, void *out, const void *data, size_t bytes)
{
    (void)archive;
    buf_add(out, data, bytes);
    return (la_ssize_t)bytes;
}

static void add_member(struct archive *archive, const char *name, const char *link)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, link ? AE_IFLNK : AE_IFREG);
    archive_entry_set_size(entry, link ? (la_int64_t)strlen(link) : 0);
    archive_entry_set_symlink(entry, link);
    assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
    archive_entry_free(entry);
}

/* Names that lead elsewhere: links, and more members than anybody reads. */
void make_members(struct hostile *out, struct chance *chance)
{
    static const char *const targets[] = {"/etc/passwd", "../../../etc/passwd", "content.xml",
                                          "/proc/self/mem"};
    struct archive *archive = archive_write_new();
    *out = (struct hostile){.type = ODF "text", .name = "a.odt"};
    buf_init(&out->bytes);
    archive_write_set_format_zip(archive);
    archive_write_set_bytes_in_last_block(archive, 1);
    assert_int_equal(archive_write_open(archive, &out->bytes, NULL, keep, NULL), ARCHIVE_OK);
    size_t many = chance_below(chance, 2) * 12000;
    for (size_t i = 0; i < many; i++) {
        char name[32];
        snprintf(name, sizeof name, "../%zu", i);
        add_member(archive, name, NULL);
    }
    add_member(archive, "content.xml", targets[chance_below(chance, 4)]);
    archive_write_close(archive);
    archive_write_free(archive);
}

/* Each place where a header of a zip begins. */
static char *next_header(const struct buf *zip, char *after, const char *signature)
{
    size_t left = zip->len - (size_t)(after - zip->data);
    return memmem(after, left, signature, 4);
}

/* A header says what is not so: sizes, checksums, offsets, a password. */
void make_lying(struct hostile *out, struct chance *chance)
{
    static const struct {
        const char *signature;
        size_t first, bytes; /* of a header: from its flags to its sizes, or offsets */
    } headers[] = {{"PK\3\4", 6, 20}, {"PK\1\2", 8, 38}, {"PK\5\6", 8, 12}};
    make_good(out, chance_below(chance, OFFICE_SAMPLES));
    size_t which = chance_below(chance, 3);
    char *at = out->bytes.data;
    while ((at = next_header(&out->bytes, at, headers[which].signature)) != NULL) {
        size_t field = headers[which].first + chance_below(chance, headers[which].bytes);
        if ((size_t)(at - out->bytes.data) + field < out->bytes.len) {
            at[field] = (char)chance_below(chance, 256);
        }
        at += 4;
    }
}

/* With a password: of the zip, or as OpenDocument does. */
void make_locked(struct hostile *out, struct chance *chance)
{
    if (chance_below(chance, 2)) {
        make_good(out, chance_below(chance, OFFICE_SAMPLES));
        for (char *at = out->bytes.data; (at = next_header(&out->bytes, at, "PK\3\4")); at += 4) {
            at[6] |= 1;
        }
        for (char *at = out->bytes.data; (at = next_header(&out->bytes, at, "PK\1\2")); at += 4) {
            at[8] |= 1;
        }
        return;
    }
    char noise[200];
    for (size_t i = 0; i < sizeof noise - 1; i++) {
        noise[i] = (char)(1 + chance_below(chance, 255));
    }
    noise[sizeof noise - 1] = '\0';
    odt_of(out, noise);
}
