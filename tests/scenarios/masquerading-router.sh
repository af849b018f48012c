#!/bin/sh
#
# A router between a private network and the world. LAN1 is the inside, WAN1 the outside. Machines inside may open
# connections to anywhere and are seen outside under the router's own address; nobody outside may open a connection to
# them, or to the router. What is refused is logged first.
#
# Shaped after the well-known example for people who build their own Linux; the rules and their order are the same.

# Where these are modules they are loaded now; where they are built in, the failure is of no matter.
modprobe nf_conntrack
modprobe nf_conntrack_ftp
modprobe xt_conntrack
modprobe xt_LOG
modprobe xt_state

v4=/proc/sys/net/ipv4
echo 1 > $v4/icmp_echo_ignore_broadcasts          # do not help to amplify a flood
echo 0 > $v4/conf/all/accept_source_route         # senders do not choose the way
echo 1 > $v4/tcp_syncookies
echo 0 > $v4/conf/all/accept_redirects
echo 0 > $v4/conf/default/send_redirects
echo 1 > $v4/conf/default/rp_filter               # drop what could not have come from there
echo 1 > $v4/conf/all/log_martians
echo 2 > $v4/ip_dynaddr                           # the outside address may change
echo 0 > $v4/tcp_ecn

# Closed until told otherwise.
iptables -P INPUT   DROP
iptables -P FORWARD DROP
iptables -P OUTPUT  DROP

# Start from nothing, so that this can be run again over itself.
iptables -F
iptables -X
iptables -Z
iptables -t nat -F

# The router may talk to itself.
iptables -A INPUT  -i lo -j ACCEPT
iptables -A OUTPUT -o lo -j ACCEPT

# Through the router: answers, and whatever was begun anywhere but outside.
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD ! -i WAN1 -m conntrack --ctstate NEW       -j ACCEPT

# Private addresses mean nothing outside: lend them ours.
iptables -t nat -A POSTROUTING -o WAN1 -j MASQUERADE

# What gets this far is about to be refused by policy; say so first.
iptables -A INPUT   -j LOG --log-prefix "FIREWALL:INPUT "
iptables -A FORWARD -j LOG --log-prefix "FIREWALL:FORWARD "
iptables -A OUTPUT  -j LOG --log-prefix "FIREWALL:OUTPUT "

# Only now, with the rules in place, pass packets on.
echo 1 > $v4/ip_forward
