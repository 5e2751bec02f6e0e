#include "main/config.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "main/options.h"

static const struct {
    const char *name;
    size_t offset;
} settings[] = {
    {"listen", offsetof(struct config, listen)},
    {"public_url", offsetof(struct config, public_url)},
    {"trusted_proxy", offsetof(struct config, trusted_proxy)},
    {"metrics_listen", offsetof(struct config, metrics_listen)},
    {"tls_cert", offsetof(struct config, tls_cert)},
    {"tls_key", offsetof(struct config, tls_key)},
    {"smtp_url", offsetof(struct config, smtp_url)},
    {"smtp_user", offsetof(struct config, smtp_user)},
    {"smtp_password", offsetof(struct config, smtp_password)},
    {"smtp_ca", offsetof(struct config, smtp_ca)},
    {"mail_from", offsetof(struct config, mail_from)},
};

static char *trim(char *text)
{
    while (isspace((unsigned char)*text)) {
        text++;
    }
    size_t n = strlen(text);
    while (n && isspace((unsigned char)text[n - 1])) {
        text[--n] = '\0';
    }
    return text;
}

static bool set(struct config *config, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (str_equal(settings[i].name, name)) {
            void *setting = (char *)config + settings[i].offset;
            *(const char **)setting = *value ? arena_strdup(&config->texts, value) : NULL;
            return true;
        }
    }
    return false;
}

/* true unless the line is wrong. */
static bool take_line(struct config *config, char *line)
{
    line = trim(line);
    if (!*line || *line == '#') {
        return true;
    }
    char *equals = strchr(line, '=');
    if (!equals) {
        return false;
    }
    *equals = '\0';
    return set(config, trim(line), trim(equals + 1));
}

bool config_read(struct config *config, const char *path)
{
    if (!path) {
        return true;
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        refuse("cannot read the configuration %s: %s", path, strerror(errno));
        return false;
    }
    char line[4096];
    bool good = true;
    for (int number = 1; good && fgets(line, sizeof line, file); number++) {
        bool whole = strlen(line) < sizeof line - 1 || strchr(line, '\n');
        good = whole && take_line(config, line);
        if (!good) {
            refuse("%s line %d: not `name = value` with a known name (see docs/exploitation.md)",
                   path, number);
        }
    }
    fclose(file);
    return good;
}

bool config_complete(struct config *config)
{
    if (!config->listen) {
        config->listen = "127.0.0.1:8080";
    }
    if (!config->tls_cert != !config->tls_key) {
        refuse("--tls-cert and --tls-key go together");
        return false;
    }
    if (config->smtp_user && (!config->smtp_password || !config->smtp_url)) {
        refuse("smtp_user needs smtp_password and smtp_url beside it");
        return false;
    }
    if (!config->mail_from) {
        config->mail_from = "Beffroi <beffroi@localhost>";
    }
    return true;
}

void config_finish(struct config *config)
{
    arena_finish(&config->texts);
}
