/*
 * Matches and targets of others: plugins (libxt_NAME.so) written for libxtables. Linked only into the program that hosts them, which is
 * dynamic; see the Makefile's target "plugins". Every call of a plugin goes through here: what ends the program in iptables, exit_err and
 * exit, comes back to the caller as a status and a text, over no frame of C#. Nothing here calls C#.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xtables.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv6/ip6_tables.h>

/* A target is read as a match is: as far as that goes, the two structs are alike. */
#define SAME_PLACE(ours, theirs) _Static_assert(offsetof(struct xtables_match, ours) == offsetof(struct xtables_target, theirs), #ours)
SAME_PLACE(name, name);
SAME_PLACE(real_name, real_name);
SAME_PLACE(revision, revision);
SAME_PLACE(ext_flags, ext_flags);
SAME_PLACE(size, size);
SAME_PLACE(userspacesize, userspacesize);
SAME_PLACE(help, help);
SAME_PLACE(init, init);
SAME_PLACE(print, print);
SAME_PLACE(save, save);
SAME_PLACE(alias, alias);
SAME_PLACE(extra_opts, extra_opts);
SAME_PLACE(x6_options, x6_options);
SAME_PLACE(udata_size, udata_size);
SAME_PLACE(udata, udata);
SAME_PLACE(m, t);
SAME_PLACE(mflags, tflags);
_Static_assert(sizeof(struct xt_entry_match) == sizeof(struct xt_entry_target), "record heads");

/* ---- libxtables ---- */

/* It is opened, not linked, so that we can say what is missing; for all to see, since not every plugin names it as needed. */
#define LIBRARY "libxtables.so.12"

#define FUNCTIONS(F) \
    F(xtables_init_all) \
    F(xtables_compatible_revision) \
    F(xtables_find_match) \
    F(xtables_find_match_revision) \
    F(xtables_find_target) \
    F(xtables_find_target_revision) \
    F(xtables_option_mpcall) \
    F(xtables_option_tpcall) \
    F(xtables_option_mfcall) \
    F(xtables_option_tfcall)

#define DECLARE(name) static __typeof__(name) *s_##name;
FUNCTIONS(DECLARE)

/* ---- The way back ---- */

/* What a call gives: 0; what exit_err was called with (enum xtables_exittype); or ENDED and what exit was called with. */
#define ENDED 256

/* What host_load gives if the dynamic linker cannot load the plugin, and has said why. */
#define NOT_LOADED (-1)

/* The largest payload: the size of a record has 16 bits. */
#define LARGEST (UINT16_MAX - sizeof(struct xt_entry_match))

static jmp_buf s_back;
static char *s_text;

/* The plugin that is being called, for messages; NULL for none. */
static const char *volatile s_called;

static void keep(const char *format, va_list values)
{
    free(s_text);
    s_text = NULL;
    if (vasprintf(&s_text, format, values) < 0) {
        s_text = NULL;
    }
}

static void fail(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    keep(format, values);
    va_end(values);
}

static void give_up(enum xtables_exittype status, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));

static void give_up(enum xtables_exittype status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    keep(format, values);
    va_end(values);
    if (s_called == NULL) {
        abort(); /* libxtables is called nowhere else */
    }

    int seen = status & 0xff; /* of an exit status, by who waits for the program */
    longjmp(s_back, seen != 0 ? seen : OTHER_PROBLEM);
}

/* libc's exit, for all that is loaded: a plugin must not end the program before what was printed so far has been written. */
void exit(int status)
{
    if (s_called != NULL) {
        longjmp(s_back, ENDED | (status & 0xff));
    }

    void (*end)(int) = (void (*)(int))dlsym(RTLD_NEXT, "exit");
    end(status);
    __builtin_unreachable();
}

/* Runs a statement that calls a plugin, and gives its status. */
#define CALL(name, statement) ({ \
    int status_ = setjmp(s_back); \
    if (status_ == 0) { \
        s_called = (name); \
        statement; \
    } \
    s_called = NULL; \
    if (__fpending(stdout) > 0) { \
        fflush(stdout); \
    } \
    status_; \
})

