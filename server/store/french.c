/* French words for FTS5.
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
#include <libstemmer.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store/french.h"
#include "store/french_word.h"
#include "store/fts5.h"

enum {
    FORMS_MAX = 5,      /* folded, two stems of the word and two of its singular */
    KNOWN_PAIRS = 2048, /* of words: 512 KiB per table and connection */
    KNOWN_WORD_BYTES = 22,
    KNOWN_LIST_BYTES = 104,
};

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

/* --- forms of a word ----------------------------------------------------------------------- */

struct forms {
    int count;
    size_t used;                          /* bytes of the list */
    uint8_t list[FORMS_MAX * FORM_BYTES]; /* of each form its size, then its bytes */
};

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

/* The form after `form` in a list. */
static const uint8_t *form_next(const uint8_t *form)
{
    return form + 1 + form[0];
}

/* Adds a form that is not there yet. */
static void forms_add(struct forms *forms, const struct form *form)
{
    const uint8_t *at = forms->list;
    for (int i = 0; i < forms->count; i++, at = form_next(at)) {
        if (at[0] == form->size && memcmp(at + 1, form->text, form->size) == 0) {
            return;
        }
    }
    if (forms->count < FORMS_MAX) {
        forms->list[forms->used] = (uint8_t)form->size;
        memcpy(forms->list + forms->used + 1, form->text, form->size);
        forms->used += 1 + form->size;
        forms->count++;
    }
}

static void forms_add_stem(struct forms *forms, const struct form *stem)
{
    char bytes[FORM_BYTES + 1] = "\x01";
    memcpy(bytes + 1, stem->text, stem->size + 1);
    struct form marked;
    form_set(&marked, bytes, stem->size + 1);
    if (stem->size > 0) {
        forms_add(forms, &marked);
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
    form_plain((struct text){cut.text, cut.size}, &folded);
    forms_add_stem(forms, &folded);
    return SQLITE_OK;
}

/* Adds the stems of a word with its accents and without them. */
static int forms_stem_both(struct forms *forms, struct sb_stemmer *stemmer,
                           const struct form *accented)
{
    struct form folded;
    form_plain((struct text){accented->text, accented->size}, &folded);
    int status = forms_stem(forms, stemmer, accented);
    if (status == SQLITE_OK && strcmp(accented->text, folded.text) != 0) {
        status = forms_stem(forms, stemmer, &folded);
    }
    return status;
}

/* Lists the forms of a word, the folded one first; no form at all where nothing is left of it. */
static int forms_make(struct sb_stemmer *stemmer, struct text word, struct forms *forms_out)
{
    struct form accented;
    struct form folded;
    forms_out->count = 0;
    forms_out->used = 0;
    if (!word_fold(word, &accented, &folded)) {
        return SQLITE_OK;
    }
    forms_add(forms_out, &folded);
    if (has_digit(&folded) || word_is_one_of(accented.text, own_stem)) {
        return SQLITE_OK;
    }
    int status = forms_stem_both(forms_out, stemmer, &accented);
    struct form one;
    if (status == SQLITE_OK && singular(&accented, &folded, &one)) {
        status = forms_stem_both(forms_out, stemmer, &one);
    }
    return status;
}

/* --- words met before ------------------------------------------------------------------------ */

/* A word as it was written, and its forms, which depend on nothing else: texts repeat their words,
 * and stemming costs far more than finding. A word that is long, or has long forms, is made anew
 * each time. */
struct known {
    uint8_t word_bytes; /* 0: none yet */
    uint8_t count;
    char word[KNOWN_WORD_BYTES];
    uint8_t list[KNOWN_LIST_BYTES];
};

struct french {
    struct sb_stemmer *stemmer;
    struct forms forms; /* of the last word */
    struct known known[KNOWN_PAIRS][2];
};

/* The two places where a word may be. Source: FNV-1a,
 * http://www.isthe.com/chongo/tech/comp/fnv/ */
static struct known *known_places(struct french *french, struct text word)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < word.size; i++) {
        hash = (hash ^ (uint8_t)word.bytes[i]) * 16777619U;
    }
    return french->known[(hash ^ hash >> 16) % KNOWN_PAIRS];
}

static bool known_is(const struct known *known, struct text word)
{
    return known->word_bytes == word.size && memcmp(known->word, word.bytes, word.size) == 0;
}

static void known_set(struct known *known, struct text word, const struct forms *forms)
{
    if (word.size <= sizeof(known->word) && forms->used <= sizeof(known->list)) {
        known->word_bytes = (uint8_t)word.size;
        known->count = (uint8_t)forms->count;
        memcpy(known->word, word.bytes, word.size);
        memcpy(known->list, forms->list, forms->used);
    }
}

/* Lists the forms of a word in `french->forms`. A newcomer takes the second place if the first is
 * taken, and the first when it is met again: words met once do not drive out those met often. */
