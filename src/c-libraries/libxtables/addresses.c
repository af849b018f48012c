/* Addresses of both families: texts, masks, names of hosts, lists. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

/* What the two families do differently; an address is 4 or 16 bytes in network order. */
struct family {
	int family;
	unsigned int size;
	bool (*numeric)(const char *text, void *address);
	bool (*numeric_mask)(const char *text, void *mask);
	const char *(*text)(const void *address);
};

/* Four numbers with dots between, or fewer if it need not be whole: "10.1" is 10.1.0.0. Each may be octal or hexadecimal. */
static bool read_dotted(const char *text, struct in_addr *address, bool whole)
{
	unsigned char *bytes = (unsigned char *)&address->s_addr;
	char part[16];

	memset(bytes, 0, 4);
	for (int i = 0; i < 4; i++) {
		size_t length = strcspn(text, ".");
		unsigned int number;

		if (length >= sizeof part)
			return false;
		memcpy(part, text, length);
		part[length] = '\0';
		if (!xtables_strtoui(part, NULL, &number, 0, UINT8_MAX))
			return false;
		bytes[i] = (unsigned char)number;
		if (text[length] == '\0')
			return i == 3 || !whole;
		text += length + 1;
	}
	return false;
}

static bool numeric4(const char *text, void *address)
{
	return read_dotted(text, address, false);
}

static bool numeric_mask4(const char *text, void *mask)
{
	return read_dotted(text, mask, true);
}

static bool numeric6(const char *text, void *address)
{
	return inet_pton(AF_INET6, text, address) == 1;
}

static const char *text4(const void *address)
{
	static char text[INET_ADDRSTRLEN];

	return inet_ntop(AF_INET, address, text, sizeof text);
}

static const char *text6(const void *address)
{
	static char text[INET6_ADDRSTRLEN];

	return inet_ntop(AF_INET6, address, text, sizeof text);
}

static const struct family ip = { AF_INET, 4, numeric4, numeric_mask4, text4 };
static const struct family ip6 = { AF_INET6, 16, numeric6, numeric6, text6 };

const char *xtables_ipaddr_to_numeric(const struct in_addr *addrp)
{
	return text4(addrp);
}

const char *xtables_ip6addr_to_numeric(const struct in6_addr *addrp)
{
	return text6(addrp);
}

struct in_addr *xtables_numeric_to_ipaddr(const char *dotted)
{
	static struct in_addr address;

	return numeric4(dotted, &address) ? &address : NULL;
}

struct in_addr *xtables_numeric_to_ipmask(const char *dotted)
{
	static struct in_addr mask;

	return numeric_mask4(dotted, &mask) ? &mask : NULL;
}

struct in6_addr *xtables_numeric_to_ip6addr(const char *num)
{
	static struct in6_addr address;

	return numeric6(num, &address) ? &address : NULL;
}

/* The name of the host that has an address, or NULL. */
static const char *host_name(const void *socket_address, socklen_t size)
{
	static char name[NI_MAXHOST];

	return getnameinfo(socket_address, size, name, sizeof name, NULL, 0, NI_NAMEREQD) ? NULL : name;
}

const char *xtables_ipaddr_to_anyname(const struct in_addr *addr)
{
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_addr = *addr };
	const char *name = host_name(&place, sizeof place);
	struct netent *network = name ? NULL : getnetbyaddr(ntohl(addr->s_addr), AF_INET);

	return name ? name : network ? network->n_name : text4(addr);
}

const char *xtables_ip6addr_to_anyname(const struct in6_addr *addr)
{
	struct sockaddr_in6 place = { .sin6_family = AF_INET6, .sin6_addr = *addr };
	const char *name = host_name(&place, sizeof place);

	return name ? name : text6(addr);
}

/* The length of the prefix that a mask is, or -1. */
static int prefix_length(const void *mask, unsigned int size)
{
	const unsigned char *bytes = mask;
	int length = 0, bits = (int)size * 8;

	while (length < bits && bytes[length / 8] & 0x80 >> length % 8)
		length++;
	for (int bit = length; bit < bits; bit++)
		if (bytes[bit / 8] & 0x80 >> bit % 8)
			return -1;
	return length;
}

int xtables_ipmask_to_cidr(const struct in_addr *mask)
{
	return prefix_length(mask, sizeof *mask);
}

int xtables_ip6mask_to_cidr(const struct in6_addr *k)
{
	return prefix_length(k, sizeof *k);
}

/* A mask behind an address: nothing, "/24", or "/255.0.255.0". */
static const char *mask_text(const struct family *family, const void *mask)
{
	static char text[INET6_ADDRSTRLEN + 1];
	int length = prefix_length(mask, family->size);

	if (length == (int)family->size * 8)
		memset(text, 0, sizeof text); /* some callers step over the slash, whether there is one or not */
	else if (length >= 0)
		snprintf(text, sizeof text, "/%d", length);
	else
		snprintf(text, sizeof text, "/%s", family->text(mask));
	return text;
}

const char *xtables_ipmask_to_numeric(const struct in_addr *mask)
{
	return mask_text(&ip, mask);
}

const char *xtables_ip6mask_to_numeric(const struct in6_addr *addrp)
{
	return mask_text(&ip6, addrp);
}

