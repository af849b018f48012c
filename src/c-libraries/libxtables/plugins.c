/* Plugins: where they are, opening and closing them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "internal.h"

/* The folders, with colons between. */
static char folders[PATH_MAX];

static bool is_folder_named;

static void **opened;
static unsigned int opened_count;

/* The folder "xtables" beside the library: where plugins are installed. */
static void beside_the_library(void)
{
	Dl_info self;
	const char *slash = dladdr(folders, &self) && self.dli_fname ? strrchr(self.dli_fname, '/') : NULL;
	int length = slash ? (int)(slash - self.dli_fname) + 1 : 0;
	int written = snprintf(folders, sizeof folders, "%.*sxtables", length, length ? self.dli_fname : "");

	if (written < 0 || (size_t)written >= sizeof folders)
		folders[0] = '\0';
}

static bool from_environment(const char *variable)
{
	/* NULL in a program that runs with rights its user does not have. */
	const char *value = secure_getenv(variable);

	if (!value || strlen(value) >= sizeof folders)
		return false;
	strcpy(folders, value);
	return true;
}

void xtables_init(void)
{
	is_folder_named = from_environment("XTABLES_LIBDIR");
	if (is_folder_named)
		return;
	if (from_environment("IPTABLES_LIB_DIR"))
		fprintf(stderr, "IPTABLES_LIB_DIR is deprecated, use XTABLES_LIBDIR.\n");
	else if (from_environment("IP6TABLES_LIB_DIR"))
		fprintf(stderr, "IP6TABLES_LIB_DIR is deprecated, use XTABLES_LIBDIR.\n");
	else
		beside_the_library();
}

bool plugins_come_first(void)
{
	return is_folder_named;
}

/* The plugin at a path. Whether it is there; if it cannot be opened, that is said. */
static bool open_at(const char *path)
{
	struct stat there;

	if (stat(path, &there))
		return false;
	void *plugin = dlopen(path, RTLD_NOW);
	if (!plugin) {
		fprintf(stderr, "%s: %s\n", path, dlerror());
		errno = ENOENT;
		return false;
	}
	opened = xtables_realloc(opened, (opened_count + 1) * sizeof *opened);
	opened[opened_count++] = plugin;
	return true;
}

bool load_plugin(const char *name)
{
	char path[PATH_MAX];

	if (folders[0] == '\0')
		xtables_init();
	for (const char *folder = folders; *folder; ) {
		int length = (int)strcspn(folder, ":");
		const char *prefixes[] = { afinfo ? afinfo->libprefix : NULL, "libxt_" };
		for (size_t p = 0; p < LENGTH(prefixes); p++) {
			if (!prefixes[p])
				continue;
			int written = snprintf(path, sizeof path, "%.*s/%s%s.so", length, folder, prefixes[p], name);
			if (written > 0 && (size_t)written < sizeof path && open_at(path))
				return true;
		}
		folder += length + (folder[length] == ':');
	}
	errno = ENOENT;
	return false;
}

void close_plugins(void)
{
	while (opened_count)
		dlclose(opened[--opened_count]);
	free(opened);
	opened = NULL;
}
