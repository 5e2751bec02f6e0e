/* The server's side: hands a letter over, waits for what becomes of it. */
#include "post/post.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "confine/child.h"
#include "post/carrier.h"
#include "post/letter.h"

struct post {
    struct child child;
    int cancelled; /* eventfd, readable for ever once nothing is to be sent any more */
};

static void become_keeper(int socket, void *settings)
{
    keeper_run(socket, settings);
}

struct post *post_start(const struct post_settings *settings)
{
    struct post *post = MEM_NEW(struct post);
    struct post_settings own = *settings;
    *post = (struct post){CHILD_NONE, eventfd(0, EFD_CLOEXEC)};
    const char *failed =
        post->cancelled < 0 ? "socket" : child_start(&post->child, become_keeper, &own);
    if (failed) {
        log_event(LOG_POST_FAILED, LOG_W("step", failed));
        post_stop(post);
        return NULL;
    }
    return post;
}

bool post_gone(const struct post *post)
{
    return post && child_gone(&post->child);
}

int64_t post_restarts(struct post *post)
{
    return post ? child_restarts(&post->child) : 0;
}

void post_cancel(struct post *post)
{
    const uint64_t one = 1;
    if (post) {
        (void)!write(post->cancelled, &one, sizeof one);
    }
}

void post_stop(struct post *post)
{
    if (!post) {
        return;
    }
    child_stop(&post->child); /* its carrier goes with it */
    if (post->cancelled >= 0) {
        close(post->cancelled);
    }
    free(post);
}

/* --- one letter ------------------------------------------------------------------------------- */

static int in_memory(const struct buf *message)
{
    int fd = memfd_create("letter", MFD_CLOEXEC);
    size_t done = 0;
    while (fd >= 0 && done < message->len) {
        ssize_t n = write(fd, message->data + done, message->len - done);
        if (n < 0 && errno != EINTR) {
            close(fd);
            fd = -1;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return fd;
}

/* The end on which the answer comes; -1: it could not be handed over. */
static int hand_over(const struct post *post, const char *from, const char *to,
                     const struct buf *message)
{
    struct letter_request request = {"", ""};
    int ends[2];
    size_t from_chars = (size_t)snprintf(request.from, sizeof request.from, "%s", from);
    size_t to_chars = (size_t)snprintf(request.to, sizeof request.to, "%s", to);
    if (from_chars >= sizeof request.from || to_chars >= sizeof request.to ||
        message->len > LIMIT_LETTER_BYTES ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return -1;
    }
    int fds[LETTER_FDS] = {in_memory(message), ends[1]};
    bool given = fds[LETTER_MESSAGE] >= 0 && letter_give(post->child.socket, &request, fds);
    if (fds[LETTER_MESSAGE] >= 0) {
        close(fds[LETTER_MESSAGE]);
    }
    close(ends[1]);
    if (!given) {
        close(ends[0]);
    }
    return given ? ends[0] : -1;
}

/* False: no answer in time, or nothing is to be sent any more. */
static bool wait_for(const struct post *post, int answer)
{
    struct pollfd polled[2] = {{answer, POLLIN, 0}, {post->cancelled, POLLIN, 0}};
    int64_t until_us = clock_mono_us() + LIMIT_LETTER_S * INT64_C(1000000);
    int ready;
    do {
        int64_t left_ms = (until_us - clock_mono_us()) / 1000;
        ready = poll(polled, 2, left_ms > 0 ? (int)left_ms : 0);
    } while (ready < 0 && errno == EINTR);
    return ready > 0 && polled[0].revents;
}

enum post_outcome post_send(struct post *post, const char *from, const char *to,
                            const struct buf *message, int *code_out)
{
    struct letter_answer answer = {POST_LATER, 0};
    *code_out = 0;
    int fd = post ? hand_over(post, from, to, message) : -1;
    if (fd < 0) {
        return POST_LATER;
    }
    bool answered = wait_for(post, fd) && recv(fd, &answer, sizeof answer, 0) == sizeof answer &&
                    answer.outcome <= POST_REFUSED;
    close(fd);
    *code_out = answered ? answer.code : 0;
    return answered ? (enum post_outcome)answer.outcome : POST_LATER;
}
