/*
 * Gives every function of libxtables that takes a text, or a table of options, what no one would give it: fuzz SEED COUNT. An error comes
 * back here; nothing may end the process.
 */
#define XTABLES_INTERNAL
#define _INIT unused_init
#include <getopt.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xtables.h>

static jmp_buf back;

static void __attribute__((noreturn, format(printf, 2, 3))) raise_error(enum xtables_exittype status, const char *format, ...)
{
	(void)status, (void)format;
	longjmp(back, 1);
}

static struct option own[] = { { NULL, 0, NULL, 0 } };
static struct xtables_globals globals = {
	.program_name = "fuzz", .program_version = "1", .orig_opts = own, .opts = own, .exit_err = raise_error, .compat_rev = xtables_compatible_revision,
};

static unsigned int state;

static unsigned int next(unsigned int limit)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % limit;
}

/* A text in memory of its own, so that a read behind it is seen by a checker. */
static char *text(void)
{
	static const char *const pieces[] = { "0", "1", "255", "256", "65536", "4294967296", "0x", "08", "-", "+", ":", "/", ",", ".", "!", " ", "\t", "%s", "%n", "::", "ffff", "1.2.3.4",
		"255.0.255.0", "fe80::1", "tcp", "icmpv6", "http", "localhost", "\"", "\\", "'", "\x80", "\xff", "eth", "warning", "Minimize-Delay", "*", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "e", "nan" };
	char made[600] = "";
	unsigned int count = next(7);
	if (next(50) == 0)
		count = 17;
	for (unsigned int i = 0; i < count; i++)
		strcat(made, pieces[next(sizeof pieces / sizeof *pieces)]);
	return strdup(made);
}

static void options(char *given)
{
	static unsigned char payload[8192];
	static const char *const names[] = { "tcp", "udp", "icmp", "icmp6", "conntrack", "limit", "hashlimit", "multiport", "string", "recent", "time", "u32", "bpf", "policy", "set", "sctp",
		"statistic", "iprange", "owner", "cluster", "rateest", "state", "comment", "mac", "LOG", "REJECT", "DNAT", "SNAT", "MARK", "CT", "HMARK", "TPROXY", "SET", "NFQUEUE", "CLASSIFY", "TOS" };
	const char *name = names[next(sizeof names / sizeof *names)];
	char *words[] = { "fuzz", given, NULL };
	struct ip_entry { unsigned char bytes[512]; } entry;
	for (size_t i = 0; i < sizeof entry; i++)
		entry.bytes[i] = (unsigned char)next(256);
	struct xtables_match *m = xtables_find_match(name, XTF_TRY_LOAD, NULL);
	struct xtables_target *t = m ? NULL : xtables_find_target(name, XTF_TRY_LOAD);
	if (!m && !t)
		return;
	memset(payload, 0, sizeof payload);
	struct xt_entry_match *record = (void *)payload;
	optarg = given;
	optind = 1;
	unsigned int option = next(40);
	bool inverted = next(4) == 0, damaged = next(3) == 0;
	if (m) {
		m->m = record;
		m->mflags = next(3) ? 0 : next(65536);
		m->option_offset = 256;
		m->init(record);
		xtables_option_mpcall(256 + option, words, inverted, m, &entry);
		xtables_option_mfcall(m);
		if (damaged)
			for (unsigned int i = 0; i < m->size; i++)
				record->data[i] ^= (unsigned char)(next(3) ? 0 : next(256));
		m->print(&entry, record, (int)next(2));
		m->save(&entry, record);
		m->alias(record);
		m->help();
		m->m = NULL;
	} else {
		t->t = (void *)record;
		t->tflags = next(3) ? 0 : next(65536);
		t->option_offset = 256;
		t->init(t->t);
		xtables_option_tpcall(256 + option, words, inverted, t, &entry);
		xtables_option_tfcall(t);
		if (damaged)
			for (unsigned int i = 0; i < t->size; i++)
				t->t->data[i] ^= (unsigned char)(next(3) ? 0 : next(256));
		t->print(&entry, t->t, (int)next(2));
		t->save(&entry, t->t);
		t->alias(t->t);
		t->help();
	}
}

