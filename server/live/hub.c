#include "live/hub.h"

#include <stdlib.h>

#include "base/mem.h"
#include "club/audience.h"

enum { LINE_BYTES = 64, AHEAD = 8 /* listeners fetched ahead of the one that is served */ };

/* The listeners of one audience, in no order. */
struct circle {
    int64_t audience;
    struct listener **members;
    uint32_t count, capacity;
};

/* A listener's place in a circle. */
struct subscription {
    struct circle *circle;
    uint32_t index;
};

void hub_init(struct hub *hub)
{
    *hub = (struct hub){0};
    map_init(&hub->circles);
    map_init(&hub->people);
}

static struct circle *circle_of(struct hub *hub, int64_t audience)
{
    struct circle *circle = map_get(&hub->circles, audience);
    if (!circle) {
        circle = MEM_NEW(struct circle);
        circle->audience = audience;
        map_put(&hub->circles, audience, circle);
    }
    return circle;
}

static uint32_t circle_add(struct circle *circle, struct listener *listener)
{
    if (circle->count == circle->capacity) {
        circle->capacity = circle->capacity ? circle->capacity * 2 : 4;
        circle->members =
            mem_resize(circle->members, mem_size(circle->capacity, sizeof *circle->members, 0));
    }
    circle->members[circle->count] = listener;
    return circle->count++;
}

/* The last member takes the place that becomes free, and is told so. */
static void circle_remove(struct hub *hub, struct circle *circle, uint32_t index)
{
    struct listener *moved = circle->members[--circle->count];
    circle->members[index] = moved;
    for (size_t i = 0; i < moved->subscription_count; i++) {
        if (moved->subscriptions[i].circle == circle) {
            moved->subscriptions[i].index = index;
            break;
        }
    }
    if (circle->count == 0) {
        map_remove(&hub->circles, circle->audience);
        free(circle->members);
        free(circle);
    }
}

static void unsubscribe(struct hub *hub, struct listener *listener)
{
    for (size_t i = listener->subscription_count; i-- > 0;) {
        const struct subscription *subscription = &listener->subscriptions[i];
        circle_remove(hub, subscription->circle, subscription->index);
    }
    free(listener->subscriptions);
    listener->subscriptions = NULL;
    listener->subscription_count = 0;
}

/* Who is still there hears no more; with its last listener each circle goes. */
void hub_finish(struct hub *hub)
{
    int64_t person = 0;
    size_t i = 0;
    struct listener *listener = NULL;
    while ((listener = map_next(&hub->people, &i, &person))) {
        for (; listener; listener = listener->next_of_person) {
            unsubscribe(hub, listener);
            listener->joined = false;
        }
    }
    map_finish(&hub->circles);
    map_finish(&hub->people);
}

void hub_subscribe(struct hub *hub, struct listener *listener, const int64_t *audiences,
                   size_t count)
{
    unsubscribe(hub, listener);
    if (!count) {
        return;
    }
    struct subscription *subscriptions = mem_alloc(mem_size(count, sizeof *subscriptions, 0));
    for (size_t i = 0; i < count; i++) {
        struct circle *circle = circle_of(hub, audiences[i]);
        subscriptions[i] = (struct subscription){circle, circle_add(circle, listener)};
    }
    listener->subscriptions = subscriptions;
    listener->subscription_count = count;
}

bool hub_hears(const struct listener *listener, int64_t audience)
{
    const struct subscription *subscriptions = listener->subscriptions;
    for (size_t i = 0; subscriptions && i < listener->subscription_count; i++) {
        if (subscriptions[i].circle->audience == audience) {
            return true;
        }
    }
    return false;
}

void hub_add(struct hub *hub, struct listener *listener)
{
    listener->next_of_person = map_get(&hub->people, listener->person);
    map_put(&hub->people, listener->person, listener);
    hub->listeners++;
}

static void forget_to_close(struct hub *hub, const struct listener *listener)
{
    struct listener **link = &hub->to_close;
    while (*link && *link != listener) {
        link = &(*link)->next_to_close;
    }
    if (*link) {
        *link = listener->next_to_close;
    }
}

void hub_remove(struct hub *hub, struct listener *listener)
{
    unsubscribe(hub, listener);
    if (listener->is_to_close) {
        listener->is_to_close = false;
        forget_to_close(hub, listener);
    }
    struct listener *first = map_get(&hub->people, listener->person);
    struct listener **link = &first;
    while (*link != listener) {
        link = &(*link)->next_of_person;
    }
    *link = listener->next_of_person;
    if (first) {
        map_put(&hub->people, listener->person, first);
    } else {
        map_remove(&hub->people, listener->person);
    }
    hub->listeners--;
}

