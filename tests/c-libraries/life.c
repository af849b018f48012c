/*
 * The life of a process that uses libip4tc: what it has set up for signals stays, it may fork, have threads, close the library and open it
 * again. Says nothing if all is well. Run with the name of what to try.
 */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libiptc/libiptc.h>

static void *library;
static struct xtc_handle *(*init)(const char *);
static void (*end)(struct xtc_handle *);
static const char *(*first_chain)(struct xtc_handle *);
static int (*append)(const xt_chainlabel, const struct ipt_entry *, struct xtc_handle *);

#define CHECK(that) do { if (!(that)) { printf("%s:%d: %s (%s)\n", __FILE__, __LINE__, #that, strerror(errno)); exit(1); } } while (0)

static void open_library(void)
{
	library = dlopen("libip4tc.so.2", RTLD_NOW);
	CHECK(library);
	init = (struct xtc_handle *(*)(const char *))dlsym(library, "iptc_init");
	end = (void (*)(struct xtc_handle *))dlsym(library, "iptc_free");
	first_chain = (const char *(*)(struct xtc_handle *))dlsym(library, "iptc_first_chain");
	append = (int (*)(const xt_chainlabel, const struct ipt_entry *, struct xtc_handle *))dlsym(library, "iptc_append_entry");
	CHECK(init && end && first_chain && append);
}

/* Reads tables, and makes rules enough for memory to be collected. */
static void use(int tables)
{
	struct {
		struct ipt_entry entry;
		struct xt_standard_target target;
	} rule = { .entry = { .target_offset = sizeof(struct ipt_entry), .next_offset = sizeof rule },
		.target.target.u.user = { .target_size = sizeof(struct xt_standard_target), .name = "ACCEPT" } };
	xt_chainlabel chain = "INPUT";
	for (int i = 0; i < tables; i++) {
		struct xtc_handle *h = init("filter");
		CHECK(h);
		CHECK(!strcmp(first_chain(h), "INPUT"));
		for (int n = 0; n < 10; n++)
			CHECK(append(chain, &rule.entry, h));
		end(h);
	}
}

static volatile sig_atomic_t caught;

static void catch(int number)
{
	(void)number;
	caught++;
}

static void signals(void)
{
	struct sigaction before[NSIG], after, mine = { .sa_handler = catch };
	sigset_t mask, masked;
	int own[] = { SIGUSR1, SIGTERM, SIGSEGV, SIGCHLD, SIGRTMIN, SIGRTMIN + 1, SIGINT };
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		sigaction(own[i], &mine, NULL);
	sigemptyset(&mask);
	sigaddset(&mask, SIGHUP);
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	for (int number = 1; number < NSIG; number++)
		sigaction(number, NULL, &before[number]);
	use(2000);
	for (int number = 1; number < NSIG; number++) {
		if (number == SIGRTMIN)
			continue; /* the runtime's own, which hands on what is not for it */
		if (!sigaction(number, NULL, &after) && after.sa_handler != before[number].sa_handler) {
			printf("signal %d is handled otherwise\n", number);
			exit(1);
		}
	}
	pthread_sigmask(SIG_SETMASK, NULL, &masked);
	CHECK(!memcmp(&mask, &masked, sizeof mask / 16));
	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		int so_far = caught;
		kill(getpid(), own[i]);
		for (int n = 0; n < 100 && caught == so_far; n++)
			usleep(1000);
		if (caught != so_far + 1) {
			printf("signal %d is not caught\n", own[i]);
			exit(1);
		}
	}
	use(2000);
}

static void forks(void)
{
	use(100);
	for (int i = 0; i < 4; i++) {
		int status;
		pid_t child = fork();
		if (child == 0) {
			use(10000);
			exit(0);
		}
		CHECK(waitpid(child, &status, 0) == child && status == 0);
	}
}

static void *thread(void *nothing)
{
	use(5000);
	return nothing;
}

static void threads(void)
{
	pthread_t each[4];
	for (int i = 0; i < 4; i++)
		CHECK(!pthread_create(&each[i], NULL, thread, NULL));
	forks(); /* beside busy threads */
	for (int i = 0; i < 4; i++)
		CHECK(!pthread_join(each[i], NULL));
}

static void closes(void)
{
	for (int i = 0; i < 20; i++) {
		use(100);
		dlclose(library);
		usleep(1000);
		open_library();
	}
	sleep(1);
}

int main(int argc, char **argv)
{
	static const struct { const char *name; void (*function)(void); } all[] = {
		{ "signals", signals }, { "fork", forks }, { "threads", threads }, { "close", closes },
	};
	open_library();
	for (size_t i = 0; argc == 2 && i < sizeof all / sizeof *all; i++)
		if (!strcmp(argv[1], all[i].name)) {
			all[i].function();
			return 0;
		}
	struct xtc_handle *h = init("filter"); /* as it is started: with limits, filters, without the private library */
	if (!h) {
		printf("%s\n", strerrorname_np(errno));
		return 3;
	}
	end(h);
	use(1000);
	return 0;
}
