# Rules are saved, lost, loaded again, and flushed.
load() {
    iptables-restore <<'RULES'
*raw
-A PREROUTING -i lo -j NOTRACK
COMMIT
*nat
-A PREROUTING -i eth0 -p tcp -m tcp --dport 8080:8090 -j DNAT --to-destination 192.168.1.10-192.168.1.12:80
-A POSTROUTING -s 192.168.1.0/24 -o eth0 -j MASQUERADE --random
COMMIT
*filter
:INPUT DROP
:FORWARD DROP
:LOGGED -
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -m comment --comment "answers, and what \"belongs\" to them" -j ACCEPT
-A INPUT -p tcp -m multiport --dports 22,80,443 -m recent --name web --set -j ACCEPT
-A INPUT -p icmp -m icmp --icmp-type 8 -m limit --limit 5/sec -j ACCEPT
-A INPUT -j LOGGED
-A LOGGED -m hashlimit --hashlimit-upto 10/min --hashlimit-burst 3 --hashlimit-mode srcip --hashlimit-name log -j LOG --log-prefix "refused: "
-A LOGGED -j REJECT --reject-with icmp-admin-prohibited
COMMIT
RULES
    ip6tables-restore <<'RULES'
*mangle
-A FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
COMMIT
*filter
:INPUT DROP
-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type neighbour-solicitation -j ACCEPT
-A INPUT -s fe80::/10 -p udp -m udp --dport 546 -j ACCEPT
-A INPUT -m rt --rt-type 0 -j DROP
COMMIT
RULES
}
files() { sed -E 's/^# .*/#/' /etc/iptables/rules.v4 /etc/iptables/rules.v6; stat -c '%a %n' /etc/iptables/*; }

mkdir -p /etc/iptables
step netfilter-persistent start # no rules to load yet
step load
step netfilter-persistent save
files
step netfilter-persistent flush
rules
step netfilter-persistent start
rules
step iptables -I INPUT -s 198.51.100.7 -j DROP
step netfilter-persistent reload
rules
echo 'IPTABLES_TEST_RULESET=yes' >> /etc/default/netfilter-persistent
sed -i 's/-j LOGGED$/--jump-to LOGGED/' /etc/iptables/rules.v4
step netfilter-persistent reload # which refuses what does not pass its test
rules
echo 'IPTABLES_RESTORE_NOFLUSH=yes IP6TABLES_RESTORE_NOFLUSH=yes' >> /etc/default/netfilter-persistent
sed -i 's/--jump-to LOGGED$/-j LOGGED/' /etc/iptables/rules.v4
step netfilter-persistent restart # now beside the rules that are there
rules
step netfilter-persistent stop
step netfilter-persistent save
files
