/* Commands of the server's own, which come from no connection. */
#include "live/engine.h"
#include "wire/json.h"

void live_call(struct live *live, const struct credential *credential, const char *command,
               const struct buf *params, void (*done)(struct request *request), void *owner)
{
    struct request *request = request_create(live);
    struct json *json = NULL;
    request->credential = *credential;
    request->done = done;
    request->owner = owner;
    request->err = json_parse(params->data, params->len, &request->arena, &json, &request->problem);
    if (!request->err) {
        request_decode(request, command, json);
    }
    json_release(json);
    if (request->err) {
        request_refuse(request);
        request_finish(request);
    } else {
        request_dispatch(request);
    }
}
