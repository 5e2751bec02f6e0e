/* Whether anything can be written: told to every listener, so that nobody has to try. */
#include "club/status.h"
#include "live/engine.h"
#include "wire/frame.h"
#include "wire/rpc.h"

static struct shared_bytes *status_frame(bool read_only)
{
    struct status status = {.writable = !read_only};
    struct buf json, frame;
    buf_init(&json);
    buf_init(&frame);
    rpc_notify(&json, "status", status_fields, &status);
    frame_text(&frame, json.data, json.len);
    struct shared_bytes *bytes = shared_bytes_create(frame.data, frame.len);
    buf_finish(&frame);
    buf_finish(&json);
    return bytes;
}

void status_greet(struct listener *listener)
{
    struct live *live = listener->live;
    if (live->told_read_only) {
        struct shared_bytes *bytes = status_frame(true);
        hub_send(&live->hub, listener, bytes);
        shared_bytes_release(bytes);
    }
}

void status_turn(struct live *live)
{
    if (!live->writer || writer_read_only(live->writer) == live->told_read_only) {
        return;
    }
    live->told_read_only = !live->told_read_only;
    struct shared_bytes *bytes = status_frame(live->told_read_only);
    hub_tell_all(&live->hub, bytes);
    shared_bytes_release(bytes);
}
