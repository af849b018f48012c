/*
 * Reads rules as iptables does, over libxtables, and prints what each is: an error, or for each match and target its record, listing, save
 * text and name. Rules come on stdin, a line each: 4 or 6, then its words, with \x1f between.
 */
#define XTABLES_INTERNAL
#define _INIT unused_init
#include <getopt.h>
#include <netdb.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xtables.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv6/ip6_tables.h>

static sigjmp_buf back;

static void __attribute__((noreturn, format(printf, 2, 3))) raise_error(enum xtables_exittype status, const char *format, ...)
{
	va_list words;
	va_start(words, format);
	printf("error %d: ", status);
	vprintf(format, words);
	va_end(words);
	siglongjmp(back, 1);
}

/* Plugins of the original divide by 0, for some rules that no one writes. */
static void fail(int signal)
{
	printf("signal %d", signal);
	siglongjmp(back, 1);
}

static struct option own[] = {
	{ "protocol", 1, NULL, 'p' }, { "proto", 1, NULL, 'p' }, { "source", 1, NULL, 's' }, { "src", 1, NULL, 's' }, { "destination", 1, NULL, 'd' },
	{ "dst", 1, NULL, 'd' }, { "in-interface", 1, NULL, 'i' }, { "out-interface", 1, NULL, 'o' }, { "match", 1, NULL, 'm' }, { "jump", 1, NULL, 'j' },
	{ "goto", 1, NULL, 'g' }, { "fragments", 0, NULL, 'f' }, { NULL, 0, NULL, 0 },
};

static struct xtables_globals globals = {
	.program_name = "rules", .program_version = "1", .orig_opts = own, .opts = own, .exit_err = raise_error, .compat_rev = xtables_compatible_revision,
};

static struct xtables_rule_match *matches;
static struct xtables_target *target;
static union { struct ipt_entry ip; struct ip6t_entry ip6; } entry;
static int family;
static const char *protocol;

static void bytes(const void *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		printf("%02x", ((const unsigned char *)data)[i]);
}

static void add_match(struct xtables_match *m)
{
	size_t size = XT_ALIGN(sizeof(struct xt_entry_match)) + m->size;

	m->m = xtables_calloc(1, size);
	m->m->u.match_size = (uint16_t)size;
	strcpy(m->m->u.user.name, m->real_name ? m->real_name : m->name);
	m->m->u.user.revision = m->revision;
	if (m->udata_size)
		m->udata = xtables_calloc(1, m->udata_size);
	if (m->init)
		m->init(m->m);
	m->mflags = 0;
	if (m != m->next || m->option_offset == 0)
		globals.opts = m->x6_options ? xtables_options_xfrm(own, globals.opts, m->x6_options, &m->option_offset)
			: xtables_merge_options(own, globals.opts, m->extra_opts, &m->option_offset);
}

static void add_target(struct xtables_target *t)
{
	size_t size = XT_ALIGN(sizeof(struct xt_entry_target)) + t->size;

	target = t;
	t->t = xtables_calloc(1, size);
	t->t->u.target_size = (uint16_t)size;
	strcpy(t->t->u.user.name, t->real_name ? t->real_name : t->name);
	t->t->u.user.revision = t->revision;
	if (t->udata_size)
		t->udata = xtables_calloc(1, t->udata_size);
	if (t->init)
		t->init(t->t);
	t->tflags = 0;
	globals.opts = t->x6_options ? xtables_options_xfrm(own, globals.opts, t->x6_options, &t->option_offset)
		: xtables_merge_options(own, globals.opts, t->extra_opts, &t->option_offset);
}

/* Whether an option was taken. */
static bool take(int c, char **words, bool inverted)
{
	if (target && c >= (int)target->option_offset && c < (int)target->option_offset + XT_OPTION_OFFSET_SCALE && target->option_offset) {
		xtables_option_tpcall((unsigned int)c, words, inverted, target, &entry);
		return true;
	}
	for (struct xtables_rule_match *used = matches; used; used = used->next) {
		struct xtables_match *m = used->match;
		if (used->completed || c < (int)m->option_offset || c >= (int)m->option_offset + XT_OPTION_OFFSET_SCALE || !m->option_offset)
			continue;
		xtables_option_mpcall((unsigned int)c, words, inverted, m, &entry);
		return true;
	}
	return false;
}

/* The match of the protocol, if it was not named. */
static bool load_protocol(void)
{
	if (!protocol)
		return false;
	for (struct xtables_rule_match *used = matches; used; used = used->next)
		if (!strcmp(used->match->name, protocol))
			return false;
	const char *name = protocol;
	protocol = NULL;
	struct xtables_match *m = xtables_find_match(name, XTF_TRY_LOAD, &matches);
	if (!m)
		return false;
	add_match(m);
	return true;
}

