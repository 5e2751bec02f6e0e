/* The rules of may.c as a table: who, on what, with which outcome. */
#include "event_rows_fixture.h"

#include <string.h>

/* --- the world -------------------------------------------------------------------------------- */

/* A column each, in this order. */
enum who {
    ANONYMOUS,
    STRANGER, /* a member of another Club */
    GUEST,    /* partenaire invited into Habitat alone */
    LECTEUR,
    ELU,
    PARTENAIRE,
    CHEF,
    ANIMATEUR,
    ELSEWHERE, /* animateur of another Club */
    CHOSEN,    /* élu, and a member of the private channel */
    ADMINISTRATOR,
    SUSPENDED, /* animateur */
    OPERATOR,
    WHO_COUNT
};
static const char *const who_names[WHO_COUNT] = {
    "anonymous", "stranger",  "guest",  "lecteur",       "elu",       "partenaire", "chef",
    "animateur", "elsewhere", "chosen", "administrator", "suspended", "operator"};

/* What they ask about; messages are by CHOSEN. */
enum object {
    CLUB,
    OTHER_CLUB,
    HABITAT,
    PRIVATE,
    ARCHIVED,
    NO_CHANNEL,
    MESSAGE, /* in Habitat */
    PRIVATE_MESSAGE,
    ARCHIVED_MESSAGE,
    DELETED_MESSAGE, /* in Habitat */
    NO_MESSAGE,
    MEMBERSHIP, /* in CLUB */
    INVITATION, /* into CLUB */
    TENURE,     /* of the post of CLUB's animateur */
    NO_TENURE,
    PERSON, /* CHOSEN itself */
    EVENT,  /* of CLUB, asks for élus */
    DRAFT,  /* of CLUB */
    NETWORK_EVENT,
    INVITED_EVENT, /* of La Réunion, by invitation: CHOSEN was invited, and has a seat */
    INVITED_CLUB,  /* La Réunion */
    INVITED_CHANNEL,
    NO_EVENT,
    OBJECT_COUNT
};

struct world {
    struct club_fixture *f;
    int64_t who[WHO_COUNT], object[OBJECT_COUNT];
};

static void make_people(struct world *w)
{
    struct club_fixture *f = w->f;
    w->who[ANONYMOUS] = FIXTURE_ANYBODY;
    w->who[OPERATOR] = FIXTURE_OPERATOR;
    w->who[STRANGER] = fixture_member(f, "Stranger", f->reunion, ROLE_CHEF_DE_PROJET);
    w->who[GUEST] = fixture_person(f, "Guest");
    fixture_guest(f, w->who[GUEST], w->object[HABITAT], ROLE_PARTENAIRE);
    w->who[LECTEUR] = fixture_member(f, "Lecteur", f->ain, ROLE_LECTEUR);
    w->who[ELU] = fixture_member(f, "Elu", f->ain, ROLE_ELU);
    w->who[PARTENAIRE] = fixture_member(f, "Partenaire", f->ain, ROLE_PARTENAIRE);
    w->who[CHEF] = fixture_member(f, "Chef", f->ain, ROLE_CHEF_DE_PROJET);
    w->who[ANIMATEUR] = fixture_member(f, "Animateur", f->ain, ROLE_ANIMATEUR);
    w->who[ELSEWHERE] = fixture_member(f, "Elsewhere", f->reunion, ROLE_ANIMATEUR);
    w->who[CHOSEN] = fixture_member(f, "Chosen", f->ain, ROLE_ELU);
    w->who[ADMINISTRATOR] = fixture_administrator(f, "Administrator");
    w->who[SUSPENDED] = fixture_member(f, "Suspended", f->ain, ROLE_ANIMATEUR);
    fixture_sql(f, "UPDATE person SET state = 'suspended' WHERE id = %lld",
                (long long)w->who[SUSPENDED]);
}

static void make_papers(struct world *w)
{
    struct club_fixture *f = w->f;
    long long club = f->ain, person = w->who[CHOSEN];
    w->object[MEMBERSHIP] =
        fixture_count(f, "SELECT id FROM membership WHERE person = %lld", person);
    fixture_sql(f,
                "INSERT INTO invitation (club, email, name, role, created_at, expires_at)"
                " VALUES (%lld, 'x@example.fr', 'X', 'elu', 0, 1)",
                club);
    w->object[INVITATION] = 1;
    fixture_sql(f, "INSERT INTO post (id, role, club, label) VALUES (1, 'animateur', %lld, 'A')",
                club);
    fixture_sql(f,
                "INSERT INTO tenure (id, post, person, starts_at, state)"
                " VALUES (1, 1, %lld, 0, 'active')",
                person);
    w->object[TENURE] = 1;
    w->object[NO_TENURE] = 99;
    w->object[PERSON] = person;
}

