/* How words are found in a text and brought to one spelling; the rules are told in french.c. */
#include "store/french_word.h"

#include <string.h>
#include <utf8proc.h>

/* Code points in a form: U+FDFA, the worst, takes 3 bytes and unfolds to 18. */
enum { FORM_POINTS = (FORM_BYTES / 3 + 1) * 18 };

static const char *const elided_heads[] = {"l", "d",  "j",     "m",      "t",      "s",      "n",
                                           "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", NULL};
/* An apostrophe after these is a letter of the word: aujourd'hui, prud'hommes, quelqu'un. */
static const char *const joined_heads[] = {"aujourd", "prud", "quelqu", "presqu", "entr", NULL};

bool word_is_one_of(const char *word, const char *const *list)
{
    while (*list != NULL && strcmp(word, *list) != 0) {
        list++;
    }
    return *list != NULL;
}

/* --- words in a text ----------------------------------------------------------------------- */

enum kind { SEPARATES, STARTS, CONTINUES, APOSTROPHE };

size_t word_point(struct text text, size_t at, int32_t *point_out)
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

bool word_is_apostrophe(int32_t point)
{
    return point == '\'' || point == 0x2018 || point == 0x2019 || /* ‘ and ’ */
           point == 0x02BC;                                       /* a letter like them */
}

static enum kind kind_of_ascii(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    if ((lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9')) {
        return STARTS;
    }
    return byte == '\'' ? APOSTROPHE : SEPARATES;
}

static enum kind kind_of(int32_t point)
{
    if (word_is_apostrophe(point)) {
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

/* U+00C0 to U+00FF, the letters of French but œ: all but × and ÷. In UTF-8 C3, then this. */
static bool is_accented_letter(uint8_t first, uint8_t second)
{
    return first == 0xC3 && second >= 0x80 && second <= 0xBF && second != 0x97 && second != 0xB7;
}

/* The kind of what is at `at`, and the offset after it; a text is followed by a separator. Nearly
 * all of a French text is told without a table. */
static inline enum kind kind_next(struct text text, size_t at, size_t *after_out)
{
    const uint8_t *bytes = (const uint8_t *)text.bytes;
    *after_out = at + 1;
    if (at >= text.size) {
        *after_out = at;
        return SEPARATES;
    }
    if (bytes[at] < 0x80) {
        return kind_of_ascii(bytes[at]);
    }
    if (at + 1 < text.size && is_accented_letter(bytes[at], bytes[at + 1])) {
        *after_out = at + 2;
        return STARTS;
    }
    int32_t point = 0;
    *after_out = word_point(text, at, &point);
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
    return word_is_one_of(lower, heads);
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

bool word_next(struct text text, size_t *at, struct word *word_out)
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

struct text word_text(struct text text, const struct word *word)
{
    struct text part = {text.bytes + word->start, word->end - word->start};
    if (part.size > WORD_BYTES) {
        part.size = whole_characters(part.bytes, WORD_BYTES);
    }
    return part;
}

/* --- their spelling ------------------------------------------------------------------------ */

static const utf8proc_option_t lower_case =
    UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
static const utf8proc_option_t lower_plain =
    UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK;

void form_set(struct form *form, const char *bytes, size_t size)
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
        size_t after = word_point(word, at, &point);
        if (point == 0x152 || point == 0x153) {
            memcpy(spelled + size, "oe", 2);
            size += 2;
        } else if (point == 0xC6 || point == 0xE6) {
            memcpy(spelled + size, "ae", 2);
            size += 2;
        } else if (!word_is_apostrophe(point)) {
            memcpy(spelled + size, word.bytes + at, after - at);
            size += after - at;
        }
        at = after;
    }
    return size;
}

void form_plain(struct text text, struct form *form_out)
{
    fold(text, lower_plain, form_out);
}

bool word_fold(struct text word, struct form *accented_out, struct form *folded_out)
{
    char spelled[WORD_BYTES] = "";
    struct text text = {spelled, word_spell(word, spelled)};
    fold(text, lower_case, accented_out);
    form_plain(text, folded_out);
    return folded_out->size > 0;
}
