/* The values of options: 22 forms, each read into xt_option_call's val and, if the option says so, into the payload. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <inttypes.h>
#include <netdb.h>
#include <net/ethernet.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <syslog.h>

#include "internal.h"

#define RAISE_OF(cb, text, ...) \
	RAISE(PARAMETER_PROBLEM, "%s: " text, (cb)->ext_name, ##__VA_ARGS__)

struct form {
	void (*read)(struct xt_option_call *cb);
	size_t size; /* of what is put into the payload; 0: nothing can be put */
	bool any_size;
};

static void *place(const struct xt_option_call *cb)
{
	return (char *)cb->data + cb->entry->ptroff;
}

static void put(const struct xt_option_call *cb, const void *value, size_t size)
{
	if (cb->entry->flags & XTOPT_PUT)
		memcpy(place(cb), value, size);
}

static void read_none(struct xt_option_call *cb)
{
	(void)cb;
}

/* ---- Numbers ---- */

/* A number of 1, 2, 4 or 8 bytes, as it stands in memory. */
static void store(void *where, uintmax_t number, size_t size)
{
	switch (size) {
	case 1: *(uint8_t *)where = (uint8_t)number; break;
	case 2: memcpy(where, &(uint16_t){ (uint16_t)number }, 2); break;
	case 4: memcpy(where, &(uint32_t){ (uint32_t)number }, 4); break;
	default: memcpy(where, &(uint64_t){ number }, 8); break;
	}
}

static uintmax_t largest(size_t size)
{
	return UINTMAX_MAX >> (8 * (sizeof(uintmax_t) - size));
}

static void read_number(struct xt_option_call *cb, size_t size)
{
	const struct xt_option_entry *entry = cb->entry;
	uintmax_t number, max = entry->max ? entry->max : largest(size);

	if (!xtables_strtoul(cb->arg, NULL, &number, entry->min, max))
		RAISE_OF(cb, "bad value for option \"--%s\", or out of range (%u-%ju).\n", entry->name, entry->min, max);
	store(&cb->val, number, size);
	put(cb, &cb->val, size);
}

static void read_uint8(struct xt_option_call *cb) { read_number(cb, sizeof(uint8_t)); }
static void read_uint16(struct xt_option_call *cb) { read_number(cb, sizeof(uint16_t)); }
static void read_uint32(struct xt_option_call *cb) { read_number(cb, sizeof(uint32_t)); }
static void read_uint64(struct xt_option_call *cb) { read_number(cb, sizeof(uint64_t)); }

/* Numbers with colons between: as many as the payload has room for, of which val has the first two. Nothing before a colon is the least
 * number, nothing behind the first the largest. */
static void read_numbers(struct xt_option_call *cb, size_t size)
{
	const struct xt_option_entry *entry = cb->entry;
	size_t room = entry->flags & XTOPT_PUT ? entry->size / size : 2;
	const char *arg = cb->arg;
	uintmax_t max = largest(size), number;
	char *end;

	for (cb->nvals = 0;; arg = end + 1) {
		if (cb->nvals >= room)
			RAISE_OF(cb, "Too many components for option \"--%s\" (max: %zu)\n", entry->name, room);
		if (*arg == '\0' || *arg == ':') {
			number = cb->nvals == 1 ? max : 0;
			end = (char *)arg;
		} else {
			if (!xtables_strtoul(arg, &end, &number, 0, max))
				RAISE_OF(cb, "bad value for option \"--%s\" near \"%s\", or out of range (0-%ju).\n", entry->name, arg, max);
			if (*end != ':' && *end != '\0')
				RAISE_OF(cb, "Argument to \"--%s\" has unexpected characters near \"%s\".\n", entry->name, end);
		}
		if (cb->nvals < 2)
			store((char *)&cb->val + cb->nvals * size, number, size);
		if (entry->flags & XTOPT_PUT)
			store((char *)place(cb) + cb->nvals * size, number, size);
		cb->nvals++;
		if (*end == '\0')
			return;
	}
}

