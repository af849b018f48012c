// What the headers of the C libraries promise: sizes, places, values and types. Compiled with ours and with the original's, and compared.
// FUNCTIONS, of the command line, is N(name) for each name that a library has.
#define XTABLES_INTERNAL
#define _INIT plugin_init
#include <cstdio>
#include <getopt.h>
#include <typeinfo>
#include <xtables.h>
#include <libiptc/libiptc.h>
#include <libiptc/libip6tc.h>
#include <libiptc/libxtc.h>

#define STRUCT(name) printf("struct " #name ": %zu, %zu\n", sizeof(struct name), alignof(struct name)); { typedef struct name here;
#define M(member) printf("  %zu %zu %s " #member "\n", offsetof(here, member), sizeof(here::member), type<decltype(here::member)>());
#define END }
#define VALUE(name) printf(#name " %lld\n", (long long)(name));
#define TEXT(name) printf(#name " %s\n", name);
#define N(name) printf(#name " %s\n", type<decltype(::name)>());

template<class T> static const char *type()
{
	return typeid(T).name();
}

static unsigned format;

int main()
{
	STRUCT(xt_option_entry) M(name) M(type) M(id) M(excl) M(also) M(flags) M(ptroff) M(size) M(min) M(max) END
	STRUCT(xt_option_call) M(arg) M(ext_name) M(entry) M(data) M(xflags) M(invert) M(nvals) M(match) M(target) M(xt_entry) M(udata)
		M(val.u8) M(val.u8_range) M(val.syslog_level) M(val.protocol) M(val.u16) M(val.u16_range) M(val.port) M(val.port_range)
		M(val.u32) M(val.u32_range) M(val.u64) M(val.u64_range) M(val.dbl) M(val.haddr) M(val.hmask) M(val.hlen)
		M(val.tos_value) M(val.tos_mask) M(val.mark) M(val.mask) M(val.ethermac) END
	STRUCT(xt_fcheck_call) M(ext_name) M(data) M(udata) M(xflags) END
	STRUCT(xtables_lmap) M(name) M(id) M(next) END
	STRUCT(xt_xlate_mt_params) M(ip) M(match) M(numeric) M(escape_quotes) END
	STRUCT(xt_xlate_tg_params) M(ip) M(target) M(numeric) M(escape_quotes) END
	STRUCT(xtables_match) M(version) M(next) M(name) M(real_name) M(revision) M(ext_flags) M(family) M(size) M(userspacesize) M(help)
		M(init) M(parse) M(final_check) M(print) M(save) M(alias) M(extra_opts) M(x6_parse) M(x6_fcheck) M(x6_options) M(xlate)
		M(udata_size) M(udata) M(option_offset) M(m) M(mflags) M(loaded) END
	STRUCT(xtables_target) M(version) M(next) M(name) M(real_name) M(revision) M(ext_flags) M(family) M(size) M(userspacesize) M(help)
		M(init) M(parse) M(final_check) M(print) M(save) M(alias) M(extra_opts) M(x6_parse) M(x6_fcheck) M(x6_options) M(xlate)
		M(udata_size) M(udata) M(option_offset) M(t) M(tflags) M(used) M(loaded) END
	STRUCT(xtables_rule_match) M(next) M(match) M(completed) END
	STRUCT(xtables_pprot) M(name) M(num) END
	STRUCT(xtables_globals) M(option_offset) M(program_name) M(program_version) M(orig_opts) M(opts) M(exit_err) M(compat_rev) END
	STRUCT(xt_ethertypeent) M(e_name) M(e_aliases) M(e_ethertype) END
	STRUCT(xtables_afinfo) M(kmod) M(proc_exists) M(libprefix) M(family) M(ipproto) M(so_rev_match) M(so_rev_target) END
	STRUCT(xtc_ops) M(commit) M(init) M(free) M(builtin) M(is_chain) M(flush_entries) M(create_chain) M(first_chain) M(next_chain)
		M(get_policy) M(set_policy) M(strerror) END

	VALUE(XTTYPE_NONE) VALUE(XTTYPE_UINT8) VALUE(XTTYPE_UINT16) VALUE(XTTYPE_UINT32) VALUE(XTTYPE_UINT64) VALUE(XTTYPE_UINT8RC)
	VALUE(XTTYPE_UINT16RC) VALUE(XTTYPE_UINT32RC) VALUE(XTTYPE_UINT64RC) VALUE(XTTYPE_DOUBLE) VALUE(XTTYPE_STRING) VALUE(XTTYPE_TOSMASK)
	VALUE(XTTYPE_MARKMASK32) VALUE(XTTYPE_SYSLOGLEVEL) VALUE(XTTYPE_HOST) VALUE(XTTYPE_HOSTMASK) VALUE(XTTYPE_PROTOCOL) VALUE(XTTYPE_PORT)
	VALUE(XTTYPE_PORTRC) VALUE(XTTYPE_PLEN) VALUE(XTTYPE_PLENMASK) VALUE(XTTYPE_ETHERMAC)
	VALUE(XTOPT_INVERT) VALUE(XTOPT_MAND) VALUE(XTOPT_MULTI) VALUE(XTOPT_PUT) VALUE(XTOPT_NBO)
	VALUE(XTABLES_EXT_ALIAS)
	VALUE(XTF_DONT_LOAD) VALUE(XTF_DURING_LOAD) VALUE(XTF_TRY_LOAD) VALUE(XTF_LOAD_MUST_SUCCEED)
	VALUE(OTHER_PROBLEM) VALUE(PARAMETER_PROBLEM) VALUE(VERSION_PROBLEM) VALUE(RESOURCE_PROBLEM)
	VALUE(XTF_ONLY_ONCE) VALUE(XTF_NO_INVERT) VALUE(XTF_BAD_VALUE) VALUE(XTF_ONE_ACTION)
	VALUE(XT_OP_EQ) VALUE(XT_OP_NEQ) VALUE(XT_OP_MAX)
	VALUE(FMT_NUMERIC) VALUE(FMT_NOCOUNTS) VALUE(FMT_KILOMEGAGIGA) VALUE(FMT_OPTIONS) VALUE(FMT_NOTABLE) VALUE(FMT_NOTARGET) VALUE(FMT_VIA)
	VALUE(FMT_NONEWLINE) VALUE(FMT_LINENUMBERS) VALUE(FMT_EBT_SAVE) VALUE(FMT_C_COUNTS) VALUE(FMT_PRINT_RULE)
	VALUE(FMT(1, 2)) format = FMT_NOTABLE; VALUE(FMT(1, 2))
	VALUE(LINUX_VERSION(6, 1, 9)) VALUE(LINUX_VERSION_MAJOR(0x60109)) VALUE(LINUX_VERSION_MINOR(0x60109)) VALUE(LINUX_VERSION_PATCH(0x60109))
	VALUE(IPPROTO_SCTP) VALUE(IPPROTO_DCCP) VALUE(IPPROTO_MH) VALUE(IPPROTO_UDPLITE)
	VALUE(XT_OPTION_OFFSET_SCALE) VALUE(XTABLES_VERSION_CODE) VALUE(sizeof(aligned_u64)) VALUE(ARRAY_SIZE("four"))
	TEXT(XTABLES_VERSION) TEXT(XT_PATH_ETHERTYPES)
	TEXT(IPTC_LABEL_ACCEPT) TEXT(IPTC_LABEL_DROP) TEXT(IPTC_LABEL_QUEUE) TEXT(IPTC_LABEL_RETURN)
	TEXT(IP6TC_LABEL_ACCEPT) TEXT(IP6TC_LABEL_DROP) TEXT(IP6TC_LABEL_QUEUE) TEXT(IP6TC_LABEL_RETURN)
	TEXT(XTC_LABEL_ACCEPT) TEXT(XTC_LABEL_DROP) TEXT(XTC_LABEL_QUEUE) TEXT(XTC_LABEL_RETURN)
	VALUE(sizeof(xt_chainlabel)) VALUE(sizeof(ipt_chainlabel)) VALUE(sizeof(ip6t_chainlabel))

	struct option last = XT_GETOPT_TABLEEND;
	struct xt_option_entry end = XTOPT_TABLEEND, put = { XTOPT_POINTER(struct xtables_pprot, num) };
	printf("%d %d %u %zu\n", !last.name, !end.name, put.ptroff, put.size);
	printf("%s %s\n", typeid(xtables_parse_mark_mask).name(), typeid(xtables_print_mark_mask).name());
	init_extensions(), init_extensions4(), init_extensions6(), init_extensionsa(), init_extensionsb();
	FUNCTIONS
}
