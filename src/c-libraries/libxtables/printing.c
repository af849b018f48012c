/* Texts and counters, to stdout. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

#include "internal.h"

void xtables_save_string(const char *value)
{
	const char *c = value;

	while (isalnum((unsigned char)*c) || (*c && strchr("-_", *c)))
		c++;
	putchar(' ');
	if (*value && !*c) {
		fputs(value, stdout);
		return;
	}
	putchar('"');
	for (c = value; *c; c++) {
		if (strchr("\"\\'", *c))
			putchar('\\');
		putchar(*c);
	}
	putchar('"');
}

void xtables_print_num(uint64_t number, unsigned int format)
{
	static const char units[] = "KMGT";
	size_t unit = 0;

	if (!(format & FMT_KILOMEGAGIGA)) {
		printf(FMT("%8" PRIu64 " ", "%" PRIu64 " "), number);
		return;
	}
	if (number <= 99999) {
		printf(FMT("%5" PRIu64 " ", "%" PRIu64 " "), number);
		return;
	}
	/* Rounded once more at each unit, as ever. */
	for (;; unit++) {
		number = number / 1000 + (number % 1000 >= 500);
		if (number <= 9999 || units[unit + 1] == '\0')
			break;
	}
	printf(FMT("%4" PRIu64 "%c ", "%" PRIu64 "%c "), number, units[unit]);
}
