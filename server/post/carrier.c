#include "post/carrier.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "confine/child.h"
#include "post/confine.h"
#include "post/letter.h"

enum {
    CONNECT_S = 15,
    IDLE_MS = 30000, /* a carrier without letters ends: the next one reads names and certificates
                      * as they are then */
    GOODBYE_S = 5,   /* for the mail server to answer QUIT */
    AGAIN_S = 1,     /* after a carrier that failed */
    CA_BYTES = 1 << 20
};

struct carrier {
    CURL *curl;
    struct curl_blob ca; /* data NULL: those of the system */
    int message, answer; /* of the letter under way */
    bool asks_recipient; /* its last command was RCPT */
    bool no_recipient;   /* and the answer that there is nobody of that address */
};

/* --- settings --------------------------------------------------------------------------------- */

/* Read while it can be: by who it will be, perhaps not. */
static bool read_ca(struct carrier *carrier, const char *path)
{
    if (!path) {
        return true;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    carrier->ca.data = mem_alloc(CA_BYTES);
    ssize_t bytes = fd < 0 ? -1 : read(fd, carrier->ca.data, CA_BYTES);
    if (fd >= 0) {
        close(fd);
    }
    carrier->ca.len = bytes > 0 ? (size_t)bytes : 0;
    carrier->ca.flags = CURL_BLOB_NOCOPY;
    return bytes > 0 && bytes < CA_BYTES;
}

/* The port to connect to; 0: the address is none of a mail server. */
static uint16_t port_of(const char *url)
{
    CURLU *parts = curl_url();
    char *scheme = NULL;
    char *port = NULL;
    long number = 0;
    if (parts && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
        (strcmp(scheme, "smtp") == 0 || strcmp(scheme, "smtps") == 0) &&
        curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK) {
        number = strtol(port, NULL, 10);
    }
    curl_free(scheme);
    curl_free(port);
    curl_url_cleanup(parts);
    return number > 0 && number <= UINT16_MAX ? (uint16_t)number : 0;
}

/* --- one letter ------------------------------------------------------------------------------- */

static size_t read_message(char *out, size_t size, size_t count, void *context)
{
    const struct carrier *carrier = context;
    ssize_t bytes = read(carrier->message, out, size * count);
    return bytes < 0 ? CURL_READFUNC_ABORT : (size_t)bytes;
}

static bool nobody_waits(const struct carrier *carrier)
{
    struct pollfd polled = {carrier->answer, 0, 0};
    return poll(&polled, 1, 0) != 0;
}

static int stop_when_told(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)a, (void)b, (void)c, (void)d;
    return nobody_waits(context);
}

/* "550 5.1.1 ..." and its like: bad destination, or a mailbox that takes nothing (RFC 3463 3.2 and
 * 3.3, where 5.1.7 and 5.1.8 are about the sender). A bare 5yz, or one of policy, may be a relay's
 * or our own mistake, which somebody mends. */
static bool says_nobody(const char *line, size_t bytes)
{
    return bytes > 9 && line[0] == '5' && strncmp(line + 4, "5.", 2) == 0 && line[7] == '.' &&
           (line[6] == '2' || (line[6] == '1' && line[8] != '7' && line[8] != '8'));
}

static int overhear(CURL *curl, curl_infotype what, char *data, size_t bytes, void *context)
{
    struct carrier *carrier = context;
    (void)curl;
    if (what == CURLINFO_HEADER_OUT) {
        carrier->asks_recipient = bytes > 4 && strncmp(data, "RCPT", 4) == 0;
    } else if (what == CURLINFO_HEADER_IN && carrier->asks_recipient) {
        carrier->no_recipient = says_nobody(data, bytes);
    }
    return 0;
}

static void set_up(struct carrier *carrier, const struct post_settings *settings)
{
    CURL *curl = carrier->curl;
    curl_easy_setopt(curl, CURLOPT_URL, settings->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)(LIMIT_LETTER_S - CONNECT_S));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, carrier);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_when_told);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, carrier);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* to us, and to nobody else: */
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, overhear);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, carrier);
    if (settings->user) {
        /* A password never travels in clear: with one, TLS is not a matter of luck. */
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password);
    } else {
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    }
    if (carrier->ca.data) {
        curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &carrier->ca);
    }
}

