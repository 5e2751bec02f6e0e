/* French words for FTS5, and queries made of them.
 *
 * A word is a run of letters and digits (marks and invisible characters inside it belong to it).
 * Elided articles (l', qu'...) are dropped and take no position. A word gives, at one position,
 *
 *   elus          the folded word: lower case, œ as oe, no accent; prefixes are looked up in these;
 *   \x01 elu      its stems: of the accented word ("mobilité" joins "mobilités", "municipal") and
 *                 of the folded one ("mobilite", typed without accents, joins "mobilités"); each
 *                 also without the plural's s or x where libstemmer leaves it (élus, lieux).
 *
 * Documents and queries go through the same code, so two words meet as soon as they share one form:
 * a form too many costs a few bytes, a form too few loses a message. \x01 cannot be in a word, so
 * that "commerc", a stem, is not what the prefix "commerc" finds.
 *
 * Stop words are indexed, or phrases would not be found: "maître d'œuvre", "chef de projet". */
#include "store/french.h"

#include <libstemmer.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

enum {
    WORD_BYTES = 128, /* a longer word is known by its beginning */
    FORM_BYTES = 256, /* of a folded word or stem, its NUL counted; longer is cut */
    FORMS_MAX = 5,    /* folded, two stems of the word and two of its singular */
    /* Code points in a form: U+FDFA, the worst, takes 3 bytes and unfolds to 18. */
    FORM_POINTS = (FORM_BYTES / 3 + 1) * 18,
};

static const char *const elided_heads[] = {"l", "d",  "j",     "m",      "t",      "s",      "n",
                                           "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", NULL};
/* An apostrophe after these is a letter of the word: aujourd'hui, prud'hommes, quelqu'un. */
static const char *const joined_heads[] = {"aujourd", "prud", "quelqu", "presqu", "entr", NULL};

/* Words known by their folded form alone: their stem is that of another common word (plu, the PLU
 * of town planning; pari; moi; foi; sou; pré; mare; paye; ver). */
static const char *const own_stem[] = {"plus", "paris", "mois", "fois", "sous",
                                       "près", "mars",  "pays", "vers", NULL};

/* Forms that no rule joins: plurals in -aux, and the feminine libstemmer keeps apart. */
static const struct {
    const char *folded;
    const char *joins;
} irregular[] = {
    {"travaux", "travail"}, {"baux", "bail"},          {"vitraux", "vitrail"}, {"emaux", "émail"},
    {"coraux", "corail"},   {"vantaux", "vantail"},    {"maux", "mal"},        {"yeux", "oeil"},
    {"cieux", "ciel"},      {"francais", "française"},
};

static bool is_one_of(const char *word, const char *const *list)
{
    while (*list != NULL && strcmp(word, *list) != 0) {
        list++;
    }
    return *list != NULL;
}

/* --- words in a text ----------------------------------------------------------------------- */

struct text {
    const char *bytes;
    size_t size;
};

struct word {
    size_t start; /* bytes in the text */
    size_t end;
    bool elided; /* a head before its apostrophe: l', qu' */
};

enum kind { SEPARATES, STARTS, CONTINUES, APOSTROPHE };

/* Reads one code point at `at`, returns the offset after it. A byte that is not UTF-8 is read as
 * U+FFFD, which separates, so that words around it are found. */
static size_t point_next(struct text text, size_t at, int32_t *point_out)
{
    const uint8_t *bytes = (const uint8_t *)text.bytes + at;
    if (*bytes < 0x80) {
        *point_out = *bytes;
        return at + 1;
    }
    utf8proc_ssize_t size = utf8proc_iterate(bytes, (utf8proc_ssize_t)(text.size - at), point_out);
    if (size <= 0) {
        *point_out = 0xFFFD;
        return at + 1;
    }
    return at + (size_t)size;
}

static enum kind kind_of_ascii(int32_t point)
{
    if (point == '\'') {
        return APOSTROPHE;
    }
    bool letter = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    return letter || (point >= '0' && point <= '9') ? STARTS : SEPARATES;
}

