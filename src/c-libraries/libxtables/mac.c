/* MAC addresses and their masks. */
#include <net/ethernet.h>
#include <netinet/ether.h>
#include <stdio.h>
#include <strings.h>

#include "internal.h"

static const struct {
	const char *name;
	unsigned char mac[ETH_ALEN], mask[ETH_ALEN];
} well_known[] = {
	{ "Unicast", { 0 }, { 1 } },
	{ "Multicast", { 1 }, { 1 } },
	{ "Broadcast", { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff } },
	{ "BGA", { 0x01, 0x80, 0xc2 }, { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff } },
};

int xtables_parse_mac_and_mask(const char *from, void *to, void *mask)
{
	char text[64];
	unsigned char *bytes = to, *mask_bytes = mask;
	struct ether_addr *address;
	size_t length = strcspn(from, "/");

	for (size_t w = 0; w < LENGTH(well_known); w++)
		if (!strcasecmp(from, well_known[w].name)) {
			memcpy(to, well_known[w].mac, ETH_ALEN);
			memcpy(mask, well_known[w].mask, ETH_ALEN);
			return 0;
		}
	if (from[length] == '\0')
		memset(mask, 0xff, ETH_ALEN);
	else if ((address = ether_aton(from + length + 1)))
		memcpy(mask, address, ETH_ALEN);
	else
		return -1;
	if (length >= sizeof text)
		return -1;
	memcpy(text, from, length);
	text[length] = '\0';
	address = ether_aton(text);
	if (!address)
		return -1;
	memcpy(to, address, ETH_ALEN);
	for (int i = 0; i < ETH_ALEN; i++)
		bytes[i] &= mask_bytes[i];
	return 0;
}

int xtables_print_well_known_mac_and_mask(const void *mac, const void *mask)
{
	for (size_t w = 0; w < LENGTH(well_known); w++)
		if (!memcmp(mac, well_known[w].mac, ETH_ALEN) && !memcmp(mask, well_known[w].mask, ETH_ALEN)) {
			fputs(well_known[w].name, stdout);
			return 0;
		}
	return -1;
}

void xtables_print_mac(const unsigned char *macaddress)
{
	printf("%02x:%02x:%02x:%02x:%02x:%02x", macaddress[0], macaddress[1], macaddress[2], macaddress[3], macaddress[4], macaddress[5]);
}

void xtables_print_mac_and_mask(const unsigned char *mac, const unsigned char *mask)
{
	static const unsigned char all[ETH_ALEN] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

	xtables_print_mac(mac);
	if (memcmp(mask, all, ETH_ALEN)) {
		putchar('/');
		xtables_print_mac(mask);
	}
}
