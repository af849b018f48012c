/*
 * Calls every function of libxtables with good arguments and bad, and prints what each gives, says and raises. The same program is run
 * on the original's library and on ours. Without XTABLES_LIBDIR nothing is loaded: matches and targets are its own.
 */
#define XTABLES_INTERNAL
#define _INIT probe_init
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netdb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xtables.h>

extern int line;
extern struct xtables_match *xtables_pending_matches;
extern struct xtables_target *xtables_pending_targets;
void basic_exit_err(enum xtables_exittype status, const char *msg, ...) __attribute__((noreturn, format(printf, 2, 3)));

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static jmp_buf back;

static void __attribute__((noreturn, format(printf, 2, 3))) raise_error(enum xtables_exittype status, const char *format, ...)
{
	va_list words;
	va_start(words, format);
	printf(" raises %d \"", status);
	vprintf(format, words);
	printf("\"");
	va_end(words);
	longjmp(back, 1);
}

static int (*revisions)(const char *, uint8_t, int);

static int asks_revision(const char *name, uint8_t revision, int option)
{
	printf(" {asks %s %u %d}", name, revision, option);
	return revisions ? revisions(name, revision, option) : 1;
}

static struct option own_options[] = { { "append", 1, NULL, 'A' }, { "list", 2, NULL, 'L' }, { "verbose", 0, NULL, 'v' }, { NULL, 0, NULL, 0 } };

static struct xtables_globals globals = {
	.program_name = "probe", .program_version = "1", .orig_opts = own_options, .opts = own_options, .exit_err = raise_error,
	.compat_rev = asks_revision,
};

/* Runs statements, whose errors come back here; ends the line. */
#define TRY(...) do { if (!setjmp(back)) { __VA_ARGS__; } printf("\n"); fflush(stdout); } while (0)

/* The same in a process of its own, which it may end. */
#define CHILD(...) do { fflush(stdout); pid_t child_ = fork(); \
	if (!child_) { dup2(1, 2); setvbuf(stderr, NULL, _IOLBF, 1 << 12); if (!setjmp(back)) { __VA_ARGS__; } fflush(stdout); _exit(77); } \
	int status_; waitpid(child_, &status_, 0); \
	printf(" %s %d\n", WIFEXITED(status_) ? "exit" : "signal", WIFEXITED(status_) ? WEXITSTATUS(status_) : WTERMSIG(status_)); } while (0)

static const char *shown(const char *text)
{
	return text ? text : "NULL";
}

static void bytes(const void *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		printf("%02x", ((const unsigned char *)data)[i]);
}

static void numbers(void)
{
	static const char *const texts[] = {
		"0", "1", "255", "256", "0x10", "010", "08", "-1", "+1", " 1", "\t1", "", " ", "1 ", "1a", "a", "0x", "0xg", "4294967295", "4294967296",
		"18446744073709551615", "18446744073709551616", "99999999999999999999999", "1:2", "1,2", "0b1", "--1", " -1", "00", "-",
	};
	static const uintmax_t limits[][2] = { { 0, 255 }, { 1, 65535 }, { 0, UINT32_MAX }, { 0, UINT64_MAX }, { 0, 0 }, { 2, 1 }, { 5, 0 } };
	for (size_t t = 0; t < LENGTH(texts); t++)
		for (size_t l = 0; l < LENGTH(limits); l++)
			for (int ends = 0; ends < 2; ends++) {
				char *end = NULL;
				uintmax_t value = 4711;
				unsigned int small = 4712;
				bool good = xtables_strtoul(texts[t], ends ? &end : NULL, &value, limits[l][0], limits[l][1]);
				printf("strtoul '%s' %ju-%ju: %d %ju '%s'", texts[t], limits[l][0], limits[l][1], good, value, shown(end));
				end = NULL;
				/* Without a limit the original cuts off what is too large. */
				good = (limits[l][1] || value <= UINT32_MAX) && xtables_strtoui(texts[t], ends ? &end : NULL, &small, limits[l][0], limits[l][1]);
				printf(" strtoui %d %u '%s'\n", good, small, shown(end));
			}
	printf("without a place: %d %d %d\n", xtables_strtoul("5", NULL, NULL, 0, 9), xtables_strtoui("5", NULL, NULL, 0, 9),
		xtables_strtoui("15", NULL, NULL, 0, 9));
}

static void names(void)
{
	static const char *const ports[] = { "http", "domain", "80", "0", "65535", "65536", "-1", "0x50", "nosuch", "", " 80", "80 ", "http ", "080", "syslog" };
	static const char *const transports[] = { "tcp", "udp", NULL, "nosuch", "" };
	for (size_t p = 0; p < LENGTH(ports); p++)
		for (size_t t = 0; t < LENGTH(transports); t++) {
			printf("port '%s' %s: %d", ports[p], shown(transports[t]), xtables_service_to_port(ports[p], transports[t]));
			TRY(printf(" %u", xtables_parse_port(ports[p], transports[t])));
		}
	static const char *const protocols[] = { "tcp", "TCP", "Tcp", "all", "ALL", "0", "6", "255", "256", "65535", "65536", "icmpv6", "ipv6-icmp", "mh",
		"ipv6-mh", "mobility-header", "sctp", "udplite", "esp", "ah", "gre", "nosuch", "", "-1", "0x6", "06", " 6", "6 ", "ip", "ospf", "hopopt" };
	for (size_t p = 0; p < LENGTH(protocols); p++)
		TRY(printf("protocol '%s':", protocols[p]); printf(" %u", xtables_parse_protocol(protocols[p])));
	for (const struct xtables_pprot *p = xtables_chain_protos; ; p++) {
		printf("%s %u\n", shown(p->name), p->num);
		if (!p->name)
			break;
	}
	static const char *const interfaces[] = { "lo", "eth0", "eth+", "+", "", "abcdefghijklmno", "abcdefghijklmnop", "abcdefghijklmno+", "abcdefghijklmn+",
		"a b", "a/b", "a\tb", "!lo", "a:0", "-x", "é", "a+b", ".", "..", "a!b", "a*b" };
	for (size_t i = 0; i < LENGTH(interfaces); i++) {
		char name[IFNAMSIZ];
		unsigned char mask[IFNAMSIZ];
		memset(name, 7, sizeof name);
		memset(mask, 9, sizeof mask);
		TRY(printf("interface '%s':", interfaces[i]); xtables_parse_interface(interfaces[i], name, mask); printf(" '%s' ", name); bytes(name, sizeof name);
			printf(" "); bytes(mask, sizeof mask));
	}
}

static void show4(const char *name)
{
	struct in_addr *addresses = NULL, mask = { 0 };
	unsigned int count = 4711;
	/* One name of more than 255 bytes is cut by the original. */
	if (strlen(name) < 256)
		TRY(printf("ipparse_any '%s':", name); char text[300]; strcpy(text, name); xtables_ipparse_any(text, &addresses, &mask, &count);
		printf(" %u", count); for (unsigned int i = 0; i < count; i++) printf(" %08x", ntohl(addresses[i].s_addr)); printf(" /%08x", ntohl(mask.s_addr)));
	struct in_addr *masks = NULL;
	addresses = NULL, count = 4711;
	TRY(printf("ipparse_multiple:"); xtables_ipparse_multiple(name, &addresses, &masks, &count); printf(" %u", count);
		for (unsigned int i = 0; i < count; i++) printf(" %08x/%08x", ntohl(addresses[i].s_addr), ntohl(masks[i].s_addr)));
}

static void show6(const char *name)
{
	struct in6_addr *addresses = NULL, mask;
	unsigned int count = 4711;
	memset(&mask, 0, sizeof mask);
	if (strlen(name) < 256)
		TRY(printf("ip6parse_any '%s':", name); char text[300]; strcpy(text, name); xtables_ip6parse_any(text, &addresses, &mask, &count);
		printf(" %u", count); for (unsigned int i = 0; i < count; i++) printf(" "), bytes(&addresses[i], 16); printf(" /"); bytes(&mask, 16));
	struct in6_addr *masks = NULL;
	addresses = NULL, count = 4711;
	TRY(printf("ip6parse_multiple:"); xtables_ip6parse_multiple(name, &addresses, &masks, &count); printf(" %u", count);
		for (unsigned int i = 0; i < count; i++) printf(" "), bytes(&addresses[i], 16), printf("/"), bytes(&masks[i], 16));
}

