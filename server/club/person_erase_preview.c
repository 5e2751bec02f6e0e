/* person.erase_preview: what erasing somebody would do, before it is done. */
#include "club/person.h"

struct preview_of {
    int64_t person;
};
static const struct field preview_in[] = {
    FIELD_ID(struct preview_of, person, "Person"),
    FIELD_END,
};
static const struct field preview_out[] = {
    FIELD_OBJECT(struct erasure_preview, person, account, account_fields, "Who would be erased"),
    FIELD_INT(struct erasure_preview, messages, 0, INT64_MAX,
              "Messages: kept without name, or removed"),
    FIELD_INT(struct erasure_preview, channels, 0, INT64_MAX,
              "Channels and conversations these are in"),
    FIELD_INT(struct erasure_preview, reactions, 0, INT64_MAX, "Reactions: stay, without name"),
    FIELD_INT(struct erasure_preview, drafts, 0, INT64_MAX, "Drafts: removed"),
    FIELD_INT(struct erasure_preview, saved, 0, INT64_MAX, "Messages kept for later: forgotten"),
    FIELD_INT(struct erasure_preview, posts, 0, INT64_MAX, "Posts held: ended, the posts stay"),
    FIELD_INT(struct erasure_preview, memberships, 0, INT64_MAX, "Memberships: ended"),
    FIELD_INT(struct erasure_preview, registrations, 0, INT64_MAX,
              "Registrations for events: counted on without name, seats to come are given on"),
    FIELD_INT(struct erasure_preview, mails, 0, INT64_MAX, "Unsent mail: removed"),
    FIELD_INT(struct erasure_preview, resources, 0, INT64_MAX,
              "Resources: kept without author where others saw them, drafts removed"),
    FIELD_INT(struct erasure_preview, files, 0, INT64_MAX,
              "Files: kept without name as long as their message, event or resource; those given "
              "to none removed"),
    FIELD_INT(struct erasure_preview, profile, 0, 1, "1: a profile, removed"),
    FIELD_END,
};

SQL(count_messages, "SELECT count(*) FROM message WHERE author = ?1 AND deleted_at IS NULL");
SQL(count_channels, "SELECT count(DISTINCT channel) FROM message WHERE author = ?1"
                    " AND deleted_at IS NULL");
SQL(count_reactions, "SELECT count(*) FROM reaction WHERE person = ?1");
SQL(count_drafts, "SELECT count(*) FROM draft WHERE person = ?1");
SQL(count_saved, "SELECT count(*) FROM saved WHERE person = ?1");
SQL(count_posts, "SELECT count(*) FROM tenure WHERE person = ?1 AND state <> 'ended'");
SQL(count_memberships, "SELECT count(*) FROM membership WHERE person = ?1 AND active = 1");
SQL(count_registrations, "SELECT count(*) FROM registration WHERE person = ?1");
SQL(count_mails, "SELECT count(*) FROM mail WHERE person = ?1 OR recipient = ?2 COLLATE NOCASE");
SQL(count_resources, "SELECT count(*) FROM resource WHERE created_by = ?1");
SQL(count_files, "SELECT count(*) FROM file WHERE person = ?1");
SQL(count_profile, "SELECT count(*) FROM profile WHERE person = ?1");

static enum err preview_run(struct tx *tx, const void *in, void *out)
{
    const struct preview_of *asked = in;
    struct erasure_preview *preview = out;
    struct account *account = ARENA_NEW(tx->arena, struct account);
    if (!account_find(tx, asked->person, account) || account->state == PERSON_ERASED) {
        return tx_fail(tx, ERR_NOT_FOUND, "person", NULL);
    }
    *preview = (struct erasure_preview){
        .person = account,
        .messages = db_int(tx->db, &count_messages, 0, account->id),
        .channels = db_int(tx->db, &count_channels, 0, account->id),
        .reactions = db_int(tx->db, &count_reactions, 0, account->id),
        .drafts = db_int(tx->db, &count_drafts, 0, account->id),
        .saved = db_int(tx->db, &count_saved, 0, account->id),
        .posts = db_int(tx->db, &count_posts, 0, account->id),
        .memberships = db_int(tx->db, &count_memberships, 0, account->id),
        .registrations = db_int(tx->db, &count_registrations, 0, account->id),
        .mails = db_int(tx->db, &count_mails, 0, account->id, account->email),
        .resources = db_int(tx->db, &count_resources, 0, account->id),
        .files = db_int(tx->db, &count_files, 0, account->id),
        .profile = db_int(tx->db, &count_profile, 0, account->id),
    };
    return ERR_NONE;
}

const struct command person_erase_preview_command = {
    .name = "person.erase_preview",
    .doc = "What erasing a person would remove, end and leave.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_ADMINISTRATOR,
    .in = preview_in,
    .in_bytes = sizeof(struct preview_of),
    .out = preview_out,
    .out_bytes = sizeof(struct erasure_preview),
    .run = preview_run,
};
