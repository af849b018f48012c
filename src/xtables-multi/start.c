/*
 * What happens before Main. The .NET runtime is made for servers: before a program begins, it looks for control groups, NUMA nodes,
 * processors, the memory of the machine and its own settings in the environment, and starts a thread. iptables runs for a millisecond, a
 * hundred times in a script, and what the caller has in the environment must mean nothing to it. So here libc answers the runtime
 * what holds for a short program with one thread. The linker directs the calls here (--wrap in xtables-multi.csproj): __wrap_NAME
 * is called for NAME, and __real_NAME is libc's own.
 *
 * Where an answer is for the runtime's start alone, libc's own holds as soon as Main runs. A wrapper that a later runtime does not
 * call does no harm: the program then is slower to start, which bench/run tells.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define MIB ((size_t)1 << 20)

/* Declares libc's own function and the wrapper that is called in its place. */
#define WRAP(type, name, ...) \
    type __real_##name(__VA_ARGS__); \
    type __wrap_##name(__VA_ARGS__); \
    type __wrap_##name(__VA_ARGS__)

/* Whether Main has been reached. */
static bool s_started;

/* ---- Limits of address space (ulimit -v) ---- */

/*
 * The collector reserves its whole range of addresses at once and ends the program without a word if it cannot. The default, 2 GiB,
 * is a setting in xtables-multi.csproj. Where addresses are limited, half of them are for the collector, since the tables lie
 * outside of its heap; it works with no less than 32 MiB. Executable, stacks and the collector's own tables need 8 MiB, and the first
 * buffer for a table 4 MiB.
 */
#define LEAST_RANGE (32 * MIB)
#define MOST_RANGE (2048 * MIB)
#define LEAST_SPACE (LEAST_RANGE + 12 * MIB)

/* The collector's settings, in hexadecimal as it reads them; empty for those in xtables-multi.csproj. */
static char s_region_range[20];
static char s_gen0_size[20];

static void say(const char *path, const char *text)
{
    const char *slash = strrchr(path, '/');
    fprintf(stderr, "%s: %s\n", slash != NULL ? slash + 1 : path, text);
}

/* Fits the collector's range into the limit. False if no range fits. */
static bool fit_limit(const char *path)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur / 2 >= MOST_RANGE) {
        return true;
    }

    if (limit.rlim_cur < LEAST_SPACE) {
        char text[128];
        snprintf(text, sizeof(text), "the address space is limited to %llu kB (ulimit -v); at least %llu kB are needed.",
            (unsigned long long)limit.rlim_cur / 1024, (unsigned long long)LEAST_SPACE / 1024);
        say(path, text);
        return false;
    }

    unsigned long long range = limit.rlim_cur / 2 / MIB * MIB;
    range = range < LEAST_RANGE ? LEAST_RANGE : range;
    snprintf(s_region_range, sizeof(s_region_range), "%llx", range);
    snprintf(s_gen0_size, sizeof(s_gen0_size), "%llx", range / 8);
    return true;
}

/* ---- From the executable's entry to Main ---- */

/* As iptables: a resource cannot be had. */
#define RESOURCE_PROBLEM 4

#define NO_MEMORY "cannot start for want of memory; see ulimit -a."

static const char *s_path = "";

/* The runtime's main. When the runtime cannot start, it returns without having reached Main and says nothing. */
WRAP(int, main, int count, char **words)
{
    const char *path = s_path = count > 0 ? words[0] : "";
    if (!fit_limit(path)) {
        return RESOURCE_PROBLEM;
    }

    /* A caller that ignores SIGCHLD passes that on; then the kernel would discard the exit status of getent or modprobe. */
    signal(SIGCHLD, SIG_DFL);

    int status = __real_main(count, words);
    if (!s_started) {
        say(path, NO_MEMORY);
        return RESOURCE_PROBLEM;
    }

    return status;
}

/* Main, and all before it that is compiled from C#. */
WRAP(int, __managed__Main, int count, char **words)
{
    s_started = true;
    return __real___managed__Main(count, words);
}

/* ---- The environment ---- */

/* The runtime's settings are those it was built with, whatever the caller has in the environment. Other variables are the program's. */
WRAP(char *, getenv, const char *name)
{
    if (s_region_range[0] != '\0' && strcmp(name, "DOTNET_GCRegionRange") == 0) {
        return s_region_range;
    }

    if (s_gen0_size[0] != '\0' && strcmp(name, "DOTNET_GCgen0size") == 0) {
        return s_gen0_size;
    }

    bool runtimes_own = strncmp(name, "DOTNET_", 7) == 0 || strncmp(name, "COMPlus_", 8) == 0;
    return runtimes_own ? NULL : __real_getenv(name);
}

