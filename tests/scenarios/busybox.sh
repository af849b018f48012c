#!/bin/sh
# What a masquerading router needs besides when it serves as well: web, names, ping. Run after masquerading-router.sh.
# "-i ! WAN1" and "-I INPUT 0" are old spellings that documents still teach; they are meant to be here.

# Everybody but the outside is trusted.
iptables -A INPUT  -i ! WAN1  -j ACCEPT
iptables -A OUTPUT -o ! WAN1  -j ACCEPT

# The machine itself as a client.
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A OUTPUT -j ACCEPT

# Service by service, for where the two rules above are taken away.
iptables -A OUTPUT -p tcp --dport 80 -j ACCEPT
iptables -A INPUT  -p tcp --sport 80 -m conntrack --ctstate ESTABLISHED -j ACCEPT
iptables -A OUTPUT -p udp --dport 53 -j ACCEPT
iptables -A INPUT  -p icmp -m icmp --icmp-type echo-request -j ACCEPT
iptables -A OUTPUT -p icmp -m icmp --icmp-type echo-reply   -j ACCEPT

# Mail and chat servers ask for ident and wait: tell them at once that there is none.
iptables -A INPUT  -p tcp --dport 113 -j REJECT --reject-with tcp-reset

# What belongs to no connection: logged, then dropped, before all else.
iptables -I INPUT 0 -p tcp -m conntrack --ctstate INVALID -j LOG --log-prefix "FIREWALL:INVALID "
iptables -I INPUT 1 -p tcp -m conntrack --ctstate INVALID -j DROP

# From outside, no address that cannot be outside.
for net in 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 \
           0.0.0.0/8 127.0.0.0/8 224.0.0.0/3 169.254.0.0/16 192.0.2.0/24
do
    iptables -A INPUT -i WAN1 -s $net -j DROP
done

# The provider's DHCP.
iptables -A INPUT -i WAN1 -p udp -s 0.0.0.0 --sport 67 -d 255.255.255.255 --dport 68 -j ACCEPT

iptables -A INPUT -j REJECT
