#include "stage.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "chance.h"

static int64_t now_ms;
static bool staged, ending;
static struct chance chance;
static sem_t may_go, waits;

/* --- time and chance -------------------------------------------------------------------------- */

void stage_begin(int64_t now, uint64_t seed)
{
    now_ms = now;
    staged = true;
    ending = false;
    chance_begin(&chance, seed);
    sem_init(&may_go, 0, 0);
    sem_init(&waits, 0, 0);
    sqlite3_initialize();
    /* What it salts its WAL with. */
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, (int)(seed | 1), NULL);
}

void stage_end(void)
{
    staged = false;
}

void stage_wait(int64_t ms)
{
    now_ms += ms;
}

int64_t stage_now(void)
{
    return now_ms;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    if (staged && clock == CLOCK_REALTIME) {
        *out = (struct timespec){.tv_sec = now_ms / 1000, .tv_nsec = now_ms % 1000 * 1000000};
        return 0;
    }
    return (int)syscall(SYS_clock_gettime, clock, out);
}

ssize_t getrandom(void *out, size_t bytes, unsigned flags)
{
    if (!staged) {
        return syscall(SYS_getrandom, out, bytes, flags);
    }
    for (size_t i = 0; i < bytes; i++) {
        ((unsigned char *)out)[i] = (unsigned char)chance_next(&chance);
    }
    return (ssize_t)bytes;
}

/* --- the writer's turns ----------------------------------------------------------------------- */

/* As if the time were over: whoever waits looks around, and finds what was submitted, or nothing. */
static int hold(pthread_mutex_t *mutex)
{
    pthread_mutex_unlock(mutex);
    sem_post(&waits);
    sem_wait(&may_go);
    pthread_mutex_lock(mutex);
    return ETIMEDOUT;
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    (void)condition;
    return hold(mutex);
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *until)
{
    (void)condition;
    (void)until;
    return hold(mutex);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    (void)condition;
    return 0;
}

/* The one that says that the queue stops, once it is expected. */
int pthread_cond_broadcast(pthread_cond_t *condition)
{
    (void)condition;
    if (ending) {
        ending = false;
        sem_post(&may_go);
    }
    return 0;
}

void stage_writer_begin(void)
{
    sem_wait(&waits);
}

void stage_turn(void)
{
    sem_post(&may_go);
    sem_wait(&waits);
}

void stage_writer_end(void)
{
    ending = true;
}