/*
 * With less writable memory than this (ulimit -d), libc or the runtime's constructors end the program with SIGSEGV before main. With less than
 * the executable's own data, 1.5 MB, the kernel does so before the first instruction.
 */
#define LEAST_DATA (2850u << 10)

/*
 * libc's own settings (GLIBC_TUNABLES) are not read either: libc would compare each variable with them. This is the first of our
 * functions that libc calls: there is no thread-local storage yet, and no function that libc picks by the processor, such as strlen.
 */
WRAP(void, __tunables_init, char **environment)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_DATA, &limit) != 0 || limit.rlim_cur >= LEAST_DATA) {
        return;
    }

    /* Before the variables lie the words, their end, and before those their count. */
    char **words = environment - 1;
    long count = 0;
    while ((long)words[-1] != count) {
        words--;
        count++;
    }

    const char *name = count > 0 ? words[0] : "";
    size_t length = 0;
    for (const char *at = name; *at != '\0'; at++) {
        length++;
        if (*at == '/') {
            name = at + 1;
            length = 0;
        }
    }

    static const char text[] = ": " NO_MEMORY "\n";
    syscall(SYS_write, STDERR_FILENO, name, length);
    syscall(SYS_write, STDERR_FILENO, text, sizeof(text) - 1);
    syscall(SYS_exit_group, RESOURCE_PROBLEM);
}

/* ---- The machine: no control group, no NUMA node, one processor ---- */

/* mountinfo, cgroup, memory.stat, cpu.cfs_quota_us, meminfo, the list of processors: the runtime goes on without any of them. */
WRAP(FILE *, fopen64, const char *path, const char *mode)
{
    if (!s_started) {
        errno = ENOENT;
        return NULL;
    }

    return __real_fopen64(path, mode);
}

/* What kind of control groups there are: none. */
WRAP(int, statfs64, const char *path, struct statfs64 *answer)
{
    if (!s_started) {
        errno = ENOENT;
        return -1;
    }

    return __real_statfs64(path, answer);
}

/* The NUMA nodes. */
WRAP(DIR *, opendir, const char *path)
{
    if (!s_started) {
        errno = ENOENT;
        return NULL;
    }

    return __real_opendir(path);
}

/* How many processors there are decides about the heaps and about waiting for other threads; libc reads it from /sys. */
WRAP(long, sysconf, int name)
{
    return name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF ? 1 : __real_sysconf(name);
}

/* The same of the processors that this process may use: the first alone. Nothing is bound to it. */
WRAP(int, sched_getaffinity, pid_t process, size_t size, cpu_set_t *set)
{
    if (s_started) {
        return __real_sched_getaffinity(process, size, set);
    }

    memset(set, 0, size);
    CPU_SET_S(0, size, set);
    return 0;
}

/* ---- Threads and signals ---- */

/*
 * The one thread that the runtime starts before Main runs finalizers. The program has none that it counts on: memory and descriptors go
 * when the process ends. What a collection leaves for that thread just stays. (Whoever calls GC.WaitForPendingFinalizers would
 * wait for ever.)
 */
WRAP(int, pthread_create, pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument)
{
    if (!s_started) {
        *thread = pthread_self();
        return 0;
    }

    return __real_pthread_create(thread, attributes, run, argument);
}

/*
 * Where the first thread's stack is; libc reads /proc/self/maps for it. At its very end lies the path that was executed, which the kernel
 * puts there.
 */
WRAP(int, pthread_getattr_np, pthread_t thread, pthread_attr_t *attributes)
{
    const size_t most = 64 * MIB; /* of an unlimited stack; other mappings lie farther off */
    size_t path = getauxval(AT_EXECFN);
    size_t page = getauxval(AT_PAGESZ);
    struct rlimit limit;
    if (!s_started && path != 0 && page != 0 && getrlimit(RLIMIT_STACK, &limit) == 0 && pthread_attr_init(attributes) == 0) {
        size_t size = (limit.rlim_cur > most ? most : limit.rlim_cur) & -page;
        size_t end = (path + strlen((const char *)path) + page) & -page;
        if (pthread_attr_setstack(attributes, (void *)(end - size), size) == 0) {
            return 0;
        }

        pthread_attr_destroy(attributes);
    }

    return __real_pthread_getattr_np(thread, attributes);
}

