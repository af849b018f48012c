/*
 * Our own matches and targets, which the private library describes and works. Each is registered as a plugin would be. Its functions are
 * not told which it is (help, final_check), so each has functions of its own: those of a slot, of which there are enough for all.
 */
#include "internal.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv6/ip6_tables.h>

#include "../private/sharptables.h"

/*
 * Room for more than the private library has, of IPv4 and IPv6; what finds no room is not found. tests/c-libraries/rules.c finds all.
 */
#define MATCHES 0x80
#define TARGETS 0x60

struct slot {
	const struct sharptables_extension *extension;
	int revision;           /* by place */
	int family;
	/* What final_check is not told: the payload begun or read last, and what of its rule was known. */
	void *payload;
	struct sharptables_rule rule;
};

static struct slot match_slots[MATCHES], target_slots[TARGETS];
static struct xtables_match matches[MATCHES];
static struct xtables_target targets[TARGETS];
static int match_count, target_count;
static const struct sharptables_extensions *extensions;

/* ---- Calls ---- */

/* What is known of a rule whose head is given, which is where its entry begins. */
static struct sharptables_rule rule_of(const struct slot *slot, const void *head, unsigned int given)
{
	struct sharptables_rule rule = { .revision = slot->revision, .line = line > 0 ? line : 0, .given = given };

	if (head && slot->family == NFPROTO_IPV6) {
		const struct ip6t_ip6 *ip = head;
		rule.protocol = ip->proto;
		rule.is_protocol_inverted = ip->invflags & IP6T_INV_PROTO;
	} else if (head && slot->family == NFPROTO_IPV4) {
		const struct ipt_ip *ip = head;
		rule.protocol = ip->proto;
		rule.is_protocol_inverted = ip->invflags & IPT_INV_PROTO;
	}
	return rule;
}

/* Writes what was said, or raises it: the private library has been left by now, so that exit_err may go anywhere. */
static void tell(int status, struct sharptables_said *said)
{
	static char message[4096];

	if (said->warnings)
		fputs(said->warnings, stderr);
	free(said->warnings);
	if (!status) {
		if (said->text)
			fputs(said->text, stdout);
		free(said->text);
		return;
	}
	snprintf(message, sizeof message, "%s", said->text ? said->text : "");
	free(said->text);
	RAISE((enum xtables_exittype)status, "%s", message);
}

#define CALL(function, slot, ...) do { \
	struct sharptables_said said; \
	int status = SHARPTABLES(extensions->function((slot)->extension->handle, __VA_ARGS__, &said)); \
	tell(status, &said); \
} while (0)

static void begin(struct slot *slot, void *payload)
{
	slot->payload = payload;
	slot->rule = rule_of(slot, NULL, 0);
	CALL(begin, slot, slot->revision, payload);
}

static void finish(struct slot *slot, void *payload, unsigned int given)
{
	struct sharptables_rule rule = slot->rule;

	rule.given = given;
	CALL(finish, slot, &rule, payload);
}

static void list(const struct slot *slot, const void *ip, const void *payload, int numeric)
{
	struct sharptables_rule rule = rule_of(slot, ip, 0);

	CALL(list, slot, &rule, payload, numeric);
}

static void save(const struct slot *slot, const void *ip, const void *payload)
{
	struct sharptables_rule rule = rule_of(slot, ip, 0);

	CALL(save, slot, &rule, payload);
}

static const char *alias(const struct slot *slot, const void *payload)
{
	return SHARPTABLES(extensions->alias(slot->extension->handle, slot->revision, payload));
}

static void help(const struct slot *slot)
{
	struct sharptables_said said;
	int status = SHARPTABLES(extensions->help(slot->extension->handle, &said));

	tell(status, &said);
}

