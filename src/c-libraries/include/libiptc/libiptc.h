/*
 * libip4tc: the tables of ip_tables, read, edited in memory, and written in one step.
 *
 * Functions that give an int return 1, or 0 and set errno; those that give a pointer return NULL at the end or for an error.
 * iptc_strerror() has the text for an errno, which depends on the function called last. Names, entries and counters that are given out
 * stay good until iptc_free().
 */
#ifndef _LIBIPTC_H
#define _LIBIPTC_H

#include <linux/types.h>
#include <libiptc/ipt_kernel_headers.h>
#ifdef __cplusplus
#	include <climits>
#else
#	include <limits.h>
#endif
#include <linux/netfilter_ipv4/ip_tables.h>
#include <libiptc/xtcshared.h>

#ifdef __cplusplus
extern "C" {
#endif

#define iptc_handle xtc_handle
#define ipt_chainlabel xt_chainlabel

/* What is a verdict, and no chain. */
#define IPTC_LABEL_ACCEPT "ACCEPT"
#define IPTC_LABEL_DROP "DROP"
#define IPTC_LABEL_QUEUE "QUEUE"
#define IPTC_LABEL_RETURN "RETURN"

/* Whether there is a chain of that name. */
int iptc_is_chain(const char *chain, struct xtc_handle *const handle);

/* Reads a table. The kernel makes it if it is not there yet. */
struct xtc_handle *iptc_init(const char *tablename);

/* Ends the use of a table. What was not committed is lost. */
void iptc_free(struct xtc_handle *h);

/* Walks the chains: the built-in ones in the order of their hooks, then the others by name. One walk at a time. */
const char *iptc_first_chain(struct xtc_handle *handle);
const char *iptc_next_chain(struct xtc_handle *handle);

/* Walks the rules of a chain, one walk at a time. prev is not looked at: the place is the handle's. */
const struct ipt_entry *iptc_first_rule(const char *chain, struct xtc_handle *handle);
const struct ipt_entry *iptc_next_rule(const struct ipt_entry *prev, struct xtc_handle *handle);

/* A verdict, the name of a chain, the name of a target; "" if the rule has none. */
const char *iptc_get_target(const struct ipt_entry *e, struct xtc_handle *handle);

/* Whether a chain is built in. */
int iptc_builtin(const char *chain, struct xtc_handle *const handle);

/* The policy of a built-in chain, and what it has counted. */
const char *iptc_get_policy(const char *chain, struct xt_counters *counter, struct xtc_handle *handle);

/* Rules by entry. An entry's target names a verdict, a chain or an extension in its name field. Rules count from 0. */
int iptc_insert_entry(const xt_chainlabel chain, const struct ipt_entry *e, unsigned int rulenum, struct xtc_handle *handle);
int iptc_replace_entry(const xt_chainlabel chain, const struct ipt_entry *e, unsigned int rulenum, struct xtc_handle *handle);
int iptc_append_entry(const xt_chainlabel chain, const struct ipt_entry *e, struct xtc_handle *handle);

/* The first rule that is equal to an entry in all bytes whose mask is not 0. The mask is as long as the entry. */
int iptc_check_entry(const xt_chainlabel chain, const struct ipt_entry *origfw, unsigned char *matchmask, struct xtc_handle *handle);
int iptc_delete_entry(const xt_chainlabel chain, const struct ipt_entry *origfw, unsigned char *matchmask, struct xtc_handle *handle);

/* Deletes a rule by number, from 0. */
int iptc_delete_num_entry(const xt_chainlabel chain, unsigned int rulenum, struct xtc_handle *handle);

/* Deletes all rules of a chain. */
int iptc_flush_entries(const xt_chainlabel chain, struct xtc_handle *handle);

/* Sets the counters of a chain's rules to 0. */
int iptc_zero_entries(const xt_chainlabel chain, struct xtc_handle *handle);

int iptc_create_chain(const xt_chainlabel chain, struct xtc_handle *handle);

/* Deletes a chain that is empty and that no rule jumps to. */
int iptc_delete_chain(const xt_chainlabel chain, struct xtc_handle *handle);

int iptc_rename_chain(const xt_chainlabel oldname, const xt_chainlabel newname, struct xtc_handle *handle);

/* Sets the policy of a built-in chain, and its counters unless counters is NULL. */
int iptc_set_policy(const xt_chainlabel chain, const xt_chainlabel policy, struct xt_counters *counters, struct xtc_handle *handle);

/* How many rules jump to a chain. */
int iptc_get_references(unsigned int *ref, const xt_chainlabel chain, struct xtc_handle *handle);

/* The counters of a rule by number, from 1. */
struct xt_counters *iptc_read_counter(const xt_chainlabel chain, unsigned int rulenum, struct xtc_handle *handle);
int iptc_zero_counter(const xt_chainlabel chain, unsigned int rulenum, struct xtc_handle *handle);
int iptc_set_counter(const xt_chainlabel chain, unsigned int rulenum, struct xt_counters *counters, struct xtc_handle *handle);

/* Puts the table into force, in one step. EAGAIN: it is not the table any more that was read. */
int iptc_commit(struct xtc_handle *handle);

/* What an errno means after the function called last. */
const char *iptc_strerror(int err);

/* Writes all entries to stdout, as iptables -vv does. */
extern void dump_entries(struct xtc_handle *const);

extern const struct xtc_ops iptc_ops;

#ifdef __cplusplus
}
#endif

#endif