static void make_events(struct world *w)
{
    struct club_fixture *f = w->f;
    w->object[EVENT] = fixture_event(f, f->ain);
    fixture_ask_role(f, w->object[EVENT], ROLE_ELU);
    w->object[DRAFT] = fixture_event(f, f->ain);
    fixture_event_set(f, w->object[DRAFT], "state = 'draft'");
    w->object[NETWORK_EVENT] = fixture_event(f, f->national);
    fixture_event_network(f, w->object[NETWORK_EVENT]);
    w->object[INVITED_CLUB] = f->reunion;
    w->object[INVITED_EVENT] = fixture_event(f, f->reunion);
    fixture_event_set(f, w->object[INVITED_EVENT], "registration = 'invitation'");
    w->object[INVITED_CHANNEL] = fixture_event_channel(f, w->object[INVITED_EVENT]);
    fixture_seat(f, w->object[INVITED_EVENT], w->who[CHOSEN], "invited");
    fixture_seat(f, w->object[INVITED_EVENT], w->who[CHOSEN], "seated");
    w->object[NO_EVENT] = 99999;
}

static struct world make_world(struct club_fixture *f)
{
    struct world w = {.f = f};
    w.object[CLUB] = f->ain;
    w.object[OTHER_CLUB] = f->national;
    w.object[HABITAT] = fixture_channel(f, f->ain, "Habitat");
    w.object[ARCHIVED] = fixture_channel(f, f->ain, "Mobilités");
    w.object[PRIVATE] = fixture_private(f, f->ain, "Jury");
    w.object[NO_CHANNEL] = w.object[NO_MESSAGE] = 99999;
    make_people(&w);
    int64_t author = w.who[CHOSEN];
    fixture_choose(f, w.object[PRIVATE], author);
    fixture_sql(f, "UPDATE channel SET archived_at = 1 WHERE id = %lld",
                (long long)w.object[ARCHIVED]);
    w.object[MESSAGE] = fixture_message(f, w.object[HABITAT], 0, author, "a");
    w.object[PRIVATE_MESSAGE] = fixture_message(f, w.object[PRIVATE], 0, author, "b");
    w.object[ARCHIVED_MESSAGE] = fixture_message(f, w.object[ARCHIVED], 0, author, "c");
    w.object[DELETED_MESSAGE] = fixture_message(f, w.object[HABITAT], 0, author, "d");
    fixture_sql(f, "UPDATE message SET deleted_at = 1 WHERE id = %lld",
                (long long)w.object[DELETED_MESSAGE]);
    make_papers(&w);
    make_events(&w);
    return w;
}

/* --- the table -------------------------------------------------------------------------------- */

static char letter_of(enum err err)
{
    switch (err) {
    case ERR_NONE:
        return '+';
    case ERR_LOGIN:
        return 'l';
    case ERR_NOT_FOUND:
        return '0';
    case ERR_FORBIDDEN:
        return 'f';
    case ERR_ARCHIVED:
        return 'a';
    case ERR_DELETED:
        return 'd';
    default:
        return '?';
    }
}