/* 1, or 0: there is no translation. */
static int translate(const struct slot *slot, const void *ip, const void *payload, struct xt_xlate *xl)
{
	struct sharptables_rule rule = rule_of(slot, ip, 0);
	struct sharptables_said said;
	int status = SHARPTABLES(extensions->translate(slot->extension->handle, &rule, payload, &said));
	char *comment, *set;

	free(said.warnings);
	status |= !said.text;
	if (!status && (comment = strchr(said.text, '\n')) && (set = strchr(comment + 1, '\n'))) {
		*comment++ = *set++ = '\0';
		/* A program that does not say the family, as nft, does not ask for the set. */
		if (*set && !xt_xlate_get_family(xl)) {
			free(said.text);
			return 0;
		}
		xt_xlate_add(xl, "%s", said.text + strspn(said.text, " "));
		if (*comment)
			xt_xlate_add_comment(xl, comment);
		if (*set)
			xt_xlate_set_add(xl, "%s", set);
	}
	free(said.text);
	return !status;
}

/* ---- Options ---- */

static void parse(struct slot *slot, void *payload, const void *entry, const struct sharptables_words *words, unsigned int *given)
{
	slot->payload = payload;
	slot->rule = rule_of(slot, entry, *given);
	CALL(parse, slot, &slot->rule, payload, words);
	*given |= 1u << words->place;
}

static void parse_modern(struct slot *slot, struct xt_option_call *cb)
{
	struct sharptables_words words = {
		.first = cb->entry->type == XTTYPE_NONE ? NULL : cb->arg, .place = (int)cb->entry->id, .is_inverted = cb->invert,
	};

	parse(slot, cb->data, cb->xt_entry, &words, &cb->xflags);
}

/* The next word of the command line, unless an option or "!" begins there. */
static const char *next_operand(char **argv)
{
	const char *word = argv ? argv[optind] : NULL;

	if (!word || word[0] == '-' || word[0] == '!')
		return NULL;
	optind++;
	return word;
}

static int parse_old(struct slot *slot, void *payload, int c, char **argv, int invert, unsigned int *given, const void *entry)
{
	for (int i = 0; i < slot->extension->option_count; i++) {
		const struct sharptables_option *option = &slot->extension->options[i];
		if (option->place != c)
			continue;
		struct sharptables_words words = { .place = option->place, .is_inverted = invert };
		if (option->may_lack_word)
			words.first = next_operand(argv);
		else if (option->words)
			words.first = optarg;
		if (option->words == 2)
			words.second = next_operand(argv);
		parse(slot, payload, entry, &words, given);
		return 1;
	}
	return 0;
}

/* ---- The functions of each slot ---- */

typedef struct xt_xlate_mt_params match_params;
typedef struct xt_xlate_tg_params target_params;

