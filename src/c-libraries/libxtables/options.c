/* Options of extensions: merged for getopt, checked, and handed to the extension that has them. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

void xtables_free_opts(int reset_offset)
{
	(void)reset_offset; /* the numbers go on: options of what was in use must not come again */
	if (xt_params->opts != xt_params->orig_opts) {
		free(xt_params->opts);
		xt_params->opts = NULL;
	}
}

static size_t count_options(const struct option *options)
{
	size_t count = 0;

	while (options && options[count].name)
		count++;
	return count;
}

/* The program's options, then room for some more, then those merged before, which are freed. The room's place is given as well. */
static struct option *with_room(struct option *origopts, struct option *oldopts, size_t more, struct option **room)
{
	size_t own = count_options(origopts), before = count_options(oldopts);

	/* Those merged before begin with the program's, too. */
	size_t skipped = before < own ? before : own;
	struct option *all = xtables_calloc(own + more + before - skipped + 1, sizeof *all);
	if (own)
		memcpy(all, origopts, own * sizeof *all);
	if (before > skipped)
		memcpy(all + own + more, oldopts + skipped, (before - skipped) * sizeof *all);
	*room = all + own;
	/* By what the program keeps there, since the caller may hand on its own table. */
	if (oldopts != origopts)
		xtables_free_opts(0);
	return all;
}

static unsigned int next_offset(unsigned int *option_offset)
{
	xt_params->option_offset += XT_OPTION_OFFSET_SCALE;
	return *option_offset = xt_params->option_offset;
}

struct option *xtables_merge_options(struct option *origopts, struct option *oldopts, const struct option *newopts,
	unsigned int *option_offset)
{
	struct option *room;

	if (!newopts)
		return oldopts;
	size_t count = count_options(newopts);
	unsigned int offset = next_offset(option_offset);
	struct option *all = with_room(origopts, oldopts, count, &room);
	for (size_t i = 0; i < count; i++) {
		room[i] = newopts[i];
		room[i].val += (int)offset;
	}
	return all;
}

struct option *xtables_options_xfrm(struct option *origopts, struct option *oldopts, const struct xt_option_entry *entries,
	unsigned int *option_offset)
{
	struct option *room;
	size_t count = 0;

	if (!entries)
		return oldopts;
	while (entries[count].name)
		count++;
	unsigned int offset = next_offset(option_offset);
	struct option *all = with_room(origopts, oldopts, count, &room);
	for (size_t i = 0; i < count; i++) {
		room[i].name = entries[i].name;
		room[i].has_arg = entries[i].type != XTTYPE_NONE;
		room[i].val = (int)(entries[i].id + offset);
	}
	return all;
}

static const struct xt_option_entry *entry_of(const struct xt_option_entry *entries, unsigned int id)
{
	for (; entries && entries->name; entries++)
		if (entries->id == id)
			return entries;
	return NULL;
}

void xtables_options_fcheck(const char *extension, unsigned int xflags, const struct xt_option_entry *entries)
{
	for (const struct xt_option_entry *entry = entries; entry && entry->name; entry++) {
		bool given = xflags & 1u << entry->id;

		if (!given && entry->flags & XTOPT_MAND)
			RAISE(PARAMETER_PROBLEM, "%s: option \"--%s\" must be specified\n", extension, entry->name);
		if (!given)
			continue;
		for (unsigned int id = 0; id < 8 * sizeof xflags; id++) {
			const struct xt_option_entry *other = entry_of(entries, id);
			bool other_given = xflags & 1u << id;

			if (!other || id == entry->id)
				continue;
			if (!other_given && entry->also & 1u << id)
				RAISE(PARAMETER_PROBLEM, "%s: option \"--%s\" also requires \"--%s\".\n", extension, entry->name, other->name);
			if (other_given && entry->excl & 1u << id)
				RAISE(PARAMETER_PROBLEM, "%s: option \"--%s\" cannot be used together with \"--%s\".\n", extension, entry->name,
					other->name);
		}
	}
}

/* What matches and targets have in common here. */
struct extension {
	const char *name;
	const struct xt_option_entry *entries;
	void (*x6_parse)(struct xt_option_call *);
	unsigned int *flags;
};

static void call_modern(const struct extension *extension, unsigned int id, bool invert, struct xt_option_call *call)
{
	const struct xt_option_entry *entry = entry_of(extension->entries, id);

	if (!entry)
		RAISE(OTHER_PROBLEM, "Extension does not know id %u", id);
	call->entry = entry;
	call->arg = optarg;
	call->invert = invert;
	call->ext_name = extension->name;
	call->xflags = *extension->flags;
	extension->x6_parse(call);
	*extension->flags = call->xflags;
}

void xtables_option_mpcall(unsigned int c, char **argv, bool invert, struct xtables_match *m, void *fw)
{
	if (m->x6_parse) {
		struct extension extension = { m->name, m->x6_options, m->x6_parse, &m->mflags };
		struct xt_option_call call = { .data = m->m->data, .match = &m->m, .xt_entry = fw, .udata = m->udata };
		call_modern(&extension, c - m->option_offset, invert, &call);
	} else if (m->parse)
		m->parse((int)(c - m->option_offset), argv, invert, &m->mflags, fw, &m->m);
}

void xtables_option_tpcall(unsigned int c, char **argv, bool invert, struct xtables_target *t, void *fw)
{
	if (t->x6_parse) {
		struct extension extension = { t->name, t->x6_options, t->x6_parse, &t->tflags };
		struct xt_option_call call = { .data = t->t->data, .target = &t->t, .xt_entry = fw, .udata = t->udata };
		call_modern(&extension, c - t->option_offset, invert, &call);
	} else if (t->parse)
		t->parse((int)(c - t->option_offset), argv, invert, &t->tflags, fw, &t->t);
}

void xtables_option_mfcall(struct xtables_match *m)
{
	if (m->x6_fcheck) {
		struct xt_fcheck_call call = { .ext_name = m->name, .data = m->m->data, .udata = m->udata, .xflags = m->mflags };
		m->x6_fcheck(&call);
	} else if (m->final_check)
		m->final_check(m->mflags);
	if (m->x6_options)
		xtables_options_fcheck(m->name, m->mflags, m->x6_options);
}

void xtables_option_tfcall(struct xtables_target *t)
{
	if (t->x6_fcheck) {
		struct xt_fcheck_call call = { .ext_name = t->name, .data = t->t->data, .udata = t->udata, .xflags = t->tflags };
		t->x6_fcheck(&call);
	} else if (t->final_check)
		t->final_check(t->tflags);
	if (t->x6_options)
		xtables_options_fcheck(t->name, t->tflags, t->x6_options);
}
