#include "store/excerpt.h"

#include <string.h>

#include "base/buf.h"
#include "store/db_internal.h"
#include "store/french.h"

enum { SLOTS = 256 };

/* A word of a phrase; phrases lie one after the other, so the next word is the next term. */
struct term {
    size_t phrase, place; /* place in it */
    size_t met;           /* 1 + word of the text that it last was */
};
struct phrase {
    size_t first, count; /* terms */
    size_t seen;         /* window that it was last counted in */
};
/* A spelling of a term, in the list of its slot. */
struct spelling {
    const uint8_t *form; /* its size, then its bytes */
    size_t term, next;   /* next: 1 + spelling, 0: none */
};

/* Of the text: a word; a term that it is; a phrase that begins there. */
struct piece {
    size_t from, start, end; /* bytes; from: with the article before */
};
struct hit {
    size_t word, term;
};
struct spot {
    size_t word, count, phrase;
};

#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }
struct excerpts {
    struct arena *arena;
    struct french *french;
    LIST(struct phrase) phrases;
    LIST(struct term) terms;
    LIST(struct spelling) spellings;
    LIST(struct spelling) beginnings; /* of words; `next` is not used */
    size_t slots[SLOTS];              /* 1 + spelling */
    LIST(struct piece) words;
    LIST(struct hit) hits;
    LIST(struct spot) spots;
    size_t windows; /* looked at so far */
};

/* --- what is looked for ----------------------------------------------------------------------- */

static const uint8_t *form_after(const uint8_t *form)
{
    return form + 1 + form[0];
}

static size_t slot_of(const uint8_t *form)
{
    uint32_t hash = form[0];
    for (size_t i = 1; i <= form[0]; i++) {
        hash = hash * 31 + form[i];
    }
    return hash % SLOTS;
}

static const uint8_t *keep_form(struct excerpts *excerpts, const uint8_t *form)
{
    return (const uint8_t *)arena_memdup(excerpts->arena, form, 1 + (size_t)form[0]);
}

static void add_spellings(struct excerpts *excerpts, const struct french_token *token, size_t term)
{
    const uint8_t *form = token->forms;
    for (int i = 0; i < token->count; i++, form = form_after(form)) {
        size_t *slot = &excerpts->slots[slot_of(form)];
        ARENA_PUSH(excerpts->arena, &excerpts->spellings,
                   ((struct spelling){keep_form(excerpts, form), term, *slot}));
        *slot = excerpts->spellings.count;
    }
}

/* The words of one quoted string become terms of the last phrase. */
static void add_terms(struct excerpts *excerpts, struct text text, bool beginning)
{
    size_t at = 0, phrase = excerpts->phrases.count - 1;
    struct french_token token;
    while (french_next(excerpts->french, text, &at, &token)) {
        size_t term = excerpts->terms.count;
        struct phrase *of = &excerpts->phrases.items[phrase];
        ARENA_PUSH(excerpts->arena, &excerpts->terms, ((struct term){phrase, of->count++, 0}));
        if (beginning) { /* of what the word is, not of its stems */
            ARENA_PUSH(excerpts->arena, &excerpts->beginnings,
                       ((struct spelling){keep_form(excerpts, token.forms), term, 0}));
        } else {
            add_spellings(excerpts, &token, term);
        }
    }
}

struct excerpts *excerpts_create(struct db *db, struct arena *arena, const char *match)
{
    struct excerpts *excerpts = ARENA_NEW(arena, struct excerpts);
    bool goes_on = false; /* "a" + "b" is one phrase */
    excerpts->arena = arena;
    db->french = db->french ? db->french : french_create();
    excerpts->french = db->french;
    for (const char *at = strchr(match, '"'), *end; at; at = strchr(end + 1, '"')) {
        end = strchr(at + 1, '"');
        if (!end) {
            break;
        }
        char after = end[1 + strspn(end + 1, " ")];
        if (!goes_on) {
            struct phrase phrase = {.first = excerpts->terms.count};
            ARENA_PUSH(arena, &excerpts->phrases, phrase);
        }
        goes_on = after == '+';
        add_terms(excerpts, (struct text){at + 1, (size_t)(end - at - 1)}, after == '*');
    }
    return excerpts;
}

