/* beffroi: the server and its command line. Each verb is a line in this table and a function. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "main/verbs.h"
#include "main/version.h"
#include "wire/json.h"

const struct verb verbs[] = {
    {"serve",
     "--data DIR [--listen ADDR:PORT | --listen unix:PATH] [--config FILE]\n"
     "              [--tls-cert FILE --tls-key FILE]",
     "Runs the server until SIGTERM. SIGHUP loads the certificate again.",
     "  --listen   address and port (default 127.0.0.1:8080), or a Unix socket; a socket passed "
     "by\n"
     "             systemd comes first\n"
     "  --config   file of `name = value` lines; see docs/exploitation.md\n",
     serve_run},
    {"init", "--data DIR",
     "Makes an empty data directory with the national Club and the 101 others.", NULL, init_run},
    {"demo", "--data DIR", "Makes a data directory with a living, fictitious Club of the Ain.",
     NULL, demo_run},
    {"user add", "--data DIR EMAIL NAME [--administrator] [--password-stdin]",
     "Adds a person, and prints the password made for them.",
     "  --password-stdin   reads the password from the first line of standard input instead\n",
     user_add_run},
    {"user list", "--data DIR", "Lists the accounts.", NULL, user_list_run},
    {"user disable", "--data DIR EMAIL", "Suspends an account and closes its sessions.", NULL,
     user_disable_run},
    {"user enable", "--data DIR EMAIL", "Ends a suspension.", NULL, user_enable_run},
    {"user password", "--data DIR EMAIL [--password-stdin]",
     "Gives an account a new password, printed alone, and closes its sessions.", NULL,
     user_password_run},
    {"token create", "--data DIR --user EMAIL [--label TEXT] [--scope all|read] [--days N]",
     "Makes a bearer token for scripts; printed alone on standard output, kept only hashed.",
     "  --scope   read: queries only (default all)\n  --days    validity (default 365)\n",
     token_create_run},
    {"import towns", "--data DIR FILE [--dry-run]",
     "Takes in the official list of PVD communes (CSV) and reports what changed.", NULL,
     import_towns_run},
    {"import members", "--data DIR FILE [--dry-run]",
     "Invites people from a CSV (e-mail, name, post, territory) and reports line by line.", NULL,
     import_members_run},
    {"person export", "--data DIR EMAIL [--output FILE]",
     "Writes all that is kept about a person, as JSON.", NULL, person_export_run},
    {"person erase", "--data DIR EMAIL [--messages keep|remove] [--yes]",
     "Shows what an erasure would do; with --yes, does it.",
     "  --messages   keep: messages stay without a name (default); remove: they go\n",
     person_erase_run},
    {"check", "--data DIR", "Proves that the database is whole.", NULL, check_run},
    {"backup", "--data DIR FILE",
     "Writes a checked copy of the database, beside a running server too.", NULL, backup_run},
    {"restore", "--data DIR FILE", "Puts a backup in place; clients will load everything again.",
     NULL, restore_run},
    {"describe", "openapi|asyncapi|typescript|reference", "Prints what the server says of itself.",
     NULL, describe_run},
    {NULL, NULL, NULL, NULL, NULL},
};

static int help(void)
{
    puts("Usage: beffroi VERB ... ; `beffroi VERB --help` says more.\n");
    for (const struct verb *verb = verbs; verb->name; verb++) {
        printf("  %-15s %s\n", verb->name, verb->summary);
    }
    return EXIT_OK;
}

/* Words of the command line that a verb's name takes (0: another verb). */
static int words_of(const struct verb *verb, int argc, char **argv)
{
    char name[64];
    int words = strchr(verb->name, ' ') ? 2 : 1;
    if (argc < words) {
        return 0;
    }
    snprintf(name, sizeof name, words == 2 ? "%s %s" : "%s", argv[0], words == 2 ? argv[1] : "");
    return strcmp(name, verb->name) == 0 ? words : 0;
}

static bool asks_help(int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

/* `beffroi user` alone: its verbs; else where all are listed. */
static int unknown(const char *word)
{
    size_t bytes = strlen(word);
    bool family = false;
    for (const struct verb *verb = verbs; verb->name; verb++) {
        if (strncmp(verb->name, word, bytes) == 0 && verb->name[bytes] == ' ') {
            fprintf(stderr, "beffroi %s %s\n", verb->name, verb->usage);
            family = true;
        }
    }
    if (!family) {
        fprintf(stderr, "beffroi: unknown verb \"%s\". `beffroi help` lists them.\n", word);
    }
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    json_start();
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        return help() + (argc < 2 ? EXIT_USAGE : 0);
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("beffroi " BEFFROI_VERSION);
        return EXIT_OK;
    }
    for (const struct verb *verb = verbs; verb->name; verb++) {
        int words = words_of(verb, argc - 1, argv + 1);
        if (!words) {
            continue;
        }
        if (asks_help(argc - 1 - words, argv + 1 + words)) {
            verb_help(verb);
            return EXIT_OK;
        }
        return verb->run(verb, argc - 1 - words, argv + 1 + words);
    }
    return unknown(argv[1]);
}
