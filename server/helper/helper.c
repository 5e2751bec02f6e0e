/* The server's side: hands a job over, waits for its answers and the verdict. */
#include "helper/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/media.h"
#include "base/mem.h"
#include "base/str.h"
#include "confine/child.h"
#include "helper/packet.h"
#include "helper/supervisor.h"

/* After a job's own time: for the helper to see that it is over. */
enum { AFTER_MS = 5000 };

struct helper {
    struct child child;
    int job_ms;
    int cancelled; /* eventfd, readable for ever once there is no helper any more */
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int running; /* jobs; by lock */
    bool over;   /* by lock */
};

/* --- starting and stopping -------------------------------------------------------------------- */

static void become_helper(int socket, void *job_ms)
{
    supervisor_run(socket, *(const int *)job_ms);
}

static struct helper *fail(struct helper *helper, const char *step)
{
    log_event(LOG_HELPER_FAILED, LOG_W("step", step));
    helper_stop(helper);
    return NULL;
}

struct helper *helper_start(void)
{
    return helper_start_within(LIMIT_HELPER_S * 1000);
}

struct helper *helper_start_within(int job_ms)
{
    struct helper *helper = MEM_NEW(struct helper);
    *helper = (struct helper){
        .child = CHILD_NONE, .job_ms = job_ms, .cancelled = eventfd(0, EFD_CLOEXEC)};
    pthread_mutex_init(&helper->lock, NULL);
    pthread_cond_init(&helper->freed, NULL);
    if (helper->cancelled < 0) {
        return fail(helper, "socket");
    }
    const char *failed = child_start(&helper->child, become_helper, &job_ms);
    return failed ? fail(helper, failed) : helper;
}

bool helper_gone(const struct helper *helper)
{
    return helper && child_gone(&helper->child);
}

int64_t helper_restarts(struct helper *helper)
{
    return helper ? child_restarts(&helper->child) : 0;
}

void helper_cancel(struct helper *helper)
{
    if (!helper) {
        return;
    }
    const uint64_t one = 1;
    pthread_mutex_lock(&helper->lock);
    helper->over = true;
    (void)!write(helper->cancelled, &one, sizeof one);
    pthread_cond_broadcast(&helper->freed);
    pthread_mutex_unlock(&helper->lock);
}

void helper_stop(struct helper *helper)
{
    if (!helper) {
        return;
    }
    child_stop(&helper->child); /* its jobs go with it */
    if (helper->cancelled >= 0) {
        close(helper->cancelled);
    }
    pthread_cond_destroy(&helper->freed);
    pthread_mutex_destroy(&helper->lock);
    free(helper);
}

/* --- one job ---------------------------------------------------------------------------------- */

struct call {
    enum request_kind kind;
    int fd, out_fd; /* -1: none */
    int side_px;
    const char *type;
    /* Takes an answer that is well-formed; false: it makes no sense here. */
    bool (*answer)(void *context, const struct packet_answer *answer);
    void *context;
};

static bool take_turn(struct helper *helper)
{
    pthread_mutex_lock(&helper->lock);
    while (helper->running == LIMIT_HELPER_JOBS && !helper->over) {
        pthread_cond_wait(&helper->freed, &helper->lock);
    }
    bool taken = !helper->over;
    helper->running += taken;
    pthread_mutex_unlock(&helper->lock);
    return taken;
}

static void end_turn(struct helper *helper)
{
    pthread_mutex_lock(&helper->lock);
    helper->running--;
    pthread_cond_signal(&helper->freed);
    pthread_mutex_unlock(&helper->lock);
}

/* The same content, by a descriptor that can only read and has a place of its own: a job can
 * neither change what it looks at, nor where its owner stands in it. */
static int open_to_read(int fd)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, O_RDONLY | O_CLOEXEC);
}

static bool hand_over(struct helper *helper, const struct call *call, int answers_out[2])
{
    struct packet_request request = {(uint32_t)call->kind, call->side_px, ""};
    int answers[2];
    int verdict[2];
    int content = open_to_read(call->fd);
    snprintf(request.type, sizeof request.type, "%s", call->type);
    if (content < 0) {
        return false;
    }
    if (!packet_pair(answers)) {
        close(content);
        return false;
    }
    if (!packet_pair(verdict)) {
        close(content);
        close(answers[0]);
        close(answers[1]);
        return false;
    }
    int fds[PACKET_FDS] = {content, answers[1], verdict[1], call->out_fd};
    bool asked = packet_ask(helper->child.socket, &request, fds, PACKET_FDS - (call->out_fd < 0));
    close(content);
    close(answers[1]);
    close(verdict[1]);
    answers_out[0] = answers[0];
    answers_out[1] = verdict[0];
    if (!asked) {
        close(answers[0]);
        close(verdict[0]);
    }
    return asked;
}

