/*
 * Matches and targets: registered by plugins, found by name.
 *
 * What a plugin registers waits (pending) until its name is asked for; then the kernel is asked which revision it has, and the best that
 * it has is found from then on. Matches are found in the order in which they came, targets the other way round.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

#define NAME_MAX_LENGTH (XT_EXTENSION_MAXNAMELEN - 1)

struct xtables_match *xtables_matches, *xtables_pending_matches;
struct xtables_target *xtables_targets, *xtables_pending_targets;

/* Names that are no targets: of chains, and of what was sought in vain. */
static char **no_targets;
static size_t no_target_count;

/* ---- Registering ---- */

/* What a plugin registers must be made for this library. The process ends if it is not, as it would crash later. */
static void check(const char *kind, const char *version, const char *name, const char *real_name, uint8_t revision, size_t size,
	const struct xt_option_entry *entries)
{
	const char *program = xt_params ? xt_params->program_name : "xtables";

	if (!version) {
		fprintf(stderr, "%s: %s %s<%u> is missing a version\n", program, kind, name, revision);
		exit(1);
	}
	if (size != XT_ALIGN(size)) {
		fprintf(stderr, "%s: %s \"%s\" has invalid size %u.\n", program, kind, name, (unsigned int)size);
		exit(1);
	}
	if (strcmp(version, XTABLES_VERSION)) {
		fprintf(stderr, "%s: %s \"%s\" has version \"%s\", but \"%s\" is required.\n", program, kind, name, version, XTABLES_VERSION);
		exit(1);
	}
	if (strlen(name) > NAME_MAX_LENGTH) {
		fprintf(stderr, "%s: %s `%s' has invalid name\n", program, kind, name);
		exit(1);
	}
	if (real_name && strlen(real_name) > NAME_MAX_LENGTH) {
		fprintf(stderr, "%s: %s `%s' has invalid real name\n", program, kind, real_name);
		exit(1);
	}
	if (entries)
		xtables_option_metavalidate(name, entries);
}

static bool is_alias(const char *real_name, uint8_t ext_flags)
{
	return real_name || ext_flags & XTABLES_EXT_ALIAS;
}

static void registered_already(const char *kind, const char *name)
{
	fprintf(stderr, "%s: %s \"%s\" already registered\n", xt_params ? xt_params->program_name : "xtables", kind, name);
	exit(1);
}

/* Puts one in its place among those that wait: the better first, those of a family together, another name in front. */
void xtables_register_match(struct xtables_match *me)
{
	struct xtables_match **place = NULL;

	check("match", me->version, me->name, me->real_name, me->revision, me->size, me->x6_options);
	for (struct xtables_match *m = xtables_matches; m; m = m->next)
		if (m == me)
			registered_already("match", me->name);
	for (struct xtables_match **m = &xtables_pending_matches; *m; m = &(*m)->next) {
		if (*m == me)
			registered_already("match", me->name);
		if (strcmp((*m)->name, me->name) || (*m)->family != me->family)
			continue;
		bool alias = is_alias(me->real_name, me->ext_flags), other = is_alias((*m)->real_name, (*m)->ext_flags);
		place = m;
		if (alias != other ? alias : me->revision >= (*m)->revision)
			break;
		place = &(*m)->next;
	}
	if (!place)
		place = &xtables_pending_matches;
	me->next = *place;
	me->m = NULL;
	me->mflags = 0;
	*place = me;
}

void xtables_register_target(struct xtables_target *me)
{
	struct xtables_target **place = NULL;

	check("target", me->version, me->name, me->real_name, me->revision, me->size, me->x6_options);
	for (struct xtables_target *t = xtables_targets; t; t = t->next)
		if (t == me)
			registered_already("target", me->name);
	for (struct xtables_target **t = &xtables_pending_targets; *t; t = &(*t)->next) {
		if (*t == me)
			registered_already("target", me->name);
		if (strcmp((*t)->name, me->name))
			continue;
		bool alias = is_alias(me->real_name, me->ext_flags), other = is_alias((*t)->real_name, (*t)->ext_flags);
		place = t;
		if (alias != other ? alias : me->revision != (*t)->revision ? me->revision > (*t)->revision : me->family >= (*t)->family)
			break;
		place = &(*t)->next;
	}
	if (!place)
		place = &xtables_pending_targets;
	me->next = *place;
	me->t = NULL;
	me->tflags = 0;
	*place = me;
}