static const struct rule {
    const char *name;
    enum right right;
    enum object object;
    /* anonymous stranger guest | lecteur elu partenaire chef animateur | elsewhere chosen
     * administrator suspended operator */
    const char *outcome;
} rules[] = {
#define RULE(right, object, outcome)                                                               \
    {                                                                                              \
#right " " #object, RIGHT_##right, object, outcome                                         \
    }
    RULE(NONE, CLUB, "fff fffff fffff"),
    RULE(ANYBODY, CLUB, "+++ +++++ +++++"),
    RULE(PERSON, CLUB, "l++ +++++ ++++l"),
    RULE(ADMINISTRATOR, CLUB, "lff fffff ff+f+"),
    RULE(OPERATOR, CLUB, "lff fffff ffff+"),

    RULE(CLUB_SEE, CLUB, "l0+ +++++ 0++0+"),
    RULE(CLUB_READ, CLUB, "l00 +++++ 0++0+"),
    RULE(CLUB_MANAGE, CLUB, "l00 ffff+ 0f+0+"),
    RULE(CLUB_READ, OTHER_CLUB, "l00 00000 00+0+"),

    RULE(CHANNEL_READ, HABITAT, "l0+ +++++ 0++0f"),
    RULE(CHANNEL_WRITE, HABITAT, "l0+ f++++ 0++0f"),
    RULE(CHANNEL_MANAGE, HABITAT, "l0f ffff+ 0f+0+"),
    RULE(CHANNEL_READ, PRIVATE, "l00 00000 0+f0f"),
    RULE(CHANNEL_WRITE, PRIVATE, "l00 00000 0+f0f"),
    RULE(CHANNEL_MANAGE, PRIVATE, "l00 00000 0ff0+"),
    RULE(CHANNEL_ENTER, PRIVATE, "l00 00000 0f+0f"),
    RULE(CHANNEL_READ, ARCHIVED, "l00 +++++ 0++0f"),
    RULE(CHANNEL_WRITE, ARCHIVED, "l00 faaaa 0aa0f"),
    RULE(CHANNEL_MANAGE, ARCHIVED, "l00 ffff+ 0f+0+"),
    RULE(CHANNEL_READ, NO_CHANNEL, "l00 00000 00000"),

    RULE(MESSAGE_READ, MESSAGE, "l0+ +++++ 0++00"),
    RULE(MESSAGE_REACT, MESSAGE, "l0+ +++++ 0++00"),
    RULE(MESSAGE_EDIT, MESSAGE, "l0f fffff 0+f00"),
    RULE(MESSAGE_DELETE, MESSAGE, "l0f ffff+ 0++00"),
    RULE(MESSAGE_MODERATE, MESSAGE, "l0f ffff+ 0f+00"),
    RULE(MESSAGE_READ, PRIVATE_MESSAGE, "l00 00000 0+000"),
    RULE(MESSAGE_DELETE, PRIVATE_MESSAGE, "l00 00000 0+000"),
    RULE(MESSAGE_READ, ARCHIVED_MESSAGE, "l00 +++++ 0++00"),
    RULE(MESSAGE_REACT, ARCHIVED_MESSAGE, "l00 aaaaa 0aa00"),
    RULE(MESSAGE_EDIT, ARCHIVED_MESSAGE, "l00 fffff 0af00"),
    RULE(MESSAGE_MODERATE, ARCHIVED_MESSAGE, "l00 ffffa 0fa00"),
    RULE(MESSAGE_READ, DELETED_MESSAGE, "l0+ +++++ 0++00"),
    RULE(MESSAGE_REACT, DELETED_MESSAGE, "l0d ddddd 0dd00"),
    RULE(MESSAGE_EDIT, DELETED_MESSAGE, "l0f fffff 0df00"),
    RULE(MESSAGE_DELETE, DELETED_MESSAGE, "l0f ffffd 0dd00"),
    RULE(MESSAGE_READ, NO_MESSAGE, "l00 00000 00000"),

    RULE(MEMBERSHIP_MANAGE, MEMBERSHIP, "l00 ffff+ 0f+0+"),
    RULE(INVITATION_MANAGE, INVITATION, "l00 ffff+ 0f+0+"),
    RULE(TENURE_MANAGE, TENURE, "l00 ffff+ 0f+0+"),
    RULE(TENURE_MANAGE, NO_TENURE, "l00 00000 00000"),
    RULE(PERSON_SELF, PERSON, "l00 00000 0++0+"),

    RULE(EVENT_SEE, EVENT, "l00 +++++ 0++0+"),
    RULE(EVENT_MANAGE, EVENT, "l00 ffff+ 0f+0+"),
    RULE(EVENT_REGISTER, EVENT, "l00 f+fff 0+f0f"),
    RULE(EVENT_SEE, DRAFT, "l00 0000+ 00+0+"),
    RULE(EVENT_SEE, NETWORK_EVENT, "l++ +++++ +++0+"),
    RULE(EVENT_MANAGE, NETWORK_EVENT, "lff fffff ff+0+"),
    RULE(EVENT_REGISTER, NETWORK_EVENT, "l++ +++++ +++0f"),
    RULE(EVENT_SEE, INVITED_EVENT, "l+0 00000 +++0+"),
    RULE(EVENT_MANAGE, INVITED_EVENT, "lf0 00000 +f+0+"),
    RULE(EVENT_REGISTER, INVITED_EVENT, "lf0 00000 f+f0f"),
    RULE(EVENT_SEE, NO_EVENT, "l00 00000 00000"),
    RULE(CHANNEL_READ, INVITED_CHANNEL, "l00 00000 ++f0f"),
    RULE(CHANNEL_WRITE, INVITED_CHANNEL, "l00 00000 ++f0f"),
    RULE(CHANNEL_MANAGE, INVITED_CHANNEL, "l00 00000 +ff0+"),
    RULE(CHANNEL_ENTER, INVITED_CHANNEL, "l00 00000 ff+0f"),
    RULE(CLUB_SEE, INVITED_CLUB, "l+0 00000 +++0+"),
    RULE(CLUB_READ, INVITED_CLUB, "l+0 00000 +0+0+"),
};