static void make_mask(void *mask, unsigned int size, unsigned int length)
{
	unsigned char *bytes = mask;

	memset(bytes, 0, size);
	for (unsigned int bit = 0; bit < length; bit++)
		bytes[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
}

/* A mask as it is typed; text is NULL where there is none. */
static void read_mask(const struct family *family, const char *text, void *mask)
{
	unsigned int length = family->size * 8;

	if (text && family->numeric_mask(text, mask))
		return;
	if (text && !xtables_strtoui(text, NULL, &length, 0, family->size * 8))
		RAISE(PARAMETER_PROBLEM, "invalid mask `%s' specified", text);
	make_mask(mask, family->size, length);
}

/* The addresses of a host, allocated; NULL if it has none. */
static void *host_addresses(const struct family *family, const char *name, unsigned int *count)
{
	struct addrinfo hints = { .ai_family = family->family, .ai_socktype = SOCK_RAW }, *found;
	unsigned char *addresses;

	*count = 0;
	if (getaddrinfo(name, NULL, &hints, &found))
		return NULL;
	for (struct addrinfo *a = found; a; a = a->ai_next)
		++*count;
	addresses = xtables_calloc(*count, family->size);
	*count = 0;
	for (struct addrinfo *a = found; a; a = a->ai_next) {
		const void *address = family == &ip ? (const void *)&((const struct sockaddr_in *)(const void *)a->ai_addr)->sin_addr
			: (const void *)&((const struct sockaddr_in6 *)(const void *)a->ai_addr)->sin6_addr;
		memcpy(addresses + family->size * (*count)++, address, family->size);
	}
	freeaddrinfo(found);
	return addresses;
}

/* The address that a name or number is, or the addresses, allocated. */
static void *read_addresses(const struct family *family, const char *name, unsigned int *count)
{
	unsigned char address[sizeof(struct in6_addr)];
	struct netent *network;
	void *addresses;

	bool one = family->numeric(name, address);
	if (!one && family == &ip && (network = getnetbyname(name))) {
		uint32_t number = htonl(network->n_net);
		memcpy(address, &number, sizeof number);
		one = true;
	}
	if (one) {
		addresses = xtables_malloc(family->size);
		memcpy(addresses, address, family->size);
		*count = 1;
		return addresses;
	}
	addresses = host_addresses(family, name, count);
	if (!addresses)
		RAISE(PARAMETER_PROBLEM, "host/network `%s' not found", name);
	return addresses;
}

static bool all_zero(const void *bytes, unsigned int size)
{
	static const unsigned char zero[sizeof(struct in6_addr)];

	return !memcmp(bytes, zero, size);
}

/* ADDRESS[/MASK]. A mask of no bits stands for every address, whatever is before it. */
static void *read_any(const struct family *family, const char *text, void *mask, unsigned int *count)
{
	const char *slash = strrchr(text, '/');
	char *host = strndup(text, slash ? (size_t)(slash - text) : strlen(text));

	/* An error does not come back here, so that what is allocated is lost; it is the end of the program. */
	read_mask(family, slash ? slash + 1 : NULL, mask);
	unsigned char *addresses = read_addresses(family, !host || all_zero(mask, family->size) ? family == &ip ? "0.0.0.0" : "::" : host, count);
	free(host);

	unsigned int kept = 0;
	for (unsigned int i = 0; i < *count; i++) {
		unsigned char *address = addresses + kept * family->size;
		memmove(address, addresses + i * family->size, family->size);
		for (unsigned int b = 0; b < family->size; b++)
			address[b] &= ((unsigned char *)mask)[b];
		unsigned int same = 0;
		while (same < kept && memcmp(addresses + same * family->size, address, family->size))
			same++;
		if (same == kept)
			kept++;
	}
	*count = kept;
	return addresses;
}

void xtables_ipparse_any(const char *name, struct in_addr **addrpp, struct in_addr *maskp, unsigned int *naddrs)
{
	*addrpp = read_any(&ip, name, maskp, naddrs);
}

void xtables_ip6parse_any(const char *name, struct in6_addr **addrpp, struct in6_addr *maskp, unsigned int *naddrs)
{
	*addrpp = read_any(&ip6, name, maskp, naddrs);
}

/* A list with commas between, blanks before each. */
static void read_list(const struct family *family, const char *list, void **addresses, void **masks, unsigned int *count)
{
	char one[256];
	unsigned char mask[sizeof(struct in6_addr)];

	*addresses = *masks = NULL;
	*count = 0;
	for (const char *next = list;; next++) {
		unsigned int found;
		size_t length;

		next += strspn(next, " \t\n\v\f\r");
		length = strcspn(next, ",");
		if (length >= sizeof one)
			RAISE(PARAMETER_PROBLEM, "Hostname too long");
		memcpy(one, next, length);
		one[length] = '\0';
		void *some = read_any(family, one, mask, &found);
		*addresses = xtables_realloc(*addresses, (*count + found) * family->size);
		*masks = xtables_realloc(*masks, (*count + found) * family->size);
		memcpy((unsigned char *)*addresses + *count * family->size, some, found * family->size);
		for (unsigned int i = 0; i < found; i++)
			memcpy((unsigned char *)*masks + (*count + i) * family->size, mask, family->size);
		*count += found;
		free(some);
		next += length;
		if (*next == '\0')
			return;
	}
}

void xtables_ipparse_multiple(const char *name, struct in_addr **addrpp, struct in_addr **maskpp, unsigned int *naddrs)
{
	void *addresses, *masks;

	read_list(&ip, name, &addresses, &masks, naddrs);
	*addrpp = addresses;
	*maskpp = masks;
}

void xtables_ip6parse_multiple(const char *name, struct in6_addr **addrpp, struct in6_addr **maskpp, unsigned int *naddrs)
{
	void *addresses, *masks;

	read_list(&ip6, name, &addresses, &masks, naddrs);
	*addrpp = addresses;
	*maskpp = masks;
}
