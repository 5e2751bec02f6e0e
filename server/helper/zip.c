#include "helper/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>

#define UNPACKED_BYTES INT64_C(268435456) /* of one file; a large workbook takes a tenth */
#define FREE_BYTES     INT64_C(16777216)  /* from here on it may not unfold too much: */
#define UNFOLD_TIMES   200                /* a table of zeros does some 100 times */
enum { MEMBERS = 10000, PIECE_BYTES = 65536 };

static char file_piece[PIECE_BYTES];

static la_ssize_t read_file(struct archive *archive, void *context, const void **data_out)
{
    struct zip *zip = context;
    (void)archive;
    ssize_t got = content_read(zip->content, zip->position, file_piece, sizeof file_piece);
    zip->position += got > 0 ? got : 0;
    *data_out = file_piece;
    return got;
}

static la_int64_t seek_file(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    struct zip *zip = context;
    (void)archive;
    int64_t base = whence == SEEK_END   ? zip->content->bytes
                   : whence == SEEK_CUR ? zip->position
                                        : 0;
    int64_t position;
    if (__builtin_add_overflow(base, offset, &position) || position < 0) {
        return ARCHIVE_FATAL;
    }
    zip->position = position;
    return position;
}

static la_int64_t skip_file(struct archive *archive, void *context, la_int64_t bytes)
{
    int64_t before = ((struct zip *)context)->position;
    la_int64_t after = seek_file(archive, context, bytes, SEEK_CUR);
    return after < 0 ? 0 : after - before;
}

static bool unfolds_too_much(const struct zip *zip)
{
    return zip->unpacked > UNPACKED_BYTES ||
           (zip->unpacked > FREE_BYTES && zip->unpacked / UNFOLD_TIMES > zip->content->bytes);
}

static bool read_member(struct zip *zip, struct archive *archive, const struct zip_visitor *visitor,
                        void *context)
{
    static char piece[PIECE_BYTES];
    la_ssize_t got = 1;
    while (got > 0 && !visitor->is_enough(context)) {
        got = archive_read_data(archive, piece, sizeof piece);
        zip->unpacked += got > 0 ? got : 0;
        if (got < 0 || unfolds_too_much(zip) ||
            !visitor->piece(context, piece, (size_t)got, got == 0)) {
            return false;
        }
    }
    return true;
}

static bool visit(struct zip *zip, struct archive *archive, struct archive_entry *entry,
                  const struct zip_visitor *visitor, void *context)
{
    const char *name = archive_entry_pathname(entry);
    if (!name || archive_entry_filetype(entry) != AE_IFREG || !visitor->wants(context, name)) {
        return true;
    }
    return !archive_entry_is_encrypted(entry) && read_member(zip, archive, visitor, context);
}

static bool walk(struct zip *zip, struct archive *archive, const struct zip_visitor *visitor,
                 void *context)
{
    struct archive_entry *entry;
    int result = ARCHIVE_OK;
    for (int members = 0; !visitor->is_enough(context); members++) {
        result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_EOF) {
            return true;
        }
        /* A warning is of a name in letters unknown here: no name of those that are wanted. */
        if ((result != ARCHIVE_OK && result != ARCHIVE_WARN) || members == MEMBERS ||
            !visit(zip, archive, entry, visitor, context)) {
            return false;
        }
    }
    return true;
}

bool zip_walk(struct zip *zip, const struct zip_visitor *visitor, void *context)
{
    struct archive *archive = archive_read_new();
    zip->position = 0;
    bool walked = archive && archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK &&
                  archive_read_set_read_callback(archive, read_file) == ARCHIVE_OK &&
                  archive_read_set_seek_callback(archive, seek_file) == ARCHIVE_OK &&
                  archive_read_set_skip_callback(archive, skip_file) == ARCHIVE_OK &&
                  archive_read_set_callback_data(archive, zip) == ARCHIVE_OK &&
                  archive_read_open1(archive) == ARCHIVE_OK && walk(zip, archive, visitor, context);
    archive_read_free(archive);
    return walked;
}
