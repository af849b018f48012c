/* The program that uses the library: what it says of itself, its family, how it ends for an error, its memory. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

struct xtables_globals *xt_params;
const struct xtables_afinfo *afinfo;

/* The line of a file of rules that a program is at, for messages; -1: it reads none. */
int line = -1;

void basic_exit_err(enum xtables_exittype status, const char *msg, ...)
{
	va_list words;
	const char *name = xt_params && xt_params->program_name ? xt_params->program_name : "xtables";

	fprintf(stderr, "%s v%s: ", name, xt_params && xt_params->program_version ? xt_params->program_version : "?");
	va_start(words, msg);
	vfprintf(stderr, msg, words);
	va_end(words);
	fputc('\n', stderr);
	if (status == PARAMETER_PROBLEM) {
		if (line != -1)
			fprintf(stderr, "Error occurred at line: %d\n", line);
		fprintf(stderr, "Try `%s -h' or '%s --help' for more information.\n", name, name);
	} else if (status == VERSION_PROBLEM)
		fprintf(stderr, "Perhaps %s or your kernel needs to be upgraded.\n", name);
	exit(status);
}

int xtables_set_params(struct xtables_globals *xtp)
{
	if (!xtp) {
		fprintf(stderr, "xtables_set_params: Illegal global params\n");
		return -1;
	}
	xt_params = xtp;
	if (!xt_params->exit_err)
		xt_params->exit_err = basic_exit_err;
	return 0;
}

void xtables_set_nfproto(uint8_t nfproto)
{
	static const struct xtables_afinfo families[] = {
		{ "ip_tables", "/proc/net/ip_tables_names", "libipt_", NFPROTO_IPV4, IPPROTO_IP, 66, 67 },
		{ "ip6_tables", "/proc/net/ip6_tables_names", "libip6t_", NFPROTO_IPV6, IPPROTO_IPV6, 68, 69 },
		{ .libprefix = "libarpt_", .family = NFPROTO_ARP },
		{ .libprefix = "libebt_", .family = NFPROTO_BRIDGE },
	};

	for (size_t i = 0; i < LENGTH(families); i++)
		if (families[i].family == nfproto) {
			afinfo = &families[i];
			return;
		}
	fprintf(stderr, "libxtables: unhandled NFPROTO in %s\n", __func__);
}

int xtables_init_all(struct xtables_globals *xtp, uint8_t nfproto)
{
	xtables_init();
	xtables_set_nfproto(nfproto);
	return xtables_set_params(xtp);
}

void xtables_fini(void)
{
	close_plugins();
}

void xtables_param_act(unsigned int status, const char *extension, ...)
{
	va_list words;
	const char *option, *value;
	char *text;

	va_start(words, extension);
	switch (status) {
	case XTF_ONLY_ONCE:
		option = va_arg(words, const char *);
		if (va_arg(words, int))
			RAISE(PARAMETER_PROBLEM, "%s: \"%s\" option may only be specified once", extension, option);
		break;
	case XTF_NO_INVERT:
		option = va_arg(words, const char *);
		if (va_arg(words, int))
			RAISE(PARAMETER_PROBLEM, "%s: \"%s\" option cannot be inverted", extension, option);
		break;
	case XTF_BAD_VALUE:
		option = va_arg(words, const char *);
		value = va_arg(words, const char *);
		RAISE(PARAMETER_PROBLEM, "%s: Bad value for \"%s\" option: \"%s\"", extension, option, value);
		break;
	case XTF_ONE_ACTION:
		if (va_arg(words, int))
			RAISE(PARAMETER_PROBLEM, "%s: At most one action is possible", extension);
		break;
	default: /* an exit status and a message */
		RAISE((enum xtables_exittype)status, "%s", vasprintf(&text, extension, words) < 0 ? extension : text);
	}
	va_end(words);
}

/* Ends the process if there is no memory. */
static void *or_end(void *memory, const char *function)
{
	if (!memory) {
		fprintf(stderr, "ip[6]tables: %s failed: ", function);
		perror(NULL);
		exit(1);
	}
	return memory;
}

void *xtables_malloc(size_t size)
{
	return or_end(malloc(size ? size : 1), "malloc");
}

void *xtables_calloc(size_t count, size_t size)
{
	return or_end(calloc(count && size ? count : 1, size ? size : 1), "calloc");
}

void *xtables_realloc(void *memory, size_t size)
{
	return or_end(realloc(memory, size ? size : 1), "realloc");
}

char *xtables_strdup(const char *text)
{
	return or_end(strdup(text), "strdup");
}
