/* libFuzzer: which way is up, in whatever calls itself a picture; and what a job says to the server,
 * as if it had been taken over. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "fuzz.h"
#include "helper/image.h"
#include "helper/packet.h"

int fuzz_orientation(const uint8_t *data, size_t bytes)
{
    static const char *const types[] = {"image/jpeg", "image/png", "image/webp"};
    static struct packet_answer answer;
    for (int i = 0; i < 3; i++) {
        int orientation = orientation_of(types[i], data, bytes);
        check(orientation >= 1 && orientation <= 8);
    }
    size_t taken = bytes < sizeof answer ? bytes : sizeof answer;
    memcpy(&answer, data, taken);
    if (packet_check(&answer, taken)) {
        check(strlen(packet_text(&answer)) == answer.text_bytes);
        check(utf8_valid(answer.data, strlen(answer.data)));
    }
    return 0;
}