static void read_rule(int count, char **words)
{
	bool inverted = false;
	int c;

	optind = 0;
	opterr = 0;
	while ((c = getopt_long(count, words, "-:p:s:d:i:o:m:j:g:f", globals.opts, NULL)) != -1) {
		struct xtables_match *m;
		struct xtables_target *t;
		switch (c) {
		case 'p': {
			for (char *letter = optarg; *letter; letter++)
				if (*letter >= 'A' && *letter <= 'Z')
					*letter += 32;
			uint16_t number = xtables_parse_protocol(optarg);
			if (family == NFPROTO_IPV4) {
				entry.ip.ip.proto = number;
				entry.ip.ip.invflags |= inverted ? IPT_INV_PROTO : 0;
			} else {
				entry.ip6.ipv6.proto = number;
				entry.ip6.ipv6.flags |= IP6T_F_PROTO;
				entry.ip6.ipv6.invflags |= inverted ? IP6T_INV_PROTO : 0;
			}
			protocol = optarg;
			unsigned int ignored;
			if (xtables_strtoui(optarg, NULL, &ignored, 0, 255)) {
				struct protoent *known = getprotobynumber(number);
				protocol = known ? known->p_name : NULL;
			}
			break;
		}
		case 's': case 'd': case 'i': case 'o': case 'f': case 'g':
			break;
		case 'm':
			if (inverted)
				raise_error(PARAMETER_PROBLEM, "unexpected ! flag before --match");
			m = xtables_find_match(optarg, XTF_LOAD_MUST_SUCCEED, &matches);
			add_match(m);
			break;
		case 'j':
			t = xtables_find_target(optarg, XTF_TRY_LOAD);
			if (t)
				add_target(t);
			break;
		case 1:
			if (optarg[0] == '!' && !optarg[1]) {
				inverted = true;
				continue;
			}
			raise_error(PARAMETER_PROBLEM, "Bad argument `%s'", optarg);
		case ':':
			raise_error(PARAMETER_PROBLEM, "option \"%s\" requires an argument", words[optind - 1]);
		default:
			if (c != '?' && take(c, words, inverted))
				break;
			if (load_protocol()) {
				optind--;
				continue;
			}
			raise_error(PARAMETER_PROBLEM, "unknown option \"%s\"", words[optind - 1]);
		}
		inverted = false;
	}
	for (struct xtables_rule_match *used = matches; used; used = used->next)
		xtables_option_mfcall(used->match);
	if (target)
		xtables_option_tfcall(target);
}

/* Records are shown by what has the kernel's name, as listings and saves do. */
static void show(void)
{
	for (struct xtables_rule_match *used = matches; used; used = used->next) {
		struct xt_entry_match *record = used->match->m;
		struct xtables_match *m = xtables_find_match(record->u.user.name, XTF_TRY_LOAD, NULL);
		printf("match %s %s revision %u size %zu\n", used->match->name, record->u.user.name, m->revision, m->size);
		bytes(record->data, m->size);
		printf("\nalias '%s' list '", m->alias ? m->alias(record) : m->name);
		if (m->print)
			m->print(&entry, record, 1);
		else
			printf("%s ", m->name);
		printf("' save '");
		if (m->save)
			m->save(&entry, record);
		printf("'\n");
		if (m->next == m)
			free(m);
	}
	if (target) {
		struct xt_entry_target *record = target->t;
		struct xtables_target *t = xtables_find_target(record->u.user.name, XTF_TRY_LOAD);
		printf("target %s %s revision %u size %zu\n", target->name, record->u.user.name, t->revision, t->size);
		bytes(record->data, t->size);
		printf("\nalias '%s' list '", t->alias ? t->alias(record) : t->name);
		if (t->print)
			t->print(&entry, record, 1);
		printf("' save '");
		if (t->save)
			t->save(&entry, record);
		printf("'\n");
	}
}

static void clear(void)
{
	xtables_rule_matches_free(&matches);
	if (target) {
		free(target->t);
		target->t = NULL;
		target->used = 0;
	}
	target = NULL;
	protocol = NULL;
	globals.opts = own;
	memset(&entry, 0, sizeof entry);
}

int main(void)
{
	static char text[65536];
	char *words[512];

	signal(SIGFPE, fail);
	setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	while (fgets(text, sizeof text, stdin)) {
		int count = 0, rule = text[0] == '6' ? NFPROTO_IPV6 : NFPROTO_IPV4;
		text[strcspn(text, "\n")] = '\0';
		for (char *word = text, *end; word && count < 511; word = end) {
			end = strchr(word, '\x1f');
			if (end)
				*end++ = '\0';
			words[count++] = word;
		}
		words[count] = NULL;
		if (!family)
			xtables_init_all(&globals, (uint8_t)(family = rule));
		else if (family != rule)
			xtables_set_nfproto((uint8_t)(family = rule));
		clear();
		if (!sigsetjmp(back, 1)) {
			read_rule(count, words);
			show();
		}
		printf("\n\x1e\n");
	}
	return 0;
}
