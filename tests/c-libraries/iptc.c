/*
 * Calls every function of libip4tc (FAMILY=4) or libip6tc (FAMILY=6), with good arguments and bad, and prints what they give: answer, errno
 * and the text for it. To be run on an empty filter table, on the original's library and on ours: the output must be the same.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if FAMILY == 4
#include <libiptc/libiptc.h>
#define TC(name) iptc_##name
#define DUMP dump_entries
typedef struct ipt_entry entry;
#else
#include <libiptc/libip6tc.h>
#define TC(name) ip6tc_##name
#define DUMP dump_entries6
typedef struct ip6t_entry entry;
#endif

typedef struct xtc_handle handle;

#define ALIGN(size) (((size) + 7) / 8 * 8)
#define SAYS(call) says(#call, (errno = 0, (long)(call)))
#define NAMES(call) names(#call, (errno = 0, (call)))

static void says(const char *what, long result)
{
	int error = errno;
	printf("%s = %ld", what, result);
	if (error && !result)
		printf(" (%s: %s)", strerrorname_np(error), TC(strerror)(error));
	putchar('\n');
}

static void names(const char *what, const char *result)
{
	int error = errno;
	printf("%s = %s", what, result ? result : "NULL");
	if (error)
		printf(" (%s: %s)", strerrorname_np(error), TC(strerror)(error));
	putchar('\n');
}

/* An entry from an interface, with a comment or without, and a target of that size behind its head. */
static entry *make(const char *interface, const char *comment, const char *target, size_t size)
{
	size_t match = comment ? ALIGN(sizeof(struct xt_entry_match) + 256) : 0;
	entry *e = calloc(1, sizeof *e + match + size);
#if FAMILY == 4
	strcpy(e->ip.iniface, interface);
	memset(e->ip.iniface_mask, 0xff, strlen(interface) + 1);
#else
	strcpy(e->ipv6.iniface, interface);
	memset(e->ipv6.iniface_mask, 0xff, strlen(interface) + 1);
#endif
	e->target_offset = sizeof *e + match;
	e->next_offset = sizeof *e + match + size;
	if (comment) {
		struct xt_entry_match *m = (struct xt_entry_match *)e->elems;
		m->u.match_size = match;
		strcpy(m->u.user.name, "comment");
		strcpy((char *)m->data, comment);
	}
	struct xt_entry_target *t = (struct xt_entry_target *)((char *)e + e->target_offset);
	t->u.target_size = size;
	strcpy(t->u.user.name, target);
	return e;
}

#define STANDARD ALIGN(sizeof(struct xt_standard_target))
#define rule(interface, target) make(interface, NULL, target, STANDARD)

static unsigned char *mask(const entry *e)
{
	unsigned char *m = malloc(e->next_offset);
	memset(m, 0xff, e->next_offset);
	return m;
}

static void show(handle *h)
{
	for (const char *chain = TC(first_chain)(h); chain; chain = TC(next_chain)(h)) {
		struct xt_counters counters = { 0, 0 };
		unsigned int references = 99;
		errno = 0;
		const char *policy = TC(get_policy)(chain, &counters, h);
		int error = errno;
		TC(get_references)(&references, chain, h);
		printf("  %s: built in %d, policy %s (errno %d) %llu:%llu, %u references\n", chain, TC(builtin)(chain, h), policy ? policy : "NULL", error,
			(unsigned long long)counters.pcnt, (unsigned long long)counters.bcnt, references);
		unsigned int number = 1;
		for (const entry *e = TC(first_rule)(chain, h); e; e = TC(next_rule)(e, h), number++) {
			const struct xt_counters *c = TC(read_counter)(chain, number, h);
			printf("    %u: -> '%s', %u bytes, target at %u, counters %llu:%llu, those by number %llu:%llu\n", number, TC(get_target)(e, h),
				e->next_offset, e->target_offset, (unsigned long long)e->counters.pcnt, (unsigned long long)e->counters.bcnt,
				(unsigned long long)(c ? c->pcnt : 999), (unsigned long long)(c ? c->bcnt : 999));
		}
	}
}

