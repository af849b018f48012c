/*
 * libip4tc and libip6tc: one source, compiled with FAMILY=4 and FAMILY=6. Names, errno and texts are here; what a table is stands in the
 * private library.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "../private/sharptables.h"

#if FAMILY == 4
#include <libiptc/libiptc.h>
#define TC(name) iptc_##name
#define OPS iptc_ops
#define DUMP dump_entries
#define ADDRESSES AF_INET
typedef struct ipt_entry entry;
#else
#include <libiptc/libip6tc.h>
#define TC(name) ip6tc_##name
#define OPS ip6tc_ops
#define DUMP dump_entries6
#define ADDRESSES AF_INET6
typedef struct ip6t_entry entry;
#endif

typedef struct xtc_handle handle;

/* The texts of strerror depend on the function that was called last. */
enum function {
	NONE, INIT, CHAIN_WALK, RULE_WALK, TARGET, KIND, POLICY, INSERT, REPLACE, APPEND, CHECK, DELETE, DELETE_NUMBER, FLUSH, ZERO,
	READ_COUNTER, ZERO_COUNTER, SET_COUNTER, CREATE, DELETE_CHAIN, RENAME, SET_POLICY, REFERENCES, COMMIT
};

static enum function last;
static const struct sharptables_tables *tables;

/* A function's answer: 1, or 0 with errno. */
static int answer(enum function function, int error)
{
	last = function;
	if (!error)
		return 1;
	errno = error;
	return 0;
}

handle *TC(init)(const char *tablename)
{
	void *table = NULL;
	last = INIT;
	if (!tables && !(tables = SHARPTABLES(sharptables_load(ADDRESSES))))
		return NULL;
	return answer(INIT, SHARPTABLES(tables->open(tablename, &table))) ? table : NULL;
}

void TC(free)(handle *h)
{
	if (h)
		SHARPTABLES((tables->close(h), 0));
}

int TC(commit)(handle *h)
{
	return answer(COMMIT, h ? SHARPTABLES(tables->commit(h)) : EINVAL);
}

/* Functions without a handle to work on were never called after init, so the private library may not be there. */
#define NEEDS(h, function) do { last = (function); if (!(h)) { errno = EINVAL; return 0; } } while (0)

int TC(is_chain)(const char *chain, handle *const h)
{
	NEEDS(h, KIND);
	return SHARPTABLES(tables->chain_kind(h, chain)) >= 0;
}

int TC(builtin)(const char *chain, handle *const h)
{
	NEEDS(h, KIND);
	int kind = SHARPTABLES(tables->chain_kind(h, chain));
	if (kind < 0)
		errno = ENOENT;
	return kind > 0;
}

const char *TC(first_chain)(handle *h)
{
	NEEDS(h, CHAIN_WALK);
	return SHARPTABLES(tables->first_chain(h));
}

const char *TC(next_chain)(handle *h)
{
	NEEDS(h, CHAIN_WALK);
	return SHARPTABLES(tables->next_chain(h));
}

const entry *TC(first_rule)(const char *chain, handle *h)
{
	NEEDS(h, RULE_WALK);
	const void *first = NULL;
	errno = SHARPTABLES(tables->first_rule(h, chain, &first));
	return first;
}

const entry *TC(next_rule)(const entry *prev, handle *h)
{
	(void)prev;
	NEEDS(h, RULE_WALK);
	return SHARPTABLES(tables->next_rule(h));
}

const char *TC(get_target)(const entry *e, handle *h)
{
	NEEDS(h && e ? h : NULL, TARGET);
	return SHARPTABLES(tables->target(h, e));
}

const char *TC(get_policy)(const char *chain, struct xt_counters *counters, handle *h)
{
	NEEDS(h, POLICY);
	const char *policy = NULL;
	int error = SHARPTABLES(tables->policy(h, chain, &policy, counters));
	if (error)
		errno = error;
	return policy;
}

/* The same of a function that was given an entry: looking up the chain that it jumps to counts as the function called last. */
static int answer_of_entry(enum function function, handle *h, const char *chain, const entry *e, int error)
{
	static const char *const verdicts[] = { "", "ACCEPT", "DROP", "QUEUE", "RETURN" };
	if (error && error != E2BIG && h && e && SHARPTABLES(tables->chain_kind(h, chain)) >= 0) {
		const char *name = ((const struct xt_entry_target *)((const char *)e + e->target_offset))->u.user.name;
		size_t i = 0;
		while (i < sizeof verdicts / sizeof verdicts[0] && strcmp(name, verdicts[i]))
			i++;
		if (i == sizeof verdicts / sizeof verdicts[0])
			function = KIND;
	}
	return answer(function, error);
}

#define TAKES_ENTRY(h, function, e, call) return answer_of_entry(function, h, chain, e, (h) ? SHARPTABLES(tables->call) : EINVAL)
#define TAKES(h, function, call) return answer(function, (h) ? SHARPTABLES(tables->call) : EINVAL)

int TC(insert_entry)(const xt_chainlabel chain, const entry *e, unsigned int rulenum, handle *h)
{
	TAKES_ENTRY(h, INSERT, e, insert(h, chain, e, rulenum));
}

int TC(replace_entry)(const xt_chainlabel chain, const entry *e, unsigned int rulenum, handle *h)
{
	TAKES_ENTRY(h, REPLACE, e, replace(h, chain, e, rulenum));
}

