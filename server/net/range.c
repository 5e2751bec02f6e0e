#include "net/range.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Digits as a number, the greatest one where they are more than it holds; -1 if there are none. */
static int64_t read_number(const char **at)
{
    int64_t number = -1;
    for (; isdigit((unsigned char)**at); (*at)++) {
        int digit = **at - '0';
        number = number < 0 ? 0 : number;
        number = number > (INT64_MAX - digit) / 10 ? INT64_MAX : number * 10 + digit;
    }
    return number;
}

/* "bytes=", the unit in any case; what follows it, or NULL. */
static const char *after_unit(const char *range)
{
    static const char unit[] = "bytes=";
    if (!range || strncasecmp(range, unit, sizeof unit - 1) != 0) {
        return NULL;
    }
    range += sizeof unit - 1;
    return range + strspn(range, " \t");
}

static struct range part(int64_t first, int64_t last, int64_t size)
{
    if (first >= size) {
        return (struct range){.kind = RANGE_BEYOND};
    }
    last = last < size ? last : size - 1;
    return (struct range){RANGE_PART, first, last - first + 1};
}

/* The last `count` bytes. */
static struct range suffix(int64_t count, int64_t size)
{
    if (count == 0) {
        return (struct range){.kind = RANGE_BEYOND};
    }
    return part(count < size ? size - count : 0, size - 1, size);
}

struct range range_read(const char *range, int64_t size)
{
    const struct range whole = {RANGE_WHOLE, 0, size};
    const char *at = after_unit(range);
    if (!at) {
        return whole;
    }
    int64_t first = read_number(&at);
    if (*at++ != '-') {
        return whole;
    }
    int64_t last = read_number(&at);
    at += strspn(at, " \t");
    if (*at != '\0' || (first < 0 && last < 0) || (first >= 0 && last >= 0 && last < first)) {
        return whole;
    }
    if (first < 0) {
        return suffix(last, size);
    }
    return part(first, last < 0 ? INT64_MAX : last, size);
}

bool range_is_current(const char *if_range, const char *etag)
{
    return !if_range || strcmp(if_range, etag) == 0;
}
