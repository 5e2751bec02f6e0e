#include "club/password.h"

#include <argon2.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/clock.h"
#include "base/str.h"
#include "club/fold.h"

/* --- the same to every keyboard --------------------------------------------------------------- */

static utf8proc_int32_t plain_space(utf8proc_int32_t point, void *unused)
{
    (void)unused;
    return utf8proc_category(point) == UTF8PROC_CATEGORY_ZS ? ' ' : point;
}

/* OpaqueString of RFC 8265 §4.2: every space is U+0020, and the whole in normalisation form C; case
 * and width stay. What utf8proc cannot read stays as it is; the decoder lets nobody send that. */
static const char *prepared(const char *password, struct arena *arena)
{
    enum { DECOMPOSED_MAX = 4 }; /* code points that one unfolds to in form D (UAX #15) */
    size_t points_max = strlen(password) * DECOMPOSED_MAX;
    utf8proc_int32_t *points = ARENA_ARRAY(arena, utf8proc_int32_t, points_max + 1);
    utf8proc_ssize_t count = utf8proc_decompose_custom(
        (const utf8proc_uint8_t *)password, (utf8proc_ssize_t)strlen(password), points,
        (utf8proc_ssize_t)points_max, UTF8PROC_STABLE | UTF8PROC_COMPOSE, plain_space, NULL);
    bool fits = count >= 0 && (size_t)count <= points_max &&
                utf8proc_reencode(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE) >= 0;
    return fits ? (const char *)points : password;
}

/* --- keeping ---------------------------------------------------------------------------------- */

enum {
    MEMORY_KIB = 47 * 1024, /* OWASP password storage: 46 MiB with one pass */
    PASSES = 1,
    LANES = 1,
    SALT_BYTES = 16,
    HASH_BYTES = 32,
    /* What we are ready to spend on a hash that is kept: argon2 obeys the numbers it finds there.
     */
    MEMORY_KIB_MAX = 256 * 1024,
    PASSES_MAX = 10,
    LANES_MAX = 4,
    KEPT_CHARS_MAX = 128,
};

const char *password_hash(struct tx *tx, const char *password)
{
    struct arena *arena = tx->arena;
    tx_release(tx);
    password = prepared(password, arena);
    uint8_t salt[SALT_BYTES];
    char *kept = arena_alloc(arena, KEPT_CHARS_MAX);
    random_bytes(salt, sizeof salt);
    int code = argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password, strlen(password), salt,
                                     sizeof salt, HASH_BYTES, kept, KEPT_CHARS_MAX);
    if (code != ARGON2_OK) {
        abort(); /* out of memory: nothing else is left to fail */
    }
    return kept;
}

/* A hash nobody's password gives, as dear as those we make. */
static const char *kept_of_nobody(struct arena *arena)
{
    return arena_printf(arena, "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", MEMORY_KIB, PASSES, LANES,
                        "bm9ib2R5bm9ib2R5bm9ibw", "bm9ib2R5J3MgaGFzaCwgbm9ib2R5J3MgaGFzaCwgMTI");
}

static bool is_affordable(const char *kept)
{
    unsigned memory_kib, passes, lanes;
    return strlen(kept) < KEPT_CHARS_MAX &&
           sscanf(kept, "$argon2id$v=19$m=%9u,t=%9u,p=%9u$", &memory_kib, &passes, &lanes) == 3 &&
           memory_kib <= MEMORY_KIB_MAX && passes <= PASSES_MAX && lanes <= LANES_MAX;
}

bool password_matches(struct tx *tx, const char *password, const char *kept)
{
    struct arena *arena = tx->arena;
    tx_release(tx);
    if (!kept || !is_affordable(kept)) {
        kept = kept_of_nobody(arena);
    }
    password = prepared(password, arena);
    return argon2id_verify(kept, password, strlen(password)) == ARGON2_OK;
}

/* --- choosing --------------------------------------------------------------------------------- */

/* How hard a password is to guess, in characters that count. A word everybody thinks of counts for
 * two, and once; a run of digits for two at most; a repetition or a sequence ("aaaa", "4567") for
 * one. */
enum { EFFORT_MIN = 8, COMMON_CHARS_MIN = 4, PARTS_MAX = 8, SEEN_MAX = 64 };

static const char *const common[] = {
#include "club/password_common.def"
};

struct guess {
    const char *parts[PARTS_MAX]; /* of the person's own address */
    size_t part_count;
    const char *seen[SEEN_MAX]; /* words already counted */
    size_t seen_count;
};

