/* A struct with one field of every type, for the tests of wire/. */
#ifndef BEFFROI_TESTS_SAMPLE_H
#define BEFFROI_TESTS_SAMPLE_H

#include "wire/field.h"

enum color { RED, GREEN, BLUE };
static const struct choice color_choice = {"Color",
                                           (const char *const[]){"red", "green", "blue", NULL}};

struct person {
    int64_t id;
    const char *name;
};
static const struct field person_fields[] = {
    FIELD_ID(struct person, id, "Person"),
    FIELD_LINE(struct person, name, 1, 10, "Name"),
    FIELD_END,
};

struct all {
    int64_t id, limit, at;
    bool pinned;
    const char *title, *body;
    enum color color;
    const struct person *author;
    struct list people, ids, words;
    enum maybe came;
};
static const struct field all_fields[] = {
    FIELD_ID_OPT(struct all, id, "Id"),
    FIELD_INT_OPT(struct all, limit, 1, 100, "Limit"),
    FIELD_TIME_OPT(struct all, at, "Time"),
    FIELD_BOOL_OPT(struct all, pinned, "Pinned"),
    FIELD_LINE_OPT(struct all, title, 1, 5, "Title"),
    FIELD_TEXT_OPT(struct all, body, 0, 8, "Body"),
    FIELD_CHOICE_OPT(struct all, color, &color_choice, "Color"),
    FIELD_OBJECT_OPT(struct all, author, person, person_fields, "Author"),
    FIELD_LIST_OPT(struct all, people, person, person_fields, 1, 3, "People"),
    FIELD_IDS_OPT(struct all, ids, 0, 3, "Ids"),
    FIELD_TEXTS_OPT(struct all, words, 2, 3, "Words"),
    FIELD_MAYBE(struct all, came, "Came"),
    FIELD_END,
};

struct strict {
    int64_t channel;
    const char *nonce;
    struct list people;
    const struct person *author;
    const char *nodes;
    uint32_t can;
};
static const struct field strict_fields[] = {
    FIELD_ID(struct strict, channel, "Channel"),
    FIELD_LINE(struct strict, nonce, 8, 64, "Nonce"),
    FIELD_END,
};
static const struct field strict_out[] = {
    FIELD_ID(struct strict, channel, "Channel"),
    FIELD_LINE(struct strict, nonce, 8, 64, "Nonce"),
    FIELD_LIST(struct strict, people, person, person_fields, 0, 3, "People"),
    FIELD_OBJECT(struct strict, author, person, person_fields, "Author"),
    FIELD_JSON(struct strict, nodes, "Nodes", "Body"),
    FIELD_WORDS(struct strict, can, &color_choice, "Colors"),
    FIELD_END,
};

#endif
