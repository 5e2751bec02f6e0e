#include "live/throttle.h"

#include <ctype.h>

#include "base/clock.h"
#include "base/network.h"
#include "base/str.h"
#include "live/engine.h"

#define FORGIVE_US      INT64_C(60000000) /* a minute takes one failure off */
#define FREE_OF_ACCOUNT 3                 /* failures without consequence */
#define FREE_OF_ADDRESS 50
#define DELAY_MAX_US    INT64_C(8000000)

void throttle_init(struct throttle *throttle)
{
    random_bytes(&throttle->seed, sizeof throttle->seed);
    throttle->now_us = clock_mono_us;
}

/* FNV-1a from a secret start. */
static uint64_t hash_byte(uint64_t hash, uint8_t byte)
{
    return (hash ^ byte) * UINT64_C(0x100000001b3);
}

/* Letters in lower case. */
static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text; text++) {
        hash = hash_byte(hash, (uint8_t)tolower((unsigned char)*text));
    }
    return hash;
}

static uint64_t hash_network(uint64_t hash, const char *address)
{
    int64_t network = network_of(address);
    for (int shift = 0; shift < 64; shift += 8) {
        hash = hash_byte(hash, (uint8_t)(network >> shift));
    }
    return hash;
}

static struct throttle_entry *entry_for(struct throttle *throttle, uint64_t key)
{
    struct throttle_entry *entry = &throttle->entries[key % THROTTLE_ENTRIES];
    if (entry->key != key) {
        *entry = (struct throttle_entry){.key = key};
    }
    int64_t forgiven = (throttle->now_us() - entry->last_us) / FORGIVE_US;
    if (entry->failures > 0 && forgiven > 0) {
        entry->failures = forgiven >= entry->failures ? 0 : entry->failures - (int32_t)forgiven;
        entry->last_us += forgiven * FORGIVE_US;
    }
    return entry;
}

/* The account is the member called `email` where the command has one. */
static const char *account_of(const struct request *request)
{
    for (const struct field *f = request->command->in; f->type; f++) {
        if (f->type == FIELD_TYPE_LINE && str_equal(f->name, "email")) {
            const void *email = (const char *)request->in + f->offset;
            return *(const char *const *)email;
        }
    }
    return "";
}

static struct throttle_entry *of_address(struct live *live, const struct request *request)
{
    struct throttle *throttle = &live->throttle;
    return entry_for(throttle, hash_network(throttle->seed, request->address));
}

static struct throttle_entry *of_account(struct live *live, const struct request *request)
{
    struct throttle *throttle = &live->throttle;
    uint64_t key = hash_network(~throttle->seed, request->address);
    return entry_for(throttle, hash_text(key, account_of(request)));
}

/* 250 ms for the first failure that counts, twice as long for each further one. */
static int64_t delay_us(int32_t failures, int32_t free)
{
    if (failures <= free) {
        return 0;
    }
    int32_t doublings = failures - free - 1;
    int64_t delay = doublings > 6 ? DELAY_MAX_US : INT64_C(250000) << doublings;
    return delay > DELAY_MAX_US ? DELAY_MAX_US : delay;
}

static int64_t count_attempt(struct throttle *throttle, struct throttle_entry *entry, int32_t free)
{
    int64_t delay = delay_us(entry->failures, free);
    entry->failures++;
    entry->last_us = throttle->now_us();
    return delay;
}

/* An attempt counts as a failure until it is known to be none: many at once are slowed like one
 * after the other. */
bool throttle_hold(struct live *live, struct request *request)
{
    struct throttle *throttle = &live->throttle;
    int64_t account = count_attempt(throttle, of_account(live, request), FREE_OF_ACCOUNT);
    int64_t address = count_attempt(throttle, of_address(live, request), FREE_OF_ADDRESS);
    int64_t delay = account > address ? account : address;
    request->counted = true;
    if (!delay) {
        return false;
    }
    request->not_before_us = throttle->now_us() + delay;
    request->job.next = live->held;
    live->held = &request->job;
    throttle_release(live);
    return true;
}

void throttle_release(struct live *live)
{
    int64_t now_us = live->throttle.now_us();
    int64_t soonest_us = INT64_MAX;
    struct job *held = live->held;
    live->held = NULL;
    while (held) {
        struct request *request = (struct request *)held;
        held = held->next;
        if (request->not_before_us <= now_us || live->stopping) {
            request->job.next = NULL;
            request_dispatch(request);
            continue;
        }
        request->job.next = live->held;
        live->held = &request->job;
        if (request->not_before_us < soonest_us) {
            soonest_us = request->not_before_us;
        }
    }
    if (live->held) {
        live->config.wake_in(live->config.wake_context, (soonest_us - now_us) / 1000 + 1);
    }
}

static void take_back(struct throttle_entry *entry)
{
    entry->failures -= entry->failures > 0;
}

void throttle_note(struct live *live, const struct request *request)
{
    bool guess = request->err == ERR_CREDENTIALS || request->err == ERR_TOKEN;
    if (!request->counted || guess) {
        return;
    }
    take_back(of_address(live, request));
    take_back(of_account(live, request));
    if (!request->err) {
        of_account(live, request)->failures = 0;
    }
}
