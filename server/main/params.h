/* Parameters of a call, written as a JSON object.
 *
 * Owns: its buffer. Threads: the main one. */
#ifndef BEFFROI_MAIN_PARAMS_H
#define BEFFROI_MAIN_PARAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct params {
    struct buf json;
};

void params_begin(struct params *params);
void params_text(struct params *params, const char *name, const char *text); /* NULL: left out */
void params_number(struct params *params, const char *name, int64_t number);
void params_flag(struct params *params, const char *name, bool flag); /* false: left out */
void params_json(struct params *params, const char *name, const char *json);
/* The finished object; valid until the next params_begin(). */
const char *params_end(struct params *params);
void params_finish(struct params *params);

#endif
