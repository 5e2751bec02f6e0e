/* What people type in a search box, as an FTS5 expression. Its words are those of the tokenizer,
 * which gets them whole and stems them there: here they are only found, put in groups and quoted.
 *
 * Words that say little ("de", "comment") need not be in a message, so that "revitalisation de
 * centre" finds "revitalisation du centre" and a question finds its answer. They count where they
 * hold a name together ("Bourg-en-Bresse"), between quotes, or where there is nothing else. */
#include <string.h>

#include "store/french.h"
#include "store/french_word.h"

/* Folded. No word of town life is among them, nor its initials (si, ca, ta); "est" is the verb. */
static const char *const stop_words[] = {
    /* articles, and those that show or own */
    "l", "le", "la", "les", "un", "une", "des", "du", "ce", "cet", "cette", "ces", "mon", "ma",
    "mes", "son", "sa", "ses", "notre", "nos", "votre", "vos", "leur", "leurs",
    /* prepositions and conjunctions */
    "d", "de", "a", "au", "aux", "en", "dans", "sur", "par", "pour", "avec", "chez", "sans",
    "entre", "vers", "et", "ou", "mais", "donc", "ni", "comme",
    /* pronouns */
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "me", "se", "y", "lui", "cela",
    "quelquun",
    /* what makes a question, and its verbs */
    "qu", "que", "qui", "quoi", "dont", "quand", "comment", "combien", "pourquoi", "quel", "quelle",
    "quels", "quelles", "t", "est", "sont", "ont", "avons", "avez", "deja", "fait", "faire", "faut",
    "peut", "doit", "ne", "pas", NULL};

struct term {
    struct text word;
    bool joined; /* to the term before: both are of one phrase */
    bool stop;   /* says little, outside quotes */
};

struct terms {
    struct term at[FRENCH_MATCH_WORDS];
    int count;
    bool prefix; /* the last may be the beginning of a word */
};

struct output {
    char *bytes;
    size_t size; /* the NUL counted */
    size_t used;
    bool full;
};

/* Characters that, alone between two words, hold them together: Saint-Didier, 04.74, jean@exemple.
 */
static bool is_joiner(int32_t point)
{
    return word_is_apostrophe(point) || (point < 0x80 && strchr("-./@_:+&", point) != NULL) ||
           (point >= 0x2010 && point <= 0x2013);
}

/* Whether what is between two words joins them; follows the quotation marks met on the way. */
static bool gap_joins(struct text gap, bool *quoted)
{
    int32_t point = 0;
    int points = 0;
    bool marked = false;
    for (size_t at = 0; at < gap.size; points++) {
        at = word_point(gap, at, &point);
        bool opens = point == 0xAB || point == 0x201C || (point == '"' && !*quoted);
        bool closes = point == 0xBB || point == 0x201D || (point == '"' && *quoted);
        *quoted = opens || (*quoted && !closes);
        marked = marked || opens || closes;
    }
    return (*quoted && !marked) || (points == 1 && is_joiner(point));
}

/* Whether nothing follows the last word; an apostrophe does not count, as in "aujourd'" half typed.
 */
static bool is_last(struct text query, size_t end)
{
    int32_t point = 0;
    return end == query.size ||
           (word_point(query, end, &point) == query.size && word_is_apostrophe(point));
}

/* Whether a word says little after the one before it: Grand Est is a région. */
static bool is_stop(const struct form *word, const struct form *before)
{
    return word_is_one_of(word->text, stop_words) &&
           (strcmp(word->text, "est") != 0 || strcmp(before->text, "grand") != 0);
}

/* A letter being typed is the beginning of a tenth of all words: long to look up, and of no help.
 * It is left out, or taken as a word where it is the whole query. A digit is a number. */
static void terms_drop_letter(struct terms *terms, const struct form *last)
{
    if (!terms->prefix || last->size > 1) {
        return;
    }
    terms->prefix = false;
    bool digit = last->text[0] >= '0' && last->text[0] <= '9';
    if (terms->count > 1 && !digit) {
        terms->count--;
    }
}

