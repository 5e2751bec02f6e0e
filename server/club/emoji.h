/* Whether a text is one emoji, as people pick them for a reaction.
 *
 * Owns nothing. Threads: any. */
#ifndef BEFFROI_CLUB_EMOJI_H
#define BEFFROI_CLUB_EMOJI_H

#include <stdbool.h>

/* One pictograph with its tones and joiners, one flag, or one keycap; at most LIMIT_EMOJI_BYTES.
 * Letters, digits and signs such as © alone are text. Source: Unicode Technical Standard 51, 1.4.
 */
bool emoji_is_one(const char *text);

#endif