void xtables_register_matches(struct xtables_match *matches, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		xtables_register_match(&matches[i]);
}

void xtables_register_targets(struct xtables_target *targets, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		xtables_register_target(&targets[i]);
}

/* ---- Asking the kernel ---- */

static bool is_in_family(uint16_t family)
{
	return family == NFPROTO_UNSPEC || (afinfo && family == afinfo->family);
}

bool kernel_has(const char *name, uint8_t revision, int option)
{
	return !xt_params || !xt_params->compat_rev || xt_params->compat_rev(name, revision, option);
}

static void warn_unsupported(const char *name)
{
	fprintf(stderr, "Warning: Extension %s is not supported, missing kernel module?\n", name);
}

/* Finds the best of a name that waits, so that it waits no longer, nor do those behind it; what the kernel does not have waits on. */
static void take_match(const char *name)
{
	struct xtables_match **last = &xtables_matches, **next;
	bool taken = false, refused = false;

	while (*last)
		last = &(*last)->next;
	for (struct xtables_match **m = &xtables_pending_matches; *m; m = next) {
		struct xtables_match *match = *m;
		next = &match->next;
		if (strcmp(match->name, name) || !is_in_family(match->family))
			continue;
		if (!taken && !kernel_has(match->real_name ? match->real_name : match->name, match->revision, afinfo ? afinfo->so_rev_match : 0)) {
			refused = true;
			continue;
		}
		*m = match->next;
		match->next = NULL;
		next = m;
		if (!taken)
			*last = match;
		taken = true;
	}
	if (refused && !taken)
		warn_unsupported(name);
}

static void take_target(const char *name)
{
	struct xtables_target **next;
	bool taken = false, refused = false;

	for (struct xtables_target **t = &xtables_pending_targets; *t; t = next) {
		struct xtables_target *target = *t;
		next = &target->next;
		if (strcmp(target->name, name) || !is_in_family(target->family))
			continue;
		/* That of verdicts and chains is the kernel's own, of which it does not tell. */
		if (!taken && strcmp(name, "standard")
			&& !kernel_has(target->real_name ? target->real_name : target->name, target->revision, afinfo ? afinfo->so_rev_target : 0)) {
			refused = true;
			continue;
		}
		*t = target->next;
		target->next = NULL;
		next = t;
		if (!taken) {
			target->next = xtables_targets;
			xtables_targets = target;
		}
		taken = true;
	}
	if (refused && !taken)
		warn_unsupported(name);
}

/* ---- Finding ---- */

static struct xtables_match *known_match(const char *name)
{
	take_match(name);
	for (struct xtables_match *m = xtables_matches; m; m = m->next)
		if (!strcmp(m->name, name) && is_in_family(m->family))
			return m;
	return NULL;
}

static struct xtables_target *known_target(const char *name)
{
	take_target(name);
	for (struct xtables_target *t = xtables_targets; t; t = t->next)
		if (!strcmp(t->name, name) && is_in_family(t->family))
			return t;
	return NULL;
}

static struct xtables_match *match_of_plugin(const char *name)
{
	return load_plugin(name) ? known_match(name) : NULL;
}

static struct xtables_match *load_match(const char *name)
{
	struct xtables_match *match = plugins_come_first() ? match_of_plugin(name) : NULL, **last = &xtables_matches;

	if (match)
		return match;
	match = our_match(name);
	if (!match)
		return plugins_come_first() ? NULL : match_of_plugin(name);
	while (*last)
		last = &(*last)->next;
	return *last = match;
}

static struct xtables_target *target_of_plugin(const char *name)
{
	return load_plugin(name) ? known_target(name) : NULL;
}

static struct xtables_target *load_target(const char *name)
{
	struct xtables_target *target = plugins_come_first() ? target_of_plugin(name) : NULL;

	if (target)
		return target;
	target = our_target(name);
	if (!target)
		return plugins_come_first() ? NULL : target_of_plugin(name);
	target->next = xtables_targets;
	return xtables_targets = target;
}