/* ---- What a plugin prints ---- */

static FILE *s_print, *s_stdout;
static char *s_printed;
static size_t s_printed_size;

static bool catch_output(void)
{
    if (s_print == NULL) {
        s_print = open_memstream(&s_printed, &s_printed_size);
        if (s_print == NULL) {
            return false;
        }
    }

    rewind(s_print);
    s_stdout = stdout;
    stdout = s_print;
    return true;
}

/* As CALL, for a statement that prints; what it printed, even before it failed, is in text. */
#define CALL_PRINTING(name, text, length, statement) ({ \
    int printing_ = RESOURCE_PROBLEM; \
    if (catch_output()) { \
        printing_ = CALL(name, statement); \
        fflush(s_print); \
        stdout = s_stdout; \
        *(text) = s_printed; \
        *(length) = s_printed_size; \
    } else { \
        fail("%s", strerror(errno)); \
    } \
    printing_; \
})

/* ---- Crashes ---- */

static const int s_crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
#define CRASHES (sizeof(s_crashes) / sizeof(s_crashes[0]))

static struct sigaction s_before[CRASHES];

/* Says which plugin it was, then lets the signal do what it would have done. */
static void crashed(int number, siginfo_t *information, void *context)
{
    for (size_t i = 0; i < CRASHES; i++) {
        if (s_crashes[i] != number) {
            continue;
        }

        if (s_called == NULL && (s_before[i].sa_flags & SA_SIGINFO) != 0) {
            s_before[i].sa_sigaction(number, information, context); /* the runtime's */
            return;
        }

        if (s_called != NULL) {
            static const char text[] = "The plugin crashed: ";
            (void)!write(STDERR_FILENO, text, sizeof(text) - 1);
            (void)!write(STDERR_FILENO, s_called, strlen(s_called));
            (void)!write(STDERR_FILENO, "\n", 1);
        }

        struct sigaction action = { .sa_handler = SIG_DFL };
        sigaction(number, &action, NULL);
        raise(number);
    }
}

static void watch_crashes(void)
{
    static char bytes[64 << 10];
    const stack_t stack = { .ss_sp = bytes, .ss_size = sizeof(bytes) }; /* for who has none left */
    sigaltstack(&stack, NULL);

    struct sigaction action = { .sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK };
    for (size_t i = 0; i < CRASHES; i++) {
        sigaction(s_crashes[i], &action, &s_before[i]);
    }
}

/* ---- For C#: PluginHost.cs in Sharptables.Kernel has the same structs and declarations ---- */

struct facts {
    struct xtables_match *plugin;
    const char *name, *real_name;
    uint64_t size, compared_size, scratch_size;
    uint8_t revision;
};

struct option_facts {
    const char *name;
    int32_t number, argument, type;
};

/* A match or target of a rule that is being made. */
struct use {
    struct xtables_match *plugin;
    uint64_t is_target;
    unsigned char *payload;
    /* Behind the payload: its flags, 8 bytes, and the plugin's own scratch area. */
    unsigned char *scratch;
};

const char *host_text(void)
{
    return s_text == NULL ? "" : s_text;
}

int host_begin(uint8_t family, const char *program, const char *version)
{
    static struct option none[] = { { NULL, 0, NULL, 0 } };
    static struct xtables_globals globals = { .orig_opts = none, .opts = none, .exit_err = give_up };
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_GLOBAL);
    if (library == NULL) {
        fail("%s", dlerror());
        return OTHER_PROBLEM;
    }

#define FIND(name) \
    s_##name = (__typeof__(name) *)dlsym(library, #name); \
    if (s_##name == NULL) { \
        fail("%s", dlerror()); \
        return OTHER_PROBLEM; \
    }
    FUNCTIONS(FIND)

    watch_crashes();
    globals.program_name = program;
    globals.program_version = version;
    globals.compat_rev = s_xtables_compatible_revision;
    return CALL(LIBRARY, s_xtables_init_all(&globals, family));
}