/* --- where it is ------------------------------------------------------------------------------ */

static void add_hit(struct excerpts *excerpts, size_t word, size_t term)
{
    struct term *of = &excerpts->terms.items[term];
    if (of->met != word + 1) { /* by another spelling already */
        of->met = word + 1;
        ARENA_PUSH(excerpts->arena, &excerpts->hits, ((struct hit){word, term}));
    }
}

static void find_terms(struct excerpts *excerpts, const struct french_token *token, size_t word)
{
    const uint8_t *form = token->forms;
    for (size_t i = 0; i < excerpts->beginnings.count; i++) {
        const struct spelling *one = &excerpts->beginnings.items[i];
        if (form[0] >= one->form[0] && memcmp(form + 1, one->form + 1, one->form[0]) == 0) {
            add_hit(excerpts, word, one->term);
        }
    }
    for (int i = 0; i < token->count; i++, form = form_after(form)) {
        size_t next = excerpts->slots[slot_of(form)];
        while (next) {
            const struct spelling *one = &excerpts->spellings.items[next - 1];
            if (one->form[0] == form[0] && memcmp(one->form, form, 1 + (size_t)form[0]) == 0) {
                add_hit(excerpts, word, one->term);
            }
            next = one->next;
        }
    }
}

/* Whether the word after the one of hit `i`, and so on, are the rest of its phrase. */
static bool goes_on(const struct excerpts *excerpts, size_t i, size_t count)
{
    const struct hit *first = &excerpts->hits.items[i];
    size_t found = 1;
    for (i++; i < excerpts->hits.count && found < count; i++) {
        const struct hit *hit = &excerpts->hits.items[i];
        if (hit->word > first->word + found) {
            return false;
        }
        found += hit->word == first->word + found && hit->term == first->term + found;
    }
    return found == count;
}

static void find_phrases(struct excerpts *excerpts)
{
    for (size_t i = 0; i < excerpts->hits.count; i++) {
        const struct hit *hit = &excerpts->hits.items[i];
        const struct term *term = &excerpts->terms.items[hit->term];
        size_t count = excerpts->phrases.items[term->phrase].count;
        if (term->place == 0 && goes_on(excerpts, i, count)) {
            ARENA_PUSH(excerpts->arena, &excerpts->spots,
                       ((struct spot){hit->word, count, term->phrase}));
        }
    }
}

static void read_text(struct excerpts *excerpts, struct text text)
{
    struct french_token token;
    size_t at = 0;
    excerpts->words.count = 0;
    excerpts->hits.count = 0;
    excerpts->spots.count = 0;
    for (size_t i = 0; i < excerpts->terms.count; i++) {
        excerpts->terms.items[i].met = 0;
    }
    while (french_next(excerpts->french, text, &at, &token)) {
        find_terms(excerpts, &token, excerpts->words.count);
        ARENA_PUSH(excerpts->arena, &excerpts->words,
                   ((struct piece){token.from, token.start, token.end}));
    }
    find_phrases(excerpts);
}

/* --- which part ------------------------------------------------------------------------------- */

enum { EACH_PHRASE = 1000, SENTENCE = 100, AGAIN = 1 };

static bool begins_sentence(const struct excerpts *excerpts, const char *text, size_t word)
{
    const struct piece *piece = &excerpts->words.items[word];
    if (word == 0) {
        return true;
    }
    for (size_t at = piece[-1].end; at < piece->from; at++) {
        if (strchr(".!?:\n", text[at])) {
            return true;
        }
    }
    return false;
}

/* What the words from `first` on show, of which spot `i` is one. `last_out`: the word after what
 * was found. */
