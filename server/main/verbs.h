/* The verbs of the command line, one file per family; main.c lists them. Threads: the main one. */
#ifndef BEFFROI_MAIN_VERBS_H
#define BEFFROI_MAIN_VERBS_H

#include "main/options.h"

int serve_run(const struct verb *verb, int argc, char **argv);
int init_run(const struct verb *verb, int argc, char **argv);
int demo_run(const struct verb *verb, int argc, char **argv);
int user_add_run(const struct verb *verb, int argc, char **argv);
int user_list_run(const struct verb *verb, int argc, char **argv);
int user_disable_run(const struct verb *verb, int argc, char **argv);
int user_enable_run(const struct verb *verb, int argc, char **argv);
int user_password_run(const struct verb *verb, int argc, char **argv);
int token_create_run(const struct verb *verb, int argc, char **argv);
int import_towns_run(const struct verb *verb, int argc, char **argv);
int import_members_run(const struct verb *verb, int argc, char **argv);
int person_export_run(const struct verb *verb, int argc, char **argv);
int person_erase_run(const struct verb *verb, int argc, char **argv);
int check_run(const struct verb *verb, int argc, char **argv);
int backup_run(const struct verb *verb, int argc, char **argv);
int restore_run(const struct verb *verb, int argc, char **argv);
int describe_run(const struct verb *verb, int argc, char **argv);

#endif