static enum err ask(const struct world *w, const struct rule *rule, int who)
{
    struct tx tx = fixture_tx(w->f, w->who[who]);
    tx.actor.administrator = who == ADMINISTRATOR || who == OPERATOR;
    return may(&tx, rule->right, w->object[rule->object]);
}

static void each_right_is_decided_as_the_table_says(void **state)
{
    struct world w = make_world(*state);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const char *expected = rules[i].outcome;
        for (int who = 0; who < WHO_COUNT; who++, expected++) {
            expected += *expected == ' ';
            char outcome = letter_of(ask(&w, &rules[i], who));
            if (outcome != *expected) {
                fail_msg("%s by %s: %c, expected %c", rules[i].name, who_names[who], outcome,
                         *expected);
            }
        }
    }
}

/* --- what the table does not show ------------------------------------------------------------- */

static enum err ask_one(struct club_fixture *f, int64_t person, enum right right, int64_t object)
{
    struct tx tx = fixture_tx(f, person);
    return may(&tx, right, object);
}

static void a_command_that_forgets_its_right_is_refused_to_all(void **state)
{
    struct world w = make_world(*state);
    for (int who = 0; who < WHO_COUNT; who++) {
        const struct rule rule = {.right = RIGHT_NONE, .object = CLUB};
        assert_int_not_equal(ask(&w, &rule, who), ERR_NONE);
    }
}

static void what_was_found_on_the_way_is_kept_for_the_command(void **state)
{
    struct world w = make_world(*state);
    struct tx tx = fixture_tx(w.f, w.who[CHEF]);
    assert_int_equal(may(&tx, RIGHT_MESSAGE_READ, w.object[MESSAGE]), ERR_NONE);
    assert_int_equal(tx.message.id, w.object[MESSAGE]);
    assert_int_equal(tx.message.author, w.who[CHOSEN]);
    assert_int_equal(tx.channel.id, w.object[HABITAT]);
    assert_string_equal(tx.channel.name, "Habitat");
    assert_int_equal(tx.club.id, w.f->ain);
    assert_string_equal(tx.club.name, "Club PVD de l'Ain");
    assert_int_equal(tx.can, CAN_READ | CAN_WRITE | CAN_REACT);
}

static void a_successor_edits_what_was_written_under_the_post(void **state)
{
    struct world w = make_world(*state);
    struct club_fixture *f = w.f;
    long long chef = w.who[CHEF], elu = w.who[ELU], message = w.object[MESSAGE];
    fixture_sql(f, "UPDATE membership SET tenure = 1 WHERE id = %lld",
                (long long)w.object[MEMBERSHIP]);
    fixture_sql(f, "UPDATE message SET membership = %lld WHERE id = %lld",
                (long long)w.object[MEMBERSHIP], message);
    fixture_sql(f,
                "INSERT INTO tenure (post, person, starts_at, state)"
                " VALUES (1, %lld, 0, 'active'), (1, %lld, 0, 'planned')",
                chef, elu);
    assert_int_equal(ask_one(f, chef, RIGHT_MESSAGE_EDIT, message), ERR_NONE);
    assert_int_equal(ask_one(f, chef, RIGHT_MESSAGE_DELETE, message), ERR_NONE);
    assert_int_equal(ask_one(f, elu, RIGHT_MESSAGE_EDIT, message), ERR_FORBIDDEN);
}

