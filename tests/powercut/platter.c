#include "platter.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "chance.h"

#define SECTOR 512

/* --- what is durable -------------------------------------------------------------------------- */

/* One name given or taken away. It is not made durable without `twin`: the name a file was renamed
 * from does not go before the one it was renamed to is there. */
struct change {
    int dir, node; /* node -1: taken away */
    const char *name;
    size_t op;
    int twin; /* among the changes of its operation: 1 the next, -1 the one before, 0 none */
};

struct name {
    const char *name;
    int node;
};

struct content {
    unsigned char *data;
    size_t bytes, capacity;
};

struct node {
    struct content content; /* of a file */
    size_t *pending;        /* operations on it that no sync followed */
    size_t pending_count, pending_capacity;
    struct name *names; /* of a folder */
    size_t name_count, name_capacity;
};

struct platter {
    const struct disk_log *log;
    size_t position;
    struct node *nodes;
    struct change *changes; /* that no sync of their folder followed, in order */
    size_t change_count, change_capacity;
};

static void content_resize(struct content *content, size_t bytes)
{
    if (bytes > content->capacity) {
        content->capacity = bytes + bytes / 2 + 4096;
        content->data = mem_resize(content->data, content->capacity);
    }
    if (bytes > content->bytes) {
        memset(content->data + content->bytes, 0, bytes - content->bytes);
    }
    content->bytes = bytes;
}

static void content_write(struct content *content, size_t offset, const void *data, size_t bytes)
{
    if (offset + bytes > content->bytes) {
        content_resize(content, offset + bytes);
    }
    memcpy(content->data + offset, data, bytes);
}

static void name_set(struct node *folder, const char *name, int node)
{
    struct name *found = folder->names, *end = found + folder->name_count;
    while (found < end && strcmp(found->name, name) != 0) {
        found++;
    }
    if (found < end && node >= 0) {
        found->node = node;
    } else if (found < end) {
        *found = end[-1];
        folder->name_count--;
    } else if (node >= 0) {
        if (folder->name_count == folder->name_capacity) {
            folder->name_capacity = folder->name_capacity ? 2 * folder->name_capacity : 16;
            folder->names = mem_resize(folder->names, folder->name_capacity * sizeof *found);
        }
        folder->names[folder->name_count++] = (struct name){name, node};
    }
}

struct platter *platter_create(const struct disk_log *log)
{
    struct platter *platter = MEM_NEW(struct platter);
    platter->log = log;
    platter->nodes = mem_alloc(log->node_count * sizeof *platter->nodes);
    return platter;
}

void platter_destroy(struct platter *platter)
{
    for (size_t i = 0; i < platter->log->node_count; i++) {
        free(platter->nodes[i].content.data);
        free(platter->nodes[i].pending);
        free(platter->nodes[i].names);
    }
    free(platter->nodes);
    free(platter->changes);
    free(platter);
}

/* --- forward ---------------------------------------------------------------------------------- */

static void put_off(struct platter *platter, int dir, const char *name, int node, int twin)
{
    if (platter->change_count == platter->change_capacity) {
        platter->change_capacity = platter->change_capacity ? 2 * platter->change_capacity : 64;
        platter->changes =
            mem_resize(platter->changes, platter->change_capacity * sizeof *platter->changes);
    }
    platter->changes[platter->change_count++] =
        (struct change){dir, node, name, platter->position, twin};
}

static void put_off_write(struct node *node, size_t op)
{
    if (node->pending_count == node->pending_capacity) {
        node->pending_capacity = node->pending_capacity ? 2 * node->pending_capacity : 64;
        node->pending = mem_resize(node->pending, node->pending_capacity * sizeof op);
    }
    node->pending[node->pending_count++] = op;
}

static void apply(struct content *content, const struct disk_op *op)
{
    if (op->kind == DISK_SIZE) {
        content_resize(content, (size_t)op->offset);
    } else {
        content_write(content, (size_t)op->offset, op->data, op->bytes);
    }
}

static void sync_file(struct platter *platter, struct node *node)
{
    for (size_t i = 0; i < node->pending_count; i++) {
        apply(&node->content, &platter->log->ops[node->pending[i]]);
    }
    node->pending_count = 0;
}

/* A change with a twin brings it; the other way round only within one folder, which is put on the
 * disk as a whole. */
