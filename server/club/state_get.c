/* state.get: what a client loads first, read at one moment. From there facts keep it true (law 2).
 *
 * It holds the channels of the Clubs the person belongs to. An administrator sees every Club, and
 * loads the channels of the others with channel.list as they are opened. */
#include "club/channel.h"
#include "club/club.h"
#include "club/person.h"
#include "store/journal.h"

struct state {
    int64_t seq;
    struct list clubs, channels, people;
};
static const struct field state_out[] = {
    FIELD_INT(struct state, seq, 0, INT64_MAX, "Facts up to this one are in"),
    FIELD_LIST(struct state, clubs, club_view, club_view_fields, 0, INT64_MAX, "Clubs seen"),
    FIELD_LIST(struct state, channels, channel_view, channel_view_fields, 0, INT64_MAX,
               "Channels of one's own Clubs by Club and order, then direct conversations"),
    FIELD_LIST(struct state, people, person_name, person_name_fields, 0, INT64_MAX,
               "Who takes part in these conversations"),
    FIELD_END,
};

static enum err state_run(struct tx *tx, const void *in, void *out_)
{
    struct state *out = out_;
    struct club_views seen = {0}, own = {0};
    struct channel_views channels = {0};
    int64_t person = tx->actor.person;
    (void)in;
    clubs_of(tx, person, false, &seen);
    clubs_of(tx, person, true, &own);
    for (size_t i = 0; i < own.count; i++) {
        channels_of_club(tx, person, own.items[i].id, &channels);
    }
    channels_direct(tx, person, &channels);
    out->seq = journal_head(tx->db);
    out->clubs = (struct list){seen.items, seen.count};
    out->channels = (struct list){channels.items, channels.count};
    out->people = channels_direct_people(tx, person);
    return ERR_NONE;
}

const struct command state_get_command = {
    .name = "state.get",
    .doc = "What a client loads first: the Clubs and channels of the person, as of one moment.",
    .kind = QUERY,
    .since = 1,
    .right = RIGHT_PERSON,
    .in = no_fields,
    .out = state_out,
    .out_bytes = sizeof(struct state),
    .run = state_run,
};
