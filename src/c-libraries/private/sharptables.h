/*
 * The door between the C libraries and libsharptables.so, the private library in which a table is what it is in the programs. The C side
 * has what only C can have: names, data, errno, stdout, errors that do not return. The other side never calls back.
 *
 * A function returns 0 or an errno, unless it says otherwise. Names and entries that are given out stay good until the table is closed.
 */
#ifndef SHARPTABLES_PRIVATE_H
#define SHARPTABLES_PRIVATE_H

#include <stdint.h>

/* To be raised whenever this file changes: the two sides are installed together, but a process may have loaded one before an update. */
#define SHARPTABLES_PRIVATE_VERSION 1

struct xt_counters;

/* The tables of one family. Rules have numbers from 0. A chain's name has at most 31 bytes and a NUL. */
struct sharptables_tables {
	int (*open)(const char *name, void **table);
	void (*close)(void *table);
	int (*commit)(void *table);

	/* -1: no such chain; 0: a user's; 1: built in. */
	int (*chain_kind)(void *table, const char *chain);
	/* NULL at the end. */
	const char *(*first_chain)(void *table);
	const char *(*next_chain)(void *table);
	/* *entry is NULL for an empty chain. */
	int (*first_rule)(void *table, const char *chain, const void **entry);
	const void *(*next_rule)(void *table);
	/* "" for a rule without a target. */
	const char *(*target)(void *table, const void *entry);
	/* *policy is NULL for a user's chain; counters may be NULL. */
	int (*policy)(void *table, const char *chain, const char **policy, struct xt_counters *counters);
	int (*set_policy)(void *table, const char *chain, const char *policy, const struct xt_counters *counters);

	int (*insert)(void *table, const char *chain, const void *entry, uint32_t number);
	int (*append)(void *table, const char *chain, const void *entry);
	int (*replace)(void *table, const char *chain, const void *entry, uint32_t number);
	/* An entry is found that is equal wherever mask is not 0. */
	int (*check)(void *table, const char *chain, const void *entry, const unsigned char *mask);
	int (*remove)(void *table, const char *chain, const void *entry, const unsigned char *mask);
	int (*remove_number)(void *table, const char *chain, uint32_t number);
	int (*flush)(void *table, const char *chain);
	int (*zero)(void *table, const char *chain);
	int (*create_chain)(void *table, const char *chain);
	int (*delete_chain)(void *table, const char *chain);
	int (*rename_chain)(void *table, const char *from, const char *to);
	int (*references)(void *table, const char *chain, unsigned int *count);
	int (*counters)(void *table, const char *chain, uint32_t number, struct xt_counters **counters);
	int (*set_counters)(void *table, const char *chain, uint32_t number, const struct xt_counters *counters);
	int (*zero_counters)(void *table, const char *chain, uint32_t number);
	/* The entries as iptables -vv shows them; the text stays good until the next call or the table's end. */
	int (*dump)(void *table, const char **text, uint64_t *length);
};

/* The function sharptables_tables: family is AF_INET or AF_INET6. NULL: the version is not its own. */
typedef const struct sharptables_tables *sharptables_tables_function(int version, int family);

/*
 * The functions of a family's tables. At the first call in a process libsharptables.so is loaded, from the folder "sharptables" beside the
 * library that this is linked into. NULL, with errno: it is not there or not of this version (ELIBACC), or has too little address space
 * (ENOMEM).
 */
const struct sharptables_tables *sharptables_load(int family);

/* Around every call of the private library, sharptables_load() too. They leave errno alone. */
void sharptables_enter(void);
void sharptables_leave(void);

#define SHARPTABLES(call) ({ sharptables_enter(); __typeof__(call) result_ = (call); sharptables_leave(); result_; })

#endif