static bool is_synced(const struct platter *platter, size_t i, int dir)
{
    const struct change *change = &platter->changes[i];
    return change->dir == dir || (change->twin == 1 && change[1].dir == dir);
}

static void sync_folder(struct platter *platter, int dir)
{
    size_t kept = 0;
    for (size_t i = 0; i < platter->change_count; i++) {
        struct change change = platter->changes[i];
        if (is_synced(platter, i, dir)) {
            name_set(&platter->nodes[change.dir], change.name, change.node);
            change.dir = -1;
        }
        platter->changes[i].dir = change.dir;
    }
    for (size_t i = 0; i < platter->change_count; i++) {
        struct change change = platter->changes[i];
        if (change.dir >= 0) {
            bool alone = change.twin && platter->changes[(int)i + change.twin].dir < 0;
            change.twin = alone ? 0 : change.twin;
            platter->changes[kept++] = change;
        }
    }
    platter->change_count = kept;
}

static void step(struct platter *platter)
{
    const struct disk_op *op = &platter->log->ops[platter->position];
    switch (op->kind) {
    case DISK_LINK:
    case DISK_UNLINK:
        put_off(platter, op->dir, op->name, op->node, 0);
        break;
    case DISK_RENAME:
        put_off(platter, op->dir2, op->name2, op->node, 1);
        put_off(platter, op->dir, op->name, -1, -1);
        break;
    case DISK_WRITE:
    case DISK_SIZE:
        put_off_write(&platter->nodes[op->node], platter->position);
        break;
    case DISK_SYNC:
        if (platter->log->nodes[op->node].is_folder) {
            sync_folder(platter, op->node);
        } else {
            sync_file(platter, &platter->nodes[op->node]);
        }
        break;
    }
}

void platter_advance(struct platter *platter, size_t count)
{
    for (; platter->position < count; platter->position++) {
        step(platter);
    }
}

/* --- the cut ---------------------------------------------------------------------------------- */

static const char *const loss_names[LOSSES] = {"all",  "none",  "tail",    "subset",
                                               "torn", "zeros", "garbage", "mixed"};

const char *loss_name(enum loss loss)
{
    return loss_names[loss];
}

enum loss loss_find(const char *name)
{
    enum loss loss = 0;
    while (loss < LOSSES && strcmp(loss_names[loss], name) != 0) {
        loss++;
    }
    return loss;
}

struct cut {
    const struct platter *platter;
    enum loss loss;
    struct chance chance;
    struct node *folders; /* names as they are found */
};

/* What grew and was not written. */
static void fill(struct cut *cut, struct content *content, size_t from)
{
    for (size_t i = from; i < content->bytes; i++) {
        content->data[i] = (unsigned char)chance_below(&cut->chance, 256);
    }
}

static void grow(struct cut *cut, struct content *content, size_t bytes, bool garbage)
{
    size_t before = content->bytes;
    if (bytes > before) {
        content_resize(content, bytes);
        if (garbage) {
            fill(cut, content, before);
        }
    }
}

/* Any sectors of a write, `percent` of them. */
static void tear(struct cut *cut, struct content *content, const struct disk_op *op, int percent,
                 bool garbage)
{
    size_t offset = (size_t)op->offset, end = offset + op->bytes;
    while (offset < end) {
        size_t next = (offset / SECTOR + 1) * SECTOR;
        next = next < end ? next : end;
        if ((int)chance_below(&cut->chance, 100) < percent) {
            grow(cut, content, offset, garbage);
            content_write(content, offset, op->data + (offset - (size_t)op->offset), next - offset);
        }
        offset = next;
    }
}

/* One operation of a file, as `loss` leaves it; `rank` among those unsynced, `first` of which are
 * whole where only the last is torn. */
static void leave(struct cut *cut, struct content *content, const struct disk_op *op,
                  enum loss loss, size_t rank, size_t first, int percent)
{
    bool coin = (int)chance_below(&cut->chance, 100) < percent;
    bool torn = loss == LOSS_TORN || loss == LOSS_GARBAGE;
    bool whole = loss == LOSS_NONE || (loss == LOSS_TAIL && rank < first) ||
                 ((loss == LOSS_SUBSET || (torn && op->kind == DISK_SIZE)) && coin);
    if (whole) {
        apply(content, op);
    } else if (op->kind == DISK_WRITE && (torn || (loss == LOSS_TAIL && rank == first))) {
        tear(cut, content, op, loss == LOSS_TAIL ? 50 : percent, loss == LOSS_GARBAGE);
    } else if (loss == LOSS_ZEROS && op->kind == DISK_WRITE) {
        grow(cut, content, (size_t)op->offset + op->bytes, false);
    } else if (loss == LOSS_ZEROS) {
        content_resize(content, (size_t)op->offset);
    }
}