/* A match that is in use in the rule already is used once more as a copy, which is known by pointing to itself. */
static struct xtables_match *copy_of(const struct xtables_match *match)
{
	struct xtables_match *copy = xtables_malloc(sizeof *copy);

	*copy = *match;
	copy->udata = NULL;
	copy->m = NULL;
	copy->mflags = 0;
	copy->next = copy;
	return copy;
}

static void add_to_rule(struct xtables_rule_match **matches, struct xtables_match *match)
{
	struct xtables_rule_match **last = matches;

	for (; *last; last = &(*last)->next)
		if (!strcmp((*last)->match->name, match->name))
			(*last)->completed = true;
	*last = xtables_calloc(1, sizeof **last);
	(*last)->match = match;
}

struct xtables_match *xtables_find_match(const char *name, enum xtables_tryload tryload, struct xtables_rule_match **matches)
{
	if (strlen(name) > NAME_MAX_LENGTH)
		RAISE(PARAMETER_PROBLEM, "Invalid match name \"%s\" (%u chars max)", name, NAME_MAX_LENGTH);
	/* What the protocol is called has the match of its plugin's name. */
	if (!strcmp(name, "icmpv6") || !strcmp(name, "ipv6-icmp") || !strcmp(name, "icmp6"))
		name = "icmp6";

	struct xtables_match *match = known_match(name);
	if (match && match->m)
		match = copy_of(match);
	else if (!match && (tryload == XTF_TRY_LOAD || tryload == XTF_LOAD_MUST_SUCCEED)) {
		match = load_match(name);
		if (!match && tryload == XTF_LOAD_MUST_SUCCEED)
			RAISE(PARAMETER_PROBLEM, "Couldn't load match `%s':%s\n", name, strerror(ENOENT));
	}
	if (match && matches)
		add_to_rule(matches, match);
	return match;
}

struct xtables_match *xtables_find_match_revision(const char *name, enum xtables_tryload tryload, struct xtables_match *match, int revision)
{
	(void)tryload;
	for (; match; match = match->next) {
		if (!strcmp(match->name, name) && match->revision == revision)
			return match;
		if (match->next == match)
			break;
	}
	return NULL;
}

static bool is_no_target(const char *name)
{
	for (size_t i = 0; i < no_target_count; i++)
		if (!strcmp(no_targets[i], name))
			return true;
	return false;
}

void xtables_announce_chain(const char *name)
{
	if (is_no_target(name))
		return;
	no_targets = xtables_realloc(no_targets, (no_target_count + 1) * sizeof *no_targets);
	no_targets[no_target_count++] = xtables_strdup(name);
}

struct xtables_target *xtables_find_target(const char *name, enum xtables_tryload tryload)
{
	static const char *const verdicts[] = { "", "ACCEPT", "DROP", "QUEUE", "RETURN" };
	const char *sought = name;

	for (size_t i = 0; i < LENGTH(verdicts); i++)
		if (!strcmp(name, verdicts[i]))
			sought = "standard";
	if (sought == name && tryload != XTF_LOAD_MUST_SUCCEED && is_no_target(name))
		return NULL;

	struct xtables_target *target = known_target(sought);
	if (!target && (tryload == XTF_TRY_LOAD || tryload == XTF_LOAD_MUST_SUCCEED)) {
		target = load_target(sought);
		if (!target && tryload == XTF_LOAD_MUST_SUCCEED)
			RAISE(PARAMETER_PROBLEM, "Couldn't load target `%s':%s\n", sought, strerror(ENOENT));
		if (!target)
			xtables_announce_chain(sought);
	}
	if (target)
		target->used = 1;
	return target;
}

struct xtables_target *xtables_find_target_revision(const char *name, enum xtables_tryload tryload, struct xtables_target *target, int revision)
{
	(void)tryload;
	for (; target; target = target->next)
		if (!strcmp(target->name, name) && target->revision == revision)
			return target;
	return NULL;
}

void xtables_rule_matches_free(struct xtables_rule_match **matches)
{
	for (struct xtables_rule_match *used = *matches; used; ) {
		struct xtables_rule_match *next = used->next;

		free(used->match->m);
		used->match->m = NULL;
		if (used->match->next == used->match)
			free(used->match);
		free(used);
		used = next;
	}
	*matches = NULL;
}
