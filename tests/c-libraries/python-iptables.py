"""What users of python-iptables do, after its documentation: each behaviour prints what it sees. Run on the original's libraries and ours.
With --time: how long they keep a processor busy, in nanoseconds, all in one process."""
import os
import sys
import time
import iptc

behaviours = []


def behaviour(function):
    behaviours.append(function)
    return function


def each(values):
    """Makes a behaviour of a function for each value."""
    def make(function):
        for value in values:
            def one(value=value):
                return function(value)
            one.__name__ = f"{function.__name__} {value!r}"
            behaviours.append(one)
        return function
    return make


def clean():
    for table in (iptc.Table, iptc.Table6):
        for name in ("filter", "mangle", "raw", "nat"):
            t = table(name)
            t.autocommit = True
            t.refresh()
            t.flush()


def chain(name="made", table=iptc.Table.FILTER, family=iptc.Table):
    t = family(table)
    return t.create_chain(name)


def shown(rule):
    target = rule.target.name
    if target not in ("ACCEPT", "DROP", "QUEUE", "RETURN", "made"):
        target = target, sorted(rule.target.parameters.items())
    return (rule.protocol, rule.src, rule.dst, rule.in_interface, rule.out_interface, target,
            [(m.name, sorted(m.parameters.items())) for m in rule.matches])


# ---- Tables and chains

@each(["filter", "nat", "mangle", "raw", "nosuch", "a-name-that-is-longer-than-a-table-s"])
def table_has_chains(name):
    return [c.name for c in iptc.Table(name).chains]


@each(["filter", "mangle", "raw"])
def table6_has_chains(name):
    return [c.name for c in iptc.Table6(name).chains]


@behaviour
def chain_is_made_and_deleted():
    t = iptc.Table("filter")
    t.create_chain("made")
    there = t.is_chain("made"), "made" in [c.name for c in t.chains], t.builtin_chain("made"), t.builtin_chain("INPUT") is not None
    iptc.Chain(t, "made").delete()
    return there, t.is_chain("made")


@behaviour
def chain_cannot_be_made_twice():
    chain()
    chain()


@behaviour
def chain_in_use_cannot_be_deleted():
    made = chain()
    rule = iptc.Rule()
    rule.create_target("made")
    iptc.Chain(iptc.Table("filter"), "INPUT").append_rule(rule)
    made.delete()


@behaviour
def chain_with_rules_cannot_be_deleted():
    made = chain()
    rule = iptc.Rule()
    rule.create_target("DROP")
    made.append_rule(rule)
    made.delete()


@behaviour
def chain_is_renamed():
    t = iptc.Table("filter")
    chain()
    t.rename_chain("made", "renamed")
    return [c.name for c in t.chains]


@each(["ACCEPT", "DROP", "REJECT", "nosuch"])
def policy_is_set(name):
    c = iptc.Chain(iptc.Table("filter"), "FORWARD")
    c.set_policy(name)
    policy = c.get_policy().name
    c.set_policy("ACCEPT")
    return policy


@behaviour
def policy_counters_are_set():
    t = iptc.Table("filter")
    t.set_policy("OUTPUT", "ACCEPT", (5, 6))
    return t.get_policy("OUTPUT")[0].name, iptc.Chain(t, "OUTPUT").get_counters()


@behaviour
def chain_is_zeroed():
    c = iptc.Chain(iptc.Table("filter"), "INPUT")
    c.zero_counters()
    return c.get_counters()


@behaviour
def chain_is_flushed():
    c = chain()
    for name in ("ACCEPT", "DROP"):
        rule = iptc.Rule()
        rule.create_target(name)
        c.append_rule(rule)
    before = len(c.rules)
    c.flush()
    return before, len(c.rules)


@behaviour
def table_flushes_chains():
    chain()
    t = iptc.Table("filter")
    t.flush()
    return [c.name for c in t.chains]


@behaviour
def changes_wait_for_commit():
    t = iptc.Table("filter")
    t.autocommit = False
    t.refresh()
    c = iptc.Chain(t, "INPUT")
    rule = iptc.Rule()
    rule.create_target("DROP")
    c.append_rule(rule)
    within = len(c.rules)
    t.refresh()
    undone = len(c.rules)
    c.append_rule(rule)
    t.commit()
    t.refresh()
    return within, undone, len(c.rules)


@behaviour
def builtin_chain_is_no_target_of_creation():
    iptc.Table("filter").create_chain("DROP")


# ---- Rules

