/* The kernel: its version, its modules, and which revisions of a match or target it has. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "internal.h"

int kernel_version;
const char *xtables_modprobe_program;

void get_kernel_version(void)
{
	struct utsname name;
	unsigned int x = 0, y = 0, z = 0;

	if (!uname(&name))
		sscanf(name.release, "%u.%u.%u", &x, &y, &z);
	kernel_version = LINUX_VERSION(x, y, z);
}

/* The program that the kernel calls itself. */
static bool kernels_modprobe(char *path, size_t size)
{
	int file = open("/proc/sys/kernel/modprobe", O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : read(file, path, size - 1);

	if (file >= 0)
		close(file);
	if (length <= 0)
		return false;
	path[length] = '\0';
	path[strcspn(path, "\n")] = '\0';
	return path[0] != '\0';
}

int xtables_insmod(const char *module, const char *modprobe, bool quiet)
{
	char path[PATH_MAX];
	int status;

	if (!modprobe) {
		if (!kernels_modprobe(path, sizeof path))
			return -1;
		modprobe = path;
	}
	/* What is in the buffers is written once, here, and not by the child as well. */
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		execl(modprobe, modprobe, module, quiet ? "-q" : NULL, NULL);
		_exit(1);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

int xtables_load_ko(const char *modprobe, bool quiet)
{
	static const struct xtables_afinfo *there;

	if (!afinfo || !afinfo->kmod || afinfo == there)
		return 0;
	if (access(afinfo->proc_exists, F_OK) && xtables_insmod(afinfo->kmod, modprobe, quiet))
		return -1;
	there = afinfo;
	return 0;
}

int xtables_compatible_revision(const char *name, uint8_t revision, int opt)
{
	struct xt_get_revision asked = { .revision = revision };
	socklen_t size = sizeof asked;

	if (!afinfo)
		return 1;
	int handle = socket(afinfo->family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
	if (handle < 0) {
		if (errno == EPERM) {
			/* Without the right to ask, as for help: what follows will fail for a better reason. */
			if (revision != 0)
				fprintf(stderr, "%s: Could not determine whether revision %u is supported, assuming it is.\n", name, revision);
			return 1;
		}
		fprintf(stderr, "Could not open socket to kernel: %s\n", strerror(errno));
		exit(1);
	}
	xtables_load_ko(xtables_modprobe_program, true);
	strncpy(asked.name, name, sizeof asked.name - 1);
	int answer = getsockopt(handle, afinfo->ipproto, opt, &asked, &size), error = errno;
	close(handle);
	if (answer >= 0)
		return 1;
	switch (error) {
	case ENOENT:
	case EPROTONOSUPPORT:
		/* The first revision is offered all the same: the kernel may find the module when the rule comes. */
		if (revision == 0)
			fprintf(stderr, "Warning: Extension %s revision 0 not supported, missing kernel module?\n", name);
		return revision == 0;
	case ENOPROTOOPT:
		/* A kernel that cannot be asked has the first. */
		return revision == 0;
	default:
		fprintf(stderr, "getsockopt failed strangely: %s\n", strerror(error));
		exit(1);
	}
}
