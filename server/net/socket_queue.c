#include "net/socket_queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

enum { FEW = 4 };

static struct shared_bytes *const *items_of(const struct queue *queue)
{
    return queue->items ? queue->items : queue->few;
}

static void grow(struct queue *queue)
{
    uint16_t capacity = (uint16_t)(4 * (queue->items ? queue->capacity : FEW));
    bool was_few = !queue->items;
    queue->items = mem_resize(queue->items, mem_size(capacity, sizeof *queue->items, 0));
    if (was_few) {
        memcpy(queue->items, queue->few, sizeof queue->few);
    }
    queue->capacity = capacity;
}

/* What a resume brings may be larger than the bound by itself: one such answer may wait, beside it,
 * or a socket that missed much would be cut each time it comes back for it. */
static bool is_large(const struct shared_bytes *bytes)
{
    return bytes->len > LIMIT_SOCKET_QUEUE_BYTES;
}

static bool has_room(const struct queue *queue, const struct shared_bytes *bytes)
{
    if (queue->count >= LIMIT_SOCKET_QUEUE_FRAMES) {
        return false;
    }
    return is_large(bytes) ? !queue->has_large
                           : queue->bytes + bytes->len <= LIMIT_SOCKET_QUEUE_BYTES;
}

bool queue_add(struct queue *queue, struct shared_bytes *bytes)
{
    if (!has_room(queue, bytes)) {
        return false;
    }
    if (queue->count == (queue->items ? queue->capacity : FEW)) {
        grow(queue);
    }
    struct shared_bytes **items = queue->items ? queue->items : queue->few;
    items[queue->count++] = shared_bytes_retain(bytes);
    if (is_large(bytes)) {
        queue->has_large = true;
    } else {
        queue->bytes += (uint32_t)bytes->len;
    }
    return true;
}

bool queue_is_empty(const struct queue *queue)
{
    return queue->count == 0;
}

struct shared_bytes *queue_only(const struct queue *queue)
{
    return queue->count == 1 ? items_of(queue)[0] : NULL;
}

void queue_gather(const struct queue *queue, struct buf *scratch)
{
    buf_clear(scratch);
    for (size_t i = 0; i < queue->count; i++) {
        buf_add(scratch, items_of(queue)[i]->data, items_of(queue)[i]->len);
    }
}

void queue_clear(struct queue *queue)
{
    for (size_t i = 0; i < queue->count; i++) {
        shared_bytes_release(items_of(queue)[i]);
    }
    free(queue->items);
    queue->items = NULL;
    queue->count = 0;
    queue->bytes = 0;
    queue->has_large = false;
}