static void roles_of_several_memberships_unite(void **state)
{
    struct world w = make_world(*state);
    struct tx tx = fixture_tx(w.f, w.who[LECTEUR]);
    fixture_join(w.f, w.who[LECTEUR], w.f->ain, ROLE_ELU);
    assert_int_equal(may_in_club(&tx, w.f->ain), CAN_READ | CAN_WRITE | CAN_REACT);
    assert_int_equal(person_roles(&tx, w.who[LECTEUR], w.f->ain),
                     1 << ROLE_LECTEUR | 1 << ROLE_ELU);
}

static void a_membership_that_ended_gives_nothing(void **state)
{
    struct world w = make_world(*state);
    fixture_sql(w.f, "UPDATE membership SET active = 0 WHERE person = %lld",
                (long long)w.who[ANIMATEUR]);
    assert_int_equal(ask_one(w.f, w.who[ANIMATEUR], RIGHT_CLUB_READ, w.f->ain), ERR_NOT_FOUND);
}

static void a_chosen_member_who_left_the_club_no_longer_reads_the_private_channel(void **state)
{
    struct world w = make_world(*state);
    fixture_sql(w.f, "UPDATE membership SET active = 0 WHERE person = %lld",
                (long long)w.who[CHOSEN]);
    assert_int_equal(ask_one(w.f, w.who[CHOSEN], RIGHT_CHANNEL_READ, w.object[PRIVATE]),
                     ERR_NOT_FOUND);
}

static void a_guest_of_a_private_channel_reads_it_without_being_chosen(void **state)
{
    struct world w = make_world(*state);
    int64_t expert = fixture_person(w.f, "Expert");
    fixture_guest(w.f, expert, w.object[PRIVATE], ROLE_PARTENAIRE);
    assert_int_equal(ask_one(w.f, expert, RIGHT_CHANNEL_WRITE, w.object[PRIVATE]), ERR_NONE);
    assert_int_equal(ask_one(w.f, expert, RIGHT_CHANNEL_READ, w.object[HABITAT]), ERR_NOT_FOUND);
    assert_int_equal(ask_one(w.f, expert, RIGHT_CLUB_READ, w.f->ain), ERR_NOT_FOUND);
}

static void an_administrator_who_was_chosen_reads_the_private_channel(void **state)
{
    struct world w = make_world(*state);
    fixture_choose(w.f, w.object[PRIVATE], w.who[ADMINISTRATOR]);
    assert_int_equal(ask_one(w.f, w.who[ADMINISTRATOR], RIGHT_CHANNEL_MANAGE, w.object[PRIVATE]),
                     ERR_NONE);
}

/* --- direct conversations --------------------------------------------------------------------- */

static void a_direct_conversation_is_for_its_people(void **state)
{
    struct world w = make_world(*state);
    int64_t direct = fixture_direct(w.f, w.who[ELU], w.who[CHEF]);
    int64_t message = fixture_message(w.f, direct, 0, w.who[ELU], "bonjour");
    assert_int_equal(ask_one(w.f, w.who[CHEF], RIGHT_CHANNEL_WRITE, direct), ERR_NONE);
    assert_int_equal(ask_one(w.f, w.who[CHEF], RIGHT_MESSAGE_DELETE, message), ERR_FORBIDDEN);
    assert_int_equal(ask_one(w.f, w.who[ANIMATEUR], RIGHT_CHANNEL_READ, direct), ERR_NOT_FOUND);
    assert_int_equal(ask_one(w.f, w.who[ADMINISTRATOR], RIGHT_CHANNEL_READ, direct), ERR_NOT_FOUND);
    assert_int_equal(ask_one(w.f, w.who[ADMINISTRATOR], RIGHT_CHANNEL_ENTER, direct),
                     ERR_NOT_FOUND);
}

static void a_direct_conversation_is_read_only_once_two_share_nothing(void **state)
{
    struct world w = make_world(*state);
    int64_t direct = fixture_direct(w.f, w.who[ELU], w.who[CHEF]);
    fixture_choose(w.f, direct, w.who[ANIMATEUR]);
    fixture_sql(w.f, "UPDATE membership SET active = 0 WHERE person = %lld",
                (long long)w.who[CHEF]);
    assert_int_equal(ask_one(w.f, w.who[ELU], RIGHT_CHANNEL_READ, direct), ERR_NONE);
    assert_int_equal(ask_one(w.f, w.who[ELU], RIGHT_CHANNEL_WRITE, direct), ERR_FORBIDDEN);
    assert_int_equal(ask_one(w.f, w.who[ANIMATEUR], RIGHT_CHANNEL_WRITE, direct), ERR_FORBIDDEN);
    assert_int_equal(ask_one(w.f, w.who[CHEF], RIGHT_CHANNEL_READ, direct), ERR_NONE);
}