static void longest_match(const char *text, const char *word, const char **best)
{
    if (strlen(word) >= COMMON_CHARS_MIN && str_starts(text, word) &&
        (!*best || strlen(word) > strlen(*best))) {
        *best = word;
    }
}

static const char *common_at(const struct guess *guess, const char *text)
{
    const char *best = NULL;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        longest_match(text, common[i], &best);
    }
    for (size_t i = 0; i < guess->part_count; i++) {
        longest_match(text, guess->parts[i], &best);
    }
    return best;
}

static int effort_of_word(struct guess *guess, const char *word)
{
    for (size_t i = 0; i < guess->seen_count; i++) {
        if (str_equal(guess->seen[i], word)) {
            return 0;
        }
    }
    if (guess->seen_count < SEEN_MAX) {
        guess->seen[guess->seen_count++] = word;
    }
    return 2;
}

/* Bytes from `text` that repeat, rise or fall by one: 1 where there is no such run. */
static size_t run_bytes(const char *text)
{
    size_t bytes = 1;
    int step = text[1] - text[0];
    if (text[1] == '\0' || step < -1 || step > 1) {
        return 1;
    }
    while (text[bytes] && text[bytes] - text[bytes - 1] == step) {
        bytes++;
    }
    return bytes >= 3 ? bytes : 1;
}

static size_t digits_bytes(const char *text)
{
    return strspn(text, "0123456789");
}

static int effort_of_letters(struct guess *guess, const char *text)
{
    int effort = 0;
    guess->seen_count = 0;
    while (*text) {
        const char *word = common_at(guess, text);
        size_t run = run_bytes(text), digits = digits_bytes(text);
        if (word) {
            effort += effort_of_word(guess, word);
            text += strlen(word);
        } else if (run > 1) {
            effort += 1;
            text += run;
        } else {
            effort += digits > 2 ? 2 : 1;
            text += digits > 2 ? digits : 1;
        }
    }
    return effort;
}

/* Signs that stand between words count for nothing, each other sign counts once. */
static int effort_of_signs(const char *password)
{
    int effort = 0;
    for (const char *s = password; *s; s++) {
        bool sign = (unsigned char)*s < 0x80 && ispunct((unsigned char)*s) && !strchr("-._'", *s);
        effort += sign && memchr(password, *s, (size_t)(s - password)) == NULL;
    }
    return effort;
}

/* Letters and digits alone, folded: "Mot de-Passe" gives "motdepasse". */
static const char *letters_of(const char *text, struct arena *arena)
{
    char *letters = arena_strdup(arena, fold(text, arena)), *out = letters;
    for (const char *s = letters; *s; s++) {
        if (*s != ' ') {
            *out++ = *s;
        }
    }
    *out = '\0';
    return letters;
}

/* "P@ssw0rd" read as it is meant. */
static const char *spelled_out(const char *text, struct arena *arena)
{
    static const char written[] = "013457@$!", meant[] = "oieastasi";
    char *out = arena_strdup(arena, text);
    for (char *s = out; *s; s++) {
        const char *found = strchr(written, *s);
        *s = found ? meant[found - written] : *s;
    }
    return out;
}

/* "jeanne.dupont@ain.gouv.fr" gives jeanne, dupont and jeannedupont. */
static void own_parts(struct guess *guess, const char *email, struct arena *arena)
{
    const char *at = strchr(email, '@');
    char *local = arena_strdup(arena, email);
    local[at ? (size_t)(at - email) : strlen(email)] = '\0';
    guess->parts[guess->part_count++] = letters_of(local, arena);
    char *rest = arena_strdup(arena, fold(local, arena)), *save = NULL;
    for (char *part = strtok_r(rest, " ", &save); part && guess->part_count < PARTS_MAX;
         part = strtok_r(NULL, " ", &save)) {
        guess->parts[guess->part_count++] = part;
    }
}

enum err password_check(struct tx *tx, const char *field, const char *password, const char *email)
{
    struct guess guess = {0};
    password = prepared(password, tx->arena);
    if (utf8_chars(password) < LIMIT_PASSWORD_MIN_CHARS) {
        return tx_fail(tx, ERR_TOO_SHORT, field, PHRASE("12 caractères", "12 characters"));
    }
    own_parts(&guess, email, tx->arena);
    int signs = effort_of_signs(password);
    int plain = effort_of_letters(&guess, letters_of(password, tx->arena));
    int meant = effort_of_letters(&guess, letters_of(spelled_out(password, tx->arena), tx->arena));
    bool weak = plain + signs < EFFORT_MIN || meant + signs < EFFORT_MIN;
    return weak ? tx_fail(tx, ERR_PASSWORD_WEAK, field, NULL) : ERR_NONE;
}
