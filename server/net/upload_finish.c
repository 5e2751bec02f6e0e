/* From bytes that are all there to a file: what it is, an image drawn anew, its place, its row. */
#include <stdio.h>
#include <unistd.h>

#include "base/media.h"
#include "base/str.h"
#include "club/file_answer.h"
#include "helper/helper.h"
#include "net/upload_inside.h"
#include "wire/json.h"

/* The helper has a job for minutes with a hostile file; the pool's other threads are for those who
 * read and bring. */
enum { FINISHING_MAX = LIMIT_HELPER_JOBS };

/* --- on the pool ------------------------------------------------------------------------------ */

static enum err keep(struct blob_writer *writer, struct upload_content *out)
{
    return blob_writer_keep(writer, out->hash, &out->bytes);
}

static enum err redraw_to(struct upload *upload, struct blob_writer *writer, int side_px,
                          struct upload_content *out)
{
    struct picture picture = {0};
    int fd = blob_writer_fd(upload->writer);
    if (lseek(fd, 0, SEEK_SET) != 0) {
        return ERR_READ_ONLY;
    }
    switch (helper_redraw(upload->net->config.helper, fd, upload->content.type, side_px,
                          blob_writer_fd(writer), &picture)) {
    case HELPER_UNREADABLE:
        return ERR_IMAGE;
    case HELPER_GONE:
        return ERR_BUSY;
    case HELPER_DONE:
        break;
    }
    out->type = picture.type;
    out->width = picture.width;
    out->height = picture.height;
    return keep(writer, out);
}

/* Under a key beside the file's own, which a sweep at start knows as nobody's. */
static enum err redraw(struct upload *upload, const char *suffix, int side_px,
                       struct upload_content *out)
{
    char key[FILE_KEY_CHARS + 16];
    struct blob_store *blobs = upload->net->config.blobs;
    struct blob_writer *writer = NULL;
    snprintf(key, sizeof key, "%s%s", upload->key, suffix);
    enum err err = blob_writer_open(blobs, key, 0, &writer);
    if (err) {
        return err;
    }
    err = redraw_to(upload, writer, side_px, out);
    blob_writer_close(writer);
    if (err) {
        blob_discard(blobs, key);
    }
    return err;
}

/* The bytes as they came are never kept: they say where it was taken, and by whom. */
static enum err keep_image(struct upload *upload)
{
    struct blob_store *blobs = upload->net->config.blobs;
    struct upload_content drawn = {0};
    if (upload->bytes > LIMIT_IMAGE_BYTES) {
        return ERR_IMAGE_SIZE;
    }
    enum err err = redraw(upload, "-image", LIMIT_IMAGE_SIDE, &drawn);
    if (err) {
        return err;
    }
    upload->has_thumbnail = /* a small one is its own */
        drawn.width > LIMIT_THUMBNAIL_SIDE || drawn.height > LIMIT_THUMBNAIL_SIDE;
    err = upload->has_thumbnail
              ? redraw(upload, "-vignette", LIMIT_THUMBNAIL_SIDE, &upload->thumbnail)
              : ERR_NONE;
    if (err) {
        blob_release(blobs, drawn.hash);
        return err;
    }
    upload->content = drawn;
    upload->is_kept = true;
    return ERR_NONE;
}

/* The same bytes would be refused each time. */
static bool is_hopeless(enum err err)
{
    return err == ERR_IMAGE || err == ERR_IMAGE_SIZE;
}

static void make(struct upload *upload)
{
    upload->content.type = "application/octet-stream";
    if (helper_type(upload->net->config.helper, blob_writer_fd(upload->writer), upload->name,
                    &upload->content.type) == HELPER_GONE) {
        upload->err = ERR_BUSY;
    } else if (media_find(upload->content.type)->shown == MEDIA_IMAGE) {
        upload->err = keep_image(upload);
        if (upload->is_kept || is_hopeless(upload->err)) {
            blob_discard(upload->net->config.blobs, upload->key);
        }
    } else {
        upload->err = keep(upload->writer, &upload->content);
        upload->is_kept = upload->err == ERR_NONE;
    }
}

static void release(struct upload *upload)
{
    blob_release(upload->net->config.blobs, upload->content.hash);
    if (upload->has_thumbnail) {
        blob_release(upload->net->config.blobs, upload->thumbnail.hash);
    }
}

/* --- on the loop ------------------------------------------------------------------------------ */

static void released(struct upload *upload)
{
    upload->safe = upload->bytes;
    upload->noted = upload->bytes;
    upload_answer(upload, upload->err);
}

static void rows_made(struct upload *upload, enum err err, const void *out)
{
    const struct file_finished *finished = out;
    upload->err = err ? err : finished->kept ? ERR_NONE : ERR_NOT_FOUND;
    upload_run(upload, release, released);
}

static void add_content(struct buf *params, const char *name, const struct upload_content *content)
{
    char hash[2 * BLOB_HASH_BYTES + 1];
    hex_encode(content->hash, BLOB_HASH_BYTES, hash);
    buf_printf(params, ",\"%s\":{\"hash\":\"%s\",\"bytes\":%lld,\"type\":\"%s\"", name, hash,
               (long long)content->bytes, content->type);
    if (content->width > 0) {
        buf_printf(params, ",\"width\":%d,\"height\":%d", content->width, content->height);
    }
    buf_text(params, "}");
}

static void make_rows(struct upload *upload)
{
    struct buf params;
    buf_init(&params);
    buf_printf(&params, "{\"file\":%lld", (long long)upload->file);
    add_content(&params, "blob", &upload->content);
    if (upload->has_thumbnail) {
        add_content(&params, "thumbnail", &upload->thumbnail);
    }
    buf_text(&params, "}");
    upload_call(upload, "file.finish", &params, NULL, rows_made);
    buf_finish(&params);
}

static void dropped(struct upload *upload, enum err err, const void *out)
{
    (void)err, (void)out; /* what could not be dropped lapses in a day */
    upload_answer(upload, upload->err);
}

/* Its bringer need not wait until it lapses to have the room again. */
static void drop(struct upload *upload)
{
    struct buf params;
    buf_init(&params);
    buf_text(&params, "{\"key\":");
    json_text(&params, upload->key);
    buf_text(&params, "}");
    upload_call(upload, "file.drop", &params, &upload->credential, dropped);
    buf_finish(&params);
}

static void let_next(struct net *net)
{
    net->finishing--;
    struct upload *upload = net->uploads;
    while (upload && !upload->waiting) {
        upload = upload->next;
    }
    if (upload) {
        upload->waiting = false;
        upload_go_on(upload);
    }
}

static void made(struct upload *upload)
{
    let_next(upload->net);
    if (upload->is_kept) {
        make_rows(upload);
    } else if (is_hopeless(upload->err)) {
        drop(upload);
    } else {
        upload_answer(upload, upload->err);
    }
}

void upload_finish(struct upload *upload)
{
    if (upload->net->finishing >= FINISHING_MAX) {
        upload->waiting = true;
        return;
    }
    upload->net->finishing++;
    upload_run(upload, make, made);
}
