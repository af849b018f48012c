/*
 * libip6tc: the tables of ip6_tables, read, edited in memory, and written in one step.
 *
 * Functions that give an int return 1, or 0 and set errno; those that give a pointer return NULL at the end or for an error.
 * ip6tc_strerror() has the text for an errno, which depends on the function called last. Names, entries and counters that are given out
 * stay good until ip6tc_free().
 */
#ifndef _LIBIP6TC_H
#define _LIBIP6TC_H

#include <linux/types.h>
#include <libiptc/ipt_kernel_headers.h>
#ifdef __cplusplus
#	include <climits>
#else
#	include <limits.h>
#endif
#include <linux/netfilter_ipv6/ip6_tables.h>
#include <libiptc/xtcshared.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ip6tc_handle xtc_handle
#define ip6t_chainlabel xt_chainlabel

/* What is a verdict, and no chain. */
#define IP6TC_LABEL_ACCEPT "ACCEPT"
#define IP6TC_LABEL_DROP "DROP"
#define IP6TC_LABEL_QUEUE "QUEUE"
#define IP6TC_LABEL_RETURN "RETURN"

/* Whether there is a chain of that name. */
int ip6tc_is_chain(const char *chain, struct xtc_handle *const handle);

/* Reads a table. The kernel makes it if it is not there yet. */
struct xtc_handle *ip6tc_init(const char *tablename);

/* Ends the use of a table. What was not committed is lost. */
void ip6tc_free(struct xtc_handle *h);

/* Walks the chains: the built-in ones in the order of their hooks, then the others by name. One walk at a time. */
const char *ip6tc_first_chain(struct xtc_handle *handle);
const char *ip6tc_next_chain(struct xtc_handle *handle);

/* Walks the rules of a chain, one walk at a time. prev is not looked at: the place is the handle's. */
const struct ip6t_entry *ip6tc_first_rule(const char *chain, struct xtc_handle *handle);
const struct ip6t_entry *ip6tc_next_rule(const struct ip6t_entry *prev, struct xtc_handle *handle);

/* A verdict, the name of a chain, the name of a target; "" if the rule has none. */
const char *ip6tc_get_target(const struct ip6t_entry *e, struct xtc_handle *handle);

/* Whether a chain is built in. */
int ip6tc_builtin(const char *chain, struct xtc_handle *const handle);

/* The policy of a built-in chain, and what it has counted. */
const char *ip6tc_get_policy(const char *chain, struct xt_counters *counter, struct xtc_handle *handle);

/* Rules by entry. An entry's target names a verdict, a chain or an extension in its name field. Rules count from 0. */
int ip6tc_insert_entry(const xt_chainlabel chain, const struct ip6t_entry *e, unsigned int rulenum, struct xtc_handle *handle);
int ip6tc_replace_entry(const xt_chainlabel chain, const struct ip6t_entry *e, unsigned int rulenum, struct xtc_handle *handle);
int ip6tc_append_entry(const xt_chainlabel chain, const struct ip6t_entry *e, struct xtc_handle *handle);

/* The first rule that is equal to an entry in all bytes whose mask is not 0. The mask is as long as the entry. */
int ip6tc_check_entry(const xt_chainlabel chain, const struct ip6t_entry *origfw, unsigned char *matchmask, struct xtc_handle *handle);
int ip6tc_delete_entry(const xt_chainlabel chain, const struct ip6t_entry *origfw, unsigned char *matchmask, struct xtc_handle *handle);

/* Deletes a rule by number, from 0. */
int ip6tc_delete_num_entry(const xt_chainlabel chain, unsigned int rulenum, struct xtc_handle *handle);

/* Deletes all rules of a chain. */
int ip6tc_flush_entries(const xt_chainlabel chain, struct xtc_handle *handle);

/* Sets the counters of a chain's rules to 0. */
int ip6tc_zero_entries(const xt_chainlabel chain, struct xtc_handle *handle);

int ip6tc_create_chain(const xt_chainlabel chain, struct xtc_handle *handle);

/* Deletes a chain that is empty and that no rule jumps to. */
int ip6tc_delete_chain(const xt_chainlabel chain, struct xtc_handle *handle);

int ip6tc_rename_chain(const xt_chainlabel oldname, const xt_chainlabel newname, struct xtc_handle *handle);

/* Sets the policy of a built-in chain, and its counters unless counters is NULL. */
int ip6tc_set_policy(const xt_chainlabel chain, const xt_chainlabel policy, struct xt_counters *counters, struct xtc_handle *handle);

/* How many rules jump to a chain. */
int ip6tc_get_references(unsigned int *ref, const xt_chainlabel chain, struct xtc_handle *handle);

/* The counters of a rule by number, from 1. */
struct xt_counters *ip6tc_read_counter(const xt_chainlabel chain, unsigned int rulenum, struct xtc_handle *handle);
int ip6tc_zero_counter(const xt_chainlabel chain, unsigned int rulenum, struct xtc_handle *handle);
int ip6tc_set_counter(const xt_chainlabel chain, unsigned int rulenum, struct xt_counters *counters, struct xtc_handle *handle);

/* Puts the table into force, in one step. EAGAIN: it is not the table any more that was read. */
int ip6tc_commit(struct xtc_handle *handle);

/* What an errno means after the function called last. */
const char *ip6tc_strerror(int err);

/* Writes all entries to stdout, as iptables -vv does. */
extern void dump_entries6(struct xtc_handle *const);

extern const struct xtc_ops ip6tc_ops;

#ifdef __cplusplus
}
#endif

#endif