static bool share(const struct world *w, int64_t a, int64_t b)
{
    struct tx tx = fixture_tx(w->f, FIXTURE_OPERATOR);
    return people_share(&tx, a, b) && people_share(&tx, b, a);
}

static void people_share_a_club_or_a_channel(void **state)
{
    struct world w = make_world(*state);
    int64_t expert = fixture_person(w.f, "Expert");
    fixture_guest(w.f, expert, w.object[PRIVATE], ROLE_PARTENAIRE);
    assert_true(share(&w, w.who[ELU], w.who[LECTEUR]));
    assert_true(share(&w, w.who[GUEST], w.who[CHEF]));
    assert_false(share(&w, w.who[STRANGER], w.who[CHEF]));
    assert_true(share(&w, expert, w.who[CHOSEN]));
    assert_false(share(&w, expert, w.who[CHEF]));
    assert_false(share(&w, expert, w.who[GUEST]));
    assert_true(share(&w, w.who[ADMINISTRATOR], w.who[STRANGER]));
}

static void people_with_a_seat_share_the_event_and_who_runs_it(void **state)
{
    struct world w = make_world(*state);
    int64_t other = fixture_person(w.f, "Other"), expert = fixture_person(w.f, "Expert");
    fixture_seat(w.f, w.object[INVITED_EVENT], other, "waiting");
    assert_false(share(&w, other, w.who[CHOSEN]));
    fixture_seat(w.f, w.object[INVITED_EVENT], other, "seated");
    assert_true(share(&w, other, w.who[CHOSEN]));
    assert_true(share(&w, other, w.who[ELSEWHERE]));
    assert_false(share(&w, other, w.who[STRANGER]));
    assert_false(share(&w, other, expert));
}

static void roles_asked_of_the_network_may_be_held_anywhere(void **state)
{
    struct world w = make_world(*state);
    int64_t event = w.object[NETWORK_EVENT];
    fixture_ask_role(w.f, event, ROLE_PARTENAIRE);
    assert_int_equal(ask_one(w.f, w.who[GUEST], RIGHT_EVENT_REGISTER, event), ERR_NONE);
    assert_int_equal(ask_one(w.f, w.who[PARTENAIRE], RIGHT_EVENT_REGISTER, event), ERR_NONE);
    assert_int_equal(ask_one(w.f, w.who[CHEF], RIGHT_EVENT_REGISTER, event), ERR_FORBIDDEN);
}

static void nobody_registers_where_there_is_no_registration(void **state)
{
    struct world w = make_world(*state);
    fixture_event_set(w.f, w.object[EVENT], "registration = 'none'");
    assert_int_equal(ask_one(w.f, w.who[ELU], RIGHT_EVENT_REGISTER, w.object[EVENT]),
                     ERR_FORBIDDEN);
}

static void an_archived_channel_of_an_event_is_read_but_not_heard(void **state)
{
    struct world w = make_world(*state);
    int64_t channel = w.object[INVITED_CHANNEL];
    fixture_sql(w.f, "UPDATE channel SET archived_at = 1 WHERE id = %lld", (long long)channel);
    assert_int_equal(ask_one(w.f, w.who[CHOSEN], RIGHT_CHANNEL_READ, channel), ERR_NONE);
    assert_int_equal(ask_one(w.f, w.who[ELSEWHERE], RIGHT_CHANNEL_READ, channel), ERR_NONE);
    assert_int_equal(ask_one(w.f, w.who[CHOSEN], RIGHT_CHANNEL_WRITE, channel), ERR_ARCHIVED);
    struct tx tx = fixture_tx(w.f, FIXTURE_OPERATOR);
    struct access_list list = access_of(&tx, w.who[CHOSEN]);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_not_equal(list.items[i].audience, audience_channel(channel));
    }
}

/* --- everything one hears --------------------------------------------------------------------- */

static uint32_t can_in(const struct access_list *list, int64_t audience)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].audience == audience) {
            return list->items[i].can;
        }
    }
    return UINT32_MAX;
}

