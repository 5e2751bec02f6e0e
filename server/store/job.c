#include "store/job.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"

void job_list_init(struct job_list *list)
{
    list->first = NULL;
    list->last = &list->first;
}

void job_list_add(struct job_list *list, struct job *job)
{
    job->next = NULL;
    *list->last = job;
    list->last = &job->next;
}

struct job *job_list_take(struct job_list *list)
{
    struct job *job = list->first;
    if (job) {
        list->first = job->next;
        if (!list->first) {
            job_list_init(list);
        }
        job->next = NULL;
    }
    return job;
}

void job_queue_init(struct job_queue *queue, int max)
{
    *queue = (struct job_queue){.max = max};
    job_list_init(&queue->jobs);
    pthread_mutex_init(&queue->mutex, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&queue->changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

void job_queue_finish(struct job_queue *queue)
{
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->mutex);
}

bool job_queue_put(struct job_queue *queue, struct job *job)
{
    pthread_mutex_lock(&queue->mutex);
    bool taken = !queue->stopping && queue->length < queue->max;
    if (taken) {
        job_list_add(&queue->jobs, job);
        queue->length++;
    }
    pthread_mutex_unlock(&queue->mutex);
    pthread_cond_signal(&queue->changed); /* who is woken finds the lock free */
    return taken;
}

void job_queue_put_all(struct job_queue *queue, struct job_list *jobs)
{
    pthread_mutex_lock(&queue->mutex);
    while (jobs->first && !queue->stopping && queue->length < queue->max) {
        job_list_add(&queue->jobs, job_list_take(jobs));
        queue->length++;
    }
    pthread_mutex_unlock(&queue->mutex);
    pthread_cond_signal(&queue->changed);
}

struct job *job_queue_take(struct job_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    while (!queue->jobs.first && !queue->stopping) {
        pthread_cond_wait(&queue->changed, &queue->mutex);
    }
    struct job *job = job_list_take(&queue->jobs);
    queue->length -= job != NULL;
    pthread_mutex_unlock(&queue->mutex);
    return job;
}

/* Waits until something comes, the queue stops, or `wait_ms` have passed. */
static void wait_for_change(struct job_queue *queue, int64_t wait_ms)
{
    int64_t until_us = clock_mono_us() + wait_ms * 1000;
    struct timespec until = {.tv_sec = (time_t)(until_us / 1000000),
                             .tv_nsec = (long)(until_us % 1000000 * 1000)};
    int code = 0;
    while (!queue->jobs.first && !queue->stopping && !queue->woken && code != ETIMEDOUT) {
        code = wait_ms < 0 ? pthread_cond_wait(&queue->changed, &queue->mutex)
                           : pthread_cond_timedwait(&queue->changed, &queue->mutex, &until);
    }
}

struct job *job_queue_take_all(struct job_queue *queue, int64_t wait_ms)
{
    pthread_mutex_lock(&queue->mutex);
    wait_for_change(queue, wait_ms);
    struct job *jobs = queue->jobs.first;
    job_list_init(&queue->jobs);
    queue->length = 0;
    queue->woken = false;
    pthread_mutex_unlock(&queue->mutex);
    return jobs;
}

void job_queue_wake(struct job_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->woken = true;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->mutex);
}

void job_queue_stop(struct job_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->stopping = true;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->mutex);
}

bool job_queue_stopping(struct job_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    bool stopping = queue->stopping;
    pthread_mutex_unlock(&queue->mutex);
    return stopping;
}

int job_queue_length(struct job_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    int length = queue->length;
    pthread_mutex_unlock(&queue->mutex);
    return length;
}

struct start {
    const char *name;
    void *(*main)(void *);
    void *context;
};

/* A thread names itself: another's name is a file of /proc, which a process that is shut in has
 * not. */
static void *begin(void *context)
{
    struct start start = *(struct start *)context;
    free(context);
    pthread_setname_np(pthread_self(), start.name);
    return start.main(start.context);
}

void job_thread_start(pthread_t *thread, const char *name, void *(*main)(void *), void *context)
{
    sigset_t all, before;
    struct start *start = MEM_NEW(struct start);
    *start = (struct start){name, main, context};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(thread, NULL, begin, start) != 0) {
        abort();
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
