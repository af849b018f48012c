/*
 * A sample plugin: the match "pktsize", which takes packets that are smaller or larger than a size.
 *
 *     iptables -A INPUT -m pktsize --larger 1400 -j DROP
 *     iptables -A INPUT -m pktsize --smaller 64 -j ACCEPT
 *
 * A match of your own has a part in the kernel, a module with the same name and struct. This one has none: it is another way to write the
 * kernel's match "length" (real_name), so that it can be tried on every machine. The rule is saved and listed as what the kernel has of it:
 * -m length --length 1401:65535.
 */
#include <stdio.h>

#include <linux/netfilter/xt_length.h>
#include <xtables.h>

/* The numbers of the options, from 0 on. */
enum {
	O_SMALLER,
	O_LARGER,
};

/* What -h prints behind the program's own help. */
static void pktsize_help(void)
{
	printf("pktsize match options:\n"
	       "  --smaller bytes    packets of fewer bytes\n"
	       "  --larger bytes     packets of more bytes\n");
}

/* The library reads the number and checks it against min and max; either option excludes the other. */
static const struct xt_option_entry pktsize_options[] = {
	{ .name = "smaller", .id = O_SMALLER, .type = XTTYPE_UINT16, .min = 1, .max = UINT16_MAX, .excl = 1 << O_LARGER },
	{ .name = "larger", .id = O_LARGER, .type = XTTYPE_UINT16, .max = UINT16_MAX - 1, .excl = 1 << O_SMALLER },
	XTOPT_TABLEEND,
};

/* Called for each option that is given: fills in the struct that goes to the kernel. */
static void pktsize_parse(struct xt_option_call *call)
{
	struct xt_length_info *info = call->data;

	xtables_option_parse(call);
	switch (call->entry->id) {
	case O_SMALLER:
		info->min = 0;
		info->max = call->val.u16 - 1;
		break;
	case O_LARGER:
		info->min = call->val.u16 + 1;
		info->max = UINT16_MAX;
		break;
	}
}

/* Called behind the last option. An error ends the program: exit_err does not return. */
static void pktsize_check(struct xt_fcheck_call *call)
{
	if (call->xflags == 0)
		xt_params->exit_err(PARAMETER_PROBLEM, "pktsize: --smaller or --larger is needed");
}

/* What -L shows, and what -S and iptables-save print: the latter must be what iptables reads. */
static void pktsize_print(const void *ip, const struct xt_entry_match *match, int numeric)
{
	const struct xt_length_info *info = (const void *)match->data;

	(void)ip;
	(void)numeric;
	if (info->min == 0)
		printf(" pktsize < %u", info->max + 1);
	else
		printf(" pktsize > %u", info->min - 1);
}

static void pktsize_save(const void *ip, const struct xt_entry_match *match)
{
	const struct xt_length_info *info = (const void *)match->data;

	(void)ip;
	if (info->min == 0)
		printf(" --smaller %u", info->max + 1);
	else
		printf(" --larger %u", info->min - 1);
}

static struct xtables_match pktsize_match = {
	.version = XTABLES_VERSION,
	.name = "pktsize",
	.real_name = "length", /* the kernel's name; leave it out if it is the same */
	.ext_flags = XTABLES_EXT_ALIAS,
	.revision = 0,
	.family = NFPROTO_UNSPEC, /* IPv4 and IPv6 */
	.size = XT_ALIGN(sizeof(struct xt_length_info)),
	.userspacesize = XT_ALIGN(sizeof(struct xt_length_info)), /* how much of it -C and -D compare */
	.help = pktsize_help,
	.x6_options = pktsize_options,
	.x6_parse = pktsize_parse,
	.x6_fcheck = pktsize_check,
	.print = pktsize_print,
	.save = pktsize_save,
};

/* Runs when the plugin is loaded. */
__attribute__((constructor)) static void pktsize_register(void)
{
	xtables_register_match(&pktsize_match);
}