static void read_uint8_range(struct xt_option_call *cb) { read_numbers(cb, sizeof(uint8_t)); }
static void read_uint16_range(struct xt_option_call *cb) { read_numbers(cb, sizeof(uint16_t)); }
static void read_uint32_range(struct xt_option_call *cb) { read_numbers(cb, sizeof(uint32_t)); }
static void read_uint64_range(struct xt_option_call *cb) { read_numbers(cb, sizeof(uint64_t)); }

static void read_double(struct xt_option_call *cb)
{
	const struct xt_option_entry *entry = cb->entry;
	char *end;
	double number = strtod(cb->arg, &end);

	if (end == cb->arg || *end != '\0' || (entry->min != entry->max && (number < entry->min || number > entry->max)))
		RAISE_OF(cb, "bad value for option \"--%s\", or out of range (%u-%u).\n", entry->name, entry->min, entry->max);
	cb->val.dbl = number;
	put(cb, &cb->val.dbl, sizeof cb->val.dbl);
}

static void read_mark(struct xt_option_call *cb)
{
	xtables_parse_mark_mask(cb, &cb->val.mark, &cb->val.mask);
}

/* ---- Texts and names ---- */

static void read_string(struct xt_option_call *cb)
{
	const struct xt_option_entry *entry = cb->entry;
	size_t length = strlen(cb->arg);

	if (length < entry->min)
		RAISE(PARAMETER_PROBLEM, "Argument must have a minimum length of %u characters\n", entry->min);
	if (entry->max && length > entry->max)
		RAISE(PARAMETER_PROBLEM, "Argument must have a maximum length of %u characters\n", entry->max);
	if (entry->flags & XTOPT_PUT && entry->size) {
		size_t kept = length < entry->size ? length : entry->size - 1;
		memcpy(place(cb), cb->arg, kept);
		((char *)place(cb))[kept] = '\0';
	}
}

static void read_tos(struct xt_option_call *cb)
{
	static const struct {
		const char *name;
		uint8_t value;
	} names[] = {
		{ "Minimize-Delay", 0x10 },
		{ "Maximize-Throughput", 0x08 },
		{ "Maximize-Reliability", 0x04 },
		{ "Minimize-Cost", 0x02 },
		{ "Normal-Service", 0x00 },
	};
	unsigned int value, mask = UINT8_MAX;
	char *end;

	if (!xtables_strtoui(cb->arg, &end, &value, 0, UINT8_MAX)) {
		for (size_t i = 0; i < LENGTH(names); i++)
			if (!strcasecmp(cb->arg, names[i].name)) {
				cb->val.tos_value = names[i].value;
				cb->val.tos_mask = (uint8_t)cb->entry->max; /* the bits that names stand for */
				return;
			}
		RAISE(PARAMETER_PROBLEM, "Symbolic name \"%s\" is unknown", cb->arg);
	}
	if ((*end == '/' && !xtables_strtoui(end + 1, &end, &mask, 0, UINT8_MAX)) || *end != '\0')
		RAISE(PARAMETER_PROBLEM, "Illegal value: \"%s\"", cb->arg);
	cb->val.tos_value = (uint8_t)value;
	cb->val.tos_mask = (uint8_t)mask;
}

static void read_syslog_level(struct xt_option_call *cb)
{
	static const struct {
		const char *name;
		uint8_t level;
	} names[] = {
		{ "alert", LOG_ALERT },
		{ "crit", LOG_CRIT },
		{ "debug", LOG_DEBUG },
		{ "emerg", LOG_EMERG },
		{ "error", LOG_ERR },
		{ "info", LOG_INFO },
		{ "notice", LOG_NOTICE },
		{ "panic", LOG_EMERG },
		{ "warning", LOG_WARNING },
	};
	unsigned int number;

	if (xtables_strtoui(cb->arg, NULL, &number, 0, LOG_DEBUG))
		cb->val.syslog_level = (uint8_t)number;
	else {
		size_t i = 0;
		while (i < LENGTH(names) && strcmp(cb->arg, names[i].name))
			i++;
		if (i == LENGTH(names))
			RAISE(PARAMETER_PROBLEM, "log level \"%s\" unknown\n", cb->arg);
		cb->val.syslog_level = names[i].level;
	}
	put(cb, &cb->val.syslog_level, sizeof cb->val.syslog_level);
}

