/* Files of numbers and names: those of iproute2, and the types of Ethernet frames. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "internal.h"

/* The next word of a line, cut off by a NUL; NULL where there is none. */
static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t\n\r");

	if (*word == '\0')
		return NULL;
	*rest = word + strcspn(word, " \t\n\r");
	if (**rest)
		*(*rest)++ = '\0';
	return word;
}

/* The number that the lists of iproute2 have: hexadecimal or decimal, not octal; one byte. */
static bool read_id(const char *text, int *id)
{
	char *end;
	bool hexadecimal = !strncmp(text, "0x", 2);

	errno = 0;
	long number = strtol(text, &end, hexadecimal ? 16 : 10);
	*id = (int)number;
	return end != text && *end == '\0' && !errno && number >= 0 && number <= UINT8_MAX;
}

struct xtables_lmap *xtables_lmap_init(const char *file)
{
	struct xtables_lmap *head = NULL, **last = &head;
	char text[512];
	FILE *list = fopen(file, "re");

	if (!list)
		return NULL;
	while (fgets(text, sizeof text, list)) {
		char *rest = text, *number = next_word(&rest), *name = next_word(&rest);
		int id;

		if (!number || *number == '#' || !name || !read_id(number, &id))
			continue;
		*last = xtables_malloc(sizeof **last);
		(*last)->id = id;
		(*last)->name = xtables_strdup(name);
		(*last)->next = NULL;
		last = &(*last)->next;
	}
	fclose(list);
	return head;
}

void xtables_lmap_free(struct xtables_lmap *head)
{
	while (head) {
		struct xtables_lmap *next = head->next;
		free(head->name);
		free(head);
		head = next;
	}
}

int xtables_lmap_name2id(const struct xtables_lmap *head, const char *name)
{
	for (; head; head = head->next)
		if (!strcmp(head->name, name))
			return head->id;
	return -1;
}

const char *xtables_lmap_id2name(const struct xtables_lmap *head, int id)
{
	for (; head; head = head->next)
		if (head->id == id)
			return head->name;
	return NULL;
}

void xtables_parse_val_mask(struct xt_option_call *cb, unsigned int *val, unsigned int *mask, const struct xtables_lmap *lmap)
{
	char *end;

	*mask = ~0u;
	bool number = xtables_strtoui(cb->arg, &end, val, 0, UINT32_MAX);
	if (lmap && (!number || (*end != '\0' && *end != '/'))) {
		int id = xtables_lmap_name2id(lmap, cb->arg);
		if (id == -1)
			RAISE(PARAMETER_PROBLEM, "%s: could not map name %s to an integer value for option \"--%s\".\n", cb->ext_name, cb->arg,
				cb->entry->name);
		*val = (unsigned int)id;
		return;
	}
	if (!number || (*end == '/' && !xtables_strtoui(end + 1, &end, mask, 0, UINT32_MAX)))
		RAISE(PARAMETER_PROBLEM, "%s: bad integer value for option \"--%s\", or out of range.\n", cb->ext_name, cb->entry->name);
	if (*end != '\0')
		RAISE(PARAMETER_PROBLEM, "%s: trailing garbage after value for option \"--%s\".\n", cb->ext_name, cb->entry->name);
}

void xtables_print_val_mask(unsigned int val, unsigned int mask, const struct xtables_lmap *lmap)
{
	const char *name = xtables_lmap_id2name(lmap, (int)val);

	if (mask != ~0u)
		printf(" 0x%x/0x%x", val, mask);
	else if (name)
		printf(" %s", name);
	else
		printf(" 0x%x", val);
}

/* The types of /etc/ethertypes: NAME NUMBER [ALIAS ...]. The entry stays good until the next call. */
struct ethertypes {
	FILE *file;
	char line[512];
	char *aliases[36];
	struct xt_ethertypeent entry;
};

static bool next_ethertype(struct ethertypes *types)
{
	while (fgets(types->line, sizeof types->line, types->file)) {
		char *rest = types->line, *end;

		types->line[strcspn(types->line, "#")] = '\0';
		char *name = next_word(&rest), *number = next_word(&rest);
		if (!number)
			continue;
		types->entry.e_name = name;
		types->entry.e_ethertype = (int)strtol(number, &end, 16);
		types->entry.e_aliases = types->aliases;
		size_t count = 0;
		while (count + 1 < LENGTH(types->aliases) && (types->aliases[count] = next_word(&rest)))
			count++;
		types->aliases[count] = NULL;
		return true;
	}
	return false;
}

static bool has_name(const struct xt_ethertypeent *entry, const char *name)
{
	if (!strcasecmp(entry->e_name, name))
		return true;
	for (char **alias = entry->e_aliases; *alias; alias++)
		if (!strcasecmp(*alias, name))
			return true;
	return false;
}

/* The first type of a name, or of a number where the name is NULL. */
static struct xt_ethertypeent *find_ethertype(const char *name, int number)
{
	static struct ethertypes types;
	bool found = false;

	types.file = fopen(XT_PATH_ETHERTYPES, "re");
	if (!types.file)
		return NULL;
	while (!found && next_ethertype(&types))
		found = name ? has_name(&types.entry, name) : types.entry.e_ethertype == number;
	fclose(types.file);
	return found ? &types.entry : NULL;
}

struct xt_ethertypeent *xtables_getethertypebyname(const char *name)
{
	return find_ethertype(name, 0);
}

struct xt_ethertypeent *xtables_getethertypebynumber(int ethertype)
{
	return find_ethertype(NULL, ethertype);
}