static struct letter_answer carry(struct carrier *carrier, const struct letter_request *request)
{
    long code = 0;
    struct curl_slist *recipients = curl_slist_append(NULL, request->to);
    carrier->no_recipient = false;
    curl_easy_setopt(carrier->curl, CURLOPT_MAIL_FROM, request->from);
    curl_easy_setopt(carrier->curl, CURLOPT_MAIL_RCPT, recipients);
    CURLcode result = curl_easy_perform(carrier->curl);
    curl_easy_getinfo(carrier->curl, CURLINFO_RESPONSE_CODE, &code);
    curl_slist_free_all(recipients);
    enum post_outcome outcome = result == CURLE_OK      ? POST_DELIVERED
                                : carrier->no_recipient ? POST_REFUSED
                                                        : POST_LATER;
    return (struct letter_answer){(uint32_t)outcome, (int32_t)code};
}

/* A letter that nobody waits for any more counts as not taken there: it must not go. */
static bool serve(struct carrier *carrier, int socket)
{
    struct letter_request request = {"", ""};
    int fds[LETTER_FDS];
    if (!letter_take(socket, &request, fds)) {
        return false;
    }
    carrier->message = fds[LETTER_MESSAGE];
    carrier->answer = fds[LETTER_ANSWER];
    if (!nobody_waits(carrier) && lseek(carrier->message, 0, SEEK_SET) == 0) {
        struct letter_answer answer = carry(carrier, &request);
        (void)!send(carrier->answer, &answer, sizeof answer, MSG_NOSIGNAL);
    }
    close(carrier->message);
    close(carrier->answer);
    return true;
}

/* False: none came in time, or the server is gone, which lets the socket be read for ever. */
static bool wait_for_letter(int socket, int patience_ms)
{
    struct pollfd polled = {socket, POLLIN, 0};
    return poll(&polled, 1, patience_ms) == 1 && polled.revents == POLLIN;
}

static _Noreturn void carrier_run(struct carrier *carrier, int socket, uint16_t port,
                                  const struct post_settings *settings, pid_t keeper)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "beffroi-carrier");
    if (getppid() != keeper || !post_confine_carrier(port)) {
        _exit(1);
    }
    carrier->curl = curl_easy_init();
    if (!carrier->curl) {
        _exit(1);
    }
    set_up(carrier, settings);
    while (wait_for_letter(socket, IDLE_MS) && serve(carrier, socket)) {
    }
    /* libcurl says good-bye, and would wait two minutes for the answer of a server that hangs. */
    alarm(GOODBYE_S);
    curl_easy_cleanup(carrier->curl);
    _exit(0);
}

/* --- the keeper ------------------------------------------------------------------------------- */

static bool ended_well(int status)
{
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
}

static void send_off(struct carrier *carrier, int socket, uint16_t port,
                     const struct post_settings *settings)
{
    int status = 0;
    pid_t keeper = getpid();
    pid_t pid = fork();
    if (pid == 0) {
        carrier_run(carrier, socket, port, settings, keeper);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !ended_well(status)) {
        log_event(LOG_POST_CARRIER, LOG_N("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0));
        sleep(AGAIN_S);
    }
}

_Noreturn void keeper_run(int socket, const struct post_settings *settings)
{
    struct carrier carrier = {.message = -1, .answer = -1};
    prctl(PR_SET_NAME, "beffroi-post");
    curl_global_init(CURL_GLOBAL_DEFAULT);
    uint16_t port = port_of(settings->url);
    if (port == 0 || !read_ca(&carrier, settings->ca_file) || !post_confine_keeper()) {
        _exit(1);
    }
    child_settle();
    if (!child_ready(socket)) {
        _exit(1);
    }
    while (wait_for_letter(socket, -1)) {
        send_off(&carrier, socket, port, settings);
    }
    _exit(0);
}