/* kind is match or target: both keep a slot's number. */
#define SLOT(kind, n) \
	static void help_##kind##n(void) { help(&kind##_slots[0x##n]); } \
	static void begin_##kind##n(struct xt_entry_##kind *record) { begin(&kind##_slots[0x##n], record->data); } \
	static int parse_##kind##n(int c, char **argv, int invert, unsigned int *flags, const void *entry, struct xt_entry_##kind **record) \
	{ return parse_old(&kind##_slots[0x##n], (*record)->data, c, argv, invert, flags, entry); } \
	static void x6_parse_##kind##n(struct xt_option_call *cb) { parse_modern(&kind##_slots[0x##n], cb); } \
	static void final_check_##kind##n(unsigned int flags) { finish(&kind##_slots[0x##n], kind##_slots[0x##n].payload, flags); } \
	static void x6_fcheck_##kind##n(struct xt_fcheck_call *cb) { finish(&kind##_slots[0x##n], cb->data, cb->xflags); } \
	static void list_##kind##n(const void *ip, const struct xt_entry_##kind *record, int numeric) \
	{ list(&kind##_slots[0x##n], ip, record->data, numeric); } \
	static void save_##kind##n(const void *ip, const struct xt_entry_##kind *record) { save(&kind##_slots[0x##n], ip, record->data); } \
	static const char *alias_##kind##n(const struct xt_entry_##kind *record) { return alias(&kind##_slots[0x##n], record->data); } \
	static int xlate_##kind##n(struct xt_xlate *xl, const kind##_params *params) \
	{ return translate(&kind##_slots[0x##n], params->ip, params->kind->data, xl); }

#define SLOTS_16(kind, n) \
	SLOT(kind, n##0) SLOT(kind, n##1) SLOT(kind, n##2) SLOT(kind, n##3) SLOT(kind, n##4) SLOT(kind, n##5) SLOT(kind, n##6) SLOT(kind, n##7) \
	SLOT(kind, n##8) SLOT(kind, n##9) SLOT(kind, n##a) SLOT(kind, n##b) SLOT(kind, n##c) SLOT(kind, n##d) SLOT(kind, n##e) SLOT(kind, n##f)

#define MATCH_SLOTS \
	SLOTS_16(match, 0) SLOTS_16(match, 1) SLOTS_16(match, 2) SLOTS_16(match, 3) SLOTS_16(match, 4) SLOTS_16(match, 5) SLOTS_16(match, 6) \
	SLOTS_16(match, 7)

#define TARGET_SLOTS \
	SLOTS_16(target, 0) SLOTS_16(target, 1) SLOTS_16(target, 2) SLOTS_16(target, 3) SLOTS_16(target, 4) SLOTS_16(target, 5)

MATCH_SLOTS
TARGET_SLOTS

#define FUNCTIONS(kind) \
	struct { \
		void (*help)(void); \
		void (*begin)(struct xt_entry_##kind *); \
		int (*parse)(int, char **, int, unsigned int *, const void *, struct xt_entry_##kind **); \
		void (*x6_parse)(struct xt_option_call *); \
		void (*final_check)(unsigned int); \
		void (*x6_fcheck)(struct xt_fcheck_call *); \
		void (*list)(const void *, const struct xt_entry_##kind *, int); \
		void (*save)(const void *, const struct xt_entry_##kind *); \
		const char *(*alias)(const struct xt_entry_##kind *); \
		int (*xlate)(struct xt_xlate *, const kind##_params *); \
	}

#undef SLOT
#define SLOT(kind, n) { help_##kind##n, begin_##kind##n, parse_##kind##n, x6_parse_##kind##n, final_check_##kind##n, x6_fcheck_##kind##n, \
	list_##kind##n, save_##kind##n, alias_##kind##n, xlate_##kind##n },

static const FUNCTIONS(match) match_functions[] = { MATCH_SLOTS };
static const FUNCTIONS(target) target_functions[] = { TARGET_SLOTS };

/* ---- Registering ---- */

/* Options of two words, or whose word may be left out, are none that a table of xt_option_entry can tell of. */
static bool is_modern(const struct sharptables_extension *extension)
{
	for (int i = 0; i < extension->option_count; i++)
		if (extension->options[i].words > 1 || extension->options[i].may_lack_word)
			return false;
	return extension->option_count > 0;
}

static const struct xt_option_entry *modern_options(const struct sharptables_extension *extension)
{
	struct xt_option_entry *entries = xtables_calloc((size_t)extension->option_count + 1, sizeof *entries);

	for (int i = 0; i < extension->option_count; i++) {
		entries[i].name = extension->options[i].name;
		entries[i].id = (unsigned int)extension->options[i].place;
		entries[i].type = extension->options[i].words ? XTTYPE_STRING : XTTYPE_NONE;
		/* Whether these may be is said by the private library, in the words of the original. */
		entries[i].flags = XTOPT_INVERT | XTOPT_MULTI;
	}
	return entries;
}

static const struct option *old_options(const struct sharptables_extension *extension)
{
	struct option *options = xtables_calloc((size_t)extension->option_count + 1, sizeof *options);

	for (int i = 0; i < extension->option_count; i++) {
		options[i].name = extension->options[i].name;
		options[i].val = extension->options[i].place;
		options[i].has_arg = extension->options[i].words && !extension->options[i].may_lack_word;
	}
	return options;
}

/* Gives a slot to what we have under a name, in the newest revision that the kernel has. False: there is none. */
static bool fill_slot(struct slot *slot, const char *name, bool is_target)
{
	const struct sharptables_extension *extension;
	const char *kernel_name = NULL;

	if (!afinfo)
		return false;
	if (!extensions && !(extensions = SHARPTABLES(sharptables_load_extensions())))
		return false;
	extension = SHARPTABLES(extensions->find(afinfo->family, name, is_target));
	for (int r = 0; extension && r < extension->revision_count; r++) {
		const struct sharptables_revision *revision = &extension->revisions[r];
		kernel_name = revision->kernel_name;
		/* Of ARP and bridges x_tables cannot be asked: nf_tables has the newest. */
		if (afinfo->so_rev_match && !kernel_has(kernel_name, (uint8_t)revision->revision, is_target ? afinfo->so_rev_target : afinfo->so_rev_match))
			continue;
		slot->extension = extension;
		slot->revision = r;
		slot->family = afinfo->family;
		return true;
	}
	if (kernel_name)
		fprintf(stderr, "Warning: Extension %s is not supported, missing kernel module?\n", name);
	return false;
}

/* What stands in a struct of either kind. */
#define FILL(own, slot, kind) do { \
	const struct sharptables_extension *extension = (slot)->extension; \
	const struct sharptables_revision *revision = &extension->revisions[(slot)->revision]; \
	size_t n = (size_t)((slot) - kind##_slots); \
	(own)->version = XTABLES_VERSION; \
	(own)->name = extension->name; \
	if (strcmp(extension->name, revision->kernel_name)) { \
		(own)->real_name = revision->kernel_name; \
		(own)->ext_flags = XTABLES_EXT_ALIAS; \
	} \
	(own)->revision = (uint8_t)revision->revision; \
	(own)->family = (uint16_t)(slot)->family; \
	(own)->size = XT_ALIGN((size_t)revision->size); \
	(own)->userspacesize = revision->compared_size == revision->size ? (own)->size : (size_t)revision->compared_size; \
	(own)->help = kind##_functions[n].help; \
	(own)->init = kind##_functions[n].begin; \
	(own)->print = kind##_functions[n].list; \
	(own)->save = kind##_functions[n].save; \
	(own)->alias = kind##_functions[n].alias; \
	(own)->xlate = kind##_functions[n].xlate; \
	if (is_modern(extension)) { \
		(own)->x6_parse = kind##_functions[n].x6_parse; \
		(own)->x6_fcheck = kind##_functions[n].x6_fcheck; \
		(own)->x6_options = modern_options(extension); \
	} else { \
		(own)->parse = kind##_functions[n].parse; \
		(own)->final_check = kind##_functions[n].final_check; \
		(own)->extra_opts = old_options(extension); \
	} \
} while (0)

struct xtables_match *our_match(const char *name)
{
	struct slot *slot = &match_slots[match_count];
	struct xtables_match *match = &matches[match_count];

	if (match_count == MATCHES || !fill_slot(slot, name, false))
		return NULL;
	/* A program may have emptied the list of what was found, and ask again. */
	for (int i = 0; i < match_count; i++)
		if (match_slots[i].extension == slot->extension) {
			matches[i].next = NULL;
			return &matches[i];
		}
	FILL(match, slot, match);
	match_count++;
	return match;
}

/* The target of verdicts and of jumps to chains. */
static void help_standard(void)
{
	puts("\nstandard match options:\n(If target is DROP, ACCEPT, RETURN or nothing)");
}

struct xtables_target *our_target(const char *name)
{
	static struct xtables_target standard = {
		.version = XTABLES_VERSION, .name = "standard", .size = XT_ALIGN(sizeof(int)), .userspacesize = XT_ALIGN(sizeof(int)),
		.help = help_standard,
	};
	struct slot *slot = &target_slots[target_count];
	struct xtables_target *target = &targets[target_count];

	if (!strcmp(name, "standard"))
		return &standard;
	if (target_count == TARGETS || !fill_slot(slot, name, true))
		return NULL;
	for (int i = 0; i < target_count; i++)
		if (target_slots[i].extension == slot->extension)
			return &targets[i];
	FILL(target, slot, target);
	target_count++;
	return target;
}