static int worth(struct excerpts *excerpts, size_t i, size_t first, size_t *last_out)
{
    const struct spot *spots = excerpts->spots.items;
    int sum = 0;
    excerpts->windows++;
    while (i > 0 && spots[i - 1].word >= first) {
        i--;
    }
    for (; i < excerpts->spots.count && spots[i].word < first + EXCERPT_WORDS; i++) {
        struct phrase *phrase = &excerpts->phrases.items[spots[i].phrase];
        sum += phrase->seen == excerpts->windows ? AGAIN : EACH_PHRASE;
        phrase->seen = excerpts->windows;
        *last_out = spots[i].word + spots[i].count;
    }
    return sum;
}

/* The first word of the best window of a long text: one that begins with what was found, moved so
 * that this is in its middle, or with its sentence. */
static size_t best_window(struct excerpts *excerpts, const char *text)
{
    size_t best = 0, words = excerpts->words.count, sentence = 0, seen = 0;
    int most = 0;
    for (size_t i = 0; i < excerpts->spots.count; i++) {
        size_t word = excerpts->spots.items[i].word, last = word;
        int sum = worth(excerpts, i, word, &last);
        if (sum > most) {
            size_t found = last - word < EXCERPT_WORDS ? last - word : EXCERPT_WORDS;
            size_t before = (EXCERPT_WORDS - found) / 2;
            most = sum;
            best = word > before ? word - before : 0;
        }
        for (; seen <= word; seen++) {
            sentence = begins_sentence(excerpts, text, seen) ? seen : sentence;
        }
        sum = word - sentence < EXCERPT_WORDS ? worth(excerpts, i, sentence, &last) + SENTENCE : 0;
        if (sum > most) {
            most = sum;
            best = sentence;
        }
    }
    return best + EXCERPT_WORDS > words ? words - EXCERPT_WORDS : best;
}

/* --- writing it ------------------------------------------------------------------------------- */

static void add_spots(struct excerpts *excerpts, const char *text, size_t first, size_t end,
                      size_t *at, struct buf *buf)
{
    const struct piece *words = excerpts->words.items;
    for (size_t i = 0; i < excerpts->spots.count; i++) {
        size_t from = excerpts->spots.items[i].word;
        size_t to = from + excerpts->spots.items[i].count;
        for (; i + 1 < excerpts->spots.count && excerpts->spots.items[i + 1].word < to; i++) {
            size_t further = excerpts->spots.items[i + 1].word + excerpts->spots.items[i + 1].count;
            to = further > to ? further : to;
        }
        from = from < first ? first : from;
        to = to > end ? end : to;
        if (from < to) {
            buf_add(buf, text + *at, words[from].start - *at);
            buf_add(buf, "\2", 1);
            buf_add(buf, text + words[from].start, words[to - 1].end - words[from].start);
            buf_add(buf, "\3", 1);
            *at = words[to - 1].end;
        }
    }
}

const char *excerpt_of(struct excerpts *excerpts, const char *text)
{
    struct text whole = {text, strlen(text)};
    struct buf buf;
    read_text(excerpts, whole);
    size_t words = excerpts->words.count;
    size_t first = words > EXCERPT_WORDS ? best_window(excerpts, text) : 0;
    size_t end = words > EXCERPT_WORDS ? first + EXCERPT_WORDS : words;
    size_t at = first > 0 ? excerpts->words.items[first].from : 0;
    buf_init(&buf);
    buf_text(&buf, first > 0 ? "…" : "");
    add_spots(excerpts, text, first, end, &at, &buf);
    size_t stop = end < words ? excerpts->words.items[end - 1].end : whole.size;
    buf_add(&buf, text + at, stop - at);
    buf_text(&buf, end < words ? "…" : "");
    const char *made = arena_memdup(excerpts->arena, buf.data, buf.len);
    buf_finish(&buf);
    return made;
}
