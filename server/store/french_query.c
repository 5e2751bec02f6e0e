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
    struct form folded;
    bool joined; /* to the term before: both are of one phrase */
    bool stop;   /* says little, outside quotes */
};

struct terms {
    struct term at[FRENCH_MATCH_WORDS];
    int count;
    bool prefix; /* the last may be the beginning of a word */
};

/* What must be there, or words that mean the same: phrases of terms, most often a single one. */
struct unit {
    int from, to;
    int64_t group;  /* of synonyms, 0: none */
    size_t synonym; /* which of them it is */
};

struct query {
    struct terms terms;
    struct unit units[FRENCH_MATCH_WORDS];
    int count;
    const struct french_synonyms *synonyms;
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
            terms_out->at[terms_out->count] =
                (struct term){text, folded, joined && terms_out->count > 0,
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

/* --- synonyms -------------------------------------------------------------------------------- */

/* Whether two words are one, but for the plural's s or x. */
static bool is_same(const struct form *a, const struct form *b)
{
    size_t sizes[2] = {a->size, b->size};
    const struct form *words[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        char last = sizes[i] > 3 ? words[i]->text[sizes[i] - 1] : '\0';
        sizes[i] -= last == 's' || last == 'x';
    }
    return sizes[0] == sizes[1] && memcmp(a->text, b->text, sizes[0]) == 0;
}

/* By the first letter, before anything is folded. What is no letter of ASCII may fold to any, and
 * an elided article is no word. */
static bool may_begin(const char *synonym, const struct form *first)
{
    char letter = (char)(*synonym | ('a' ^ 'A'));
    bool plain = letter >= 'a' && letter <= 'z' && !strpbrk(synonym, "'\xe2\xca");
    return !plain || letter == first->text[0];
}

/* How many terms from `from` on are the words of a synonym, 0 if they are not. */
static int terms_in_common(const struct terms *terms, int from, const char *synonym)
{
    if (from < terms->count && !may_begin(synonym, &terms->at[from].folded)) {
        return 0;
    }
    struct text text = {synonym, strlen(synonym)};
    struct word word;
    size_t at = 0;
    int to = from;
    while (word_next(text, &at, &word)) {
        struct form accented;
        struct form folded;
        if (word.elided || !word_fold(word_text(text, &word), &accented, &folded)) {
            continue;
        }
        if (to == terms->count || !is_same(&folded, &terms->at[to].folded)) {
            return 0;
        }
        to++;
    }
    return to - from;
}

/* The longest synonym that begins there and ends where a phrase does. */
static struct unit unit_of_synonym(const struct query *query, int from)
{
    struct unit best = {from, from, 0, 0};
    for (size_t i = 0; query->synonyms && i < query->synonyms->count; i++) {
        const struct french_synonym *one = &query->synonyms->items[i];
        int to = from + terms_in_common(&query->terms, from, one->term);
        bool whole = to == query->terms.count || !query->terms.at[to].joined;
        if (to > best.to && whole) {
            best = (struct unit){from, to, one->group, i};
        }
    }
    return best;
}

static bool says_something(const struct terms *terms, int from, int to)
{
    bool says = is_typed(terms, to);
    for (int i = from; i < to; i++) {
        says = says || !terms->at[i].stop;
    }
    return says;
}

/* Phrases made of stop words are left out, unless nothing would remain. The one being typed stays:
 * "la" may become "lavoir". */
static void units_make(struct query *query, bool all)
{
    query->count = 0;
    for (int from = 0, to = 0; from < query->terms.count; from = to) {
        struct unit unit = unit_of_synonym(query, from);
        if (unit.group == 0) {
            unit.to = phrase_end(&query->terms, from);
        }
        to = unit.to;
        if (all || unit.group != 0 || says_something(&query->terms, from, to)) {
            query->units[query->count++] = unit;
        }
    }
}

/* --- writing --------------------------------------------------------------------------------- */

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

/* The phrase whose last word is the beginning of another: with each of these, if they are known. */
static void put_longer(struct output *output, const struct query *query, int from, int to)
{
    const struct french_synonyms *known = query->synonyms;
    size_t count = known ? known->longer_count : 0;
    bool joined = to - from > 1;
    for (size_t i = 0; i < count; i++) {
        put(output, " OR ", 4);
        put_phrase(output, &query->terms, from, to - 1);
        put(output, joined ? " + \"" : "\"", joined ? 4 : 1);
        put(output, known->longer[i], strlen(known->longer[i]));
        put(output, "\"", 1);
    }
    if (count == 0) {
        put(output, " OR ", 4);
        put_phrase(output, &query->terms, from, to);
        put(output, "*", 1);
    }
}

static void put_typed(struct output *output, const struct query *query, int from, int to)
{
    if (!is_typed(&query->terms, to)) {
        put_phrase(output, &query->terms, from, to);
        return;
    }
    put(output, "(", 1);
    put_phrase(output, &query->terms, from, to);
    put_longer(output, query, from, to);
    put(output, ")", 1);
}

/* A synonym goes to the tokenizer whole, as a phrase. */
static void put_synonyms(struct output *output, const struct query *query, const struct unit *unit)
{
    for (size_t i = 0; i < query->synonyms->count; i++) {
        const struct french_synonym *one = &query->synonyms->items[i];
        if (one->group == unit->group && i != unit->synonym && !strchr(one->term, '"')) {
            put(output, " OR \"", 5);
            put(output, one->term, strlen(one->term));
            put(output, "\"", 1);
        }
    }
}

/* The words of an expression that has synonyms need not follow each other, as they need not without
 * them. */
static void put_unit(struct output *output, const struct query *query, const struct unit *unit)
{
    const struct terms *terms = &query->terms;
    bool all = unit->group == 0 || !says_something(terms, unit->from, unit->to);
    bool first = true;
    if (unit->group != 0) {
        put(output, "((", 2);
    }
    for (int from = unit->from, to = 0; from < unit->to; from = to) {
        to = phrase_end(terms, from);
        if (all || says_something(terms, from, to)) {
            put(output, " AND ", first ? 0 : 5);
            put_typed(output, query, from, to);
            first = false;
        }
    }
    if (unit->group != 0) {
        put(output, ")", 1);
        put_synonyms(output, query, unit);
        put(output, ")", 1);
    }
}

static void put_units(struct output *output, const struct query *query, const char *between,
                      int without)
{
    bool first = true;
    for (int i = 0; i < query->count; i++) {
        if (i != without) {
            put(output, between, first ? 0 : strlen(between));
            put_unit(output, query, &query->units[i]);
            first = false;
        }
    }
}

static void put_query(struct output *output, const struct query *query, enum french_how how)
{
    if (how == FRENCH_ALL || query->count < 2) {
        put_units(output, query, " AND ", -1);
        return;
    }
    if (how == FRENCH_ANY || query->count == 2) {
        put_units(output, query, " OR ", -1);
        return;
    }
    for (int i = 0; i < query->count; i++) {
        put(output, " OR (", i > 0 ? 5 : 0);
        put(output, "(", i > 0 ? 0 : 1);
        put_units(output, query, " AND ", i);
        put(output, ")", 1);
    }
}

enum french_match french_match_how(const char *text, const struct french_synonyms *synonyms,
                                   enum french_how how, char *out, size_t out_bytes)
{
    struct output output = {out, out_bytes, 0, out_bytes == 0};
    struct query query = {.synonyms = synonyms};
    put(&output, "", 0);
    terms_read((struct text){text, strlen(text)}, &query.terms);
    units_make(&query, false);
    if (query.count == 0) {
        units_make(&query, true);
    }
    put_query(&output, &query, how);
    if (output.full && out_bytes > 0) {
        out[0] = '\0';
    }
    if (query.count == 0) {
        return FRENCH_MATCH_EMPTY;
    }
    return output.full ? FRENCH_MATCH_TOO_LONG : FRENCH_MATCH_OK;
}

enum french_match french_match(const char *query, char *out, size_t out_bytes)
{
    return french_match_how(query, NULL, FRENCH_ALL, out, out_bytes);
}

size_t french_match_last(const char *query, char *out, size_t out_bytes)
{
    struct output output = {out, out_bytes, 0, out_bytes == 0};
    struct terms terms;
    put(&output, "", 0);
    terms_read((struct text){query, strlen(query)}, &terms);
    if (!terms.prefix || terms.count == 0) {
        return 0;
    }
    put_phrase(&output, &terms, terms.count - 1, terms.count);
    if (output.full && out_bytes > 0) {
        out[0] = '\0';
    }
    return output.full ? 0 : terms.at[terms.count - 1].folded.size;
}

void french_beginning(const char *query, char out[FRENCH_WORD_BYTES])
{
    _Static_assert(FORM_BYTES <= FRENCH_WORD_BYTES, "a folded word fits");
    struct terms terms;
    terms_read((struct text){query, strlen(query)}, &terms);
    const struct form *last = &terms.at[terms.count > 0 ? terms.count - 1 : 0].folded;
    bool typed = terms.prefix && terms.count > 0;
    memcpy(out, typed ? last->text : "", typed ? last->size + 1 : 1);
}