static void addresses(void)
{
	static const char *const texts[] = { "1.2.3.4", "0.0.0.0", "255.255.255.255", "255.255.255.0", "255.0.255.0", "0.255.255.255", "128.0.0.0", "1.2.3", "1.2",
		"1", "0", "", "256.1.1.1", "1.2.3.4.5", "1.2.3.4 ", " 1.2.3.4", "01.02.03.04", "0x1.2.3.4", "a.b.c.d", "1.2.3.256", "1..2.3", "1.2.3.", "-1.2.3.4",
		"1.2.3.+4", "0.0.0.255", "254.0.0.0", "010.1.1.1", "08.1.1.1", "1.2.3.4/8", "1.2.3.4,", "0.0", "." };
	for (size_t t = 0; t < LENGTH(texts); t++) {
		struct in_addr *address = xtables_numeric_to_ipaddr(texts[t]), *mask;
		printf("numeric '%s': ", texts[t]);
		if (address)
			printf("%s %s", xtables_ipaddr_to_numeric(address), xtables_ipaddr_to_anyname(address));
		mask = xtables_numeric_to_ipmask(texts[t]);
		printf(" mask: ");
		if (mask)
			printf("%08x '%s' %d", ntohl(mask->s_addr), xtables_ipmask_to_numeric(mask), xtables_ipmask_to_cidr(mask));
		printf("\n");
	}
	for (int bits = 0; bits <= 32; bits++) {
		struct in_addr mask = { htonl(bits ? ~0u << (32 - bits) : 0) };
		printf("/%d: '%s' %d\n", bits, xtables_ipmask_to_numeric(&mask), xtables_ipmask_to_cidr(&mask));
	}
	static const char *const names[] = { "1.2.3.4", "1.2.3.4/24", "1.2.3.4/255.255.0.0", "1.2.3.4/33", "1.2.3.4/", "/24", "localhost", "localhost/8", "0/0",
		"0.0.0.0/0", "10/8", "10.1/16", "nosuch.invalid", "1.2.3.4/a", "1.2.3.4/-1", "1.2.3.4/ 24", "1.2.3.4/024", "1.2.3.4/0x18", "1.2.3.4/255.0.255.0",
		"1.2.3.4/1.2.3.4/5", "", "1.2.3.4,5.6.7.8", "1.2.3.4,5.6.7.8/24,9.9.9.9/0", "1.2.3.4, 5.6.7.8", "1.2.3.4,", ",1.2.3.4", ",", "1.2.3.4,nosuch.invalid",
		"1.2.3.4,1.2.3.4", "loopback", "1.2.3.4 /24", "1.2.3.4/24 ", "256.1.1.1", "1.2.3.256/24", "::1", "1.2.3.4/32,1.2.3.5/31", "localhost,localhost" };
	for (size_t n = 0; n < LENGTH(names); n++)
		show4(names[n]);
	char many[300];
	memset(many, 'x', sizeof many - 1);
	many[sizeof many - 1] = 0;
	show4(many);
	memcpy(many, "1.2.3.4,", 8);
	show4(many);
	strcpy(many + 250, ",1.2.3.4");
	show4(many);

	static const char *const texts6[] = { "::", "::1", "fe80::1", "2001:db8::/32", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1::2::3", "", "g::", ":", "1.2.3.4",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff::", "ffff:ffff:8000::", "ffff:0:ffff::", "::1%lo", " ::1", "1:2:3:4:5:6:7:8:9", "FFFF::", "fffe::",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:8000::" };
	for (size_t t = 0; t < LENGTH(texts6); t++) {
		struct in6_addr *address = xtables_numeric_to_ip6addr(texts6[t]);
		printf("numeric6 '%s':", texts6[t]);
		if (address) {
			printf(" %s %s", xtables_ip6addr_to_numeric(address), xtables_ip6addr_to_anyname(address));
			printf(" '%s' %d", xtables_ip6mask_to_numeric(address), xtables_ip6mask_to_cidr(address));
		}
		printf("\n");
	}
	static const char *const names6[] = { "::1", "::1/128", "::1/0", "::1/129", "2001:db8::1/32", "2001:db8::1/33", "fe80::1/ffff::", "fe80::1/ffff:0:ff00::",
		"::1/", "/64", "nosuch.invalid", "::1/a", "::1/-1", "ip6-localhost", "ip6-localhost/64", "1.2.3.4", "", "::1,::2", "::1/64,fe80::/10", "::1,", ",::1",
		"::1, ::2", "::1,nosuch.invalid", "::", "::/0", "localhost", "fe80::1%lo", "1::2::3/64", "::1/064", "::1/64/3" };
	for (size_t n = 0; n < LENGTH(names6); n++)
		show6(names6[n]);
	show6(many);
}

static void printing(void)
{
	static const uint64_t counts[] = { 0, 1, 999, 99999, 100000, 100499, 100500, 999999, 9999999, 10000000, 10499999, 10500000, 99999999, 9999999999, 10000000000,
		10499999999, 10500000000, 9999999999999, 10000000000000, 10499999999999, 10500000000000 };
	static const unsigned int formats[] = { 0, FMT_KILOMEGAGIGA, FMT_NOTABLE, FMT_NOTABLE | FMT_KILOMEGAGIGA };
	for (size_t c = 0; c < LENGTH(counts); c++)
		for (size_t f = 0; f < LENGTH(formats); f++)
			TRY(printf("num '"); xtables_print_num(counts[c], formats[f]); printf("'"));
	static const char *const texts[] = { "", "plain", "two words", "a\"b", "a\\b", "a'b", "a-b", "a_b", "a.b", "a:b", "a/b", "a,b", "é", "a\nb", "a\tb", "$x", "`x`",
		"!x", "a=b", "\"", "\\", "A0", "0", "-", "#", "(x)", "%s", "~", "@x", "+", "*", "a;b" };
	for (size_t t = 0; t < LENGTH(texts); t++)
		TRY(printf("string '"); xtables_save_string(texts[t]); printf("'"));

	static const char *const macs[] = { "00:11:22:33:44:55", "00:11:22:33:44:55/ff:ff:ff:00:00:00", "Unicast", "unicast", "Multicast", "Broadcast", "BGA", "bga", "", "0:1:2:3:4:5",
		"00-11-22-33-44-55", "00:11:22:33:44", "00:11:22:33:44:55:66", "gg:11:22:33:44:55", "00:11:22:33:44:55/", "00:11:22:33:44:55/1", "AA:bb:CC:dd:EE:ff",
		"001122334455", "/ff:ff:ff:ff:ff:ff", "Unicast/ff:ff:ff:ff:ff:ff", "00:11:22:33:44:555", " 00:11:22:33:44:55", "00:11:22:33:44:55/ff:ff:ff:ff:ff:ff" };
	for (size_t m = 0; m < LENGTH(macs); m++) {
		unsigned char mac[6] = { 0 }, mask[6] = { 0 };
		char text[100];
		strcpy(text, macs[m]);
		TRY(printf("mac '%s': %d ", macs[m], xtables_parse_mac_and_mask(text, mac, mask)); bytes(mac, 6); printf("/"); bytes(mask, 6);
			printf(" '"); xtables_print_mac(mac); printf("' '"); xtables_print_mac_and_mask(mac, mask); printf("' '");
			printf("' %d", xtables_print_well_known_mac_and_mask(mac, mask)));
	}
}

static void lists(void)
{
	char path[] = "/tmp/xtables-probe-XXXXXX";
	int file = mkstemp(path);
	static const char content[] = "# comment\n\n0\tcosmos\n1 one # behind\n 2  two\n0x10 sixteen\n010 eight\n300 three hundred\nbad line\n5\n-7 minus\n1 again\n"
		"  # another\n256 large\n255 less\n90 some words\n-1 negative\n0xffffffff all\n0X11 upper\n+13 plus\n14\n15 fifteen#behind\n7 seven\r\n9\tnine\tten\n11   \n12 twelve";
	if (write(file, content, sizeof content - 1) < 0)
		return;
	close(file);
	struct xtables_lmap *map = xtables_lmap_init(path);
	for (struct xtables_lmap *entry = map; entry; entry = entry->next)
		printf("lmap %d '%s'\n", entry->id, entry->name);
	static const char *const ids[] = { "cosmos", "one", "two", "sixteen", "eight", "nosuch", "", "again", "seven", "Cosmos" };
	for (size_t i = 0; i < LENGTH(ids); i++)
		printf("name2id '%s' %d\n", ids[i], xtables_lmap_name2id(map, ids[i]));
	for (int id = -8; id < 20; id++)
		printf("id2name %d '%s'\n", id, shown(xtables_lmap_id2name(map, id)));
	printf("without a map: %d %s %p\n", xtables_lmap_name2id(NULL, "x"), shown(xtables_lmap_id2name(NULL, 1)), (void *)xtables_lmap_init("/nonexistent"));

	static const char *const values[] = { "1", "1/1", "0x10/0xff", "one", "one/0xff", "two/3", "nosuch", "1/", "/1", "", "4294967295", "4294967296", "1/4294967296", "1/x", "-1",
		"1/1/1", "010", "cosmos", "1 ", " 1" };
	for (int with = 0; with < 2; with++)
		for (size_t v = 0; v < LENGTH(values); v++) {
			struct xt_option_entry entry = { .name = "value" };
			struct xt_option_call call = { .arg = values[v], .ext_name = "probe", .entry = &entry };
			unsigned int value = 4711, mask = 4712;
			TRY(printf("val_mask '%s':", values[v]); xtables_parse_val_mask(&call, &value, &mask, with ? map : NULL); printf(" %u/%u", value, mask);
				printf(" '"); xtables_print_val_mask(value, mask, with ? map : NULL); printf("'"));
		}
	static const unsigned int printed[][2] = { { 0, ~0u }, { 1, ~0u }, { 99, ~0u }, { 1, 0xff }, { 0, 0 }, { 99, 0 } };
	for (size_t p = 0; p < LENGTH(printed); p++)
		TRY(printf("print '"); xtables_print_val_mask(printed[p][0], printed[p][1], NULL); printf("' '"); xtables_print_val_mask(printed[p][0], printed[p][1], map); printf("'"));
	xtables_lmap_free(map);
	xtables_lmap_free(NULL);
	unlink(path);

	static const char *const types[] = { "IPv4", "ipv4", "IPV4", "ARP", "ip", "arp", "X25", "802_1Q", "nosuch", "", "0800" };
	for (size_t t = 0; t < LENGTH(types); t++) {
		struct xt_ethertypeent *type = xtables_getethertypebyname(types[t]);
		printf("ethertype '%s'", types[t]);
		if (type) {
			printf(" %s %x", type->e_name, type->e_ethertype);
			for (char **alias = type->e_aliases; *alias; alias++)
				printf(" %s", *alias);
		}
		printf("\n");
	}
	static const int codes[] = { 0x800, 0x806, 0x86dd, 0x8100, 0, -1, 0x1234 };
	for (size_t c = 0; c < LENGTH(codes); c++) {
		struct xt_ethertypeent *type = xtables_getethertypebynumber(codes[c]);
		printf("ethertype %x %s\n", codes[c], type ? type->e_name : "none");
	}
}

static void translation(void)
{
	struct xt_xlate *text = xt_xlate_alloc(10240);
	printf("'%s' '%s' %s %d\n", xt_xlate_get(text), xt_xlate_set_get(text), shown(xt_xlate_get_comment(text)), xt_xlate_get_family(text));
	xl_xlate_set_family(text, 10);
	static const char *const pieces[] = { "tcp", "dport 80", " counter", "", ",", "}", "a ", "b", " ", "\n", ";", "c" };
	for (size_t p = 0; p < LENGTH(pieces); p++) {
		xt_xlate_add(text, "%s", pieces[p]);
		printf("'%s'\n", xt_xlate_get(text));
	}
	for (size_t p = 0; p < LENGTH(pieces); p++) {
		xt_xlate_add_nospc(text, "%s", pieces[p]);
		printf("'%s'\n", xt_xlate_get(text));
	}
	for (size_t p = 0; p < LENGTH(pieces); p++) {
		xt_xlate_set_add(text, "<%s>", pieces[p]);
		xt_xlate_set_add_nospc(text, "(%s)", pieces[p]);
		printf("'%s' '%s'\n", xt_xlate_get(text), xt_xlate_set_get(text));
	}
	for (int last = ' '; last < 127; last++)
		for (int first = 9; first < 127; first++) {
			struct xt_xlate *pair = xt_xlate_alloc(100);
			xt_xlate_add(pair, "x%c", last);
			xt_xlate_add(pair, "%cy", first);
			xt_xlate_set_add(pair, "x%c", last);
			xt_xlate_set_add(pair, "%cy", first);
			if (strlen(xt_xlate_get(pair)) != 4 || strlen(xt_xlate_set_get(pair)) != 4)
				printf("'%s' '%s'\n", xt_xlate_get(pair), xt_xlate_set_get(pair));
			xt_xlate_free(pair);
		}
	xt_xlate_add_comment(text, "a comment");
	printf("%s %d\n", shown(xt_xlate_get_comment(text)), xt_xlate_get_family(text));
	xt_xlate_add_comment(text, "");
	printf("%s\n", shown(xt_xlate_get_comment(text)));
	char comment[600];
	memset(comment, 'x', sizeof comment - 1);
	comment[sizeof comment - 1] = 0;
	xt_xlate_add_comment(text, comment);
	printf("%zu\n", strlen(xt_xlate_get_comment(text)));
	xt_xlate_free(text);
	static const int sizes[] = { 1, 4, 8, 16, 100 };
	for (size_t s = 0; s < LENGTH(sizes); s++)
		CHILD(printf("size %d:", sizes[s]); struct xt_xlate *small = xt_xlate_alloc(sizes[s]); xt_xlate_add(small, "1234567890"); printf(" '%s'", xt_xlate_get(small));
			xt_xlate_add(small, "abcdefghij"); printf(" '%s'", xt_xlate_get(small)); xt_xlate_free(small));
}

static void errors(void)
{
	static const bool truth[] = { false, true };
	for (size_t t = 0; t < LENGTH(truth); t++) {
		TRY(printf("only once:"); xtables_param_act(XTF_ONLY_ONCE, "ext", "--option", truth[t]));
		TRY(printf("no invert:"); xtables_param_act(XTF_NO_INVERT, "ext", "--option", truth[t]));
		TRY(printf("one action:"); xtables_param_act(XTF_ONE_ACTION, "ext", truth[t]));
	}
	TRY(printf("bad value:"); xtables_param_act(XTF_BAD_VALUE, "ext", "--option", "value"));
	for (unsigned int other = 0; other < 20; other++)
		if (other < XTF_ONLY_ONCE || other > XTF_ONE_ACTION)
			TRY(printf("%u:", other); xtables_param_act(other, "a message"));
	for (int status = 0; status < 8; status++)
		for (line = -1; line < 6; line += 6)
			CHILD(basic_exit_err(status, "a message %d", 5));
	line = -1;
	CHILD(xtables_malloc(SIZE_MAX / 2));
	CHILD(xtables_calloc(SIZE_MAX / 2, 4));
	CHILD(xtables_realloc(NULL, SIZE_MAX / 2));
	TRY(char *copy = xtables_strdup("a copy"); printf("%s", copy); copy = xtables_realloc(copy, 100); printf(" %s", copy); free(copy);
		int *zero = xtables_calloc(3, sizeof(int)); printf(" %d", zero[2]); free(zero); free(xtables_malloc(0)));
}

static void show_options(const struct option *options)
{
	if (!options)
		printf(" NULL");
	for (const struct option *o = options; o && o->name; o++)
		printf(" %s:%d:%d", o->name, o->has_arg, o->val);
	printf(" next %u\n", globals.option_offset);
}

static const struct xt_option_entry simple_entries[] = {
	{ .name = "flag", .id = 0, .type = XTTYPE_NONE },
	{ .name = "number", .id = 1, .type = XTTYPE_UINT32, .flags = XTOPT_INVERT },
	{ .name = "text", .id = 2, .type = XTTYPE_STRING, .flags = XTOPT_MULTI },
	XTOPT_TABLEEND,
};

static void options(void)
{
	static struct option extra[] = { { "one", 1, NULL, '1' }, { "two", 0, NULL, '2' }, { "append", 0, NULL, '3' }, XT_GETOPT_TABLEEND };
	static struct option none[] = { XT_GETOPT_TABLEEND };
	unsigned int offset = 4711;
	globals.opts = xtables_merge_options(own_options, globals.opts, extra, &offset);
	printf("merged at %u", offset);
	show_options(globals.opts);
	globals.opts = xtables_merge_options(own_options, globals.opts, none, &offset);
	printf("merged none at %u", offset);
	show_options(globals.opts);
	globals.opts = xtables_options_xfrm(own_options, globals.opts, simple_entries, &offset);
	printf("transformed at %u", offset);
	show_options(globals.opts);
	struct xt_option_entry end[] = { XTOPT_TABLEEND };
	struct option *merged = xtables_options_xfrm(own_options, globals.opts, end, &offset);
	printf("transformed none: at %u", offset);
	show_options(merged);
	globals.opts = merged;
	xtables_free_opts(0);
	printf("freed: %d", globals.opts == own_options);
	show_options(globals.opts);
	globals.opts = xtables_merge_options(own_options, globals.opts, extra, &offset);
	xtables_free_opts(1);
	printf("freed and reset: %d", globals.opts == own_options);
	show_options(globals.opts);
	globals.opts = xtables_merge_options(own_options, own_options, extra, &offset);
	printf("again at %u", offset);
	show_options(globals.opts);
	xtables_free_opts(1);
	globals.option_offset = 0;
}

struct payload {
	unsigned char before[8];
	union {
		uint8_t u8[4];
		uint16_t u16[4];
		uint32_t u32[4];
		uint64_t u64[4];
		char text[32];
	};
	unsigned char after[8];
};

struct form {
	enum xt_option_type type;
	size_t sizes[4];
};

static const struct form forms[] = {
	{ XTTYPE_NONE, { 0 } }, { XTTYPE_UINT8, { 1 } }, { XTTYPE_UINT16, { 2 } }, { XTTYPE_UINT32, { 4 } }, { XTTYPE_UINT64, { 8 } },
	{ XTTYPE_UINT8RC, { 2, 4, 1, 3 } }, { XTTYPE_UINT16RC, { 4, 8, 2 } }, { XTTYPE_UINT32RC, { 8, 16, 4 } }, { XTTYPE_UINT64RC, { 16, 32, 8 } },
	{ XTTYPE_DOUBLE, { 8 } }, { XTTYPE_STRING, { 8, 4, 1 } }, { XTTYPE_TOSMASK, { 0 } }, { XTTYPE_MARKMASK32, { 8, 4 } }, { XTTYPE_SYSLOGLEVEL, { 1 } },
	{ XTTYPE_HOST, { 16, 4 } }, { XTTYPE_HOSTMASK, { 16, 4 } }, { XTTYPE_PROTOCOL, { 1 } }, { XTTYPE_PORT, { 2 } }, { XTTYPE_PORTRC, { 4, 2 } }, { XTTYPE_PLEN, { 1 } },
	{ XTTYPE_PLENMASK, { 16 } }, { XTTYPE_ETHERMAC, { 6 } }, { (enum xt_option_type)22, { 4 } },
};

static const char *const arguments[] = {
	"0", "1", "5", "255", "256", "65535", "65536", "4294967295", "4294967296", "18446744073709551615", "18446744073709551616", "-1", "", " ", "1 ", " 1", "x", "0x1f", "010",
	"1:2", "2:1", ":2", "1:", ":", "1:2:3", "1:2:3:4", "1:2:3:4:5", "::", "1:x", "1:256", "0x1:0x2", "1.5", "1e3", ".5", "nan", "inf", "-1.5", "1.5x", "abc", "12345678", "123456789",
	"abc def", "0x10/0x0f", "16/15", "1/", "/1", "1/1/1", "1/x", "0x100/1", "1/0x100", "Minimize-Delay", "minimize-delay", "Maximize-Throughput", "Maximize-Reliability",
	"Minimize-Cost", "Normal-Service", "normal-service/1", "Nosuch-Service", "debug", "DEBUG", "info", "notice", "warn", "warning", "err", "error", "crit", "alert", "emerg", "panic",
	"7", "8", "9", "1.2.3.4", "1.2.3.4/24", "1.2.3.4/255.255.0.0", "1.2.3.4/255.0.255.0", "1.2.3.4/33", "1.2.3.4/", "localhost", "nosuch.invalid", "::1", "::1/64", "::1/129",
	"fe80::1/ffff::", "ip6-localhost", "tcp", "TCP", "icmpv6", "all", "300", "http", "http:https", "http:", ":https", "https:http", "80:http", "80:", "80:443", "80:443:1", "nosuch:80",
	"24", "32", "33", "64", "128", "129", "255.255.255.0", "255.0.255.0", "ffff::", "ffff:0:ffff::", "00:11:22:33:44:55", "0:1:2:3:4:5", "00:11:22:33:44", "00-11-22-33-44-55",
	"00:11:22:33:44:55:66", "gg:00:00:00:00:00", "+1", "1,2", "1-2", "syslog", "tftp", "domain", "0x50", "0000080", "65537",
};

static void call_option(const struct xt_option_entry *entry, const char *argument, bool invert, unsigned int flags)
{
	struct payload payload;
	memset(&payload, 0xaa, sizeof payload);
	struct xt_option_call call = { .arg = argument, .ext_name = "probe", .entry = entry, .data = &payload, .xflags = flags, .invert = invert, .nvals = 99 };
	memset(&call.val, 0xbb, sizeof call.val);
	optarg = (char *)argument;
	TRY(printf("type %d size %zu flags %x %u-%u '%s'%s:", entry->type, entry->size, entry->flags, entry->min, entry->max, shown(argument), invert ? " inverted" : "");
		xtables_option_parse(&call); printf(" given %x", call.xflags);
		printf(" n %u val ", call.nvals); bytes(&call.val, 40); if (entry->flags & XTOPT_PUT) printf(" put "), bytes(&payload, sizeof payload));
}

/*
 * What ours does better: a number that is no port, a length that no prefix has, a mask with holes, which the original takes for all ones;
 * of an address with a mask it puts the mask.
 */
static bool does_better(const struct xt_option_entry *entry, const char *argument)
{
	static const char *const not_masks[] = { "33", "64", "128", "129", "255", "255.0.255.0", "ffff:0:ffff::", "0x100", "300", "0x50", "1.2.3.4", "1.5", "::1" };
	const char *mask = entry->type == XTTYPE_HOSTMASK && strchr(argument, '/') ? strchr(argument, '/') + 1 : argument;

	switch (entry->type) {
	case XTTYPE_PORT:
	case XTTYPE_PORTRC:
		return strtoull(argument, NULL, 10) > UINT16_MAX;
	case XTTYPE_HOSTMASK:
		if (mask == argument)
			return false;
		if (entry->flags & XTOPT_PUT)
			return true;
		/* fall through */
	case XTTYPE_PLEN:
	case XTTYPE_PLENMASK:
		for (size_t i = 0; i < LENGTH(not_masks); i++)
			if (!strcmp(mask, not_masks[i]))
				return true;
		return (entry->type == XTTYPE_PLEN && strchr(mask, '.')) || (*mask && strspn(mask, "0123456789") == strlen(mask) && strtoull(mask, NULL, 10) > 128);
	default:
		return false;
	}
}

static void parse(uint8_t family)
{
	xtables_set_nfproto(family);
	for (size_t f = 0; f < LENGTH(forms); f++)
		for (size_t s = 0; s == 0 || (s < LENGTH(forms[f].sizes) && forms[f].sizes[s]); s++)
			for (size_t a = 0; a < LENGTH(arguments); a++) {
				struct xt_option_entry entry = { .name = "option", .id = 3, .type = forms[f].type, .size = forms[f].sizes[s], .ptroff = 8 };
				if (s == 0 && !does_better(&entry, arguments[a]))
					call_option(&entry, arguments[a], false, 0);
				if (forms[f].sizes[s] == 0)
					continue;
				entry.flags = XTOPT_PUT;
				if (does_better(&entry, arguments[a]))
					continue;
				call_option(&entry, arguments[a], false, 0);
				entry.flags = XTOPT_PUT | XTOPT_NBO;
				call_option(&entry, arguments[a], false, 0);
				entry.min = 2, entry.max = 200;
				call_option(&entry, arguments[a], false, 0);
			}
	if (family != NFPROTO_IPV4)
		return;
	struct xt_option_entry entry = { .name = "option", .id = 3, .type = XTTYPE_UINT32 };
	call_option(&entry, "5", true, 0);
	call_option(&entry, "5", false, 8);
	call_option(&entry, "5", false, 0xfffffff7);
	entry.flags = XTOPT_INVERT;
	call_option(&entry, "5", true, 0);
	call_option(&entry, NULL, false, 0);
	entry.flags = XTOPT_MULTI;
	call_option(&entry, "5", false, 8);
	entry.excl = 4;
	call_option(&entry, "5", false, 4);
	entry.type = XTTYPE_NONE;
	call_option(&entry, "5", false, 0);
	call_option(&entry, NULL, false, 0);
}

static void checks(void)
{
	static const size_t sizes[] = { 0, 1, 2, 3, 4, 5, 6, 8, 16, 24, 32 };
	static const unsigned int flags[] = { 0, XTOPT_PUT, XTOPT_NBO, XTOPT_PUT | XTOPT_NBO };
	for (unsigned int type = 0; type < 24; type++)
		for (size_t s = 0; s < LENGTH(sizes); s++)
			for (size_t f = 0; f < LENGTH(flags); f++) {
				struct xt_option_entry entries[] = { { .name = "option", .type = (enum xt_option_type)type, .size = sizes[s], .flags = flags[f] }, XTOPT_TABLEEND };
				CHILD(printf("type %u size %zu flags %u ", type, sizes[s], flags[f]); fflush(stdout); xtables_option_metavalidate("probe", entries));
			}
	static const struct xt_option_entry large[] = { { .name = "option", .id = 32 }, XTOPT_TABLEEND };
	CHILD(xtables_option_metavalidate("probe", large));
	static const struct xt_option_entry twice[] = { { .name = "a", .id = 1 }, { .name = "b", .id = 1 }, { .name = "a", .id = 2 }, XTOPT_TABLEEND };
	CHILD(xtables_option_metavalidate("probe", twice));
	static const struct xt_option_entry unknown[] = { { .name = "a", .id = 1, .flags = 1 << 7, .min = 5, .max = 3 }, XTOPT_TABLEEND };
	CHILD(xtables_option_metavalidate("probe", unknown));

	static const struct xt_option_entry entries[] = {
		{ .name = "zero", .id = 0, .flags = XTOPT_MAND },
		{ .name = "one", .id = 1, .also = 1 << 2 },
		{ .name = "two", .id = 2, .excl = 1 << 3 | 1 << 4 },
		{ .name = "three", .id = 3 },
		{ .name = "four", .id = 4, .excl = 1 << 4 },
		{ .name = "five", .id = 5, .also = 1 << 3 | 1 << 4 },
		{ .name = "alias-of-one", .id = 1, .also = 1 << 9 },
		{ .name = "six", .id = 6, .also = 1 << 7, .excl = 1 << 3 },
		{ .name = "seven", .id = 7, .also = 1 << 2, .excl = 1 << 3, .flags = XTOPT_INVERT },
		XTOPT_TABLEEND,
	};
	for (unsigned int given = 0; given < 256; given++)
		TRY(printf("given %x:", given); xtables_options_fcheck("probe", given, entries));
}

/* Matches and targets of its own. */

static void tells_init(struct xt_entry_match *m) { printf(" {init %d}", m->u.match_size); }
static void tells_check(unsigned int flags) { printf(" {final %x}", flags); }
static void tells_fcheck(struct xt_fcheck_call *call) { printf(" {fcheck %s %x}", call->ext_name, call->xflags); }
static int tells_parse(int c, char **argv, int invert, unsigned int *flags, const void *entry, struct xt_entry_match **match)
{
	printf(" {parse %d %s %d %x %d %d}", c, argv ? shown(argv[0]) : "-", invert, *flags, !!entry, !!*match);
	*flags |= 0x100;
	return c == 'n' ? 0 : 1;
}
static void tells_x6(struct xt_option_call *call)
{
	printf(" {x6_parse %s %s %s %x %d %d}", call->ext_name, call->entry->name, shown(call->arg), call->xflags, call->invert, !!call->xt_entry);
	xtables_option_parse(call);
}

static const struct option old_options[] = { { "old", 1, NULL, 'o' }, { "not", 0, NULL, 'n' }, XT_GETOPT_TABLEEND };

static void calls(void)
{
	char *words[] = { "zero", "one", "two", NULL };
	struct { struct xt_entry_match head; char payload[64]; } record = { .head.u.match_size = 96 };
	struct xtables_match old = { .version = XTABLES_VERSION, .name = "old", .size = 32, .userspacesize = 32, .init = tells_init, .parse = tells_parse,
		.final_check = tells_check, .extra_opts = old_options, .option_offset = 512, .m = &record.head };
	struct xtables_match modern = { .version = XTABLES_VERSION, .name = "modern", .size = 32, .userspacesize = 32, .x6_parse = tells_x6, .x6_fcheck = tells_fcheck,
		.x6_options = simple_entries, .option_offset = 768, .m = &record.head };
	int entry = 0;
	optarg = "7";
	TRY(printf("old:"); xtables_option_mpcall(512 + 'o', words, true, &old, &entry); printf(" %x", old.mflags));
	TRY(printf("old, not:"); xtables_option_mpcall(512 + 'n', words, false, &old, &entry); printf(" %x", old.mflags));
	TRY(printf("old end:"); xtables_option_mfcall(&old));
	old.parse = NULL, old.final_check = NULL;
	TRY(printf("no parse:"); xtables_option_mpcall(512 + 'o', words, false, &old, &entry));
	TRY(printf("no final:"); xtables_option_mfcall(&old));
	for (unsigned int c = 768; c < 772; c++)
		TRY(printf("modern %u:", c); xtables_option_mpcall(c, words, c == 769, &modern, &entry); printf(" %x", modern.mflags));
	TRY(printf("modern end:"); xtables_option_mfcall(&modern));
	static const struct xt_option_entry required[] = { { .name = "must", .id = 5, .flags = XTOPT_MAND }, XTOPT_TABLEEND };
	modern.x6_options = required;
	TRY(printf("required:"); xtables_option_mfcall(&modern));
	modern.final_check = tells_check;
	TRY(printf("both:"); xtables_option_mfcall(&modern));
	modern.x6_options = simple_entries;
	modern.parse = tells_parse;
	TRY(printf("both parse:"); xtables_option_mpcall(768, words, false, &modern, &entry));
	modern.mflags = 0;
	modern.x6_fcheck = NULL;
	TRY(printf("no fcheck:"); xtables_option_mfcall(&modern));
	struct { struct xt_entry_target head; char payload[64]; } action = { .head.u.target_size = 96 };
	struct xtables_target target = { .version = XTABLES_VERSION, .name = "TARGET", .size = 32, .userspacesize = 32, .x6_parse = tells_x6, .x6_fcheck = tells_fcheck,
		.x6_options = simple_entries, .option_offset = 1024, .t = &action.head };
	for (unsigned int c = 1024; c < 1028; c++)
		TRY(printf("target %u:", c); xtables_option_tpcall(c, words, c == 1025, &target, &entry); printf(" %x", target.tflags));
	TRY(printf("target end:"); xtables_option_tfcall(&target));
	target.x6_parse = NULL, target.x6_fcheck = NULL, target.final_check = tells_check;
	TRY(printf("target, nothing:"); xtables_option_tpcall(1024, words, false, &target, &entry));
	TRY(printf("target end:"); xtables_option_tfcall(&target));
}

/* The size that pleases the library. */
#define SIZE XT_ALIGN(16)

static const struct xt_option_entry large_size[] = { { .name = "option", .type = XTTYPE_UINT32, .size = 2, .flags = XTOPT_PUT }, XTOPT_TABLEEND };

static void show_match(const char *what, const struct xtables_match *m)
{
	printf("%s: ", what);
	if (m)
		printf("%s (%s) revision %u family %u flags %u size %zu loaded %u offset %u m %d self %d", m->name, m->real_name, m->revision, m->family, m->ext_flags, m->size, m->loaded,
			m->option_offset, !!m->m, m->next == m);
	else
		printf("none");
}

static void show_matches(void)
{
	printf("found:");
	for (struct xtables_match *m = xtables_matches; m; m = m->next)
		printf(" %s/%u/%u", m->name, m->revision, m->family);
	printf(" pending:");
	for (struct xtables_match *m = xtables_pending_matches; m; m = m->next)
		printf(" %s/%u/%u/%u", m->name, m->revision, m->family, m->ext_flags);
	printf("\n");
}

static void show_targets(void)
{
	printf("found:");
	for (struct xtables_target *t = xtables_targets; t; t = t->next)
		printf(" %s/%u/%u", t->name, t->revision, t->family);
	printf(" pending:");
	/* Those of another family are not kept by the original. */
	for (struct xtables_target *t = xtables_pending_targets; t; t = t->next)
		if (t->family != NFPROTO_IPV4)
			printf(" %s/%u/%u/%u", t->name, t->revision, t->family, t->ext_flags);
	printf("\n");
}

static int only_to_one(const char *name, uint8_t revision, int option)
{
	(void)name, (void)option;
	return revision <= 1;
}

static int none_at_all(const char *name, uint8_t revision, int option)
{
	(void)name, (void)revision, (void)option;
	return 0;
}

#define MATCH(n, r, f, ...) { .version = XTABLES_VERSION, .name = n, .revision = r, .family = f, .size = SIZE, .userspacesize = SIZE, .parse = tells_parse, __VA_ARGS__ }

static void register_matches(void)
{
	xtables_set_nfproto(NFPROTO_IPV4);
	static struct xtables_match some[] = {
		MATCH("alpha", 1, NFPROTO_UNSPEC), MATCH("alpha", 0, NFPROTO_UNSPEC), MATCH("alpha", 2, NFPROTO_UNSPEC), MATCH("alpha", 1, NFPROTO_IPV4),
		MATCH("beta", 0, NFPROTO_IPV6), MATCH("beta", 3, NFPROTO_IPV4), MATCH("gamma", 0, NFPROTO_UNSPEC, .real_name = "alpha", .ext_flags = XTABLES_EXT_ALIAS),
		MATCH("delta", 5, NFPROTO_UNSPEC), MATCH("delta", 4, NFPROTO_UNSPEC), MATCH("eps", 0, NFPROTO_UNSPEC),
		MATCH("eps", 0, NFPROTO_UNSPEC, .real_name = "alpha", .ext_flags = XTABLES_EXT_ALIAS), MATCH("icmp6", 0, NFPROTO_UNSPEC), MATCH("icmp", 0, NFPROTO_UNSPEC),
	};
	TRY(xtables_register_matches(some, LENGTH(some)); show_matches());
	static struct xtables_match one = MATCH("zeta", 0, NFPROTO_UNSPEC, .x6_options = simple_entries, .x6_parse = tells_x6);
	TRY(xtables_register_match(&one); show_matches());
	struct xtables_rule_match *list = NULL, *last = NULL;
	static const char *const sought[] = { "alpha", "alpha", "beta", "gamma", "eps", "zeta", "nosuch", "icmp6", "icmpv6", "ipv6-icmp", "", "alpha" };
	for (size_t s = 0; s < LENGTH(sought); s++) {
		TRY(struct xtables_match *m = xtables_find_match(sought[s], XTF_DONT_LOAD, s % 2 ? NULL : &list); show_match(sought[s], m));
		show_matches();
	}
	revisions = only_to_one;
	TRY(show_match("delta", xtables_find_match("delta", XTF_DONT_LOAD, NULL)));
	revisions = NULL;
	show_matches();
	struct xtables_match *alpha = xtables_find_match("alpha", XTF_DONT_LOAD, NULL);
	for (int revision = -1; revision < 4; revision++)
		TRY(printf("revision %d ", revision); show_match("of alpha", xtables_find_match_revision("alpha", XTF_DONT_LOAD, alpha, revision)));
	TRY(show_match("of nosuch", xtables_find_match_revision("nosuch", XTF_DONT_LOAD, alpha, 0)));

	xtables_rule_matches_free(&list);
	for (int i = 0; i < 3; i++) {
		struct xtables_match *m = xtables_find_match("alpha", XTF_DONT_LOAD, &list);
		if (!m)
			break;
		m->m = calloc(1, 100);
		printf("use %d: copy %d self %d same %d\n", i, m != alpha, m->next == m, m == alpha);
	}
	for (last = list; last; last = last->next)
		printf("in list: %s %d\n", last->match->name, last->completed);
	xtables_rule_matches_free(&list);
	printf("freed: %p\n", (void *)list);
	static struct xtables_match preferred[] = {
		MATCH("prefer", 1, NFPROTO_IPV4), MATCH("prefer", 3, NFPROTO_UNSPEC), MATCH("prefer", 0, NFPROTO_UNSPEC, .real_name = "alpha", .ext_flags = XTABLES_EXT_ALIAS),
		MATCH("prefer", 5, NFPROTO_IPV6), MATCH("prefer", 2, NFPROTO_IPV4), MATCH("prefer", 4, NFPROTO_UNSPEC, .real_name = "beta"),
		MATCH("prefer", 1, NFPROTO_UNSPEC, .real_name = "alpha", .ext_flags = XTABLES_EXT_ALIAS),
	};
	CHILD(xtables_register_matches(preferred, LENGTH(preferred)); show_matches());
	CHILD(xtables_register_matches(preferred + 3, 4); show_matches(); show_match("prefer", xtables_find_match("prefer", XTF_DONT_LOAD, NULL));
		xtables_register_matches(preferred, 3); show_match(" then", xtables_find_match("prefer", XTF_DONT_LOAD, NULL)); show_matches());
	CHILD(xtables_register_match(preferred); show_match("one", xtables_find_match("prefer", XTF_DONT_LOAD, NULL));
		xtables_register_match(preferred + 4); show_match(" newer", xtables_find_match("prefer", XTF_DONT_LOAD, NULL)); show_matches());
	static struct xtables_match again = MATCH("prefer", 1, NFPROTO_IPV4);
	CHILD(xtables_register_match(preferred); show_match("one", xtables_find_match("prefer", XTF_DONT_LOAD, NULL));
		xtables_register_match(&again); show_match(" again", xtables_find_match("prefer", XTF_DONT_LOAD, NULL)); show_matches());
	CHILD(xtables_register_match(&one); show_matches());
	TRY(show_match("must", xtables_find_match("nosuch", XTF_LOAD_MUST_SUCCEED, NULL)));
	TRY(show_match("try", xtables_find_match("nosuch", XTF_TRY_LOAD, NULL)));
	TRY(show_match("during", xtables_find_match("nosuch", XTF_DURING_LOAD, NULL)));
	TRY(show_match("a long name", xtables_find_match("a-name-that-is-longer-than-the-kernel-takes", XTF_LOAD_MUST_SUCCEED, NULL)));
	TRY(show_match("28", xtables_find_match("a-name-of-28-characters-is-f", XTF_TRY_LOAD, NULL)));
	TRY(show_match("29", xtables_find_match("a-name-of-29-characters-is-lo", XTF_TRY_LOAD, NULL)));
	TRY(show_match("a path", xtables_find_match("../x", XTF_TRY_LOAD, NULL)));

	static struct xtables_match missing = MATCH("missing", 0, NFPROTO_UNSPEC), later = MATCH("later", 1, NFPROTO_UNSPEC);
	revisions = none_at_all;
	CHILD(xtables_register_match(&missing); show_match("missing", xtables_find_match("missing", XTF_DONT_LOAD, NULL)));
	CHILD(xtables_register_match(&later); show_match("later", xtables_find_match("later", XTF_DONT_LOAD, NULL)));
	CHILD(xtables_register_match(&later); show_match("later", xtables_find_match("later", XTF_LOAD_MUST_SUCCEED, NULL)));
	revisions = NULL;
	static struct xtables_match wrong[] = {
		MATCH("wrong", 0, NFPROTO_UNSPEC, .version = NULL), MATCH("wrong", 0, NFPROTO_UNSPEC, .version = "libxtables.so.11"),
		MATCH("wrong", 0, NFPROTO_UNSPEC, .version = "libxtables.so.13"), MATCH("wrong", 0, NFPROTO_UNSPEC, .version = ""), MATCH("wrong", 0, NFPROTO_UNSPEC, .parse = NULL),
		MATCH("wrong", 0, NFPROTO_UNSPEC, .extra_opts = old_options, .x6_options = simple_entries), MATCH("wrong", 255, NFPROTO_UNSPEC), MATCH("wrong", 0, NFPROTO_UNSPEC, .size = 17),
		MATCH("wrong", 0, NFPROTO_UNSPEC, .userspacesize = 17), MATCH("a-name-of-29-characters-is-lo", 0, NFPROTO_UNSPEC), MATCH("a-name-of-28-characters-is-f", 0, NFPROTO_UNSPEC),
		MATCH("wrong", 0, 77), MATCH("wrong", 0, NFPROTO_IPV6), MATCH("wrong", 0, NFPROTO_UNSPEC, .x6_options = large_size, .x6_parse = tells_x6),
		MATCH("wrong", 0, NFPROTO_UNSPEC, .real_name = "a-name-of-29-characters-is-lo"), MATCH("wrong", 0, NFPROTO_UNSPEC, .userspacesize = SIZE + 8),
		MATCH("", 0, NFPROTO_UNSPEC), MATCH("wrong", 0, NFPROTO_UNSPEC, .real_name = "alpha"), MATCH("wrong", 0, NFPROTO_UNSPEC, .ext_flags = XTABLES_EXT_ALIAS),
	};
	for (size_t w = 0; w < LENGTH(wrong); w++)
		CHILD(printf("wrong %zu: ", w); fflush(stdout); xtables_register_match(&wrong[w]); show_match("is", xtables_find_match(wrong[w].name, XTF_DONT_LOAD, NULL)));
	static struct xtables_match doubles[] = { MATCH("double", 1, NFPROTO_UNSPEC), MATCH("double", 1, NFPROTO_UNSPEC) };
	CHILD(xtables_register_matches(doubles, 2); show_match("double", xtables_find_match("double", XTF_DONT_LOAD, NULL)));
	static struct xtables_match families[] = { MATCH("double", 1, NFPROTO_UNSPEC), MATCH("double", 1, NFPROTO_IPV4) };
	CHILD(xtables_register_matches(families, 2); show_match("families", xtables_find_match("double", XTF_DONT_LOAD, NULL)));
	CHILD(xtables_register_matches(families + 1, 1); show_match("found", xtables_find_match("double", XTF_DONT_LOAD, NULL)); xtables_register_matches(families, 1);
		show_match("and then", xtables_find_match("double", XTF_DONT_LOAD, NULL)));
}

#define TARGET(n, r, f, ...) { .version = XTABLES_VERSION, .name = n, .revision = r, .family = f, .size = SIZE, .userspacesize = SIZE, __VA_ARGS__ }

static void show_target(const char *what, const struct xtables_target *t)
{
	printf("%s: ", what);
	if (t)
		printf("%s (%s) revision %u family %u flags %u size %zu loaded %u used %u offset %u t %d", t->name, t->real_name, t->revision, t->family, t->ext_flags, t->size, t->loaded,
			t->used, t->option_offset, !!t->t);
	else
		printf("none");
}

static void register_targets(void)
{
	xtables_set_nfproto(NFPROTO_IPV6);
	static struct xtables_target some[] = {
		TARGET("ALPHA", 1, NFPROTO_UNSPEC), TARGET("ALPHA", 0, NFPROTO_UNSPEC), TARGET("ALPHA", 2, NFPROTO_UNSPEC), TARGET("ALPHA", 1, NFPROTO_IPV6),
		TARGET("BETA", 0, NFPROTO_IPV4), TARGET("BETA", 3, NFPROTO_IPV6), TARGET("GAMMA", 0, NFPROTO_UNSPEC, .real_name = "ALPHA", .ext_flags = XTABLES_EXT_ALIAS),
		TARGET("standard", 0, NFPROTO_UNSPEC), TARGET("ERROR", 0, NFPROTO_UNSPEC),
	};
	TRY(xtables_register_targets(some, LENGTH(some)); show_targets());
	static struct xtables_target one = TARGET("ZETA", 0, NFPROTO_UNSPEC);
	TRY(xtables_register_target(&one); show_targets());
	static const char *const sought[] = { "ALPHA", "BETA", "GAMMA", "ZETA", "nosuch", "", "ACCEPT", "DROP", "QUEUE", "RETURN", "accept", "standard", "ERROR", "ALPHA" };
	for (size_t s = 0; s < LENGTH(sought); s++) {
		TRY(show_target(sought[s], xtables_find_target(sought[s], XTF_DONT_LOAD)));
		show_targets();
	}
	struct xtables_target *alpha = xtables_find_target("ALPHA", XTF_DONT_LOAD);
	for (int revision = -1; revision < 4; revision++)
		TRY(printf("revision %d ", revision); show_target("of ALPHA", xtables_find_target_revision("ALPHA", XTF_DONT_LOAD, alpha, revision)));
	TRY(show_target("must", xtables_find_target("NOSUCH", XTF_LOAD_MUST_SUCCEED)));
	TRY(show_target("try", xtables_find_target("NOSUCH", XTF_TRY_LOAD)));
	TRY(xtables_announce_chain("NOSUCH"); show_target("announced", xtables_find_target("NOSUCH", XTF_TRY_LOAD)));
	TRY(xtables_announce_chain(""); show_target("announced", xtables_find_target("", XTF_TRY_LOAD)));
	TRY(xtables_announce_chain("ALPHA"); show_target("announced", xtables_find_target("ALPHA", XTF_TRY_LOAD)));
	TRY(xtables_announce_chain("BETA"); show_target("announced, must", xtables_find_target("BETA", XTF_LOAD_MUST_SUCCEED)));
	TRY(xtables_announce_chain("ZETA"); show_target("announced, do not", xtables_find_target("ZETA", XTF_DONT_LOAD)));
	TRY(show_target("a long name", xtables_find_target("a-name-that-is-longer-than-the-kernel-takes", XTF_LOAD_MUST_SUCCEED)));
	static struct xtables_target late = TARGET("NOSUCH", 0, NFPROTO_UNSPEC);
	TRY(xtables_register_target(&late); show_target("registered late", xtables_find_target("NOSUCH", XTF_TRY_LOAD)));
	TRY(show_target("registered late, must", xtables_find_target("NOSUCH", XTF_LOAD_MUST_SUCCEED)));
	static struct xtables_target preferred[] = {
		TARGET("PREFER", 1, NFPROTO_IPV6), TARGET("PREFER", 3, NFPROTO_UNSPEC), TARGET("PREFER", 0, NFPROTO_UNSPEC, .real_name = "ALPHA", .ext_flags = XTABLES_EXT_ALIAS),
		TARGET("PREFER", 5, NFPROTO_IPV4), TARGET("PREFER", 2, NFPROTO_IPV6), TARGET("PREFER", 4, NFPROTO_UNSPEC, .real_name = "BETA"),
		TARGET("PREFER", 1, NFPROTO_UNSPEC, .real_name = "ALPHA", .ext_flags = XTABLES_EXT_ALIAS), TARGET("PREFER", 3, NFPROTO_IPV6),
	};
	CHILD(xtables_register_targets(preferred, LENGTH(preferred)); show_targets());
	CHILD(xtables_register_targets(preferred, 2); show_target("prefer", xtables_find_target("PREFER", XTF_DONT_LOAD));
		xtables_register_targets(preferred + 7, 1); show_target(" then", xtables_find_target("PREFER", XTF_DONT_LOAD)); show_targets());
	CHILD(xtables_register_target(preferred); show_target("one", xtables_find_target("PREFER", XTF_DONT_LOAD));
		xtables_register_target(preferred + 4); show_target(" newer", xtables_find_target("PREFER", XTF_DONT_LOAD)); show_targets());
	static struct xtables_target again = TARGET("PREFER", 1, NFPROTO_IPV6);
	CHILD(xtables_register_target(preferred); show_target("one", xtables_find_target("PREFER", XTF_DONT_LOAD));
		xtables_register_target(&again); show_target(" again", xtables_find_target("PREFER", XTF_DONT_LOAD)); show_targets());
	static struct xtables_target wrong[] = {
		TARGET("WRONG", 0, NFPROTO_UNSPEC, .version = NULL), TARGET("WRONG", 0, NFPROTO_UNSPEC, .version = "libxtables.so.11"), TARGET("WRONG", 0, NFPROTO_UNSPEC, .size = 17),
		TARGET("WRONG", 0, NFPROTO_UNSPEC, .userspacesize = 17), TARGET("a-name-of-29-characters-is-lo", 0, NFPROTO_UNSPEC), TARGET("WRONG", 0, NFPROTO_IPV4),
		TARGET("WRONG", 0, NFPROTO_UNSPEC, .x6_options = large_size), TARGET("a-name-of-28-characters-is-f", 0, NFPROTO_UNSPEC),
	};
	for (size_t w = 0; w < LENGTH(wrong); w++)
		CHILD(printf("wrong %zu: ", w); fflush(stdout); xtables_register_target(&wrong[w]); show_target("is", xtables_find_target(wrong[w].name, XTF_DONT_LOAD)));
	static struct xtables_target doubles[] = { TARGET("DOUBLE", 1, NFPROTO_UNSPEC), TARGET("DOUBLE", 1, NFPROTO_UNSPEC) };
	CHILD(xtables_register_targets(doubles, 2); show_target("double", xtables_find_target("DOUBLE", XTF_DONT_LOAD)));
	static struct xtables_target missing = TARGET("MISSING", 0, NFPROTO_UNSPEC), later = TARGET("LATER", 1, NFPROTO_UNSPEC);
	revisions = none_at_all;
	CHILD(xtables_register_target(&missing); show_target("missing", xtables_find_target("MISSING", XTF_DONT_LOAD)));
	CHILD(xtables_register_target(&later); show_target("later", xtables_find_target("LATER", XTF_LOAD_MUST_SUCCEED)));
	revisions = NULL;
}

static void show_family(void)
{
	if (!afinfo)
		printf(" none");
	else
		printf(" %s %s %s %u %u %d %d", shown(afinfo->kmod), shown(afinfo->proc_exists), shown(afinfo->libprefix), afinfo->family, afinfo->ipproto, afinfo->so_rev_match,
			afinfo->so_rev_target);
}

static void begin(void)
{
	printf("at start: %d %d %d %d %d line %d kernel %d\n", !xt_params, !xtables_matches, !xtables_targets, !afinfo, !xtables_modprobe_program, line, kernel_version);
	printf("without: %d\n", xtables_set_params(NULL));
	CHILD(xtables_init_all(NULL, NFPROTO_IPV4));
	static struct xtables_globals empty;
	CHILD(printf("empty %d", xtables_set_params(&empty)); printf(" %d %d", empty.exit_err == basic_exit_err, !empty.compat_rev));
	for (int family = 0; family < 256; family += family < 14 ? 1 : 60)
		CHILD(printf("family %d:", family); fflush(stdout); xtables_set_nfproto(family); show_family());
	CHILD(printf("init %d", xtables_init_all(&globals, NFPROTO_IPV6)); show_family(); xtables_fini());
	static const char *const variables[][2] = { { "XTABLES_LIBDIR", "/nonexistent" }, { "IPTABLES_LIB_DIR", "/nonexistent" }, { "IP6TABLES_LIB_DIR", "/nonexistent" } };
	for (size_t v = 0; v < LENGTH(variables); v++)
		CHILD(setenv(variables[v][0], variables[v][1], 1); xtables_init_all(&globals, NFPROTO_IPV4); show_match("found", xtables_find_match("nosuch", XTF_TRY_LOAD, NULL)));
	for (size_t v = 0; v < LENGTH(variables); v++)
		CHILD(setenv(variables[v][0], variables[v][1], 1); xtables_init_all(&globals, NFPROTO_IPV4); show_match("found", xtables_find_match("nosuch", XTF_LOAD_MUST_SUCCEED, NULL)));
	for (size_t v = 0; v < LENGTH(variables); v++)
		CHILD(setenv(variables[v][0], "/nonexistent:/tmp", 1); xtables_init_all(&globals, NFPROTO_IPV4); show_target("found", xtables_find_target("NOSUCH", XTF_LOAD_MUST_SUCCEED)));
	printf("init all %d %d\n", xtables_init_all(&globals, NFPROTO_IPV4), xt_params == &globals);
	get_kernel_version();
	printf("kernel %d\n", kernel_version >= LINUX_VERSION(4, 0, 0));
}

static void kernel(void)
{
	static const char *const asked[] = { "tcp", "conntrack", "nosuch", "", "standard" };
	for (int family = NFPROTO_IPV4; family <= NFPROTO_IPV6; family += NFPROTO_IPV6 - NFPROTO_IPV4) {
		xtables_set_nfproto(family);
		for (size_t a = 0; a < LENGTH(asked); a++)
			for (int revision = 0; revision < 5; revision++)
				CHILD(printf("%s %d: %d", asked[a], revision, xtables_compatible_revision(asked[a], revision, afinfo->so_rev_match)));
		CHILD(printf("SNAT: %d", xtables_compatible_revision("SNAT", 1, afinfo->so_rev_target)));
		CHILD(printf("a wrong option, 0: %d", xtables_compatible_revision("SNAT", 0, 4711)));
		CHILD(printf("a wrong option: %d", xtables_compatible_revision("SNAT", 1, 4711)));
		CHILD(printf("load: %d", xtables_load_ko("/bin/true", true)));
		CHILD(printf("load: %d", xtables_load_ko("/bin/false", true)));
		CHILD(printf("load: %d", xtables_load_ko(NULL, true)));
	}
	CHILD(printf("insmod: %d", xtables_insmod("nosuch", "/bin/true", true)));
	CHILD(printf("insmod: %d", xtables_insmod("nosuch", "/bin/false", true)));
	CHILD(printf("insmod: %d", xtables_insmod("nosuch", "/nonexistent", true)));
	CHILD(printf("insmod: %d", xtables_insmod("nosuch module", "/bin/echo", true)));
	CHILD(printf("insmod: %d", xtables_insmod("nosuch", "/bin/echo", false)));
}

int main(int count, char **words)
{
	const char *part = count > 1 ? words[1] : "";
	setvbuf(stdout, NULL, _IOFBF, 1 << 16);
	if (!strcmp(part, "begin"))
		return begin(), 0;
	unsetenv("XTABLES_LIBDIR");
	setenv("XTABLES_LIBDIR", "/nonexistent", 1);
	xtables_init_all(&globals, NFPROTO_IPV4);
	static const struct { const char *name; void (*does)(void); } parts[] = {
		{ "numbers", numbers }, { "names", names }, { "addresses", addresses }, { "printing", printing }, { "lists", lists }, { "translation", translation }, { "errors", errors },
		{ "options", options }, { "checks", checks }, { "calls", calls }, { "matches", register_matches }, { "targets", register_targets }, { "kernel", kernel },
	};
	for (size_t p = 0; p < LENGTH(parts); p++)
		if (!strcmp(part, parts[p].name))
			return parts[p].does(), 0;
	if (!strcmp(part, "parse4"))
		return parse(NFPROTO_IPV4), 0;
	if (!strcmp(part, "parse6"))
		return parse(NFPROTO_IPV6), 0;
	return 1;
}