int hub_sockets(const struct hub *hub, int64_t person)
{
    int count = 0;
    for (struct listener *l = map_get(&hub->people, person); l; l = l->next_of_person) {
        count++;
    }
    return count;
}

void hub_close(struct hub *hub, struct listener *listener, int code)
{
    if (!listener->is_to_close) {
        listener->is_to_close = true;
        listener->next_to_close = hub->to_close;
        hub->to_close = listener;
    }
    listener->close_code = code;
}

/* A listener whose queue is full is cut at the end of the turn, when nobody walks the circles: it
 * will resume by its cursor (no slow reader can hold memory). */
void hub_send(struct hub *hub, struct listener *listener, struct shared_bytes *bytes)
{
    if (listener->close_code) {
        return;
    }
    if (!listener->ops->queue(listener, bytes)) {
        hub_close(hub, listener, 1013);
        return;
    }
    hub->deliveries++;
}

void hub_tell_all(struct hub *hub, struct shared_bytes *bytes)
{
    int64_t person = 0;
    size_t i = 0;
    struct listener *listener = NULL;
    while ((listener = map_next(&hub->people, &i, &person))) {
        for (; listener; listener = listener->next_of_person) {
            hub_send(hub, listener, bytes);
        }
    }
}

void hub_publish_open(struct hub *hub, int64_t channel, struct shared_bytes *bytes,
                      const struct listener *except)
{
    const struct circle *circle = map_get(&hub->circles, audience_channel(channel));
    for (uint32_t i = 0; circle && i < circle->count; i++) {
        struct listener *listener = circle->members[i];
        if (listener != except && listener->open_channel == channel && !listener->resuming) {
            hub_send(hub, listener, bytes);
        }
    }
}

bool hub_shares(const struct hub *hub, const struct listener *listener, int64_t person)
{
    const struct listener *other = map_get(&hub->people, person);
    for (size_t i = 0; other && i < listener->subscription_count; i++) {
        int64_t audience = listener->subscriptions[i].circle->audience;
        if (audience_kind(audience) != AUDIENCE_EVERYBODY && hub_hears(other, audience)) {
            return true;
        }
    }
    return false;
}

/* What an item says to one listener of the person it is about. */
static void tell(struct hub *hub, struct listener *listener, const struct report_item *item)
{
    if (item->type == EFFECT_RIGHTS && item->person == listener->person) {
        hub_subscribe(hub, listener, item->audiences, item->audience_count);
    } else if (item->type == EFFECT_CLOSE && item->person == listener->person &&
               (!item->session || item->session == listener->session)) {
        hub_close(hub, listener, 4401);
    }
}

/* A listener may have read more than the loop was told: what it has seen it does not hear again. */
static bool is_news(const struct listener *listener, const struct report *report)
{
    return report->head > listener->cursor && !listener->resuming;
}

/* Listeners lie all over the memory: the next ones are called for while one is served. */
static void publish(struct hub *hub, const struct report *report, const struct report_item *item)
{
    const struct circle *circle = map_get(&hub->circles, item->audience);
    for (uint32_t i = 0; circle && i < circle->count; i++) {
        if (i + AHEAD < circle->count) {
            const char *next = (const char *)&circle->members[i + AHEAD]->ops;
            __builtin_prefetch(next, 1);
            __builtin_prefetch(next + LINE_BYTES, 1); /* what its socket keeps behind it */
        }
        if (is_news(circle->members[i], report)) {
            hub_send(hub, circle->members[i], item->frames);
        }
    }
}

void hub_take_in(struct hub *hub, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        if (item->type == EFFECT_FACT) {
            publish(hub, report, item);
            continue;
        }
        for (struct listener *l = map_get(&hub->people, item->person); l; l = l->next_of_person) {
            if (report->head > l->cursor) {
                tell(hub, l, item);
            }
        }
    }
}

static void replay(struct hub *hub, struct listener *listener, const struct report_item *item)
{
    if (item->type != EFFECT_FACT) {
        tell(hub, listener, item);
    } else if (hub_hears(listener, item->audience)) {
        hub_send(hub, listener, item->frames);
    }
}

void hub_replay(struct hub *hub, struct listener *listener, const struct report *report)
{
    for (; report; report = report->next) {
        for (size_t i = 0; i < report->count; i++) {
            replay(hub, listener, &report->items[i]);
        }
    }
}

/* ops->close() may lead straight to listener_leave() and free it: nothing of it is used after. Its
 * code stays, so that nothing more is queued to it. */
void hub_settle(struct hub *hub)
{
    while (hub->to_close) {
        struct listener *listener = hub->to_close;
        int code = listener->close_code;
        hub->to_close = listener->next_to_close;
        listener->is_to_close = false;
        listener->ops->close(listener, code, code == 4401 ? "session over" : "too slow");
    }
}