/* Opens a plugin, which then registers what it has. */
int host_load(const char *path)
{
    void *volatile library = NULL;
    int status = CALL(path, library = dlopen(path, RTLD_NOW));
    if (status == 0 && library == NULL) {
        fprintf(stderr, "%s: %s\n", path, dlerror());
        return NOT_LOADED;
    }

    return status;
}

/* Finds what is registered: of several revisions the newest that the kernel has, or the given one. plugin is NULL if there is none. */
int host_find(const char *name, int is_target, int revision, struct facts *facts)
{
    struct xtables_match *volatile found = NULL;
    int status = CALL(name, {
        if (is_target) {
            struct xtables_target *target = s_xtables_find_target(name, XTF_DONT_LOAD);
            if (target != NULL && revision >= 0) {
                target = s_xtables_find_target_revision(name, XTF_DONT_LOAD, target, revision);
            }

            found = (struct xtables_match *)target;
        } else {
            found = s_xtables_find_match(name, XTF_DONT_LOAD, NULL);
            if (found != NULL && revision >= 0) {
                found = s_xtables_find_match_revision(name, XTF_DONT_LOAD, found, revision);
            }
        }
    });
    memset(facts, 0, sizeof(*facts));
    if (status == 0 && found != NULL && (found->size > LARGEST || found->userspacesize > LARGEST || found->udata_size > INT_MAX / 2)) {
        fail("%s: its size is impossible", found->name);
        return OTHER_PROBLEM;
    }

    if (status == 0 && found != NULL) {
        facts->plugin = found;
        facts->name = found->name;
        facts->real_name = found->real_name != NULL ? found->real_name : found->name;
        facts->size = found->size;
        facts->compared_size = found->userspacesize;
        facts->scratch_size = sizeof(uint64_t) + found->udata_size;
        facts->revision = found->revision;
    }

    return status;
}

/* An option of a plugin, by its place from 0; false at the end. */
int host_option(const struct xtables_match *plugin, int place, struct option_facts *facts)
{
    if (plugin->x6_options != NULL) {
        const struct xt_option_entry *option = &plugin->x6_options[place];
        *facts = (struct option_facts){ option->name, (int)option->id, option->type == XTTYPE_NONE ? no_argument : required_argument, (int)option->type };
    } else if (plugin->extra_opts != NULL) {
        const struct option *option = &plugin->extra_opts[place];
        *facts = (struct option_facts){ option->name, option->val, option->has_arg, -1 };
    } else {
        return false;
    }

    return facts->name != NULL;
}

/* A record: its head, and a payload of the largest size that a rule has room for. */
static union {
    struct xt_entry_match head;
    unsigned char bytes[1 << 16];
} s_record __attribute__((aligned(16)));

static void fill_record(const struct xtables_match *plugin, const unsigned char *payload)
{
    const char *name = plugin->real_name != NULL ? plugin->real_name : plugin->name;
    memset(&s_record.head, 0, sizeof(s_record.head));
    s_record.head.u.match_size = (uint16_t)(sizeof(s_record.head) + plugin->size);
    strncpy(s_record.head.u.user.name, name, sizeof(s_record.head.u.user.name) - 1);
    s_record.head.u.user.revision = plugin->revision;
    memcpy(s_record.head.data, payload, plugin->size);
}

/* Runs a statement over a match or target of a rule that is being made. */
#define CALL_IN_USE(use, statement) ({ \
    struct xtables_match *plugin_ = (use)->plugin; \
    fill_record(plugin_, (use)->payload); \
    plugin_->m = &s_record.head; \
    plugin_->udata = (use)->scratch + sizeof(uint64_t); \
    memcpy(&plugin_->mflags, (use)->scratch, sizeof(plugin_->mflags)); \
    int use_ = CALL(plugin_->name, statement); \
    memcpy((use)->scratch, &plugin_->mflags, sizeof(plugin_->mflags)); \
    memcpy((use)->payload, s_record.head.data, plugin_->size); \
    use_; \
})