HEADS = [dict(src="10.0.0.0/8"), dict(src="10.1.2.3"), dict(src="!10.0.0.0/255.0.0.0"), dict(dst="192.168.1.0/24"), dict(dst="!192.168.1.1/32"),
         dict(in_interface="eth0"), dict(in_interface="eth+"), dict(in_interface="!eth0"), dict(out_interface="eth1"), dict(protocol="tcp"), dict(protocol="!udp"),
         dict(protocol="icmp"), dict(protocol="47"), dict(fragment=True), dict(src="300.1.1.1"), dict(protocol="nosuch"), dict(src="10.0.0.1/255.0.255.0"),
         dict(in_interface="an-interface-name-that-is-too-long")]


@each(HEADS)
def rule_has_a_head(head):
    rule = iptc.Rule()
    for name, value in head.items():
        setattr(rule, name, value)
    rule.create_target("ACCEPT")
    c = iptc.Chain(iptc.Table("filter"), "FORWARD")
    c.append_rule(rule)
    return [shown(r) + (r.fragment,) for r in c.rules], iptc.easy.decode_iptc_rule(c.rules[0])


@each([dict(src="2001:db8::/32"), dict(dst="::1/128"), dict(src="!fe80::/10"), dict(protocol="icmpv6"), dict(src="10.0.0.1")])
def rule6_has_a_head(head):
    rule = iptc.Rule6()
    for name, value in head.items():
        setattr(rule, name, value)
    rule.create_target("ACCEPT")
    c = iptc.Chain(iptc.Table6("filter"), "FORWARD")
    c.append_rule(rule)
    return [shown(r) for r in c.rules]


@behaviour
def rules_are_inserted_in_places():
    c = chain()
    for place, name in ((0, "ACCEPT"), (0, "DROP"), (1, "RETURN"), (9, "QUEUE")):
        rule = iptc.Rule()
        rule.create_target(name)
        c.insert_rule(rule, position=place)
    return [r.target.name for r in c.rules]


@behaviour
def rule_is_replaced_and_deleted():
    c = chain()
    first, second = iptc.Rule(), iptc.Rule()
    first.create_target("ACCEPT")
    second.create_target("DROP")
    c.append_rule(first)
    c.replace_rule(second)
    replaced = [r.target.name for r in c.rules]
    c.delete_rule(second)
    return replaced, len(c.rules)


@behaviour
def rule_that_is_not_there_is_not_deleted():
    rule = iptc.Rule()
    rule.create_target("ACCEPT")
    chain().delete_rule(rule)


@behaviour
def rules_are_equal():
    c = chain()
    rule = iptc.Rule()
    rule.protocol = "tcp"
    rule.create_match("tcp").dport = "80"
    rule.create_target("ACCEPT")
    c.append_rule(rule)
    other = iptc.Rule()
    other.create_target("ACCEPT")
    return c.rules[0] == rule, c.rules[0] == other


@behaviour
def rule_has_counters():
    c = chain()
    rule = iptc.Rule()
    rule.create_target("ACCEPT")
    rule.set_counters((7, 8))
    c.append_rule(rule)
    return c.rules[0].get_counters()


# ---- Matches: parameters read back

MATCHES = [
    ("tcp", "tcp", dict(dport="80")), ("tcp", "tcp", dict(sport="1024:65535", dport="http")), ("tcp", "tcp", dict(tcp_flags=["SYN,ACK", "SYN"])), ("tcp", "tcp", dict(dport="!80")),
    ("tcp", "tcp", dict(syn="")), ("udp", "udp", dict(sport="53")), ("icmp", "icmp", dict(icmp_type="echo-request")), ("tcp", "multiport", dict(dports="80,443")),
    ("tcp", "multiport", dict(ports="1:5")), (None, "comment", dict(comment="a comment with blanks")), (None, "comment", dict(comment="plain")),
    (None, "mark", dict(mark="0x10/0xff")), (None, "mark", dict(mark="!5")), (None, "connmark", dict(mark="1")), (None, "conntrack", dict(ctstate="NEW,RELATED")),
    (None, "conntrack", dict(ctstate="!INVALID", ctproto="6")), (None, "state", dict(state="RELATED,ESTABLISHED")), (None, "limit", dict(limit="5/min", limit_burst="9")),
    (None, "iprange", dict(src_range="10.0.0.1-10.0.0.9")), (None, "iprange", dict(dst_range="!10.0.0.1-10.0.0.9")), (None, "mac", dict(mac_source="00:11:22:33:44:55")),
    (None, "owner", dict(uid_owner="0")), (None, "length", dict(length="100:200")), (None, "ttl", dict(ttl_eq="64")), (None, "pkttype", dict(pkt_type="broadcast")),
    (None, "addrtype", dict(dst_type="LOCAL")), (None, "statistic", dict(mode="nth", every="5", packet="2")), (None, "recent", dict(name="seen", rcheck="", seconds="60")),
    (None, "tos", dict(tos="0x10")), (None, "dscp", dict(dscp="0x0a")),
    (None, "string", dict(algo="bm", string="text")), (None, "physdev", dict(physdev_in="eth0")), (None, "time", dict(timestart="08:00:00", timestop="18:00:00")),
    (None, "nosuch", dict(x="1")), ("tcp", "tcp", dict(dport="80000")), (None, "mark", dict(mark="zz")), ("tcp", "tcp", dict(nosuch="1")), (None, "limit", dict(limit="many")),
    (None, "hashlimit", dict(hashlimit_upto="5/min", hashlimit_mode="srcip", hashlimit_name="seen")),
    ("sctp", "sctp", dict(dport="5")), (None, "set", dict(match_set="nosuch src")),
]


