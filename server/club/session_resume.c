#include "club/session_resume.h"

#include <string.h>

#include "club/audience.h"
#include "club/execute.h"
#include "club/ids.h"
#include "store/journal.h"
#include "wire/frame.h"

#define PROTOCOL_LEVEL 1

enum { TOLD_TOGETHER = 50 /* facts whose objects are read at once */ };

/* --- hello ------------------------------------------------------------------------------------ */

static const struct field limits_fields[] = {
    FIELD_INT(struct limits, body_chars, 1, INT64_MAX, "Characters of a message"),
    FIELD_INT(struct limits, body_bytes, 1, INT64_MAX, "Bytes of a message"),
    FIELD_INT(struct limits, name_chars, 1, INT64_MAX, "Characters of a name"),
    FIELD_INT(struct limits, list_max, 1, INT64_MAX, "Items of a page"),
    FIELD_INT(struct limits, direct_people, 1, INT64_MAX, "People of a direct conversation"),
    FIELD_INT(struct limits, frame_bytes, 1, INT64_MAX, "Bytes of a frame"),
    FIELD_INT(struct limits, presence_people, 1, INT64_MAX, "People asked about at once"),
    FIELD_INT(struct limits, file_bytes, 1, INT64_MAX, "Bytes of a file"),
    FIELD_INT(struct limits, image_bytes, 1, INT64_MAX, "Bytes of an image"),
    FIELD_INT(struct limits, message_files, 1, INT64_MAX, "Files of a message"),
    FIELD_END,
};
static const struct limits the_limits = {
    LIMIT_BODY_CHARS,    LIMIT_BODY_BYTES,    LIMIT_NAME_CHARS,      LIMIT_LIST_MAX,
    LIMIT_DIRECT_PEOPLE, LIMIT_FRAME_BYTES,   LIMIT_PRESENCE_PEOPLE, LIMIT_FILE_BYTES,
    LIMIT_IMAGE_BYTES,   LIMIT_MESSAGE_FILES,
};
static const struct field me_fields[] = {
    FIELD_ID(struct me, id, "Person"),
    FIELD_LINE(struct me, name, 0, LIMIT_NAME_CHARS, "Name"),
    FIELD_LINE(struct me, email, 0, LIMIT_EMAIL_CHARS, "E-mail address"),
    FIELD_BOOL(struct me, administrator, "Runs Clubs, accounts and imports"),
    FIELD_END,
};
const struct field hello_fields[] = {
    FIELD_LINE(struct hello, epoch, 16, 16, "Changes when a backup is restored"),
    FIELD_INT(struct hello, cursor, 0, INT64_MAX, "Facts above this number follow"),
    FIELD_INT(struct hello, level, 1, INT64_MAX, "Protocol level"),
    FIELD_OBJECT(struct hello, limits, limits, limits_fields, "Limits worth knowing"),
    FIELD_OBJECT(struct hello, me, me, me_fields, "Who one is here"),
    FIELD_END,
};

SQL(me_row, "SELECT name, email FROM person WHERE id = ?1");

static enum err hello_run(struct tx *tx, const void *in, void *out)
{
    (void)in;
    struct hello *hello = out;
    struct me *me = ARENA_NEW(tx->arena, struct me);
    me->id = tx->actor.person;
    me->administrator = tx->actor.administrator;
    struct rows rows = db_select(tx->db, &me_row, me->id);
    if (rows_next(&rows)) {
        me->name = rows_copy(&rows, 0, tx->arena);
        me->email = rows_copy(&rows, 1, tx->arena);
        rows_end(&rows);
    }
    hello->epoch = journal_epoch(tx->db, tx->arena);
    hello->cursor = journal_head(tx->db);
    hello->level = PROTOCOL_LEVEL;
    hello->limits = &the_limits;
    hello->me = me;
    hello->access = access_of(tx, me->id);
    hello->session = tx->actor.session;
    return ERR_NONE;
}

const struct command hello_command = {
    .name = "hello",
    .doc = "First word of the server on a connection.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = hello_fields,
    .out_bytes = sizeof(struct hello),
    .run = hello_run,
};

/* --- session.resume --------------------------------------------------------------------------- */

struct resume {
    const char *epoch;
    int64_t cursor;
};
static const struct field resume_in[] = {
    FIELD_LINE(struct resume, epoch, 1, 32, "Epoch of the cursor, from `hello`"),
    FIELD_INT(struct resume, cursor, 0, INT64_MAX, "Number of the last fact taken in"),
    FIELD_END,
};
static const struct field resume_fields[] = {
    FIELD_INT(struct resume_out, cursor, 0, INT64_MAX, "What follows is above this number"),
    FIELD_BOOL(struct resume_out, reload, "true: nothing could be brought; load everything again"),
    FIELD_END,
};

/* Numbers at which audiences were gained since the cursor: what was said there before is not
 * replayed, because the client fetches the whole object (law 2). */
struct gains {
    struct gain {
        int64_t audience, seq;
    } * items;
    size_t count, capacity;
};

SQL(gained_since, "SELECT entity, max(seq) FROM journal"
                  " WHERE audience = ?1 AND seq > ?2 AND fact = 'access.gained' GROUP BY entity");

static struct gains gains_since(struct tx *tx, int64_t cursor)
{
    struct gains gains = {0};
    int64_t self = audience_person(tx->actor.person);
    for (struct rows rows = db_select(tx->db, &gained_since, self, cursor); rows_next(&rows);) {
        struct gain gain = {rows_int(&rows, 0), rows_int(&rows, 1)};
        ARENA_PUSH(tx->arena, &gains, gain);
    }
    return gains;
}