int main(void)
{
	struct xt_counters counters = { 7, 700 };
	handle *h;
	entry *e;

	for (int error = 0; error < 134; error++) {
		if (error == 0 || strerrorname_np(error))
			printf("%d: %s\n", error, TC(strerror)(error));
	}

	SAYS(TC(init)("nosuchtable"));
	SAYS(TC(init)("a-name-of-thirty-two-bytes-012345"));
	SAYS(TC(init)(""));
	h = TC(init)("filter");
	printf("init: %d\n", h != NULL);
	show(h);
	SAYS(TC(commit)(h));

	puts("-- chains");
	SAYS(TC(create_chain)("web", h));
	SAYS(TC(create_chain)("web", h));
	SAYS(TC(create_chain)("INPUT", h));
	SAYS(TC(create_chain)("ACCEPT", h));
	SAYS(TC(create_chain)("QUEUE", h));
	SAYS(TC(create_chain)("RETURN", h));
	SAYS(TC(create_chain)("DROP", h));
	SAYS(TC(create_chain)("a-name-of-28-bytes-0123456789", h));
	SAYS(TC(create_chain)("a-name-of-30-bytes-01234567890", h));
	SAYS(TC(create_chain)("the-name-of-31-bytes-0123456789", h));
	SAYS(TC(create_chain)("alpha", h));
	SAYS(TC(create_chain)("zulu", h));
	SAYS(TC(is_chain)("web", h));
	SAYS(TC(is_chain)("INPUT", h));
	SAYS(TC(is_chain)("none", h));
	SAYS(TC(builtin)("web", h));
	SAYS(TC(builtin)("INPUT", h));
	SAYS(TC(builtin)("none", h));
	SAYS(TC(rename_chain)("zulu", "web", h));
	SAYS(TC(rename_chain)("zulu", "bravo", h));
	SAYS(TC(rename_chain)("none", "some", h));
	SAYS(TC(rename_chain)("INPUT", "some", h));
	SAYS(TC(rename_chain)("alpha", "INPUT", h));
	SAYS(TC(delete_chain)("none", h));
	SAYS(TC(delete_chain)("INPUT", h));
	show(h);

	puts("-- rules");
	SAYS(TC(append_entry)("INPUT", rule("eth0", "ACCEPT"), h));
	SAYS(TC(append_entry)("INPUT", rule("eth1", "DROP"), h));
	SAYS(TC(append_entry)("INPUT", rule("eth2", ""), h));
	SAYS(TC(append_entry)("INPUT", rule("eth3", "RETURN"), h));
	SAYS(TC(append_entry)("INPUT", rule("eth4", "QUEUE"), h));
	SAYS(TC(append_entry)("INPUT", rule("eth5", "web"), h));
	SAYS(TC(append_entry)("web", make("eth6", "a comment", "bravo", STANDARD), h));
	SAYS(TC(append_entry)("none", rule("eth0", "ACCEPT"), h));
	SAYS(TC(append_entry)("INPUT", rule("eth0", "OUTPUT"), h));
	SAYS(TC(append_entry)("INPUT", make("eth0", NULL, "ACCEPT", STANDARD + 8), h));
	SAYS(TC(append_entry)("INPUT", make("eth0", NULL, "web", STANDARD + 8), h));
	SAYS(TC(append_entry)("INPUT", make("eth0", NULL, "", STANDARD + 8), h));
	SAYS(TC(insert_entry)("INPUT", rule("eth7", "ACCEPT"), 0, h));
	SAYS(TC(insert_entry)("INPUT", rule("eth8", "ACCEPT"), 7, h));
	SAYS(TC(insert_entry)("INPUT", rule("eth9", "ACCEPT"), 99, h));
	SAYS(TC(insert_entry)("none", rule("eth9", "ACCEPT"), 0, h));
	SAYS(TC(insert_entry)("INPUT", rule("eth9", "INPUT"), 0, h));
	SAYS(TC(replace_entry)("INPUT", rule("eth10", "bravo"), 1, h));
	SAYS(TC(replace_entry)("INPUT", rule("eth10", "ACCEPT"), 99, h));
	SAYS(TC(replace_entry)("none", rule("eth10", "ACCEPT"), 0, h));
	show(h);
	SAYS(TC(delete_chain)("web", h));
	SAYS(TC(delete_chain)("bravo", h));
	SAYS(TC(create_chain)("full", h));
	SAYS(TC(append_entry)("full", rule("eth11", "ACCEPT"), h));
	SAYS(TC(delete_chain)("full", h));

	puts("-- by content");
	e = rule("eth1", "DROP");
	SAYS(TC(check_entry)("INPUT", e, mask(e), h));
	SAYS(TC(check_entry)("web", e, mask(e), h));
	SAYS(TC(check_entry)("none", e, mask(e), h));
	SAYS(TC(check_entry)("INPUT", e, NULL, h));
	SAYS(TC(delete_entry)("INPUT", e, NULL, h));
	e = rule("eth1", "ACCEPT");
	SAYS(TC(check_entry)("INPUT", e, mask(e), h));
	SAYS(TC(check_entry)("INPUT", e, NULL, h));
	e = rule("eth5", "web");
	SAYS(TC(check_entry)("INPUT", e, mask(e), h));
	e = rule("eth5", "bravo");
	SAYS(TC(check_entry)("INPUT", e, mask(e), h));
	e = make("eth6", "another comment", "bravo", STANDARD);
	SAYS(TC(check_entry)("web", e, mask(e), h));
	unsigned char *loose = mask(e);
	memset(loose + sizeof *e + sizeof(struct xt_entry_match), 0, 256);
	SAYS(TC(check_entry)("web", e, loose, h));
	SAYS(TC(delete_entry)("web", e, mask(e), h));
	e = make("eth6", "a comment", "bravo", STANDARD);
	SAYS(TC(delete_entry)("web", e, mask(e), h));
	SAYS(TC(delete_entry)("web", e, mask(e), h));
	SAYS(TC(delete_entry)("none", e, mask(e), h));
	SAYS(TC(delete_num_entry)("INPUT", 0, h));
	SAYS(TC(delete_num_entry)("INPUT", 99, h));
	SAYS(TC(delete_num_entry)("none", 0, h));
	show(h);

	puts("-- counters");
	SAYS(TC(set_counter)("INPUT", 1, &counters, h));
	SAYS(TC(set_counter)("INPUT", 2, &counters, h));
	SAYS(TC(set_counter)("INPUT", 0, &counters, h));
	SAYS(TC(set_counter)("INPUT", 99, &counters, h));
	SAYS(TC(set_counter)("none", 1, &counters, h));
	SAYS(TC(zero_counter)("INPUT", 3, h));
	SAYS(TC(zero_counter)("INPUT", 0, h));
	SAYS(TC(zero_counter)("INPUT", 99, h));
	SAYS(TC(zero_counter)("none", 1, h));
	SAYS(TC(read_counter)("INPUT", 0, h) != NULL);
	SAYS(TC(read_counter)("INPUT", 99, h) != NULL);
	SAYS(TC(read_counter)("none", 1, h) != NULL);
	NAMES(TC(get_policy)("none", &counters, h));
	NAMES(TC(get_policy)("web", &counters, h));
	unsigned int count = 99;
	SAYS(TC(get_references)(&count, "none", h));
	SAYS(TC(get_references)(&count, "bravo", h));
	printf("%u\n", count);
	show(h);

	puts("-- policies");
	SAYS(TC(set_policy)("FORWARD", "DROP", &counters, h));
	SAYS(TC(set_policy)("OUTPUT", "DROP", NULL, h));
	SAYS(TC(set_policy)("OUTPUT", "ACCEPT", NULL, h));
	SAYS(TC(set_policy)("OUTPUT", "QUEUE", NULL, h));
	SAYS(TC(set_policy)("OUTPUT", "nonsense", NULL, h));
	SAYS(TC(set_policy)("web", "DROP", NULL, h));
	SAYS(TC(set_policy)("none", "DROP", NULL, h));
	show(h);

	puts("-- into force");
	SAYS(TC(commit)(h));
	show(h);
	SAYS(TC(append_entry)("INPUT", rule("eth11", "ACCEPT"), h));
	SAYS(TC(commit)(h));
	TC(free)(h);
	h = TC(init)("filter");
	show(h);

	puts("-- read, and changed while it is walked");
	const entry *first = TC(first_rule)("INPUT", h);
	first = TC(next_rule)(first, h);
	SAYS(TC(delete_num_entry)("INPUT", 1, h));
	first = TC(next_rule)(first, h);
#if FAMILY == 4
	printf("then %s\n", first ? first->ip.iniface : "nothing");
#else
	printf("then %s\n", first ? first->ipv6.iniface : "nothing");
#endif
	SAYS(TC(first_rule)("web", h) != NULL);
	SAYS(TC(first_rule)("none", h) != NULL);
	const char *chain = TC(first_chain)(h);
	chain = TC(next_chain)(h);
	SAYS(TC(create_chain)("mike", h));
	for (; chain; chain = TC(next_chain)(h))
		printf("walk: %s\n", chain);
	SAYS(TC(rename_chain)("bravo", "yankee", h));
	e = rule("eth5", "web");
	SAYS(TC(delete_entry)("INPUT", e, mask(e), h));
	SAYS(TC(delete_chain)("web", h));
	SAYS(TC(zero_entries)("INPUT", h));
	SAYS(TC(zero_entries)("FORWARD", h));
	SAYS(TC(zero_entries)("none", h));
	show(h);
	SAYS(TC(commit)(h));
	TC(free)(h);

	puts("-- what the kernel refuses");
	h = TC(init)("filter");
	SAYS(TC(append_entry)("INPUT", rule("eth0", "NOSUCHTARGET"), h));
	SAYS(TC(commit)(h));
	TC(free)(h);
	h = TC(init)("filter");
	SAYS(TC(create_chain)("loop", h));
	SAYS(TC(append_entry)("INPUT", rule("eth0", "loop"), h));
	SAYS(TC(append_entry)("loop", rule("eth0", "loop"), h));
	SAYS(TC(commit)(h));
	TC(free)(h);

	puts("-- the table of functions, and an end");
	h = TC(ops).init("filter");
	NAMES(TC(ops).first_chain(h));
	NAMES(TC(ops).next_chain(h));
	SAYS(TC(ops).is_chain("INPUT", h));
	SAYS(TC(ops).builtin("INPUT", h));
	SAYS(TC(ops).create_chain("more", h));
	SAYS(TC(ops).flush_entries("INPUT", h));
	SAYS(TC(flush_entries)("none", h));
	NAMES(TC(ops).get_policy("INPUT", &counters, h));
	SAYS(TC(ops).set_policy("INPUT", "DROP", NULL, h));
	SAYS(TC(ops).commit(h));
	NAMES(TC(ops).strerror(ENOENT));
	fflush(stdout);
	DUMP(h);
	fflush(stdout);
	TC(ops).free(h);
	return 0;
}