/* Begins with a payload and a scratch area of zeros. */
int host_init(const struct use *use)
{
    const struct xtables_match *plugin = use->plugin;
    if (plugin->real_name != NULL && strcmp(plugin->name, plugin->real_name) != 0 && (plugin->ext_flags & XTABLES_EXT_ALIAS) == 0) {
        const char *form = use->is_target ? "Notice: The %s target is converted into %s target in rule listing and saving.\n"
            : "Notice: the %s match is converted into %s match in rule listing and saving.\n";
        fprintf(stderr, form, plugin->name, plugin->real_name);
    }

    return use->plugin->init == NULL ? 0 : CALL_IN_USE(use, use->plugin->init(&s_record.head));
}

/*
 * Reads an option. words are those of the command; next is the number of the one behind it, and afterwards of the one that the plugin has
 * left. entry is the head of the rule so far.
 */
int host_parse(const struct use *use, int number, char *argument, int is_inverted, char **words, int *next, void *entry)
{
    optarg = argument;
    optind = *next;
    int status = CALL_IN_USE(use, {
        if (use->is_target) {
            s_xtables_option_tpcall((unsigned int)number, words, is_inverted, (struct xtables_target *)use->plugin, entry);
        } else {
            s_xtables_option_mpcall((unsigned int)number, words, is_inverted, use->plugin, entry);
        }
    });
    *next = optind;
    return status;
}

/* Checks what was given, when all has been read. */
int host_check(const struct use *use)
{
    return CALL_IN_USE(use, {
        if (use->is_target) {
            s_xtables_option_tfcall((struct xtables_target *)use->plugin);
        } else {
            s_xtables_option_mfcall(use->plugin);
        }
    });
}

/* The head of a rule of which no more is known than its protocol. */
static const void *head_for(uint8_t family, uint16_t protocol)
{
    static union {
        struct ipt_ip ip;
        struct ip6t_ip6 ip6;
    } head;
    memset(&head, 0, sizeof(head));
    if (family == NFPROTO_IPV6) {
        head.ip6.proto = protocol;
        head.ip6.flags = protocol != 0 ? IP6T_F_PROTO : 0;
    } else {
        head.ip.proto = protocol;
    }

    return &head;
}

/* Lists a payload. A match that does not know how is listed by its name. */
int host_print(const struct xtables_match *plugin, int is_target, const unsigned char *payload, uint8_t family, uint16_t protocol, int is_numeric, const char **text, uint64_t *length)
{
    *length = 0;
    fill_record(plugin, payload);
    return CALL_PRINTING(plugin->name, text, length, {
        if (plugin->print != NULL) {
            plugin->print(head_for(family, protocol), &s_record.head, is_numeric);
        } else if (!is_target) {
            printf("%s ", plugin->name);
        }
    });
}

/* Writes a payload as options. */
int host_save(const struct xtables_match *plugin, const unsigned char *payload, uint8_t family, uint16_t protocol, const char **text, uint64_t *length)
{
    *length = 0;
    fill_record(plugin, payload);
    return CALL_PRINTING(plugin->name, text, length, {
        if (plugin->save != NULL) {
            plugin->save(head_for(family, protocol), &s_record.head);
        }
    });
}

int host_help(const struct xtables_match *plugin, const char **text, uint64_t *length)
{
    *length = 0;
    return CALL_PRINTING(plugin->name, text, length, {
        if (plugin->help != NULL) {
            plugin->help();
        } else {
            printf("%s does not take any options\n", plugin->name);
        }
    });
}

/* Another name that a payload is shown under; NULL for none. */
int host_alias(const struct xtables_match *plugin, const unsigned char *payload, const char **name)
{
    *name = NULL;
    if (plugin->alias == NULL) {
        return 0;
    }

    fill_record(plugin, payload);
    return CALL(plugin->name, *name = plugin->alias(&s_record.head));
}