static int forms_of(struct french *french, struct text word)
{
    struct known *places = known_places(french, word);
    if (!known_is(&places[0], word) && known_is(&places[1], word)) {
        struct known first = places[0];
        places[0] = places[1];
        places[1] = first;
    }
    if (known_is(&places[0], word)) {
        french->forms.count = places[0].count;
        memcpy(french->forms.list, places[0].list, sizeof(places[0].list));
        return SQLITE_OK;
    }
    int status = forms_make(french->stemmer, word, &french->forms);
    if (status == SQLITE_OK) {
        known_set(&places[places[0].word_bytes ? 1 : 0], word, &french->forms);
    }
    return status;
}

/* The next word that is one, its forms in `french->forms`: SQLITE_ROW, SQLITE_DONE at the end, or
 * SQLITE_NOMEM. `from_out`: where its elided article begins, or itself. */
static int next_word(struct french *french, struct text text, size_t *at, struct word *word_out,
                     size_t *from_out)
{
    bool elided = false;
    while (word_next(text, at, word_out)) {
        *from_out = elided ? *from_out : word_out->start;
        elided = word_out->elided;
        if (elided) {
            continue;
        }
        int status = forms_of(french, word_text(text, word_out));
        if (status != SQLITE_OK || french->forms.count > 0) {
            return status == SQLITE_OK ? SQLITE_ROW : status;
        }
    }
    return SQLITE_DONE;
}

/* --- for others than FTS5 --------------------------------------------------------------------- */

/* NULL: no memory. What it knows is not touched before there is a word. */
static struct french *make(void)
{
    struct french *french = calloc(1, sizeof(*french));
    if (french != NULL) {
        french->stemmer = sb_stemmer_new("french", "UTF_8");
    }
    if (french != NULL && french->stemmer == NULL) {
        free(french);
        return NULL;
    }
    return french;
}

struct french *french_create(void)
{
    struct french *french = make();
    if (french == NULL) {
        abort();
    }
    return french;
}

void french_destroy(struct french *french)
{
    if (french != NULL) {
        sb_stemmer_delete(french->stemmer);
        free(french);
    }
}

bool french_next(struct french *french, struct text text, size_t *at, struct french_token *out)
{
    struct word word = {0};
    size_t from = 0;
    int status = next_word(french, text, at, &word, &from);
    if (status == SQLITE_NOMEM) {
        abort();
    }
    *out =
        (struct french_token){from, word.start, word.end, french->forms.count, french->forms.list};
    return status == SQLITE_ROW;
}

/* --- the tokenizer ------------------------------------------------------------------------- */

typedef int (*token_sink)(void *context, int flags, const char *token, int size, int start,
                          int end);

static void tokenizer_delete(Fts5Tokenizer *tokenizer)
{
    french_destroy((struct french *)tokenizer);
}

static int tokenizer_create(void *context, const char **args, int arg_count,
                            Fts5Tokenizer **tokenizer_out)
{
    (void)context;
    (void)args;
    (void)arg_count;
    *tokenizer_out = (Fts5Tokenizer *)make();
    return *tokenizer_out == NULL ? SQLITE_NOMEM : SQLITE_OK;
}

/* Hands the forms of one word to FTS5, all at the position of the first: that one alone, where the
 * word is the beginning of another. */
static int emit(const struct forms *forms, bool prefix, const struct word *word, void *context,
                token_sink sink)
{
    int status = SQLITE_OK;
    const uint8_t *form = forms->list;
    int count = prefix && forms->count > 1 ? 1 : forms->count;
    for (int i = 0; i < count && status == SQLITE_OK; i++, form = form_next(form)) {
        status = sink(context, i == 0 ? 0 : FTS5_TOKEN_COLOCATED, (const char *)form + 1, form[0],
                      (int)word->start, (int)word->end);
    }
    return status;
}

static int tokenizer_tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *bytes,
                              int size, token_sink sink)
{
    struct text text = {bytes, bytes == NULL || size < 0 ? 0 : (size_t)size};
    struct french *french = (struct french *)tokenizer;
    bool prefix = (flags & FTS5_TOKENIZE_PREFIX) != 0;
    struct word word;
    size_t at = 0, from = 0;
    int status = SQLITE_OK;
    while (status == SQLITE_OK) {
        status = next_word(french, text, &at, &word, &from);
        if (status != SQLITE_ROW) {
            return status == SQLITE_DONE ? SQLITE_OK : status;
        }
        status = emit(&french->forms, prefix, &word, context, sink);
    }
    return status;
}

int french_register(struct sqlite3 *db)
{
    fts5_api *api = NULL;
    int status = fts5_of(db, &api);
    if (status != SQLITE_OK) {
        return status;
    }
    fts5_tokenizer methods = {tokenizer_create, tokenizer_delete, tokenizer_tokenize};
    return api->xCreateTokenizer(api, "french", NULL, &methods, NULL);
}
