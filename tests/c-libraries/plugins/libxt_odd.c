/*
 * A match in the older form, under another name than the kernel's (l2tp): one of its options takes two words, and one does what it is told
 * that plugins had better not do. With -DLOAD=... that statement is run when it is loaded.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xtables.h>
#include <linux/netfilter/xt_l2tp.h>

enum { IDS = 'i', DO = 'd' };

static const struct option options[] = {
	{ .name = "ids", .has_arg = required_argument, .val = IDS },
	{ .name = "do", .has_arg = required_argument, .val = DO },
	XT_GETOPT_TABLEEND,
};

static int parse(int c, char **argv, int invert, unsigned int *flags, const void *entry, struct xt_entry_match **match)
{
	struct xt_l2tp_info *info = (void *)(*match)->data;

	(void)entry;
	if (c == IDS) {
		if (*flags & 1)
			xtables_error(PARAMETER_PROBLEM, "odd: --ids twice");
		if (invert || !argv[optind] || argv[optind][0] == '-')
			xtables_error(PARAMETER_PROBLEM, "odd: --ids takes two numbers");
		info->tid = strtoul(optarg, NULL, 0);
		info->sid = strtoul(argv[optind++], NULL, 0);
		info->version = 3;
		info->flags |= XT_L2TP_TID | XT_L2TP_SID | XT_L2TP_VERSION;
		*flags |= 1;
	} else if (c == DO) {
		if (!strcmp(optarg, "crash"))
			raise(SIGSEGV);
		else if (!strcmp(optarg, "exit"))
			exit(7);
		else if (!strcmp(optarg, "print"))
			printf("printed\n");
		else
			xtables_error(atoi(optarg), "odd: %s%s", optarg, "\n");
	}
	return 1;
}

static void check(unsigned int flags)
{
	if (!flags)
		xtables_error(PARAMETER_PROBLEM, "odd: say --ids");
}

#ifndef VERSION
#define VERSION XTABLES_VERSION
#endif

static __attribute__((used)) struct xtables_match match = {
	.version = VERSION,
	.name = "odd",
	.real_name = "l2tp",
	.family = NFPROTO_IPV4,
	.size = XT_ALIGN(sizeof(struct xt_l2tp_info)),
	.userspacesize = XT_ALIGN(sizeof(struct xt_l2tp_info)),
	.parse = parse,
	.final_check = check,
	.extra_opts = options,
};

static __attribute__((constructor)) void begin(void)
{
#ifdef LOAD
	LOAD;
#endif
#ifndef NOTHING
	xtables_register_match(&match);
#endif
}
