/* What the files of libxtables share. Everything that is not in xtables.h stays inside the library. */
#ifndef LIBXTABLES_INTERNAL_H
#define LIBXTABLES_INTERNAL_H

/* The header's part for plugins has what the family is to the kernel; no plugin is made here. */
#define XTABLES_INTERNAL
#define _INIT unused_init
#include <xtables.h>

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Raises an error; it does not return. */
#define RAISE(status, ...) xt_params->exit_err(status, __VA_ARGS__)

/* Data that the header does not declare. */
extern int line;
extern struct xtables_match *xtables_pending_matches;
extern struct xtables_target *xtables_pending_targets;
void basic_exit_err(enum xtables_exittype status, const char *msg, ...) __attribute__((noreturn, format(printf, 2, 3)));

/* Loads the plugin of a name. Whether one was opened; it has then registered what it has. errno is set if not. */
bool load_plugin(const char *name);
void close_plugins(void);

/* Whether the user named the folder of plugins: they are taken before our own then. */
bool plugins_come_first(void);

/* Whether the kernel has a revision, as the program tells. */
bool kernel_has(const char *name, uint8_t revision, int option);

/* What we have ourselves under a name, in the best revision that the kernel has, or NULL. */
struct xtables_match *our_match(const char *name);
struct xtables_target *our_target(const char *name);

#endif
