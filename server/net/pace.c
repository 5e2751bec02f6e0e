#include "net/pace.h"

#include "base/clock.h"
#include "base/limits.h"

enum {
    TOKEN_US = 1000000 / LIMIT_SOCKET_PER_SECOND, /* time that earns one token */
    BYTES_PER_TOKEN = 4096
};

void pace_init(struct pace *pace)
{
    *pace = (struct pace){.paid_us = clock_mono_us() - (int64_t)LIMIT_SOCKET_BURST * TOKEN_US};
}

static enum pace_word take(struct pace *pace, int32_t tokens)
{
    int64_t now_us = clock_mono_us();
    int64_t full_us = now_us - (int64_t)LIMIT_SOCKET_BURST * TOKEN_US;
    if (pace->paid_us <= full_us) {
        pace->paid_us = full_us;
        pace->refused = 0;
    }
    if (pace->paid_us + (int64_t)tokens * TOKEN_US <= now_us) {
        pace->paid_us += (int64_t)tokens * TOKEN_US;
        return PACE_GOES;
    }
    pace->refused += tokens;
    return pace->refused > LIMIT_SOCKET_BURST ? PACE_FLOOD : PACE_REFUSED;
}

enum pace_word pace_frame(struct pace *pace, size_t bytes)
{
    return take(pace, 1 + (int32_t)(bytes / BYTES_PER_TOKEN));
}

enum pace_word pace_pong(struct pace *pace)
{
    return take(pace, 1) == PACE_GOES ? PACE_GOES : PACE_FLOOD;
}