@each(MATCHES)
def match_has_parameters(match):
    protocol, name, parameters = match
    rule = iptc.Rule()
    if protocol:
        rule.protocol = protocol
    made = rule.create_match(name)
    for parameter, value in parameters.items():
        setattr(made, parameter, value)
    within = sorted(made.parameters.items())
    rule.create_target("ACCEPT")
    c = iptc.Chain(iptc.Table("filter"), "OUTPUT" if name == "owner" else "FORWARD")
    c.append_rule(rule)
    return within, [shown(r) for r in c.rules], c.rules[0] == rule, iptc.easy.decode_iptc_rule(c.rules[0])


@behaviour
def match_parameters_are_reset():
    rule = iptc.Rule()
    rule.protocol = "tcp"
    match = rule.create_match("tcp")
    match.dport = "80"
    match.reset()
    return match.parameters


@behaviour
def match_parameter_is_one():
    rule = iptc.Rule()
    rule.protocol = "tcp"
    match = rule.create_match("tcp")
    match.dport = "80"
    return match.dport, match.name


@behaviour
def the_same_match_twice():
    rule = iptc.Rule()
    rule.protocol = "tcp"
    for port in ("1:100", "50:200"):
        rule.create_match("tcp").dport = port
    rule.create_target("DROP")
    c = chain()
    c.append_rule(rule)
    return shown(c.rules[0])


@behaviour
def match_is_removed():
    rule = iptc.Rule()
    rule.create_match("mark").mark = "1"
    rule.remove_match(rule.matches[0])
    return len(rule.matches)


# ---- Targets

TARGETS = [
    ("filter", "FORWARD", None, "LOG", dict(log_prefix="a prefix ", log_level="4")), ("filter", "FORWARD", None, "REJECT", dict(reject_with="icmp-host-prohibited")),
    ("filter", "FORWARD", "tcp", "REJECT", dict(reject_with="tcp-reset")), ("mangle", "FORWARD", None, "MARK", dict(set_xmark="0x1/0xff")), ("mangle", "FORWARD", None, "MARK", dict(set_mark="5")),
    ("mangle", "FORWARD", None, "CONNMARK", dict(save_mark="")), ("nat", "POSTROUTING", None, "MASQUERADE", {}), ("nat", "POSTROUTING", "tcp", "MASQUERADE", dict(to_ports="1024-2048")),
    ("nat", "PREROUTING", "tcp", "DNAT", dict(to_destination="10.0.0.1:80")), ("nat", "POSTROUTING", None, "SNAT", dict(to_source="10.0.0.1-10.0.0.9")),
    ("nat", "PREROUTING", "tcp", "REDIRECT", dict(to_ports="8080")), ("mangle", "FORWARD", "tcp", "TCPMSS", dict(clamp_mss_to_pmtu="")), ("mangle", "FORWARD", None, "TOS", dict(set_tos="0x10")),
    ("mangle", "FORWARD", None, "DSCP", dict(set_dscp="0x0a")), ("raw", "PREROUTING", None, "NOTRACK", {}), ("raw", "PREROUTING", None, "CT", dict(notrack="")),
    ("filter", "FORWARD", None, "NFQUEUE", dict(queue_num="3")), ("mangle", "FORWARD", None, "CLASSIFY", dict(set_class="1:2")),
    ("mangle", "FORWARD", None, "TTL", dict(ttl_set="64")), ("filter", "FORWARD", None, "LOG", dict(log_level="nosuch")), ("filter", "FORWARD", None, "NOSUCH", {}),
    ("filter", "FORWARD", None, "REJECT", dict(nosuch="1")),
]