/* The runtime ignores SIGPIPE. Here it stays as the caller has it: by default it ends the program, as it does any in C. */
WRAP(sighandler_t, signal, int number, sighandler_t handler)
{
    return !s_started && number == SIGPIPE ? SIG_DFL : __real_signal(number, handler);
}

/* ---- Memory ---- */

/*
 * The collector reserves addresses that cannot be read, and makes them usable page by page: twenty system calls before Main, each of which
 * splits a mapping. Here the beginning of a range can be used from the first; no page is taken until it is touched. If so much may
 * not be usable (vm.overcommit_memory=2), or would count (ulimit -d), the collector gets just what it asks for.
 */
#define USABLE (64 * MIB)

/* Whether what can be used counts, touched or not (ulimit -d). */
static bool data_is_limited(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

static struct { char *begin, *end; } s_usable[4];
static size_t s_usable_count;

int __real_mprotect(void *place, size_t size, int access);

WRAP(void *, mmap64, void *place, size_t size, int access, int flags, int file, off64_t offset)
{
    void *range = __real_mmap64(place, size, access, flags, file, offset);
    if (s_started || access != PROT_NONE || range == MAP_FAILED || s_usable_count == sizeof(s_usable) / sizeof(s_usable[0]) || data_is_limited()) {
        return range;
    }

    size_t usable = size < USABLE ? size : USABLE;
    if (__real_mprotect(range, usable, PROT_READ | PROT_WRITE) == 0) {
        s_usable[s_usable_count].begin = range;
        s_usable[s_usable_count++].end = (char *)range + usable;
    }

    return range;
}

WRAP(int, mprotect, void *place, size_t size, int access)
{
    for (size_t i = 0; !s_started && access == (PROT_READ | PROT_WRITE) && i < s_usable_count; i++) {
        if ((char *)place >= s_usable[i].begin && (char *)place + size <= s_usable[i].end) {
            return 0;
        }
    }

    int result = __real_mprotect(place, size, access);
    if (result != 0 && errno == ENOMEM && !s_started) {
        say(s_path, NO_MEMORY); /* the runtime would go on with what it has not got, until it faults */
        _exit(RESOURCE_PROBLEM);
    }

    return result;
}

/* Each advice on which pages a core dump has would split a mapping. */
WRAP(int, madvise, void *place, size_t size, int advice)
{
    return advice == MADV_DONTDUMP || advice == MADV_DODUMP ? 0 : __real_madvise(place, size, advice);
}

/* ---- Static fields ---- */

/*
 * For each class with static references, and for each that has lambdas, the runtime makes an object before Main: a thousand, each by
 * itself in the collector's heap of pinned objects, which is slow. Here they are cut from the front of one large object. The rest
 * is at all times a valid object without references, so that the collector can walk the heap. When the collector has freed the rest,
 * which then has another class, no more is cut off.
 */
#define PINNED 0x40u /* GC_ALLOC_PINNED_OBJECT_HEAP */
#define SHEET (64u << 10)
#define LEAST_OBJECT 24u

/* What the collector reads of a class without references: its flags, none of which is set, and the size of its objects (MethodTable). */
struct class {
    uint32_t flags, size;
    uint64_t rest[6];
};

struct object {
    const struct class *class;
};

static struct class s_left_class = { .size = SHEET };
static struct object *s_left;

WRAP(void, RhAllocateNewObject, const struct class *class, uint32_t flags, struct object **made)
{
    if (!s_started && flags == PINNED && s_left == NULL) {
        __real_RhAllocateNewObject(&s_left_class, PINNED, &s_left);
    }

    if (s_started || flags != PINNED || s_left == NULL || s_left->class != &s_left_class || s_left_class.size < class->size + LEAST_OBJECT) {
        __real_RhAllocateNewObject(class, flags, made);
        return;
    }

    *made = s_left;
    s_left = (struct object *)((char *)s_left + class->size);
    s_left_class.size -= class->size;
    s_left->class = &s_left_class;
    (*made)->class = class;
}

/*
 * What is copied into such an object refers only to objects that the program file holds, which the collector neither moves nor frees. So
 * nothing need be noted for it.
 */
WRAP(void, RhBulkMoveWithWriteBarrier, uint8_t *to, const uint8_t *from, size_t size)
{
    if (s_started) {
        __real_RhBulkMoveWithWriteBarrier(to, from, size);
    } else {
        memmove(to, from, size);
    }
}