static enum kind kind_of(int32_t point)
{
    if (point < 0x80) {
        return kind_of_ascii(point);
    }
    if (point == 0x2018 || point == 0x2019 || point == 0x02BC) { /* ‘, ’ and a letter like it */
        return APOSTROPHE;
    }
    if (point == 0x200B) { /* zero-width space: invisible, but a space */
        return SEPARATES;
    }
    const utf8proc_property_t *property = utf8proc_get_property(point);
    if (property->ignorable) { /* soft hyphen, joiners */
        return CONTINUES;
    }
    if ((property->category >= UTF8PROC_CATEGORY_LU &&
         property->category <= UTF8PROC_CATEGORY_LO) ||
        (property->category >= UTF8PROC_CATEGORY_ND &&
         property->category <= UTF8PROC_CATEGORY_NO)) {
        return STARTS;
    }
    bool mark =
        property->category >= UTF8PROC_CATEGORY_MN && property->category <= UTF8PROC_CATEGORY_ME;
    return mark ? CONTINUES : SEPARATES;
}

/* The kind of what is at `at`, and the offset after it; a text is followed by a separator. */
static enum kind kind_next(struct text text, size_t at, size_t *after_out)
{
    *after_out = at;
    if (at >= text.size) {
        return SEPARATES;
    }
    int32_t point = 0;
    *after_out = point_next(text, at, &point);
    return kind_of(point);
}

static char lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the letters from `start` to `end` are one of `heads`, all short and plain ASCII. */
static bool is_head(struct text text, size_t start, size_t end, const char *const *heads)
{
    char lower[8];
    if (end - start >= sizeof(lower)) {
        return false;
    }
    for (size_t i = start; i < end; i++) {
        lower[i - start] = lower_ascii(text.bytes[i]);
    }
    lower[end - start] = '\0';
    return is_one_of(lower, heads);
}

/* Offset of the first character from `at` that starts a word, or the size of the text; tells
 * whether an apostrophe stands just before it. */
static size_t word_start(struct text text, size_t at, bool *quoted_out)
{
    enum kind before = SEPARATES;
    while (at < text.size) {
        size_t after = 0;
        enum kind kind = kind_next(text, at, &after);
        if (kind == STARTS) {
            break;
        }
        before = kind;
        at = after;
    }
    *quoted_out = before == APOSTROPHE;
    return at;
}

/* Finds the next word from `*at` and moves past it; false at the end of the text. */
static bool word_next(struct text text, size_t *at, struct word *word_out)
{
    bool quoted = false;
    size_t start = word_start(text, *at, &quoted);
    size_t end = start;
    size_t after = 0;
    enum kind kind = SEPARATES;
    while ((kind = kind_next(text, end, &after)) != SEPARATES) {
        size_t beyond = 0;
        if (kind == APOSTROPHE && (!is_head(text, start, end, joined_heads) ||
                                   kind_next(text, after, &beyond) != STARTS)) {
            break;
        }
        end = after;
    }
    /* In 'C' and rock'n'roll the letter is not an article. */
    bool elided = kind == APOSTROPHE && !quoted && is_head(text, start, end, elided_heads);
    *word_out = (struct word){start, end, elided};
    *at = end;
    return end > start;
}

/* `size` or less, so that no character of `bytes` is cut in two. */
static size_t whole_characters(const char *bytes, size_t size)
{
    while (size > 0 && ((uint8_t)bytes[size] & 0xC0) == 0x80) {
        size--;
    }
    return size;
}

/* The part of a word that counts. */
static struct text word_text(struct text text, const struct word *word)
{
    struct text part = {text.bytes + word->start, word->end - word->start};
    if (part.size > WORD_BYTES) {
        part.size = whole_characters(part.bytes, WORD_BYTES);
    }
    return part;
}

/* --- forms of a word ----------------------------------------------------------------------- */

struct form {
    char text[FORM_BYTES];
    size_t size;
};

struct forms {
    struct form at[FORMS_MAX];
    int count;
};

static const utf8proc_option_t lower_case =
    UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
static const utf8proc_option_t lower_plain =
    UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK;

static void form_set(struct form *form, const char *bytes, size_t size)
{
    if (size >= FORM_BYTES) {
        size = whole_characters(bytes, FORM_BYTES - 1);
    }
    memcpy(form->text, bytes, size);
    form->text[size] = '\0';
    form->size = size;
}

/* Most words are plain ASCII: no need to unfold them. */
static bool fold_ascii(struct text text, struct form *form_out)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        if ((uint8_t)c >= 0x80) {
            return false;
        }
        form_out->text[i] = lower_ascii(c);
    }
    form_out->text[text.size] = '\0';
    form_out->size = text.size;
    return true;
}

