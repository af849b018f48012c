/* Loads libsharptables.so and undoes what its runtime does to the process. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "sharptables.h"

/* The runtime reserves 256 MB for objects, and maps itself; below that it would end the process. */
#define ADDRESSES_NEEDED (400UL << 20)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/*
 * A child process that was forked while another thread was in the private library could not use it: its collector would wait for that thread,
 * which the child does not have. So fork(2) waits until none is there.
 */
static pthread_rwlock_t inside = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void before_fork(void)
{
	pthread_rwlock_wrlock(&inside);
}

static void after_fork(void)
{
	pthread_rwlock_unlock(&inside);
}

static void after_fork_in_child(void)
{
	/* Its owner is the parent's thread, which has another number. */
	static const pthread_rwlock_t nobody = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
	inside = nobody;
}

void sharptables_enter(void)
{
	pthread_rwlock_rdlock(&inside);
}

void sharptables_leave(void)
{
	pthread_rwlock_unlock(&inside);
}

static sharptables_tables_function *tables;
static sharptables_extensions_function *extensions;

static int path_of_private_library(char *path, size_t size)
{
	Dl_info self;
	if (!dladdr(&lock, &self) || !self.dli_fname)
		return -1;
	const char *slash = strrchr(self.dli_fname, '/');
	int folder = slash ? (int)(slash - self.dli_fname) + 1 : 0;
	int length = snprintf(path, size, "%.*ssharptables/libsharptables.so", folder, self.dli_fname);
	return length < 0 || (size_t)length >= size ? -1 : 0;
}

static int load(void)
{
	char path[PATH_MAX];
	struct rlimit addresses;
	if (!getrlimit(RLIMIT_AS, &addresses) && addresses.rlim_cur != RLIM_INFINITY && addresses.rlim_cur < ADDRESSES_NEEDED)
		return ENOMEM;
	if (path_of_private_library(path, sizeof path))
		return ELIBACC;
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!library)
		return ELIBACC;
	if (pthread_atfork(before_fork, after_fork, after_fork_in_child))
		return ENOMEM;
	tables = (sharptables_tables_function *)dlsym(library, "sharptables_tables");
	extensions = (sharptables_extensions_function *)dlsym(library, "sharptables_extensions");
	return tables && extensions ? 0 : ELIBACC;
}

/* Gives tables for a family, or extensions for none. */
static const void *functions_for(int family)
{
	/*
	 * The runtime begins when it is first called: it makes a thread, which shall never be given one of the process's signals, ignores
	 * SIGPIPE, and takes SIGSEGV, SIGFPE and others.
	 */
	static const int taken[] = { SIGPIPE, SIGSEGV, SIGFPE, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGINT, SIGQUIT, SIGTERM, SIGCHLD, SIGCONT };
	enum { TAKEN = sizeof taken / sizeof taken[0] };
	static int begun;

	const void *functions = NULL;
	struct sigaction before[TAKEN];
	sigset_t all, mask;
	int error = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &mask);
	pthread_mutex_lock(&lock);
	if (!begun)
		for (int i = 0; i < TAKEN; i++)
			sigaction(taken[i], NULL, &before[i]);
	if (!tables)
		error = load();
	if (!error) {
		functions = family ? (const void *)tables(SHARPTABLES_PRIVATE_VERSION, family)
			: (const void *)extensions(SHARPTABLES_PRIVATE_VERSION);
		error = functions ? 0 : ELIBACC;
		if (!begun)
			for (int i = 0; i < TAKEN; i++)
				sigaction(taken[i], &before[i], NULL);
		begun = 1;
	}
	pthread_mutex_unlock(&lock);
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	if (error)
		errno = error;
	return functions;
}

const struct sharptables_tables *sharptables_load(int family)
{
	return functions_for(family);
}

const struct sharptables_extensions *sharptables_load_extensions(void)
{
	return functions_for(0);
}
