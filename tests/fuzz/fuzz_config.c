/* libFuzzer: the configuration file and the words of the command line. What is taken in says the
 * same when it is written again; nothing of a line hides in the value of another. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "fuzz.h"
#include "main/config.h"
#include "main/options.h"

enum { SETTINGS = 11, WORDS = 3, ARGS = 12 };

static const char *const names[SETTINGS] = {
    "listen",   "public_url", "trusted_proxy", "metrics_listen", "tls_cert", "tls_key",
    "smtp_url", "smtp_user",  "smtp_password", "smtp_ca",        "mail_from"};

static void values_of(const struct config *config, const char *out[SETTINGS])
{
    const char *const values[SETTINGS] = {
        config->listen,        config->public_url, config->trusted_proxy, config->metrics_listen,
        config->tls_cert,      config->tls_key,    config->smtp_url,      config->smtp_user,
        config->smtp_password, config->smtp_ca,    config->mail_from};
    memcpy(out, values, sizeof values);
}

/* Refusals are said on standard error: not here. */
static int silence(void)
{
    static int nowhere = -1;
    nowhere = nowhere < 0 ? open("/dev/null", O_WRONLY | O_CLOEXEC) : nowhere;
    int kept = dup(STDERR_FILENO);
    check(kept >= 0 && dup2(nowhere, STDERR_FILENO) >= 0);
    return kept;
}

static void speak(int kept)
{
    check(dup2(kept, STDERR_FILENO) >= 0);
    close(kept);
}

static bool read_file(struct config *config, const void *data, size_t bytes)
{
    char path[64];
    int fd = memfd_create("config", MFD_CLOEXEC);
    check(fd >= 0 && write(fd, data, bytes) == (ssize_t)bytes);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    arena_init(&config->texts);
    bool good = config_read(config, path);
    close(fd);
    return good;
}

static void check_value(const char *value)
{
    size_t bytes = strlen(value);
    check(bytes > 0 && bytes < 4096 && !strchr(value, '\n'));
    check(!strchr(" \t\r\v\f", value[0]) && !strchr(" \t\r\v\f", value[bytes - 1]));
}

static void read_config(const uint8_t *data, size_t bytes)
{
    struct config config = {0}, again = {0};
    const char *values[SETTINGS], *same[SETTINGS];
    if (read_file(&config, data, bytes)) {
        struct buf written;
        buf_init(&written);
        values_of(&config, values);
        for (int i = 0; i < SETTINGS; i++) {
            if (values[i]) {
                check_value(values[i]);
                buf_printf(&written, "%s=%s\n", names[i], values[i]);
            }
        }
        check(read_file(&again, written.data, written.len));
        values_of(&again, same);
        for (int i = 0; i < SETTINGS; i++) {
            check(str_equal(values[i], same[i]));
        }
        buf_finish(&written);
        config_finish(&again);
        if (config_complete(&config)) {
            check(config.listen && config.mail_from && !config.tls_cert == !config.tls_key);
        }
    }
    config_finish(&config);
}

/* Words apart by NULs. Each ends up as a word, a flag, or a value; none is lost. */
static void read_options(uint8_t *data, size_t bytes)
{
    char *args[ARGS + 1] = {NULL};
    const char *words[WORDS] = {NULL}, *name = NULL;
    bool is_dry = false;
    int count = 0;
    for (char *at = (char *)data; count < ARGS && at < (char *)data + bytes; at += strlen(at) + 1) {
        args[count++] = at;
    }
    const struct option options[] = {{"data", &name, NULL}, {"dry-run", NULL, &is_dry}, {0}};
    const struct verb verb = {.name = "x", .usage = "", .summary = ""};
    if (options_parse(&verb, count, args, options, words, WORDS)) {
        for (int i = 0; i < WORDS; i++) {
            check(!words[i] || strncmp(words[i], "--", 2) != 0);
            check(i == 0 || words[i - 1] || !words[i]);
        }
        check(count == 0 || words[0] || name || is_dry);
    }
}

int fuzz_config(const uint8_t *data, size_t bytes)
{
    if (bytes == 0 || bytes > 20000) {
        return 0;
    }
    int kept = silence();
    if (data[0] % 4) {
        read_config(data + 1, bytes - 1);
    } else {
        uint8_t copy[20001];
        memcpy(copy, data + 1, bytes - 1);
        copy[bytes - 1] = '\0';
        read_options(copy, bytes - 1);
    }
    speak(kept);
    return 0;
}
