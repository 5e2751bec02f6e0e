#include "club/fold.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "base/str.h"

static bool is_word_part(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Appends one code point; what is no letter or digit becomes a space, never two in a row. */
static size_t put(char *out, size_t used, uint32_t point)
{
    if (is_word_part(point)) {
        return used + (size_t)utf8proc_encode_char((utf8proc_int32_t)point,
                                                   (utf8proc_uint8_t *)out + used);
    }
    if (used > 0 && out[used - 1] != ' ') {
        out[used++] = ' ';
    }
    return used;
}

/* utf8proc leaves the ligatures œ and æ whole, that of Ǣ too. */
static size_t put_parted(char *out, size_t used, uint32_t point)
{
    bool oe = point == 0x153, ae = point == 0xE6;
    return oe || ae ? put(out, put(out, used, oe ? 'o' : 'a'), 'e') : put(out, used, point);
}

/* Appends what one code point unfolds to. */
static size_t put_folded(char *out, size_t used, uint32_t point)
{
    enum { UNFOLDED_MAX = 18 }; /* U+FDFA */
    utf8proc_int32_t points[UNFOLDED_MAX];
    int boundclass = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)point, points, UNFOLDED_MAX,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundclass);
    for (utf8proc_ssize_t i = 0; i < count && i < UNFOLDED_MAX; i++) {
        used = put_parted(out, used, (uint32_t)points[i]);
    }
    return used;
}

const char *fold(const char *text, struct arena *arena)
{
    /* A character of n bytes (1 to 4) unfolds to at most 18, in the BMP: 11 bytes for each byte in.
     */
    char *out = arena_alloc(arena, utf8_chars(text) * 54 + 1);
    size_t used = 0;
    for (uint32_t point = utf8_next(&text); point; point = utf8_next(&text)) {
        used = put_folded(out, used, point);
    }
    used -= used > 0 && out[used - 1] == ' ';
    out[used] = '\0';
    return out;
}

const char *fold_pattern(const char *folded, struct arena *arena)
{
    return arena_printf(arena, "%% %s%%", folded); /* folded texts hold neither % nor _ nor \ */
}