/* Folds at most FORM_BYTES - 1 bytes. The form is empty when only marks were there. */
static void fold(struct text text, utf8proc_option_t how, struct form *form_out)
{
    if (fold_ascii(text, form_out)) {
        return;
    }
    int32_t points[FORM_POINTS + 1]; /* one for the NUL of utf8proc_reencode */
    form_set(form_out, "", 0);
    utf8proc_ssize_t count = utf8proc_decompose(
        (const uint8_t *)text.bytes, (utf8proc_ssize_t)text.size, points, FORM_POINTS, how);
    if (count <= 0 || count > FORM_POINTS) {
        return;
    }
    utf8proc_ssize_t size = utf8proc_reencode(points, count, how);
    if (size > 0) {
        form_set(form_out, (const char *)points, (size_t)size);
    }
}

/* Copies a word without the apostrophes that are part of it, œ as oe and æ as ae: utf8proc leaves
 * both, and the spelling of those who cannot type them must find them. All four take two bytes in
 * UTF-8. */
static size_t word_spell(struct text word, char spelled[WORD_BYTES])
{
    size_t size = 0;
    for (size_t at = 0; at < word.size;) {
        int32_t point = 0;
        size_t after = point_next(word, at, &point);
        if (point == 0x152 || point == 0x153) {
            memcpy(spelled + size, "oe", 2);
            size += 2;
        } else if (point == 0xC6 || point == 0xE6) {
            memcpy(spelled + size, "ae", 2);
            size += 2;
        } else if (kind_of(point) != APOSTROPHE) {
            memcpy(spelled + size, word.bytes + at, after - at);
            size += after - at;
        }
        at = after;
    }
    return size;
}

/* Gives the lower-case word with its accents and the same without; false if nothing is left. */
static bool word_fold(struct text word, struct form *accented_out, struct form *folded_out)
{
    char spelled[WORD_BYTES];
    struct text text = {spelled, word_spell(word, spelled)};
    fold(text, lower_case, accented_out);
    fold(text, lower_plain, folded_out);
    return folded_out->size > 0;
}

static bool has_digit(const struct form *form)
{
    return strpbrk(form->text, "0123456789") != NULL;
}

/* The word that this one may be the plural of (or its irregular partner), with its accents: the s
 * after a vowel and the x that libstemmer leaves. It may be no word at all ("refu"), which harms
 * nobody. */
static bool singular(const struct form *accented, const struct form *folded, struct form *out)
{
    for (size_t i = 0; i < sizeof(irregular) / sizeof(irregular[0]); i++) {
        if (strcmp(folded->text, irregular[i].folded) == 0) {
            form_set(out, irregular[i].joins, strlen(irregular[i].joins));
            return true;
        }
    }
    if (folded->size < 4 || accented->size < 4) {
        return false;
    }
    char before = folded->text[folded->size - 2];
    char last = folded->text[folded->size - 1];
    bool plural = (last == 's' && strchr("aiou", before) != NULL) || (last == 'x' && before == 'u');
    if (!plural || accented->text[accented->size - 1] != last) {
        return false;
    }
    form_set(out, accented->text, accented->size - 1);
    return true;
}

static void forms_add(struct forms *forms, const struct form *stem)
{
    struct form marked;
    marked.text[0] = '\x01';
    size_t size = stem->size;
    if (size > FORM_BYTES - 2) {
        size = whole_characters(stem->text, FORM_BYTES - 2);
    }
    memcpy(marked.text + 1, stem->text, size);
    marked.size = size + 1;
    marked.text[marked.size] = '\0';
    for (int i = 1; i < forms->count; i++) {
        if (strcmp(forms->at[i].text, marked.text) == 0) {
            return;
        }
    }
    if (size > 0 && forms->count < FORMS_MAX) {
        forms->at[forms->count++] = marked;
    }
}

/* Adds the stem of a lower-case word; SQLITE_NOMEM rather than a form less, as a later 'delete'
 * that gave one more would corrupt the index. */
static int forms_stem(struct forms *forms, struct sb_stemmer *stemmer, const struct form *word)
{
    const sb_symbol *stem =
        sb_stemmer_stem(stemmer, (const sb_symbol *)word->text, (int)word->size);
    if (stem == NULL) {
        return SQLITE_NOMEM;
    }
    struct form folded;
    struct form cut;
    form_set(&cut, (const char *)stem, (size_t)sb_stemmer_length(stemmer));
    fold((struct text){cut.text, cut.size}, lower_plain, &folded);
    forms_add(forms, &folded);
    return SQLITE_OK;
}

/* Adds the stems of a word with its accents and without them. */
static int forms_stem_both(struct forms *forms, struct sb_stemmer *stemmer,
                           const struct form *accented)
{
    struct form folded;
    fold((struct text){accented->text, accented->size}, lower_plain, &folded);
    int status = forms_stem(forms, stemmer, accented);
    if (status == SQLITE_OK && strcmp(accented->text, folded.text) != 0) {
        status = forms_stem(forms, stemmer, &folded);
    }
    return status;
}