static bool precedes_gain(const struct gains *gains, int64_t audience, int64_t seq)
{
    for (size_t i = 0; i < gains->count; i++) {
        if (gains->items[i].audience == audience) {
            return seq < gains->items[i].seq;
        }
    }
    return false;
}

static const char *audiences_json(struct tx *tx, const struct access_list *access)
{
    struct buf buf;
    buf_init(&buf);
    buf_text(&buf, "[");
    for (size_t i = 0; i < access->count; i++) {
        buf_printf(&buf, "%s%lld", i ? "," : "", (long long)access->items[i].audience);
    }
    buf_add(&buf, "]", 2); /* with its NUL */
    const char *json = arena_strdup(tx->arena, buf.data);
    buf_finish(&buf);
    return json;
}

/* Rows are collected before any is told: telling one runs other statements. */
struct replay {
    struct replay_row {
        int64_t seq, audience, entity;
        const struct fact *fact;
    } * items;
    size_t count, capacity;
};

static struct replay replay_read(struct tx *tx, const char *audiences, int64_t after, int64_t until)
{
    struct replay replay = {0};
    struct journal_span span;
    int64_t self = tx->actor.person;
    struct gains gains = gains_since(tx, after);
    const char *name = NULL;
    const struct fact *fact = NULL;
    journal_read(tx->db, tx->arena, audiences, self, after, until, &span);
    for (size_t i = 0; i < span.count; i++) {
        const struct journal_told *told = &span.items[i];
        struct replay_row row = {told->seq, told->audience, told->entity, NULL};
        row.audience = told->audience ? told->audience : audience_person(self); /* a mark: mine */
        fact = told->fact == name ? fact : fact_find(told->fact);
        name = told->fact;
        row.fact = fact;
        if (fact && !precedes_gain(&gains, row.audience, row.seq)) {
            ARENA_PUSH(tx->arena, &replay, row);
        }
    }
    return replay;
}

static bool has(const struct ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (ids->items[i] == id) {
            return true;
        }
    }
    return false;
}

/* What the next facts tell of, those of them that can be read together: each once, though several
 * may be about it. */
static void bring(struct tx *tx, const struct replay_row *rows, size_t count)
{
    struct ids ids = {0};
    void (*how)(struct tx *, const struct ids *) = NULL;
    for (size_t i = 0; i < count; i++) {
        how = how ? how : rows[i].fact->bring;
        if (how && rows[i].fact->bring == how && !has(&ids, rows[i].entity)) {
            ARENA_PUSH(tx->arena, &ids, rows[i].entity);
        }
    }
    if (ids.count > 1) {
        how(tx, &ids);
    }
}

static void tell(struct tx *tx, const struct replay_row *rows, size_t count, struct buf *frames)
{
    struct buf json;
    buf_init(&json);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&json);
        if (fact_render(tx, rows[i].seq, rows[i].fact, rows[i].audience, rows[i].entity, &json)) {
            frame_text(frames, json.data, json.len);
        }
    }
    buf_finish(&json);
}

/* false: it is more than one reads at once. What some facts are made of goes with them: two
 * thousand of them would have as many pages cleared for them. */
static bool replay_tell(struct tx *tx, const struct replay *replay, struct buf *frames)
{
    struct arena *kept = tx->arena;
    struct arena of_some;
    arena_init(&of_some);
    tx->arena = &of_some;
    for (size_t i = 0; i < replay->count && frames->len <= LIMIT_RESUME_BYTES; i += TOLD_TOGETHER) {
        size_t left = replay->count - i;
        size_t count = left < TOLD_TOGETHER ? left : TOLD_TOGETHER;
        arena_reset(&of_some);
        bring(tx, &replay->items[i], count);
        tell(tx, &replay->items[i], count, frames);
        tx->brought = NULL;
    }
    tx->arena = kept;
    arena_finish(&of_some);
    return frames->len <= LIMIT_RESUME_BYTES;
}

static bool out_of_reach(struct tx *tx, const struct resume *in, const char *audiences,
                         int64_t head)
{
    return strcmp(in->epoch, journal_epoch(tx->db, tx->arena)) != 0 || in->cursor > head ||
           in->cursor < journal_floor(tx->db) ||
           journal_is_far(tx->db, audiences, tx->actor.person, in->cursor, head,
                          LIMIT_RESUME_FACTS);
}

/* false: it has to load everything again. */
static bool catch_up(struct tx *tx, const struct resume *in, struct resume_out *out)
{
    const char *audiences = audiences_json(tx, &out->access);
    if (out_of_reach(tx, in, audiences, out->cursor)) {
        return false;
    }
    struct replay replay = replay_read(tx, audiences, in->cursor, out->cursor);
    struct buf frames;
    buf_init(&frames);
    bool fits = replay_tell(tx, &replay, &frames);
    if (fits && frames.len) {
        out->frames = arena_memdup(tx->arena, frames.data, frames.len);
        out->frame_bytes = frames.len;
    }
    buf_finish(&frames);
    return fits;
}

static enum err resume_run(struct tx *tx, const void *in, void *out_)
{
    struct resume_out *out = out_;
    out->cursor = journal_head(tx->db);
    out->access = access_of(tx, tx->actor.person);
    out->reload = !catch_up(tx, in, out);
    return ERR_NONE;
}

const struct command session_resume_command = {
    .name = "session.resume",
    .doc = "Brings what was missed since a cursor, then what follows; or says to load everything "
           "again.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .socket_only = true,
    .in = resume_in,
    .in_bytes = sizeof(struct resume),
    .out = resume_fields,
    .out_bytes = sizeof(struct resume_out),
    .run = resume_run,
};
