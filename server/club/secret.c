#include "club/secret.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"

enum { SECRET_BYTES = 32 };

void secret_hash(const char *text, uint8_t hash_out[32])
{
    /* Fails only where OpenSSL has no SHA-256 or no memory: then nobody may come in. */
    if (EVP_Digest(text, strlen(text), hash_out, NULL, EVP_sha256(), NULL) != 1) {
        abort();
    }
}

struct secret secret_draw(const char *prefix, struct arena *arena)
{
    uint8_t bytes[SECRET_BYTES];
    char digits[SECRET_BYTES * 4 / 3 + 4];
    struct secret secret;
    random_bytes(bytes, sizeof bytes);
    base64url_encode(bytes, sizeof bytes, digits);
    secret.text = arena_printf(arena, "%s%s", prefix, digits);
    secret_hash(secret.text, secret.hash);
    return secret;
}

bool secret_has_form(const char *text, const char *prefix)
{
    uint8_t bytes[SECRET_BYTES];
    return text && strlen(text) == SECRET_CHARS && str_starts(text, prefix) &&
           base64url_decode(text + strlen(prefix), bytes, sizeof bytes);
}

const char *secret_password(struct arena *arena)
{
    static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789"; /* 32: no l, o, 0, 1 */
    enum { GROUPS = 5, GROUP_CHARS = 4, CHARS = GROUPS * (GROUP_CHARS + 1) - 1 };
    uint8_t bytes[CHARS];
    char *text = arena_alloc(arena, CHARS + 1);
    random_bytes(bytes, sizeof bytes);
    for (int i = 0; i < CHARS; i++) {
        text[i] = i % (GROUP_CHARS + 1) == GROUP_CHARS ? '-' : alphabet[bytes[i] % 32];
    }
    return text;
}

const char *uuid_draw(struct arena *arena)
{
    uint8_t bytes[16];
    char digits[2 * sizeof bytes + 1];
    random_bytes(bytes, sizeof bytes);
    bytes[6] = (uint8_t)((bytes[6] & 0x0F) | 0x40); /* version */
    bytes[8] = (uint8_t)((bytes[8] & 0x3F) | 0x80); /* variant */
    hex_encode(bytes, sizeof bytes, digits);
    return arena_printf(arena, "%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12,
                        digits + 16, digits + 20);
}

const char *key_draw(struct arena *arena)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    enum { BITS = 128, PER_CHAR = 5, CHARS = (BITS + PER_CHAR - 1) / PER_CHAR };
    uint8_t bytes[BITS / 8 + 1] = {0};
    char *text = arena_alloc(arena, CHARS + 1);
    random_bytes(bytes, BITS / 8);
    for (int i = 0; i < CHARS; i++) {
        int at = i * PER_CHAR;
        int two = bytes[at / 8] << 8 | bytes[at / 8 + 1];
        text[i] = alphabet[two >> (16 - PER_CHAR - at % 8) & 31];
    }
    return text;
}