static void content_of(struct cut *cut, const struct node *node, struct content *out)
{
    static const int percents[] = {10, 50, 90};
    enum loss loss =
        cut->loss == LOSS_MIXED ? (enum loss)chance_below(&cut->chance, LOSS_MIXED) : cut->loss;
    size_t first = chance_below(&cut->chance, node->pending_count + 1);
    int percent = percents[chance_below(&cut->chance, 3)];
    size_t largest = 0;
    content_write(out, 0, node->content.data ? (const void *)node->content.data : "",
                  node->content.bytes);
    for (size_t i = 0; i < node->pending_count; i++) {
        const struct disk_op *op = &cut->platter->log->ops[node->pending[i]];
        size_t end = (size_t)op->offset + op->bytes;
        largest = end > largest ? end : largest;
        leave(cut, out, op, loss, i, first, percent);
    }
    if (loss == LOSS_GARBAGE && chance_below(&cut->chance, 2)) {
        grow(cut, out, largest, true);
    }
}

/* Which of the names that came and went are there. Journals keep their order (the first few); what
 * has none may keep any. */
static void names_of(struct cut *cut)
{
    const struct platter *platter = cut->platter;
    enum loss loss = cut->loss;
    size_t first = chance_below(&cut->chance, platter->change_count + 1);
    bool ordered = chance_below(&cut->chance, 2);
    bool before = false;
    for (size_t i = 0; i < platter->change_count; i++) {
        const struct change *change = &platter->changes[i];
        bool kept = ordered ? i < first : chance_below(&cut->chance, 2);
        kept = loss == LOSS_NONE || (loss != LOSS_ALL && kept);
        if (change->twin == -1) { /* with the other, or both names are left */
            bool one_folder = change[-1].dir == change->dir;
            kept = before && (one_folder || kept);
        }
        if (kept) {
            name_set(&cut->folders[change->dir], change->name, change->node);
        }
        before = kept;
    }
}

static void copy_names(struct cut *cut)
{
    const struct disk_log *log = cut->platter->log;
    cut->folders = mem_alloc(log->node_count * sizeof *cut->folders);
    for (size_t i = 0; i < log->node_count; i++) {
        const struct node *node = &cut->platter->nodes[i];
        for (size_t j = 0; j < node->name_count; j++) {
            name_set(&cut->folders[i], node->names[j].name, node->names[j].node);
        }
    }
}

static void put_file(struct cut *cut, int at, const char *name, int node)
{
    struct content content = {NULL, 0, 0};
    content_of(cut, &cut->platter->nodes[node], &content);
    int fd = openat(at, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool put = fd >= 0 && pwrite(fd, content.data, content.bytes, 0) == (ssize_t)content.bytes;
    if (!put || close(fd) != 0) {
        perror("a file of the cut");
        abort();
    }
    free(content.data);
}

static void put_folder(struct cut *cut, int at, const char *name, int node)
{
    const struct node *folder = &cut->folders[node];
    if (mkdirat(at, name, 0700) != 0) {
        perror("a folder of the cut");
        abort();
    }
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (size_t i = 0; i < folder->name_count; i++) {
        int inner = folder->names[i].node;
        if (cut->platter->log->nodes[inner].is_folder) {
            put_folder(cut, fd, folder->names[i].name, inner);
        } else {
            put_file(cut, fd, folder->names[i].name, inner);
        }
    }
    close(fd);
}

void platter_cut(const struct platter *platter, const char *path, enum loss loss, uint64_t seed)
{
    struct cut cut = {.platter = platter, .loss = loss};
    chance_begin(&cut.chance, seed);
    copy_names(&cut);
    names_of(&cut);
    put_folder(&cut, AT_FDCWD, path, 0);
    for (size_t i = 0; i < platter->log->node_count; i++) {
        free(cut.folders[i].names);
    }
    free(cut.folders);
}
