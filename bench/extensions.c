/*
 * What libxtables costs a program: prints how long it takes until the first match is found, in nanoseconds.
 */
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

#include <xtables.h>

static long long now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(void)
{
	static struct xtables_globals globals = { .program_name = "extensions", .program_version = "1", .compat_rev = xtables_compatible_revision };
	long long begin = now();
	xtables_init_all(&globals, NFPROTO_IPV4);
	if (!xtables_find_match("tcp", XTF_LOAD_MUST_SUCCEED, NULL))
		return 1;
	printf("%lld\n", now() - begin);
	return 0;
}