static void read_protocol(struct xt_option_call *cb)
{
	cb->val.protocol = (uint8_t)xtables_parse_protocol(cb->arg);
	put(cb, &cb->val.protocol, sizeof cb->val.protocol);
}

static void read_mac(struct xt_option_call *cb)
{
	const char *arg = cb->arg;

	for (int i = 0; i < ETH_ALEN; i++) {
		char *end;

		cb->val.ethermac[i] = (uint8_t)strtoul(arg, &end, 16);
		if (end - arg > 2 || *end != (i < ETH_ALEN - 1 ? ':' : '\0'))
			RAISE(PARAMETER_PROBLEM, "Invalid MAC address specified.");
		arg = end + 1;
	}
	put(cb, cb->val.ethermac, ETH_ALEN);
}

/* ---- Addresses ---- */

static unsigned int address_bits(void)
{
	return afinfo->family == NFPROTO_IPV6 ? 128 : 32;
}

static const void *address_in(const struct addrinfo *info)
{
	return info->ai_family == AF_INET6 ? (const void *)&((const struct sockaddr_in6 *)(const void *)info->ai_addr)->sin6_addr
		: (const void *)&((const struct sockaddr_in *)(const void *)info->ai_addr)->sin_addr;
}

/* The address that a text is, in the family of the program. 0, or an error of getaddrinfo(). */
static int read_address(const char *text, int flags, union nf_inet_addr *address)
{
	struct addrinfo hints = { .ai_flags = flags, .ai_family = afinfo->family, .ai_socktype = SOCK_STREAM }, *found;
	int error = getaddrinfo(text, NULL, &hints, &found);

	if (error)
		return error;
	memset(address, 0, sizeof *address);
	memcpy(address, address_in(found), found->ai_family == AF_INET6 ? 16 : 4);
	freeaddrinfo(found);
	return 0;
}

static void read_host_part(struct xt_option_call *cb, const char *text)
{
	int error = read_address(text, 0, &cb->val.haddr);

	if (error)
		RAISE(PARAMETER_PROBLEM, "getaddrinfo: %s\n", gai_strerror(error));
	memset(&cb->val.hmask, 0xff, sizeof cb->val.hmask);
	cb->val.hlen = (uint8_t)address_bits();
}

static void read_host(struct xt_option_call *cb)
{
	read_host_part(cb, cb->arg);
	put(cb, &cb->val.haddr, sizeof cb->val.haddr);
}

/* A length, or a mask, which has none if it has holes (hlen 255). Whether it was a length. */
static bool read_length_or_mask(struct xt_option_call *cb, const char *text)
{
	unsigned int length, bits = address_bits();

	if (xtables_strtoui(text, NULL, &length, 0, bits)) {
		cb->val.hlen = (uint8_t)length;
		return true;
	}
	bool is_mask = !read_address(text, AI_NUMERICHOST, &cb->val.hmask);
	int prefix = bits == 32 ? xtables_ipmask_to_cidr(&cb->val.hmask.in) : xtables_ip6mask_to_cidr(&cb->val.hmask.in6);
	/* A number that is too large for a length is an address, too: the mask that it may be meant as has no holes. */
	if (!is_mask || (prefix < 0 && xtables_strtoui(text, NULL, NULL, 0, UINT32_MAX)))
		RAISE_OF(cb, "bad value for option \"--%s\", neither a valid network mask nor valid CIDR (%u-%u).\n", cb->entry->name, 0u, bits);
	cb->val.hlen = (uint8_t)prefix;
	return false;
}

