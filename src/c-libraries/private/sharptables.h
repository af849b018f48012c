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
#define SHARPTABLES_PRIVATE_VERSION 3

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

/* ---- Matches and targets ---- */

/* A name of an option; several may be of one place, which is its number in the extension. */
struct sharptables_option {
	const char *name;
	int32_t place;
	int32_t words;          /* 0 to 2 */
	int32_t may_lack_word;
};

struct sharptables_revision {
	const char *kernel_name;
	int32_t revision;
	int32_t size;           /* of the payload, not padded */
	int32_t compared_size;
};

/* A match or target of one family. It stays as it is. */
struct sharptables_extension {
	const char *name;
	void *handle;
	const struct sharptables_option *options;
	const struct sharptables_revision *revisions; /* newest first */
	int32_t option_count;
	int32_t revision_count;
};

/* What a payload is, and the rule that it is in. */
struct sharptables_rule {
	int32_t revision;       /* which of the extension's revisions, by place */
	int32_t line;           /* of the file that it is read from; 0: none */
	uint32_t given;         /* a bit for each place of an option given before */
	uint16_t protocol;
	uint16_t is_protocol_inverted;
};

struct sharptables_words {
	const char *first, *second; /* NULL: there is none */
	int32_t place;
	int32_t is_inverted;
};

/* Allocated, to be freed; NULL: nothing. */
struct sharptables_said {
	char *text;             /* what is to be written, or the message of an error */
	char *warnings;         /* whole lines */
};

/* Those that give an int: 0, or the exit status of an error. */
struct sharptables_extensions {
	/* NULL: there is none. */
	const struct sharptables_extension *(*find)(int family, const char *name, int is_target);
	int (*begin)(void *handle, int revision, void *payload, struct sharptables_said *said);
	int (*parse)(void *handle, const struct sharptables_rule *rule, void *payload, const struct sharptables_words *words,
		struct sharptables_said *said);
	int (*finish)(void *handle, const struct sharptables_rule *rule, void *payload, struct sharptables_said *said);
	int (*list)(void *handle, const struct sharptables_rule *rule, const void *payload, int is_numeric, struct sharptables_said *said);
	int (*save)(void *handle, const struct sharptables_rule *rule, const void *payload, struct sharptables_said *said);
	int (*help)(void *handle, struct sharptables_said *said);
	/* The name under which it is shown. */
	const char *(*alias)(void *handle, int revision, const void *payload);
	/*
	 * What it is in the language of nft: a line each for the words, a comment, and a set with its name. An error: nft cannot say it.
	 * Words with a quote in them never come.
	 */
	int (*translate)(void *handle, const struct sharptables_rule *rule, const void *payload, struct sharptables_said *said);
};

/* The function sharptables_extensions. NULL: the version is not its own. */
typedef const struct sharptables_extensions *sharptables_extensions_function(int version);

/* Those functions; as sharptables_load(). */
const struct sharptables_extensions *sharptables_load_extensions(void);

/* ---- Loading ---- */

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
