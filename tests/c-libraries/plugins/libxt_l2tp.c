/* A match that the kernel has and iptables has not. Its options are data (x6_options). With -DENDS=STATUS it ends the program when it is saved. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xtables.h>
#include <linux/netfilter/xt_l2tp.h>

enum { TID, SID, VERSION, TYPE };

static void help(void)
{
	printf("l2tp match options:\n[!] is not taken\n --tid id   the tunnel\n --sid id   the session\n --pversion number   2 or 3\n --ptype control|data\n");
}

static const struct xt_option_entry options[] = {
	{ .name = "tid", .id = TID, .type = XTTYPE_UINT32, .flags = XTOPT_PUT, XTOPT_POINTER(struct xt_l2tp_info, tid) },
	{ .name = "sid", .id = SID, .type = XTTYPE_UINT32, .flags = XTOPT_PUT, XTOPT_POINTER(struct xt_l2tp_info, sid) },
	{ .name = "pversion", .id = VERSION, .type = XTTYPE_UINT8, .min = 2, .max = 3, .flags = XTOPT_PUT, XTOPT_POINTER(struct xt_l2tp_info, version) },
	{ .name = "ptype", .id = TYPE, .type = XTTYPE_STRING },
	XTOPT_TABLEEND,
};

static void parse(struct xt_option_call *call)
{
	struct xt_l2tp_info *info = call->data;

	xtables_option_parse(call);
	info->flags |= 1 << call->entry->id;
	if (call->entry->id == TYPE) {
		if (!strcmp(call->arg, "control"))
			info->type = XT_L2TP_TYPE_CONTROL;
		else if (!strcmp(call->arg, "data"))
			info->type = XT_L2TP_TYPE_DATA;
		else
			xtables_param_act(XTF_BAD_VALUE, "l2tp", "--ptype", call->arg);
	}
}

static void check(struct xt_fcheck_call *call)
{
	if (!call->xflags)
		xtables_error(PARAMETER_PROBLEM, "l2tp: nothing is asked for");
}

static void write(const void *payload, const char *before)
{
	const struct xt_l2tp_info *info = payload;

	if (info->flags & XT_L2TP_TID)
		printf(" %stid %u", before, info->tid);
	if (info->flags & XT_L2TP_SID)
		printf(" %ssid %u", before, info->sid);
	if (info->flags & XT_L2TP_VERSION)
		printf(" %spversion %u", before, info->version);
	if (info->flags & XT_L2TP_TYPE)
		printf(" %sptype %s", before, info->type == XT_L2TP_TYPE_CONTROL ? "control" : "data");
}

static void print(const void *ip, const struct xt_entry_match *match, int numeric)
{
	(void)ip;
	printf(" l2tp%s", numeric ? "" : " (names)");
	write(match->data, "");
}

static void save(const void *ip, const struct xt_entry_match *match)
{
	(void)ip;
	write(match->data, "--");
#ifdef ENDS
	exit(ENDS);
#endif
}

static struct xtables_match matches[] = { {
	.version = XTABLES_VERSION,
	.name = "l2tp",
	.family = NFPROTO_UNSPEC,
	.size = XT_ALIGN(sizeof(struct xt_l2tp_info)),
	.userspacesize = XT_ALIGN(sizeof(struct xt_l2tp_info)),
	.help = help,
	.x6_options = options,
	.x6_parse = parse,
	.x6_fcheck = check,
	.print = print,
	.save = save,
} };

static __attribute__((constructor)) void begin(void)
{
	xtables_register_matches(matches, 1);
}
