/*
 * What libip4tc costs a program. Prints how long the part in question took, in nanoseconds; "nothing" does nothing but be linked.
 *
 *     library nothing | first | read | walk | commit
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libiptc/libiptc.h>

static long long now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static struct xtc_handle *table(void)
{
	struct xtc_handle *handle = iptc_init("filter");
	if (!handle) {
		fprintf(stderr, "library: %s\n", iptc_strerror(0));
		exit(1);
	}
	return handle;
}

/* Looks at each rule and at its target. */
static unsigned long walk(struct xtc_handle *handle)
{
	unsigned long sum = 0;
	for (const char *chain = iptc_first_chain(handle); chain; chain = iptc_next_chain(handle))
		for (const struct ipt_entry *e = iptc_first_rule(chain, handle); e; e = iptc_next_rule(e, handle))
			sum += e->next_offset + iptc_get_target(e, handle)[0];
	return sum;
}

/* Appends rules: as many words as a program of the size of miniupnpd might. */
static void append(struct xtc_handle *handle, int rules)
{
	struct {
		struct ipt_entry entry;
		struct xt_standard_target target;
	} rule = { .entry = { .target_offset = sizeof(struct ipt_entry), .next_offset = sizeof rule },
		.target.target.u.user = { .target_size = sizeof(struct xt_standard_target), .name = "ACCEPT" } };
	xt_chainlabel chain = "FORWARD";
	for (int i = 0; i < rules; i++) {
		rule.entry.ip.src.s_addr = i;
		rule.entry.ip.smsk.s_addr = ~0u;
		if (!iptc_append_entry(chain, &rule.entry, handle))
			exit(1);
	}
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	if (!strcmp(what, "nothing"))
		return argc == 1000 ? (int)walk(table()) : 0;

	long long begin = now();
	struct xtc_handle *handle = table();
	if (!strcmp(what, "walk")) {
		begin = now();
		if (walk(handle) == 0)
			return 1;
	} else if (!strcmp(what, "commit")) {
		begin = now();
		append(handle, 10000);
		if (!iptc_commit(handle))
			return 1;
	}
	if (strcmp(what, "read"))
		iptc_free(handle);
	printf("%lld\n", now() - begin);
	return 0;
}