static void read_mask_part(struct xt_option_call *cb, const char *text)
{
	unsigned char *mask = (unsigned char *)&cb->val.hmask;

	if (!read_length_or_mask(cb, text))
		return;
	memset(mask, 0, sizeof cb->val.hmask);
	for (unsigned int bit = 0; bit < cb->val.hlen; bit++)
		mask[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
}

static void read_length(struct xt_option_call *cb)
{
	read_length_or_mask(cb, cb->arg);
}

static void read_mask(struct xt_option_call *cb)
{
	read_mask_part(cb, cb->arg);
	put(cb, &cb->val.hmask, sizeof cb->val.hmask);
}

static void read_host_and_mask(struct xt_option_call *cb)
{
	const char *slash = strchr(cb->arg, '/');
	char host[NI_MAXHOST];
	int length = slash ? (int)(slash - cb->arg) : 0;

	if (!slash) {
		read_host(cb);
		return;
	}
	if ((size_t)length >= sizeof host)
		RAISE(PARAMETER_PROBLEM, "getaddrinfo: %s\n", gai_strerror(EAI_NONAME));
	snprintf(host, sizeof host, "%.*s", length, cb->arg);
	read_host_part(cb, host);
	read_mask_part(cb, slash + 1);
	put(cb, &cb->val.haddr, sizeof cb->val.haddr);
}

/* ---- Ports ---- */

/* A port by number, decimal, or by name, in the byte order that the option wants. */
static uint16_t port_of(const struct xt_option_call *cb, const char *text)
{
	struct addrinfo hints = { .ai_family = afinfo->family }, *found;
	uint16_t port;

	if (strspn(text, "0123456789") == strlen(text) ? strtoull(text, NULL, 10) > UINT16_MAX : getaddrinfo(NULL, text, &hints, &found) != 0)
		RAISE(PARAMETER_PROBLEM, "Port \"%s\" does not resolve to anything.\n", text);
	if (strspn(text, "0123456789") == strlen(text))
		port = htons((uint16_t)strtoull(text, NULL, 10));
	else {
		port = found->ai_family == AF_INET6 ? ((const struct sockaddr_in6 *)(const void *)found->ai_addr)->sin6_port
			: ((const struct sockaddr_in *)(const void *)found->ai_addr)->sin_port;
		freeaddrinfo(found);
	}
	return cb->entry->flags & XTOPT_NBO ? port : ntohs(port);
}

static void read_port(struct xt_option_call *cb)
{
	cb->val.port = port_of(cb, cb->arg);
	put(cb, &cb->val.port, sizeof cb->val.port);
}

static void read_ports(struct xt_option_call *cb)
{
	const struct xt_option_entry *entry = cb->entry;
	size_t room = entry->size / sizeof(uint16_t) ? entry->size / sizeof(uint16_t) : 2;
	char text[NI_MAXSERV + 1];
	const char *arg = cb->arg;

	for (cb->nvals = 0;; arg++) {
		size_t length = strcspn(arg, ":");

		if (cb->nvals >= room || cb->nvals >= 2)
			RAISE_OF(cb, "Too many components for option \"--%s\" (max: %zu)\n", entry->name, room);
		snprintf(text, sizeof text, "%.*s", (int)(length < sizeof text ? length : sizeof text - 1), arg);
		cb->val.port_range[cb->nvals] = length ? port_of(cb, text) : cb->nvals ? UINT16_MAX : 0;
		cb->nvals++;
		arg += length;
		if (*arg == '\0')
			break;
	}
	if (cb->nvals == 1)
		cb->val.port_range[cb->nvals++] = cb->val.port_range[0];
	put(cb, cb->val.port_range, room == 1 ? sizeof(uint16_t) : sizeof cb->val.port_range);
}

/* ---- All of them ---- */

static const struct form forms[] = {
	[XTTYPE_NONE] = { read_none, 0, false },
	[XTTYPE_UINT8] = { read_uint8, sizeof(uint8_t), false },
	[XTTYPE_UINT16] = { read_uint16, sizeof(uint16_t), false },
	[XTTYPE_UINT32] = { read_uint32, sizeof(uint32_t), false },
	[XTTYPE_UINT64] = { read_uint64, sizeof(uint64_t), false },
	[XTTYPE_UINT8RC] = { read_uint8_range, sizeof(uint8_t[2]), false },
	[XTTYPE_UINT16RC] = { read_uint16_range, sizeof(uint16_t[2]), false },
	[XTTYPE_UINT32RC] = { read_uint32_range, sizeof(uint32_t[2]), false },
	[XTTYPE_UINT64RC] = { read_uint64_range, sizeof(uint64_t[2]), false },
	[XTTYPE_DOUBLE] = { read_double, sizeof(double), false },
	[XTTYPE_STRING] = { read_string, 0, true },
	[XTTYPE_TOSMASK] = { read_tos, 0, false },
	[XTTYPE_MARKMASK32] = { read_mark, 0, false },
	[XTTYPE_SYSLOGLEVEL] = { read_syslog_level, sizeof(uint8_t), false },
	[XTTYPE_HOST] = { read_host, sizeof(union nf_inet_addr), false },
	[XTTYPE_HOSTMASK] = { read_host_and_mask, sizeof(union nf_inet_addr), false },
	[XTTYPE_PROTOCOL] = { read_protocol, sizeof(uint8_t), false },
	[XTTYPE_PORT] = { read_port, sizeof(uint16_t), false },
	[XTTYPE_PORTRC] = { read_ports, sizeof(uint16_t[2]), false },
	[XTTYPE_PLEN] = { read_length, 0, false },
	[XTTYPE_PLENMASK] = { read_mask, sizeof(union nf_inet_addr), false },
	[XTTYPE_ETHERMAC] = { read_mac, sizeof(uint8_t[ETH_ALEN]), false },
};

void xtables_option_parse(struct xt_option_call *cb)
{
	const struct xt_option_entry *entry = cb->entry;
	unsigned int bit = 1u << entry->id;

	if (!(entry->flags & XTOPT_MULTI) && cb->xflags & bit)
		RAISE_OF(cb, "option \"--%s\" can only be used once.\n", entry->name);
	if (cb->invert && !(entry->flags & XTOPT_INVERT))
		RAISE_OF(cb, "option \"--%s\" cannot be inverted.\n", entry->name);
	if (entry->type != XTTYPE_NONE && !cb->arg)
		RAISE_OF(cb, "option \"--%s\" requires an argument.\n", entry->name);
	cb->nvals = 1;
	/* A form that is unknown here is the plugin's own to read. */
	if ((size_t)entry->type < LENGTH(forms))
		forms[entry->type].read(cb);
	cb->xflags |= bit;
}

void xtables_option_metavalidate(const char *extension, const struct xt_option_entry *entries)
{
	for (const struct xt_option_entry *entry = entries; entry && entry->name; entry++) {
		static const struct form unknown;
		const struct form *form = (size_t)entry->type < LENGTH(forms) ? &forms[entry->type] : &unknown;

		if (entry->id >= 8 * sizeof(unsigned int))
			RAISE(OTHER_PROBLEM, "Extension %s uses invalid ID %u\n", extension, entry->id);
		if (!(entry->flags & XTOPT_PUT) || form->any_size)
			continue;
		if (!form->size)
			RAISE(OTHER_PROBLEM, "%s: entry type of option \"--%s\" cannot be combined with XTOPT_PUT\n", extension, entry->name);
		if (entry->size != form->size)
			RAISE(OTHER_PROBLEM, "%s: option \"--%s\" points to a memory block of wrong size (expected %zu, got %zu)\n", extension,
				entry->name, form->size, entry->size);
	}
}