static void once(char *given)
{
	unsigned char bytes[64];
	char *end;
	uintmax_t large;
	unsigned int small, count;
	struct in_addr *addresses, *masks, mask;
	struct in6_addr *addresses6, *masks6, mask6;
	struct xt_xlate *xl;

	switch (next(24)) {
	case 0: xtables_strtoul(given, next(2) ? &end : NULL, &large, next(9), next(300)); break;
	case 1: xtables_strtoui(given, next(2) ? &end : NULL, &small, next(9), next(300)); break;
	case 2: xtables_parse_port(given, next(2) ? "tcp" : NULL); break;
	case 3: xtables_parse_protocol(given); break;
	case 4: xtables_parse_interface(given, (char *)bytes, bytes + 32); break;
	case 5: if (!strpbrk(given, "aehlntx")) xtables_ipparse_any(given, &addresses, &mask, &count); break;
	case 6: if (!strpbrk(given, "ahlnntx")) xtables_ip6parse_any(given, &addresses6, &mask6, &count); break;
	case 7: if (!strpbrk(given, "aehlntx")) xtables_ipparse_multiple(given, &addresses, &masks, &count); break;
	case 8: if (!strpbrk(given, "ahlnntx")) xtables_ip6parse_multiple(given, &addresses6, &masks6, &count); break;
	case 9: xtables_save_string(given); break;
	case 10: xtables_parse_mac_and_mask(given, bytes, bytes + 8); break;
	case 11: xtables_find_match(given, (enum xtables_tryload)next(4), NULL); break;
	case 12: xtables_find_target(given, (enum xtables_tryload)next(4)); break;
	case 13: xtables_numeric_to_ipaddr(given); xtables_numeric_to_ipmask(given); xtables_numeric_to_ip6addr(given); break;
	case 14: xtables_getethertypebyname(given); break;
	case 15: xtables_lmap_free(xtables_lmap_init(given)); break;
	case 16: xl = xt_xlate_alloc((int)next(40)); xt_xlate_add(xl, "%s", given); xt_xlate_add_comment(xl, given); xt_xlate_get(xl); xt_xlate_free(xl); break;
	case 17: case 18: case 19: {
		struct xt_option_entry entry = { .name = "option", .id = next(32), .type = (enum xt_option_type)next(25), .flags = next(32), .size = 16, .min = next(4), .max = next(300) };
		struct xt_option_call call = { .arg = next(20) ? given : NULL, .ext_name = "fuzz", .entry = &entry, .data = bytes, .xflags = next(16), .invert = next(3) == 0 };
		if ((entry.type == XTTYPE_HOST || entry.type == XTTYPE_HOSTMASK) && strpbrk(given, "aehlntx"))
			break;
		if (entry.type == XTTYPE_STRING || (entry.type >= XTTYPE_UINT8RC && entry.type <= XTTYPE_UINT64RC))
			entry.size = 32;
		xtables_option_parse(&call);
		break;
	}
	default: options(given);
	}
}

int main(int count, char **words)
{
	unsigned int seed = count > 1 ? (unsigned int)atoi(words[1]) : 1, calls = count > 2 ? (unsigned int)atoi(words[2]) : 1000;

	if (!freopen("/dev/null", "w", stdout))
		return 1;
	for (unsigned int family = 0; family < 2; family++) {
		state = seed + family;
		xtables_init_all(&globals, family ? NFPROTO_IPV6 : NFPROTO_IPV4);
		for (unsigned int i = 0; i < calls; i++) {
			char *volatile given = text();
			fprintf(stderr, "\r%u %u", family, i);
			if (!setjmp(back))
				once(given);
			free(given);
		}
	}
	fprintf(stderr, "\rdone\n");
	return 0;
}
