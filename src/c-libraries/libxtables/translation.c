/* Texts in the language of nft, in the making: a rule, a set, a comment. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

struct text {
	char *bytes;
	size_t size, length;
};

struct xt_xlate {
	struct text rule, set;
	char comment[256];
	uint8_t family;
};

struct xt_xlate *xt_xlate_alloc(int size)
{
	struct xt_xlate *xl = xtables_calloc(1, sizeof *xl);

	if (size < 1)
		size = 1;
	xl->rule.size = xl->set.size = (size_t)size;
	xl->rule.bytes = xtables_calloc(1, xl->rule.size);
	xl->set.bytes = xtables_calloc(1, xl->set.size);
	return xl;
}

void xt_xlate_free(struct xt_xlate *xl)
{
	if (!xl)
		return;
	free(xl->rule.bytes);
	free(xl->set.bytes);
	free(xl);
}

static void append(struct text *text, bool spaced, const char *format, va_list words)
{
	char *place = text->bytes + text->length;
	size_t room = text->size - text->length;
	int written = vsnprintf(place, room, format, words);
	/* A blank between what was there and a word or bracket; punctuation brings its own. */
	bool blank = spaced && text->length > 0 && !isspace((unsigned char)place[-1]) && written > 0
		&& (isalnum((unsigned char)*place) || strchr("()[]{}", *place));

	if (written < 0 || (size_t)written + blank >= room)
		RAISE(RESOURCE_PROBLEM, "OOM");
	if (blank) {
		memmove(place + 1, place, (size_t)written + 1);
		*place = ' ';
	}
	text->length += (size_t)written + blank;
}

#define APPEND(text, spaced) do { va_list words; va_start(words, fmt); append(text, spaced, fmt, words); va_end(words); } while (0)

void xt_xlate_add(struct xt_xlate *xl, const char *fmt, ...)
{
	APPEND(&xl->rule, true);
}

void xt_xlate_add_nospc(struct xt_xlate *xl, const char *fmt, ...)
{
	APPEND(&xl->rule, false);
}

void xt_xlate_set_add(struct xt_xlate *xl, const char *fmt, ...)
{
	APPEND(&xl->set, true);
}

void xt_xlate_set_add_nospc(struct xt_xlate *xl, const char *fmt, ...)
{
	APPEND(&xl->set, false);
}

void xt_xlate_add_comment(struct xt_xlate *xl, const char *comment)
{
	snprintf(xl->comment, sizeof xl->comment, "%s", comment);
}

const char *xt_xlate_get_comment(struct xt_xlate *xl)
{
	return xl->comment[0] ? xl->comment : NULL;
}

const char *xt_xlate_get(struct xt_xlate *xl)
{
	struct text *rule = &xl->rule;

	while (rule->length && isspace((unsigned char)rule->bytes[rule->length - 1]))
		rule->bytes[--rule->length] = '\0';
	return rule->bytes;
}

const char *xt_xlate_set_get(struct xt_xlate *xl)
{
	return xl->set.bytes;
}

void xl_xlate_set_family(struct xt_xlate *xl, uint8_t family)
{
	xl->family = family;
}

uint8_t xt_xlate_get_family(struct xt_xlate *xl)
{
	return xl->family;
}