/* Reads the words of a query. One after an elided article hangs on what comes before the article.
 */
static void terms_read(struct text query, struct terms *terms_out)
{
    struct word word;
    size_t at = 0;
    size_t before = 0;
    bool quoted = false;
    bool joined = false;
    bool elided = false;
    struct form previous = {"", 0};
    terms_out->count = 0;
    terms_out->prefix = false;
    while (terms_out->count < FRENCH_MATCH_WORDS && word_next(query, &at, &word)) {
        bool joins = gap_joins((struct text){query.bytes + before, word.start - before}, &quoted);
        joined = elided ? joined : joins;
        elided = word.elided;
        before = word.end;
        struct form accented;
        struct form folded;
        struct text text = word_text(query, &word);
        if (!elided && word_fold(text, &accented, &folded)) {
            terms_out->at[terms_out->count] = (struct term){text, joined && terms_out->count > 0,
                                                            !quoted && is_stop(&folded, &previous)};
            terms_out->count++;
            terms_out->prefix = is_last(query, word.end);
            previous = folded;
        }
    }
    terms_drop_letter(terms_out, &previous);
}

/* The term after the phrase that begins with term `from`. */
static int phrase_end(const struct terms *terms, int from)
{
    int to = from + 1;
    while (to < terms->count && terms->at[to].joined) {
        to++;
    }
    return to;
}

static bool is_typed(const struct terms *terms, int to)
{
    return terms->prefix && to == terms->count;
}

/* Leaves the phrases out that are made of stop words, unless nothing would remain. The one being
 * typed stays: "la" may become "lavoir". */
static void terms_drop_stops(struct terms *terms)
{
    struct terms kept = {.count = 0, .prefix = terms->prefix};
    for (int from = 0, to = 0; from < terms->count; from = to) {
        to = phrase_end(terms, from);
        bool says = is_typed(terms, to);
        for (int i = from; i < to; i++) {
            says = says || !terms->at[i].stop;
        }
        for (int i = from; says && i < to; i++) {
            kept.at[kept.count++] = terms->at[i];
        }
    }
    if (kept.count > 0) {
        *terms = kept;
    }
}

static void put(struct output *output, const char *bytes, size_t size)
{
    if (output->full || size >= output->size - output->used) {
        output->full = true;
        return;
    }
    memcpy(output->bytes + output->used, bytes, size);
    output->used += size;
    output->bytes[output->used] = '\0';
}

/* Writes terms `from` to `to` (excluded) as one phrase. A word holds no quote, so none needs
 * doubling. FTS5 takes each string of a `+` by itself: under a final * the others keep their stems.
 */
static void put_phrase(struct output *output, const struct terms *terms, int from, int to)
{
    for (int i = from; i < to; i++) {
        put(output, i > from ? " + \"" : "\"", i > from ? 4 : 1);
        put(output, terms->at[i].word.bytes, terms->at[i].word.size);
        put(output, "\"", 1);
    }
}

static void put_group(struct output *output, const struct terms *terms, int from, int to)
{
    if (from > 0) {
        put(output, " AND ", 5);
    }
    if (!is_typed(terms, to)) {
        put_phrase(output, terms, from, to);
        return;
    }
    put(output, "(", 1);
    put_phrase(output, terms, from, to);
    put(output, " OR ", 4);
    put_phrase(output, terms, from, to);
    put(output, "*)", 2);
}

enum french_match french_match(const char *query, char *out, size_t out_bytes)
{
    struct output output = {out, out_bytes, 0, out_bytes == 0};
    struct terms terms;
    put(&output, "", 0);
    terms_read((struct text){query, strlen(query)}, &terms);
    terms_drop_stops(&terms);
    for (int from = 0, to = 0; from < terms.count; from = to) {
        to = phrase_end(&terms, from);
        put_group(&output, &terms, from, to);
    }
    if (output.full && out_bytes > 0) {
        out[0] = '\0';
    }
    if (terms.count == 0) {
        return FRENCH_MATCH_EMPTY;
    }
    return output.full ? FRENCH_MATCH_TOO_LONG : FRENCH_MATCH_OK;
}
