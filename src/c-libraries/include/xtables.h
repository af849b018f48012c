/*
 * libxtables: matches and targets of iptables, for programs that use them and for plugins that bring them.
 *
 * A program calls xtables_init_all(), finds a match or target by name, gives it words (xtables_option_mpcall and _tpcall), ends it
 * (_mfcall, _tfcall), and has it printed (print, save) to stdout. A plugin is a shared library libxt_NAME.so, libipt_NAME.so or
 * libip6t_NAME.so in the folder of plugins; a constructor of it registers structs (xtables_register_matches, _targets).
 *
 * Errors go to xt_params->exit_err, which does not return. What a function gives in static memory is good until its next call.
 */
#ifndef _XTABLES_H
#define _XTABLES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <linux/types.h>
#include <linux/netfilter.h>
#include <linux/netfilter/x_tables.h>

#include <xtables-version.h>

#ifdef __cplusplus
extern "C" {
#endif

struct in_addr;
struct in6_addr;
struct option; /* of getopt.h */

/* What not every libc names in netinet/in.h. */
#ifndef IPPROTO_DCCP
#define IPPROTO_DCCP 33
#endif
#ifndef IPPROTO_SCTP
#define IPPROTO_SCTP 132
#endif
#ifndef IPPROTO_MH
#define IPPROTO_MH 135
#endif
#ifndef IPPROTO_UDPLITE
#define IPPROTO_UDPLITE 136
#endif

/* A number of 64 bits as the kernel's structs have it, on every machine at a multiple of 8. */
#define aligned_u64 uint64_t __attribute__((aligned(8)))

/* ---- The program --------------------------------------------------------------------------------------------------------------- */

/* What an error is. The first four are exit statuses; the others tell xtables_param_act() which text it is. */
enum xtables_exittype {
	OTHER_PROBLEM = 1,
	PARAMETER_PROBLEM = 2,
	VERSION_PROBLEM = 3,
	RESOURCE_PROBLEM = 4,
	XTF_ONLY_ONCE = 5,
	XTF_NO_INVERT = 6,
	XTF_BAD_VALUE = 7,
	XTF_ONE_ACTION = 8,
};

/* What the program tells the library of itself. */
struct xtables_globals {
	unsigned int option_offset;     /* the getopt number at which the options of the extension merged last begin */
	const char *program_name;
	const char *program_version;
	struct option *orig_opts;       /* the program's own options */
	struct option *opts;            /* these and those of extensions in use; orig_opts or allocated */
	/* Ends the program with a message, or jumps out; it must not return. NULL: basic_exit_err(). */
	void (*exit_err)(enum xtables_exittype status, const char *msg, ...) __attribute__((noreturn, format(printf, 2, 3)));
	/* Whether the kernel has a revision. NULL: nothing is asked; xtables_compatible_revision() asks ip_tables. */
	int (*compat_rev)(const char *name, uint8_t rev, int opt);
};

extern struct xtables_globals *xt_params;
#define xtables_error (xt_params->exit_err)

/* Sets xt_params and the family, reads where plugins are: xtables_set_params, _init and _set_nfproto in one. -1: xtp is NULL. */
extern int xtables_init_all(struct xtables_globals *xtp, uint8_t nfproto);
extern int xtables_set_params(struct xtables_globals *xtp);
extern void xtables_init(void);
extern void xtables_set_nfproto(uint8_t nfproto);
/* Ends all: plugins are closed. */
extern void xtables_fini(void);

/*
 * The error of an option. XTF_ONLY_ONCE and XTF_NO_INVERT: extension, option, whether it is so; XTF_BAD_VALUE: extension, option, value;
 * XTF_ONE_ACTION: extension, whether it is so.
 */
extern void xtables_param_act(unsigned int status, const char *extension, ...);

/* Memory, or the end of the program. */
extern void *xtables_malloc(size_t size);
extern void *xtables_calloc(size_t count, size_t size);
extern void *xtables_realloc(void *memory, size_t size);
char *xtables_strdup(const char *text);

/* ---- The kernel's modules and revisions ------------------------------------------------------------------------------------------ */

/* The program that loads modules; NULL: the one that the kernel names. */
extern const char *xtables_modprobe_program;

/* 0, or -1. */
extern int xtables_insmod(const char *module, const char *modprobe, bool quiet);
/* The module of the family's tables, unless it is there. */
extern int xtables_load_ko(const char *modprobe, bool quiet);

/* Whether the kernel has a revision of a match or target; opt is the family's so_rev_match or so_rev_target. */
extern int xtables_compatible_revision(const char *name, uint8_t revision, int opt);

/* The kernel's version as one number. */
extern int kernel_version;
extern void get_kernel_version(void);
#define LINUX_VERSION(x, y, z) (0x10000 * (x) + 0x100 * (y) + z)
#define LINUX_VERSION_MAJOR(x) (((x) >> 16) & 0xff)
#define LINUX_VERSION_MINOR(x) (((x) >> 8) & 0xff)
#define LINUX_VERSION_PATCH(x) ((x) & 0xff)

/* ---- Options as data ------------------------------------------------------------------------------------------------------------- */

/* The form of an option's value. What it is read to is a member of xt_option_call's val, and where XTOPT_PUT says so one of the payload. */
enum xt_option_type {
	XTTYPE_NONE = 0,        /* no value */
	XTTYPE_UINT8 = 1,       /* a number: u8 */
	XTTYPE_UINT16 = 2,      /* u16 */
	XTTYPE_UINT32 = 3,      /* u32 */
	XTTYPE_UINT64 = 4,      /* u64 */
	XTTYPE_UINT8RC = 5,     /* numbers with colons between: u8_range; the payload may have room for more than two */
	XTTYPE_UINT16RC = 6,    /* u16_range */
	XTTYPE_UINT32RC = 7,    /* u32_range */
	XTTYPE_UINT64RC = 8,    /* u64_range */
	XTTYPE_DOUBLE = 9,      /* dbl */
	XTTYPE_STRING = 10,     /* a text as it stands in arg, copied into an array of char, of at least min characters */
	XTTYPE_TOSMASK = 11,    /* a TOS value, by name or number, and a mask: tos_value, tos_mask */
	XTTYPE_MARKMASK32 = 12, /* a number and a mask: mark, mask */
	XTTYPE_SYSLOGLEVEL = 13, /* debug to panic, or a number: syslog_level */
	XTTYPE_HOST = 14,       /* the first address of a host: haddr, which is all that is put */
	XTTYPE_HOSTMASK = 15,   /* an address and perhaps a prefix length or mask: haddr, hmask, hlen; haddr is all that is put */
	XTTYPE_PROTOCOL = 16,   /* a protocol by name or number: protocol */
	XTTYPE_PORT = 17,       /* a port by name or number: port; may be XTOPT_NBO */
	XTTYPE_PORTRC = 18,     /* a port or two with a colon between: port_range; may be XTOPT_NBO */
	XTTYPE_PLEN = 19,       /* a prefix length: hlen */
	XTTYPE_PLENMASK = 20,   /* a prefix length or mask: hlen, hmask, which is what is put (a union nf_inet_addr) */
	XTTYPE_ETHERMAC = 21,   /* six bytes in hexadecimal with colons between: ethermac */
};

enum xt_option_flags {
	XTOPT_INVERT = 1 << 0,  /* "!" may precede it */
	XTOPT_MAND = 1 << 1,    /* it must be given */
	XTOPT_MULTI = 1 << 2,   /* it may be given more than once */
	XTOPT_PUT = 1 << 3,     /* its value is put into the payload, at ptroff */
	XTOPT_NBO = 1 << 4,     /* and that in network byte order */
};

struct xt_option_entry {
	const char *name;       /* the long name; NULL ends a table */
	enum xt_option_type type;
	unsigned int id;        /* its number in the extension, 0 to 31 */
	unsigned int excl;      /* a bit, 1 << id, for each option that must not be given with it */
	unsigned int also;      /* and for each that must be */
	unsigned int flags;     /* XTOPT_* */
	unsigned int ptroff;    /* where its value is in the payload */
	size_t size;            /* and how large, which the form must agree with */
	unsigned int min, max;  /* what is allowed, if not all that fits; both 0 for that */
};

/* ptroff and size of a member of the payload's struct; the end of a table. */
#define XTOPT_POINTER(stype, member) .ptroff = offsetof(stype, member), .size = sizeof(((stype *)NULL)->member)
#define XTOPT_TABLEEND {.name = NULL}
#define XT_GETOPT_TABLEEND {.name = NULL, .has_arg = false}

/* What x6_parse is called with: one option that was given. */
struct xt_option_call {
	const char *arg;        /* the word */
	const char *ext_name;   /* the extension */
	const struct xt_option_entry *entry;
	void *data;             /* its payload */
	unsigned int xflags;    /* a bit for each option given until now; xtables_option_parse() sets this one's */
	bool invert;            /* "!" preceded */
	uint8_t nvals;          /* how many numbers a value with colons had */
	union {                 /* the value, once xtables_option_parse() has read it */
		uint8_t u8, u8_range[2], syslog_level, protocol;
		uint16_t u16, u16_range[2], port, port_range[2];
		uint32_t u32, u32_range[2];
		uint64_t u64, u64_range[2];
		double dbl;
		__extension__ struct {
			union nf_inet_addr haddr, hmask;
			uint8_t hlen;
		};
		__extension__ struct {
			uint8_t tos_value, tos_mask;
		};
		__extension__ struct {
			uint32_t mark, mask;
		};
		uint8_t ethermac[6];
	} val;
	/* Where the extension's record is kept, for those that make it larger. */
	__extension__ union {
		struct xt_entry_match **match;
		struct xt_entry_target **target;
	};
	void *xt_entry;         /* the rule's entry, such as struct ipt_entry */
	void *udata;            /* udata_size bytes of its own */
};

/* What x6_fcheck is called with, after the last option. */
struct xt_fcheck_call {
	const char *ext_name;
	void *data;
	void *udata;
	unsigned int xflags;
};

/* Reads cb->arg as the entry says, checks, puts: what x6_parse begins with. */
extern void xtables_option_parse(struct xt_option_call *cb);
/* Checks a table of options: two of one id, a size that the form does not have, and so on end the program. */
extern void xtables_option_metavalidate(const char *extension, const struct xt_option_entry *entries);
/* Checks what was given: options that are lacking, or that exclude one another. */
extern void xtables_options_fcheck(const char *extension, unsigned int xflags, const struct xt_option_entry *entries);

/* ---- Matches and targets --------------------------------------------------------------------------------------------------------- */

/* A text in the language of nft, and a set, in the making. */
struct xt_xlate;

struct xt_xlate_mt_params {
	const void *ip;
	const struct xt_entry_match *match;
	int numeric;
	bool escape_quotes;     /* is not looked at */
};

struct xt_xlate_tg_params {
	const void *ip;
	const struct xt_entry_target *target;
	int numeric;
	bool escape_quotes;     /* is not looked at */
};

enum xtables_ext_flags {
	XTABLES_EXT_ALIAS = 1 << 0,   /* a name under which real_name is given options; alias says when it is shown so */
	XTABLES_EXT_WATCHER = 1 << 1, /* a target of ebtables that only looks on, since 1.8.10 */
};

/*
 * A match, in one revision. A plugin fills in what stands before udata. Sizes are padded with XT_ALIGN. Either parse, final_check and
 * extra_opts are there, or x6_parse, x6_fcheck and x6_options.
 */
struct xtables_match {
	const char *version;    /* XTABLES_VERSION */
	struct xtables_match *next;
	const char *name;       /* what follows -m */
	const char *real_name;  /* the kernel's name for it; NULL: the same */
	uint8_t revision;
	uint8_t ext_flags;
	uint16_t family;        /* NFPROTO_UNSPEC: all */
	size_t size;            /* of the payload */
	size_t userspacesize;   /* how much of it -C and -D compare */
	void (*help)(void);
	void (*init)(struct xt_entry_match *m);
	/* Takes an option, c beyond option_offset; 0: it has none of that number. entry is the rule's, such as struct ipt_entry. */
	int (*parse)(int c, char **argv, int invert, unsigned int *flags, const void *entry, struct xt_entry_match **match);
	void (*final_check)(unsigned int flags);
	/* As -L shows it, and as -S does; ip is the head of the rule, such as struct ipt_ip. */
	void (*print)(const void *ip, const struct xt_entry_match *match, int numeric);
	void (*save)(const void *ip, const struct xt_entry_match *match);
	/* The name under which it is shown. */
	const char *(*alias)(const struct xt_entry_match *match);
	const struct option *extra_opts;
	void (*x6_parse)(struct xt_option_call *cb);
	void (*x6_fcheck)(struct xt_fcheck_call *cb);
	const struct xt_option_entry *x6_options;
	/* 0: there is no translation. */
	int (*xlate)(struct xt_xlate *xl, const struct xt_xlate_mt_params *params);
	size_t udata_size;

	/* The library's and the program's. */
	void *udata;
	unsigned int option_offset;
	struct xt_entry_match *m;
	unsigned int mflags;    /* the options that were given */
	unsigned int loaded;    /* its options are merged */
};

/* A target; the same. */
struct xtables_target {
	const char *version;
	struct xtables_target *next;
	const char *name;       /* what follows -j */
	const char *real_name;
	uint8_t revision;
	uint8_t ext_flags;
	uint16_t family;
	size_t size;
	size_t userspacesize;
	void (*help)(void);
	void (*init)(struct xt_entry_target *t);
	int (*parse)(int c, char **argv, int invert, unsigned int *flags, const void *entry, struct xt_entry_target **targetinfo);
	void (*final_check)(unsigned int flags);
	void (*print)(const void *ip, const struct xt_entry_target *target, int numeric);
	void (*save)(const void *ip, const struct xt_entry_target *target);
	const char *(*alias)(const struct xt_entry_target *target);
	const struct option *extra_opts;
	void (*x6_parse)(struct xt_option_call *cb);
	void (*x6_fcheck)(struct xt_fcheck_call *cb);
	const struct xt_option_entry *x6_options;
	int (*xlate)(struct xt_xlate *xl, const struct xt_xlate_tg_params *params);
	size_t udata_size;

	void *udata;
	unsigned int option_offset;
	struct xt_entry_target *t;
	unsigned int tflags;
	unsigned int used;
	unsigned int loaded;
};

/* The matches of a rule. */
struct xtables_rule_match {
	struct xtables_rule_match *next;
	struct xtables_match *match;
	bool completed;         /* the same match follows again: options go there from then on */
};

/* What a plugin's constructor calls. The structs must stay. */
extern void xtables_register_match(struct xtables_match *me);
extern void xtables_register_matches(struct xtables_match *matches, unsigned int count);
extern void xtables_register_target(struct xtables_target *me);
extern void xtables_register_targets(struct xtables_target *targets, unsigned int count);

/* What was found until now. */
extern struct xtables_match *xtables_matches;
extern struct xtables_target *xtables_targets;

enum xtables_tryload {
	XTF_DONT_LOAD = 0,
	XTF_DURING_LOAD = 1,
	XTF_TRY_LOAD = 2,
	XTF_LOAD_MUST_SUCCEED = 3, /* or the program ends */
};

/*
 * NULL: there is none. With a list, the match is put at its end; one that is in use already is given as a copy, which the list frees.
 */
extern struct xtables_match *xtables_find_match(const char *name, enum xtables_tryload tryload, struct xtables_rule_match **match);
extern struct xtables_target *xtables_find_target(const char *name, enum xtables_tryload tryload);
/* One of a certain revision, when another of that name has been found. */
extern struct xtables_match *xtables_find_match_revision(const char *name, enum xtables_tryload tryload,
	struct xtables_match *match, int revision);
struct xtables_target *xtables_find_target_revision(const char *name, enum xtables_tryload tryload,
	struct xtables_target *target, int revision);
extern void xtables_rule_matches_free(struct xtables_rule_match **matches);

/* A chain of that name is there, so that a target which fails to load is not to be warned of. */
void xtables_announce_chain(const char *name);

/* Calls a match or target for an option that getopt gave (c), and for the end of its options. */
extern void xtables_option_mpcall(unsigned int c, char **argv, bool invert, struct xtables_match *m, void *fw);
extern void xtables_option_tpcall(unsigned int c, char **argv, bool invert, struct xtables_target *t, void *fw);
extern void xtables_option_mfcall(struct xtables_match *m);
extern void xtables_option_tfcall(struct xtables_target *t);

/* Options for getopt: the program's, those merged before (freed), and those of one more extension, from *option_offset on. */
extern struct option *xtables_merge_options(struct option *origopts, struct option *oldopts, const struct option *newopts,
	unsigned int *option_offset);
extern struct option *xtables_options_xfrm(struct option *origopts, struct option *oldopts, const struct xt_option_entry *entries,
	unsigned int *option_offset);
extern void xtables_free_opts(int reset_offset);

/* ---- Numbers and names ----------------------------------------------------------------------------------------------------------- */

/* A number from min to max, decimal, octal or hexadecimal; a larger max of 0 is none. Where it ends; NULL: it must end the text. */
extern bool xtables_strtoul(const char *text, char **end, uintmax_t *value, uintmax_t min, uintmax_t max);
extern bool xtables_strtoui(const char *text, char **end, unsigned int *value, unsigned int min, unsigned int max);

/* A port by name; -1: there is none. */
extern int xtables_service_to_port(const char *name, const char *proto);
/* By name or number. */
extern uint16_t xtables_parse_port(const char *port, const char *proto);
extern uint16_t xtables_parse_protocol(const char *s);
/* Both are IFNAMSIZ long; "+" ends a name that stands for all that begin so. */
extern void xtables_parse_interface(const char *arg, char *vianame, unsigned char *mask);

/* Protocols that are known without /etc/protocols. */
struct xtables_pprot {
	const char *name;       /* NULL at the end */
	uint8_t num;
};

extern const struct xtables_pprot xtables_chain_protos[];

/* Numbers and their names, of a file such as /etc/iproute2/rt_realms. */
struct xtables_lmap {
	char *name;
	int id;
	struct xtables_lmap *next;
};

extern struct xtables_lmap *xtables_lmap_init(const char *file);
extern void xtables_lmap_free(struct xtables_lmap *head);
/* -1: there is none. */
extern int xtables_lmap_name2id(const struct xtables_lmap *head, const char *name);
extern const char *xtables_lmap_id2name(const struct xtables_lmap *head, int id);

/* VALUE or VALUE/MASK of an option; the value may be a name of lmap. */
extern void xtables_parse_val_mask(struct xt_option_call *cb, unsigned int *val, unsigned int *mask, const struct xtables_lmap *lmap);
extern void xtables_print_val_mask(unsigned int val, unsigned int mask, const struct xtables_lmap *lmap);

static inline void xtables_parse_mark_mask(struct xt_option_call *cb, unsigned int *mark, unsigned int *mask)
{
	xtables_parse_val_mask(cb, mark, mask, NULL);
}

static inline void xtables_print_mark_mask(unsigned int mark, unsigned int mask)
{
	xtables_print_val_mask(mark, mask, NULL);
}

/* Types of Ethernet frames. */
#define XT_PATH_ETHERTYPES "/etc/ethertypes"

struct xt_ethertypeent {
	char *e_name;
	char **e_aliases;
	int e_ethertype;
};

extern struct xt_ethertypeent *xtables_getethertypebyname(const char *name);
extern struct xt_ethertypeent *xtables_getethertypebynumber(int ethertype);

/* ---- Addresses ------------------------------------------------------------------------------------------------------------------- */

/* An address in numbers, or by a host's or network's name if it has one. */
extern const char *xtables_ipaddr_to_numeric(const struct in_addr *addrp);
extern const char *xtables_ip6addr_to_numeric(const struct in6_addr *addrp);
extern const char *xtables_ipaddr_to_anyname(const struct in_addr *addr);
extern const char *xtables_ip6addr_to_anyname(const struct in6_addr *addr);

/* "" for a mask of all bits, "/24" or "/255.0.255.0". */
extern const char *xtables_ipmask_to_numeric(const struct in_addr *mask);
extern const char *xtables_ip6mask_to_numeric(const struct in6_addr *addrp);
/* The length of a prefix; -1: the mask is none. */
extern int xtables_ipmask_to_cidr(const struct in_addr *mask);
extern int xtables_ip6mask_to_cidr(const struct in6_addr *k);

/* NULL: the text is none. */
extern struct in_addr *xtables_numeric_to_ipaddr(const char *dotted);
extern struct in6_addr *xtables_numeric_to_ip6addr(const char *num);
extern struct in_addr *xtables_numeric_to_ipmask(const char *dotted);

/* ADDRESS or ADDRESS/MASK, where the address may be a name that has several; and a list of them with commas between. */
extern void xtables_ipparse_any(const char *name, struct in_addr **addrpp, struct in_addr *maskp, unsigned int *naddrs);
extern void xtables_ip6parse_any(const char *name, struct in6_addr **addrpp, struct in6_addr *maskp, unsigned int *naddrs);
extern void xtables_ipparse_multiple(const char *name, struct in_addr **addrpp, struct in_addr **maskpp, unsigned int *naddrs);
extern void xtables_ip6parse_multiple(const char *name, struct in6_addr **addrpp, struct in6_addr **maskpp, unsigned int *naddrs);

/* MAC addresses, and masks. -1: the text is none; or the address and mask have no name. */
extern int xtables_parse_mac_and_mask(const char *from, void *to, void *mask);
extern int xtables_print_well_known_mac_and_mask(const void *mac, const void *mask);
extern void xtables_print_mac(const unsigned char *macaddress);
extern void xtables_print_mac_and_mask(const unsigned char *mac, const unsigned char *mask);

/* ---- Printing, to stdout --------------------------------------------------------------------------------------------------------- */

/* A blank and the text, in quotes where it has more than plain characters. */
extern void xtables_save_string(const char *value);

#define FMT_NUMERIC 0x0001
#define FMT_NOCOUNTS 0x0002
#define FMT_KILOMEGAGIGA 0x0004
#define FMT_OPTIONS 0x0008
#define FMT_NOTABLE 0x0010
#define FMT_NOTARGET 0x0020
#define FMT_VIA 0x0040
#define FMT_NONEWLINE 0x0080
#define FMT_LINENUMBERS 0x0100
#define FMT_EBT_SAVE 0x0200
#define FMT_C_COUNTS 0x0400
#define FMT_PRINT_RULE (FMT_NOCOUNTS | FMT_OPTIONS | FMT_VIA | FMT_NUMERIC | FMT_NOTABLE)
#define FMT(tab, notab) ((format) & FMT_NOTABLE ? (notab) : (tab))

/* A counter, with K, M, G or T where FMT_KILOMEGAGIGA is set. */
extern void xtables_print_num(uint64_t number, unsigned int format);

/* ---- Translation to nft ---------------------------------------------------------------------------------------------------------- */

enum xt_op {
	XT_OP_EQ,
	XT_OP_NEQ,
	XT_OP_MAX,
};

struct xt_xlate *xt_xlate_alloc(int size);
void xt_xlate_free(struct xt_xlate *xl);

/* Adds to the rule, and to the set; a blank comes before it, but for _nospc. */
void xt_xlate_add(struct xt_xlate *xl, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void xt_xlate_add_nospc(struct xt_xlate *xl, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void xt_xlate_set_add(struct xt_xlate *xl, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void xt_xlate_set_add_nospc(struct xt_xlate *xl, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void xt_xlate_add_comment(struct xt_xlate *xl, const char *comment);
#define xt_xlate_rule_add xt_xlate_add
#define xt_xlate_rule_add_nospc xt_xlate_add_nospc

/* NULL: there is no comment. */
const char *xt_xlate_get_comment(struct xt_xlate *xl);
const char *xt_xlate_get(struct xt_xlate *xl);
const char *xt_xlate_set_get(struct xt_xlate *xl);
#define xt_xlate_rule_get xt_xlate_get

void xl_xlate_set_family(struct xt_xlate *xl, uint8_t family);
uint8_t xt_xlate_get_family(struct xt_xlate *xl);

/* ---- For plugins that are built as iptables' own are ----------------------------------------------------------------------------- */

#ifdef XTABLES_INTERNAL

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(x) (sizeof(x) / sizeof(*(x)))
#endif

/*
 * The function _init of a plugin registers it. It is compiled under the name that -D_INIT=libxt_NAME_init gives, as a constructor; or
 * not as one where the program has its plugins in itself and calls them.
 */
#if defined(ALL_INCLUSIVE) || defined(NO_SHARED_LIBS)
#ifdef _INIT
#undef _init
#define _init _INIT
#endif
extern void init_extensions(void);
extern void init_extensions4(void);
extern void init_extensions6(void);
extern void init_extensionsa(void);
extern void init_extensionsb(void);
#else
#define _init __attribute__((constructor)) _INIT
static inline void init_extensions(void) {}
static inline void init_extensions4(void) {}
static inline void init_extensions6(void) {}
static inline void init_extensionsa(void) {}
static inline void init_extensionsb(void) {}
#endif

extern void _init(void);

/* What the family is to the kernel and to plugins. */
struct xtables_afinfo {
	const char *kmod;        /* its module */
	const char *proc_exists; /* a file that is there when the module is */
	const char *libprefix;   /* how the files of its plugins begin */
	uint8_t family;          /* NFPROTO_* */
	uint8_t ipproto;         /* the level of its socket options */
	int so_rev_match;        /* those that tell whether a revision is there */
	int so_rev_target;
};

extern const struct xtables_afinfo *afinfo;

/* How far apart the getopt numbers of one extension's options are from the next one's. */
#define XT_OPTION_OFFSET_SCALE 256

#endif

#ifdef __cplusplus
}
#endif

#endif