int TC(append_entry)(const xt_chainlabel chain, const entry *e, handle *h)
{
	TAKES_ENTRY(h, APPEND, e, append(h, chain, e));
}

int TC(check_entry)(const xt_chainlabel chain, const entry *origfw, unsigned char *matchmask, handle *h)
{
	TAKES_ENTRY(h, CHECK, origfw, check(h, chain, origfw, matchmask));
}

int TC(delete_entry)(const xt_chainlabel chain, const entry *origfw, unsigned char *matchmask, handle *h)
{
	TAKES_ENTRY(h, DELETE, origfw, remove(h, chain, origfw, matchmask));
}

int TC(delete_num_entry)(const xt_chainlabel chain, unsigned int rulenum, handle *h)
{
	TAKES(h, DELETE_NUMBER, remove_number(h, chain, rulenum));
}

int TC(flush_entries)(const xt_chainlabel chain, handle *h)
{
	TAKES(h, FLUSH, flush(h, chain));
}

int TC(zero_entries)(const xt_chainlabel chain, handle *h)
{
	TAKES(h, ZERO, zero(h, chain));
}

int TC(create_chain)(const xt_chainlabel chain, handle *h)
{
	TAKES(h, CREATE, create_chain(h, chain));
}

int TC(delete_chain)(const xt_chainlabel chain, handle *h)
{
	TAKES(h, DELETE_CHAIN, delete_chain(h, chain));
}

int TC(rename_chain)(const xt_chainlabel oldname, const xt_chainlabel newname, handle *h)
{
	TAKES(h, RENAME, rename_chain(h, oldname, newname));
}

int TC(set_policy)(const xt_chainlabel chain, const xt_chainlabel policy, struct xt_counters *counters, handle *h)
{
	TAKES(h, SET_POLICY, set_policy(h, chain, policy, counters));
}

int TC(get_references)(unsigned int *ref, const xt_chainlabel chain, handle *h)
{
	TAKES(h && ref ? h : NULL, REFERENCES, references(h, chain, ref));
}

/* These three count rules from 1: 0 becomes the largest number there is, which no chain has. */
struct xt_counters *TC(read_counter)(const xt_chainlabel chain, unsigned int rulenum, handle *h)
{
	struct xt_counters *counters = NULL;
	return answer(READ_COUNTER, h ? SHARPTABLES(tables->counters(h, chain, rulenum - 1, &counters)) : EINVAL) ? counters : NULL;
}

int TC(zero_counter)(const xt_chainlabel chain, unsigned int rulenum, handle *h)
{
	TAKES(h, ZERO_COUNTER, zero_counters(h, chain, rulenum - 1));
}

int TC(set_counter)(const xt_chainlabel chain, unsigned int rulenum, struct xt_counters *counters, handle *h)
{
	TAKES(h && counters ? h : NULL, SET_COUNTER, set_counters(h, chain, rulenum - 1, counters));
}

void DUMP(handle *const h)
{
	const char *text;
	uint64_t length;
	if (h && !SHARPTABLES(tables->dump(h, &text, &length)))
		fwrite(text, 1, length, stdout);
}

const char *TC(strerror)(int err)
{
	static const struct {
		enum function function; /* NONE: any */
		int error;
		const char *text;
	} texts[] = {
		{ INIT, EPERM, "Permission denied (you must be root)" },
		{ INIT, EINVAL, "Module is wrong version" },
		{ INIT, ENOENT, "Table does not exist (do you need to insmod?)" },
		{ CREATE, EEXIST, "Chain already exists" },
		{ INSERT, E2BIG, "Index of insertion too big" },
		{ REPLACE, E2BIG, "Index of replacement too big" },
		{ DELETE_NUMBER, E2BIG, "Index of deletion too big" },
		{ READ_COUNTER, E2BIG, "Index of counter too big" },
		{ ZERO_COUNTER, E2BIG, "Index of counter too big" },
		{ INSERT, ELOOP, "Loop found in table" },
		{ INSERT, EINVAL, "Target problem" },
		{ DELETE, ENOENT, "Bad rule (does a matching rule exist in that chain?)" },
		{ CHECK, ENOENT, "Bad rule (does a matching rule exist in that chain?)" },
		{ SET_POLICY, ENOENT, "Bad built-in chain name" },
		{ SET_POLICY, EINVAL, "Bad policy name" },
		{ NONE, 0, "Incompatible with this kernel" },
		{ NONE, ENOPROTOOPT, "iptables who? (do you need to insmod?)" },
		{ NONE, ENOSYS, "Will be implemented real soon.  I promise ;)" },
		{ NONE, ENOMEM, "Memory allocation problem" },
		{ NONE, ENOENT, "No chain/target/match by that name" },
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (texts[i].error == err && (texts[i].function == NONE || texts[i].function == last))
			return texts[i].text;
	return strerror(err);
}

const struct xtc_ops OPS = {
	.commit = TC(commit),
	.init = TC(init),
	.free = TC(free),
	.builtin = TC(builtin),
	.is_chain = TC(is_chain),
	.flush_entries = TC(flush_entries),
	.create_chain = TC(create_chain),
	.first_chain = TC(first_chain),
	.next_chain = TC(next_chain),
	.get_policy = TC(get_policy),
	.set_policy = TC(set_policy),
	.strerror = TC(strerror),
};