/* Waits until `fd` can be read. false: the time is over, or the helper. */
static bool wait_for(const struct helper *helper, int fd, int64_t until_us)
{
    struct pollfd polled[2] = {{fd, POLLIN, 0}, {helper->cancelled, POLLIN, 0}};
    int ready;
    do {
        int64_t left_ms = (until_us - clock_mono_us()) / 1000;
        ready = poll(polled, 2, left_ms > 0 ? (int)left_ms : 0);
    } while (ready < 0 && errno == EINTR);
    return ready > 0 && !polled[1].revents;
}

/* Takes every answer until the job has closed its end, then the verdict. */
static enum helper_outcome listen_to(const struct helper *helper, const struct call *call,
                                     const int ends[2], struct packet_answer *answer)
{
    int64_t until_us = clock_mono_us() + (int64_t)(helper->job_ms + AFTER_MS) * 1000;
    bool makes_sense = true;
    char verdict = 0;
    while (wait_for(helper, ends[0], until_us)) {
        ssize_t got = recv(ends[0], answer, sizeof *answer, 0);
        if (got <= 0) {
            break;
        }
        makes_sense =
            makes_sense && packet_check(answer, (size_t)got) && call->answer(call->context, answer);
    }
    if (!wait_for(helper, ends[1], until_us) || recv(ends[1], &verdict, 1, 0) != 1 ||
        verdict == VERDICT_LATER) {
        return HELPER_GONE;
    }
    return verdict == VERDICT_DONE && makes_sense ? HELPER_DONE : HELPER_UNREADABLE;
}

static enum helper_outcome run(struct helper *helper, const struct call *call)
{
    int ends[2];
    if (!helper || !take_turn(helper)) {
        return HELPER_GONE;
    }
    enum helper_outcome outcome = HELPER_GONE;
    if (hand_over(helper, call, ends)) {
        struct packet_answer *answer = MEM_NEW(struct packet_answer);
        outcome = listen_to(helper, call, ends, answer);
        free(answer);
        close(ends[0]);
        close(ends[1]);
    }
    end_turn(helper);
    return outcome;
}

/* --- the three questions ---------------------------------------------------------------------- */

static bool take_type(void *context, const struct packet_answer *answer)
{
    char *type = context;
    bool fits = answer->kind == ANSWER_TYPE && answer->text_bytes < PACKET_TYPE_BYTES;
    if (fits) {
        memcpy(type, packet_text(answer), answer->text_bytes + 1);
    }
    return fits;
}

enum helper_outcome helper_type(struct helper *helper, int fd, const char *name,
                                const char **type_out)
{
    char content_type[PACKET_TYPE_BYTES] = "";
    struct call call = {REQUEST_TYPE, fd, -1, 0, "", take_type, content_type};
    enum helper_outcome outcome = run(helper, &call);
    *type_out = media_of(outcome == HELPER_DONE ? content_type : "", name)->type;
    return outcome;
}

static bool take_picture(void *context, const struct packet_answer *answer)
{
    struct picture *picture = context;
    const struct media *media = media_find(packet_text(answer));
    picture->width = answer->number;
    picture->height = answer->height;
    picture->type = media->type;
    return answer->kind == ANSWER_PICTURE && media->shown == MEDIA_IMAGE && picture->width > 0 &&
           picture->height > 0;
}

enum helper_outcome helper_redraw(struct helper *helper, int fd, const char *type, int side_px,
                                  int out_fd, struct picture *out)
{
    struct call call = {REQUEST_REDRAW, fd, out_fd, side_px, type, take_picture, out};
    *out = (struct picture){0};
    enum helper_outcome outcome = ftruncate(out_fd, 0) == 0 ? run(helper, &call) : HELPER_GONE;
    bool fits = out->type && out->width <= side_px && out->height <= side_px;
    return outcome == HELPER_DONE && !fits ? HELPER_UNREADABLE : outcome;
}

struct reading {
    enum text_unit *unit;
    void (*page)(void *context, const struct text_page *page);
    void *context;
    int pages, number;
    size_t bytes;
};

static bool take_page(void *context, const struct packet_answer *answer)
{
    struct reading *reading = context;
    if (answer->kind == ANSWER_UNIT) {
        *reading->unit = (enum text_unit)answer->number;
        return answer->number >= UNIT_NONE && answer->number <= UNIT_SHEET;
    }
    reading->bytes += answer->text_bytes;
    bool allowed = answer->kind == ANSWER_PAGE && answer->number > reading->number &&
                   ++reading->pages <= LIMIT_TEXT_PAGES && reading->bytes <= LIMIT_TEXT_BYTES;
    if (allowed) {
        struct text_page page = {answer->number, answer->data, packet_text(answer)};
        reading->number = answer->number;
        reading->page(reading->context, &page);
    }
    return allowed;
}

enum helper_outcome helper_text(struct helper *helper, int fd, const char *type,
                                enum text_unit *unit_out,
                                void (*page)(void *context, const struct text_page *page),
                                void *context)
{
    struct reading reading = {unit_out, page, context, 0, 0, 0};
    struct call call = {REQUEST_TEXT, fd, -1, 0, type, take_page, &reading};
    *unit_out = UNIT_NONE;
    return run(helper, &call);
}
