/* Numbers, ports, protocols and interfaces. */
#include <ctype.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

const struct xtables_pprot xtables_chain_protos[] = {
	{ "tcp", IPPROTO_TCP },
	{ "sctp", IPPROTO_SCTP },
	{ "udp", IPPROTO_UDP },
	{ "udplite", IPPROTO_UDPLITE },
	{ "icmp", IPPROTO_ICMP },
	{ "ipv6-icmp", IPPROTO_ICMPV6 },
	{ "icmpv6", IPPROTO_ICMPV6 },
	{ "esp", IPPROTO_ESP },
	{ "ah", IPPROTO_AH },
	{ "mobility-header", IPPROTO_MH },
	{ "ipv6-mh", IPPROTO_MH },
	{ "mh", IPPROTO_MH },
	{ "all", 0 },
	{ NULL, 0 },
};

/* A number that no type may be too small for; where it ends. Whether there is one. */
static bool read_number(const char *text, char **end, uintmax_t *number)
{
	const char *first = text;

	while (isspace((unsigned char)*first))
		first++;
	if (*first == '-')
		return false; /* strtoumax would give its complement */
	errno = 0;
	*number = strtoull(text, end, 0);
	return *end != text;
}

bool xtables_strtoul(const char *text, char **end, uintmax_t *value, uintmax_t min, uintmax_t max)
{
	uintmax_t number;
	char *behind;

	if (!read_number(text, &behind, &number))
		return false;
	if (end)
		*end = behind;
	if (errno == ERANGE || number < min || (max && number > max))
		return false;
	if (value)
		*value = number;
	return end || *behind == '\0';
}

bool xtables_strtoui(const char *text, char **end, unsigned int *value, unsigned int min, unsigned int max)
{
	uintmax_t number;

	if (!xtables_strtoul(text, end, &number, min, max ? max : UINT32_MAX))
		return false;
	if (value)
		*value = (unsigned int)number;
	return true;
}

int xtables_service_to_port(const char *name, const char *proto)
{
	struct servent *service = getservbyname(name, proto);

	return service ? ntohs((uint16_t)service->s_port) : -1;
}

uint16_t xtables_parse_port(const char *port, const char *proto)
{
	unsigned int number;
	int known;

	if (xtables_strtoui(port, NULL, &number, 0, UINT16_MAX))
		return (uint16_t)number;
	known = xtables_service_to_port(port, proto);
	if (known < 0)
		RAISE(PARAMETER_PROBLEM, "invalid port/service `%s' specified", port);
	return (uint16_t)known;
}

uint16_t xtables_parse_protocol(const char *s)
{
	unsigned int number;
	struct protoent *known;

	if (xtables_strtoui(s, NULL, &number, 0, UINT8_MAX))
		return (uint16_t)number;
	if (!strcmp(s, "all"))
		return 0;
	known = getprotobyname(s);
	if (known)
		return (uint16_t)known->p_proto;
	for (const struct xtables_pprot *p = xtables_chain_protos; p->name; p++)
		if (!strcmp(s, p->name))
			return p->num;
	RAISE(PARAMETER_PROBLEM, "unknown protocol \"%s\" specified", s);
}

void xtables_parse_interface(const char *arg, char *vianame, unsigned char *mask)
{
	size_t length = strlen(arg);

	memset(mask, 0, IFNAMSIZ);
	memset(vianame, 0, IFNAMSIZ);
	if (length >= IFNAMSIZ)
		RAISE(PARAMETER_PROBLEM, "interface name `%s' must be shorter than IFNAMSIZ (%i)", arg, IFNAMSIZ - 1);
	memcpy(vianame, arg, length);
	if (length == 0)
		return;
	if (arg[length - 1] == '+')
		memset(mask, 0xff, length - 1); /* any name that begins so */
	else
		memset(mask, 0xff, length + 1); /* the NUL as well */
	if (strpbrk(arg, "/ "))
		fprintf(stderr, "Warning: weird character in interface `%s' ('/' and ' ' are not allowed by the kernel).\n", arg);
}
