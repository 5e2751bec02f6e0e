#include "main/params.h"

#include "wire/json.h"

void params_begin(struct params *params)
{
    buf_clear(&params->json);
    buf_text(&params->json, "{");
}

static void name(struct params *params, const char *key)
{
    buf_printf(&params->json, "%s\"%s\":", params->json.len > 1 ? "," : "", key);
}

void params_text(struct params *params, const char *key, const char *text)
{
    if (text) {
        name(params, key);
        json_text(&params->json, text);
    }
}

void params_number(struct params *params, const char *key, int64_t number)
{
    name(params, key);
    buf_printf(&params->json, "%lld", (long long)number);
}

void params_flag(struct params *params, const char *key, bool flag)
{
    if (flag) {
        name(params, key);
        buf_text(&params->json, "true");
    }
}

void params_json(struct params *params, const char *key, const char *json)
{
    name(params, key);
    buf_text(&params->json, json);
}

const char *params_end(struct params *params)
{
    buf_add(&params->json, "}", 2); /* with its NUL */
    return params->json.data;
}

void params_finish(struct params *params)
{
    buf_finish(&params->json);
}
