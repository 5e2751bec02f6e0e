/* Who a message mentions: kept as said (a person, a role, everybody), never as a list of people.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_MENTIONS_H
#define BEFFROI_CLUB_MENTIONS_H

#include "club/command.h"
#include "club/markdown.h"

/* What a text in tx->channel may point at; valid as long as the tx. */
struct markdown_world mentions_world(struct tx *tx);

/* The same of a text that everybody may come to read, an event's or a resource's: it names towns,
 * but calls nobody. */
struct markdown_world mentions_nobody(struct tx *tx);

/* ERR_BROADCAST if a role or everybody means more people in tx->channel than the actor may call at
 * once. */
enum err mentions_allow(struct tx *tx, const struct mention_list *mentions);

void mentions_of(struct tx *tx, int64_t message, struct mention_list *out);
/* In place of those it had. */
void mentions_store(struct tx *tx, int64_t message, const struct mention_list *mentions);
bool mentions_same(const struct mention_list *a, const struct mention_list *b);

/* To be called once a living message mentions others than before, or was deleted (`after` empty):
 * those who have not read it are told their counts, which nobody else can know (law 2). */
void mentions_recount(struct tx *tx, const struct message_head *message,
                      const struct mention_list *before, const struct mention_list *after);

#endif
