#include "club/noted.h"

#include "club/audience.h"
#include "club/execute.h"
#include "store/journal.h"
#include "wire/rpc.h"

/* --- noting ----------------------------------------------------------------------------------- */

struct noted *noted_of(struct tx *tx)
{
    if (!tx->noted) {
        tx->noted = ARENA_NEW(tx->arena, struct noted);
    }
    return tx->noted;
}

void note_add(struct tx *tx, const struct note *note)
{
    ARENA_PUSH(tx->arena, &noted_of(tx)->notes, *note);
}

void note_placed(struct tx *tx, const struct note *note)
{
    struct note placed = *note;
    placed.seq = journal_next(tx->db);
    note_add(tx, &placed);
}

static bool declares(const struct command *command, const struct fact *fact)
{
    for (const struct fact *const *declared = command->facts; declared && *declared; declared++) {
        if (*declared == fact) {
            return true;
        }
    }
    return false;
}

static void note_fact(struct tx *tx, const struct fact *fact, int64_t seq, int64_t audience,
                      int64_t entity)
{
    struct noted *noted = noted_of(tx);
    if (noted->command && !declares(noted->command, fact)) {
        noted->undeclared = true;
    }
    note_add(
        tx,
        &(struct note){
            .type = EFFECT_FACT, .fact = fact, .seq = seq, .audience = audience, .entity = entity});
}

int64_t fact_note(struct tx *tx, const struct fact *fact, int64_t audience, int64_t entity)
{
    int64_t seq = journal_next(tx->db);
    entity = entity == ENTITY_NEW ? seq : entity;
    journal_append(tx->db, &(struct journal_row){.seq = seq,
                                                 .at_ms = tx->now_ms,
                                                 .fact = fact->name,
                                                 .audience = audience,
                                                 .entity = entity,
                                                 .actor = tx->actor.person});
    note_fact(tx, fact, seq, audience, entity);
    return seq;
}

int64_t mark_note(struct tx *tx, const struct fact *fact, int64_t person, int64_t entity)
{
    int64_t seq = journal_next(tx->db);
    journal_mark(tx->db, person, fact->name, entity, seq);
    note_fact(tx, fact, seq, audience_person(person), entity);
    return seq;
}

void sockets_close(struct tx *tx, int64_t person, int64_t session)
{
    note_placed(tx, &(struct note){.type = EFFECT_CLOSE, .person = person, .session = session});
}

void mail_ring(struct tx *tx)
{
    note_add(tx, &(struct note){.type = EFFECT_MAIL});
}

void files_ring(struct tx *tx)
{
    note_add(tx, &(struct note){.type = EFFECT_FILES});
}

/* --- effects ---------------------------------------------------------------------------------- */

bool fact_render(struct tx *tx, int64_t seq, const struct fact *fact, int64_t audience,
                 int64_t entity, struct buf *out)
{
    void *payload = arena_alloc(tx->arena, fact->out_bytes);
    if (!fact->load(tx, audience, entity, payload)) {
        return false;
    }
    rpc_fact(out, seq, fact->name, fact->out, payload);
    return true;
}

static void tell_audiences(struct tx *tx, struct effect *effect)
{
    struct access_list access = access_of(tx, effect->person);
    int64_t *audiences = ARENA_ARRAY(tx->arena, int64_t, access.count);
    for (size_t i = 0; i < access.count; i++) {
        audiences[i] = access.items[i].audience;
    }
    effect->audiences = audiences;
    effect->audience_count = access.count;
}

/* false: there is nothing to tell any more. */
static bool complete(struct tx *tx, const struct note *note, struct effect *effect, struct buf *buf)
{
    if (note->type == EFFECT_RIGHTS) {
        tell_audiences(tx, effect);
    }
    if (note->type != EFFECT_FACT) {
        return true;
    }
    buf_clear(buf);
    if (!fact_render(tx, note->seq, note->fact, note->audience, note->entity, buf)) {
        return false;
    }
    effect->json = arena_memdup(tx->arena, buf->data, buf->len);
    effect->bytes = buf->len;
    return true;
}

void effects_make(struct tx *tx, struct effects *out)
{
    struct buf buf;
    buf_init(&buf);
    for (size_t i = 0; tx->noted && i < tx->noted->notes.count; i++) {
        const struct note *note = &tx->noted->notes.items[i];
        struct effect effect = {
            .type = note->type,
            .seq = note->seq,
            .audience = note->audience,
            .person = note->person,
            .session = note->session,
        };
        if (complete(tx, note, &effect, &buf)) {
            ARENA_PUSH(tx->arena, out, effect);
        }
    }
    buf_finish(&buf);
}