/* Lists the forms of a word, the folded one first; no form at all where nothing is left of it. */
static int forms_of(struct sb_stemmer *stemmer, struct text word, bool prefix,
                    struct forms *forms_out)
{
    struct form accented;
    struct form *folded = &forms_out->at[0];
    forms_out->count = word_fold(word, &accented, folded) ? 1 : 0;
    if (forms_out->count == 0 || prefix || has_digit(folded) ||
        is_one_of(accented.text, own_stem)) {
        return SQLITE_OK;
    }
    int status = forms_stem_both(forms_out, stemmer, &accented);
    struct form one;
    if (status == SQLITE_OK && singular(&accented, folded, &one)) {
        status = forms_stem_both(forms_out, stemmer, &one);
    }
    return status;
}

/* --- the tokenizer ------------------------------------------------------------------------- */

typedef int (*token_sink)(void *context, int flags, const char *token, int size, int start,
                          int end);

static int tokenizer_create(void *context, const char **args, int arg_count,
                            Fts5Tokenizer **tokenizer_out)
{
    (void)context;
    (void)args;
    (void)arg_count;
    struct sb_stemmer *stemmer = sb_stemmer_new("french", "UTF_8");
    *tokenizer_out = (Fts5Tokenizer *)stemmer;
    return stemmer == NULL ? SQLITE_NOMEM : SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *tokenizer)
{
    sb_stemmer_delete((struct sb_stemmer *)tokenizer);
}

/* Hands the forms of one word to FTS5, all at the position of the first. */
static int emit(const struct forms *forms, const struct word *word, void *context, token_sink sink)
{
    int status = SQLITE_OK;
    for (int i = 0; i < forms->count && status == SQLITE_OK; i++) {
        status = sink(context, i == 0 ? 0 : FTS5_TOKEN_COLOCATED, forms->at[i].text,
                      (int)forms->at[i].size, (int)word->start, (int)word->end);
    }
    return status;
}

static int tokenizer_tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *bytes,
                              int size, token_sink sink)
{
    struct text text = {bytes, bytes == NULL || size < 0 ? 0 : (size_t)size};
    bool prefix = (flags & FTS5_TOKENIZE_PREFIX) != 0;
    struct word word;
    size_t at = 0;
    int status = SQLITE_OK;
    while (status == SQLITE_OK && word_next(text, &at, &word)) {
        if (word.elided) {
            continue;
        }
        struct forms forms;
        status = forms_of((struct sb_stemmer *)tokenizer, word_text(text, &word), prefix, &forms);
        if (status == SQLITE_OK) {
            status = emit(&forms, &word, context, sink);
        }
    }
    return status;
}

int french_register(struct sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    int status = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (status != SQLITE_OK) {
        return status;
    }
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    status = sqlite3_finalize(statement);
    if (status != SQLITE_OK || api == NULL) {
        return status != SQLITE_OK ? status : SQLITE_ERROR;
    }
    fts5_tokenizer methods = {tokenizer_create, tokenizer_delete, tokenizer_tokenize};
    return api->xCreateTokenizer(api, "french", NULL, &methods, NULL);
}

/* --- the query ----------------------------------------------------------------------------- */

struct term {
    struct text word;
    bool joined; /* to the term before: both are of one phrase */
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
    return kind_of(point) == APOSTROPHE || (point < 0x80 && strchr("-./@_:+&", point) != NULL) ||
           (point >= 0x2010 && point <= 0x2013);
}

/* Whether what is between two words joins them; follows the quotation marks met on the way. */
static bool gap_joins(struct text gap, bool *quoted)
{
    int32_t point = 0;
    int points = 0;
    bool marked = false;
    for (size_t at = 0; at < gap.size; points++) {
        at = point_next(gap, at, &point);
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
    size_t after = end;
    return end == query.size ||
           (kind_next(query, end, &after) == APOSTROPHE && after == query.size);
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
            terms_out->at[terms_out->count] = (struct term){text, joined && terms_out->count > 0};
            terms_out->count++;
            terms_out->prefix = is_last(query, word.end);
        }
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
    if (to < terms->count || !terms->prefix) {
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
    for (int from = 0, to = 0; from < terms.count; from = to) {
        to = from + 1;
        while (to < terms.count && terms.at[to].joined) {
            to++;
        }
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
