/* The version of the interface of xtables.h: a plugin's version must be this very text. */
#define XTABLES_VERSION_CODE 12
#define XTABLES_VERSION "libxtables.so.12"