@each(TARGETS)
def target_has_parameters(target):
    table, place, protocol, name, parameters = target
    rule = iptc.Rule()
    if protocol:
        rule.protocol = protocol
    made = rule.create_target(name)
    for parameter, value in parameters.items():
        setattr(made, parameter, value)
    within = sorted(made.parameters.items())
    c = iptc.Chain(iptc.Table(table), place)
    c.append_rule(rule)
    return within, [shown(r) for r in c.rules], iptc.easy.decode_iptc_rule(c.rules[0])


@behaviour
def target_is_a_chain():
    chain()
    rule = iptc.Rule()
    rule.create_target("made")
    c = iptc.Chain(iptc.Table("filter"), "INPUT")
    c.append_rule(rule)
    return c.rules[0].target.name


@behaviour
def goto():
    chain()
    rule = iptc.Rule()
    rule.target = iptc.Target(rule, "made", goto=True)
    c = iptc.Chain(iptc.Table("filter"), "INPUT")
    c.append_rule(rule)
    return c.rules[0].target.name, c.rules[0].target.goto


# ---- iptc.easy

RULE = {"protocol": "tcp", "tcp": {"dport": "22"}, "target": "ACCEPT", "comment": {"comment": "ssh"}}
EASY = [
    "has_chain('filter', 'INPUT')", "has_chain('filter', 'nosuch')", "get_tables()", "get_chains('filter')", "get_policy('filter', 'INPUT')",
    "set_policy('filter', 'INPUT', 'DROP')", "insert_rule('filter', 'INPUT', RULE)", "add_rule('filter', 'INPUT', RULE) or iptc.easy.dump_chain('filter', 'INPUT')",
    "add_rule('filter', 'INPUT', RULE) or iptc.easy.has_rule('filter', 'INPUT', RULE)", "has_rule('filter', 'INPUT', RULE)", "delete_rule('filter', 'INPUT', RULE)",
    "add_rule('filter', 'INPUT', RULE) or iptc.easy.delete_rule('filter', 'INPUT', RULE) or iptc.easy.dump_table('filter')", "dump_all()", "test_rule(RULE)", "test_match('tcp', {'dport': '80'})",
    "test_match('nosuch', {})", "test_target('REJECT', {'reject-with': 'tcp-reset'})", "encode_iptc_rule(RULE) and 1", "add_rule('filter', 'INPUT', {'src': '2001:db8::/32', 'target': 'DROP'}, ipv6=True)"
    " or iptc.easy.dump_chain('filter', 'INPUT', ipv6=True)", "flush_table('filter')", "zero_all()", "get_rule('filter', 'INPUT', 0)", "delete_chain('filter', 'nosuch', raise_exc=True)",
    "rename_chain('filter', 'nosuch', 'x')", "add_rule('filter', 'INPUT', {'limit': {'limit': '5/min'}, 'target': {'LOG': {'log-prefix': 'x '}}}) or iptc.easy.dump_chain('filter', 'INPUT')",
    "add_rule('filter', 'INPUT', {'conntrack': {'ctstate': ['!', 'INVALID']}, 'target': 'ACCEPT'}) or iptc.easy.dump_chain('filter', 'INPUT')",
    "batch([('add_chain', ['filter', 'made'], {})]) if hasattr(iptc.easy, 'batch') else 0",
]


@each(EASY)
def easy(call):
    result = eval("iptc.easy." + call)
    iptc.easy.set_policy("filter", "INPUT", "ACCEPT")
    return result


def seen(function):
    try:
        clean()
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


if __name__ == "__main__":
    iptc.Table("filter")
    iptc.Rule().create_match("comment")
    if sys.argv[1:] == ["--time"]:
        begin = time.process_time_ns()
        for function in behaviours:
            seen(function)
        print(time.process_time_ns() - begin, flush=True)
        os._exit(0)
    for function in behaviours:
        # In a process of its own: with the original's libraries the module ends some that keep rules of a table that was read again.
        if os.fork():
            os.wait()
            continue
        print(f"{function.__name__}: {seen(function)}", flush=True)
        os._exit(0)
