/* What the people of the demonstration say of themselves, and the contact card of their Club. */
#include "base/str.h"
#include "main/demo.h"
#include "wire/json.h"

extern const struct command profile_set_command, club_card_set_command;

static void take_profile(struct demo *demo, const struct demo_record *record)
{
    struct buf shows;
    buf_init(&shows);
    demo_add_texts(demo, &shows, record->fields[2], ' ');
    buf_add(&shows, "", 1);
    params_begin(&demo->params);
    params_json(&demo->params, "shows", shows.data);
    buf_finish(&shows);
    demo_add_themes(demo, record->fields[3]);
    params_text(&demo->params, "phone", record->fields[4]);
    params_text(&demo->params, "offer", record->fields[5]);
    demo_call(demo, demo_name_get(demo, record->fields[1]), demo->now_ms, &profile_set_command);
}

static void add_contact(struct buf *list, const struct demo_record *record)
{
    static const char *const names[] = {"name", "label", "phone", "email"};
    buf_text(list, list->len > 1 ? ",{" : "{");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buf_printf(list, "%s\"%s\":", i > 0 ? "," : "", names[i]);
        json_text(list, record->fields[2 + i]);
    }
    buf_text(list, "}");
}

/* The people of a card are the records "contact" of its Club. */
static void add_contacts(struct demo *demo, const char *club)
{
    struct buf list;
    buf_init(&list);
    buf_text(&list, "[");
    for (size_t i = 0; i < demo->text.count; i++) {
        const struct demo_record *record = &demo->text.items[i];
        if (str_equal(record->fields[0], "contact") && str_equal(record->fields[1], club)) {
            add_contact(&list, record);
        }
    }
    buf_add(&list, "]", 2);
    params_json(&demo->params, "people", list.data);
    buf_finish(&list);
}

static void take_card(struct demo *demo, const struct demo_record *record)
{
    const char *reach = record->fields[4];
    params_begin(&demo->params);
    params_number(&demo->params, "club", demo_name_get(demo, record->fields[1]));
    params_text(&demo->params, "service", record->fields[3]);
    params_text(&demo->params, "phone", demo_next_part(demo, &reach, ';'));
    params_text(&demo->params, "email", demo_next_part(demo, &reach, ';'));
    params_text(&demo->params, "hours", demo_next_part(demo, &reach, ';'));
    params_text(&demo->params, "address", record->fields[5]);
    add_contacts(demo, record->fields[1]);
    demo_call(demo, demo_name_get(demo, record->fields[2]), demo->now_ms, &club_card_set_command);
}

bool demo_people_take(struct demo *demo, const struct demo_record *record)
{
    if (str_equal(record->fields[0], "profile")) {
        take_profile(demo, record);
    } else if (str_equal(record->fields[0], "card")) {
        take_card(demo, record);
    } else {
        return str_equal(record->fields[0], "contact");
    }
    return true;
}
