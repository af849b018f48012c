#!/bin/sh
# One machine for one person: anything may leave, only answers may come back.

# The kernel first. There may be no modules to load; that is no reason to stop.
for module in nf_conntrack xt_LOG; do
    modprobe "$module"
done

conf=/proc/sys/net/ipv4/conf
for scope in all default; do
    echo 0 > $conf/$scope/accept_source_route
    echo 1 > $conf/$scope/rp_filter          # a packet must come in where its answer would go out
    echo 1 > $conf/$scope/log_martians
done
echo 0 > $conf/default/accept_redirects
echo 0 > $conf/all/send_redirects
echo 1 > /proc/sys/net/ipv4/icmp_echo_ignore_broadcasts
echo 1 > /proc/sys/net/ipv4/tcp_syncookies
echo 2 > /proc/sys/net/ipv4/ip_dynaddr
echo 0 > /proc/sys/net/ipv4/tcp_ecn

# Closed while we work, and empty, so that the script may be run again.
for chain in INPUT FORWARD OUTPUT; do
    iptables -P $chain DROP
done
iptables -F
iptables -X
iptables -Z
iptables -t nat -F

# The machine may talk to itself, and to everybody.
iptables -A INPUT  -i lo -j ACCEPT
iptables -A OUTPUT -j ACCEPT

# What comes back is welcome.
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT

# The neighbours' chatter would only fill the log.
iptables -A INPUT -m addrtype --dst-type BROADCAST,MULTICAST -j DROP

# All else is refused by the policy, and written down.
iptables -A INPUT -j LOG --log-prefix "FIREWALL:INPUT "
