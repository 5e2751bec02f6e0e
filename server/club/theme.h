/* Themes: what events and resources are about.
 *
 * Threads: the tx's. */
#ifndef BEFFROI_CLUB_THEME_H
#define BEFFROI_CLUB_THEME_H

#include "club/command.h"

/* ERR_NOT_FOUND about `themes`, a list of ids, if one of them is none. */
enum err themes_check(struct tx *tx, const struct list *themes);

#endif