static struct access_list hears(const struct world *w, int who)
{
    struct tx tx = fixture_tx(w->f, FIXTURE_OPERATOR);
    return access_of(&tx, w->who[who]);
}

static void a_member_hears_everybody_oneself_the_club_and_its_open_channels(void **state)
{
    struct world w = make_world(*state);
    struct access_list list = hears(&w, CHEF);
    assert_int_equal(list.count, 2 + 1 + 9);
    assert_int_equal(can_in(&list, audience_pack(AUDIENCE_EVERYBODY, 0)), 0);
    assert_int_equal(can_in(&list, audience_person(w.who[CHEF])), 0);
    assert_int_equal(can_in(&list, audience_club(w.f->ain)), CAN_READ | CAN_WRITE | CAN_REACT);
    assert_int_equal(can_in(&list, audience_channel(w.object[PRIVATE])), UINT32_MAX);
    for (size_t i = 1; i < list.count; i++) {
        assert_true(list.items[i - 1].audience < list.items[i].audience);
    }
}

static void a_guest_hears_the_one_channel(void **state)
{
    struct world w = make_world(*state);
    struct access_list list = hears(&w, GUEST);
    assert_int_equal(list.count, 2 + 1);
    assert_int_equal(can_in(&list, audience_channel(w.object[HABITAT])),
                     CAN_READ | CAN_WRITE | CAN_REACT);
}

static void an_administrator_hears_every_club(void **state)
{
    struct world w = make_world(*state);
    struct access_list list = hears(&w, ADMINISTRATOR);
    assert_int_equal(list.count, 2 + 3 + 3 * 9);
    assert_int_equal(can_in(&list, audience_channel(w.object[PRIVATE])), UINT32_MAX);
}

static void the_suspended_hear_nothing(void **state)
{
    struct world w = make_world(*state);
    assert_int_equal(hears(&w, SUSPENDED).count, 0);
}

/* may_in_channel() and access_of() must never disagree: whoever hears a channel reads it. */
static void what_is_heard_is_what_may_be_read(void **state)
{
    struct world w = make_world(*state);
    for (int who = STRANGER; who < OPERATOR; who++) {
        struct access_list list = hears(&w, who);
        int64_t last = fixture_count(w.f, "SELECT max(id) FROM channel");
        for (int64_t id = 1; id <= last; id++) {
            struct tx tx = fixture_tx(w.f, w.who[who]);
            struct channel channel;
            assert_true(channel_find(&tx, id, &channel));
            uint32_t can = may_in_channel(&tx, &channel) & ~(uint32_t)CAN_ENTER;
            uint32_t heard = can_in(&list, audience_channel(id));
            assert_int_equal(can, heard == UINT32_MAX ? 0 : heard);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(each_right_is_decided_as_the_table_says),
        FIXTURE_TEST(a_command_that_forgets_its_right_is_refused_to_all),
        FIXTURE_TEST(what_was_found_on_the_way_is_kept_for_the_command),
        FIXTURE_TEST(a_successor_edits_what_was_written_under_the_post),
        FIXTURE_TEST(roles_of_several_memberships_unite),
        FIXTURE_TEST(a_membership_that_ended_gives_nothing),
        FIXTURE_TEST(a_chosen_member_who_left_the_club_no_longer_reads_the_private_channel),
        FIXTURE_TEST(a_guest_of_a_private_channel_reads_it_without_being_chosen),
        FIXTURE_TEST(an_administrator_who_was_chosen_reads_the_private_channel),
        FIXTURE_TEST(a_direct_conversation_is_for_its_people),
        FIXTURE_TEST(a_direct_conversation_is_read_only_once_two_share_nothing),
        FIXTURE_TEST(people_share_a_club_or_a_channel),
        FIXTURE_TEST(people_with_a_seat_share_the_event_and_who_runs_it),
        FIXTURE_TEST(roles_asked_of_the_network_may_be_held_anywhere),
        FIXTURE_TEST(nobody_registers_where_there_is_no_registration),
        FIXTURE_TEST(an_archived_channel_of_an_event_is_read_but_not_heard),
        FIXTURE_TEST(a_member_hears_everybody_oneself_the_club_and_its_open_channels),
        FIXTURE_TEST(a_guest_hears_the_one_channel),
        FIXTURE_TEST(an_administrator_hears_every_club),
        FIXTURE_TEST(the_suspended_hear_nothing),
        FIXTURE_TEST(what_is_heard_is_what_may_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
