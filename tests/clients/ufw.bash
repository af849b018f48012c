# As an administrator would use it. First the steps of the package's installation.
cp /usr/share/ufw/iptables/*.rules /usr/share/ufw/*.init /usr/share/ufw/ufw.conf /etc/ufw
# A router's rules, where its manual page says they go.
cat - /usr/share/ufw/iptables/before.rules > /etc/ufw/before.rules <<'RULES'
*nat
:POSTROUTING ACCEPT [0:0]
-A POSTROUTING -s 192.168.1.0/24 -o eth0 -j MASQUERADE
-A PREROUTING -i eth0 -p tcp --dport 8443 -j DNAT --to 192.168.1.10:443
COMMIT
*mangle
-A FORWARD -p tcp --syn -m tcpmss --mss 1400:1536 -j TCPMSS --clamp-mss-to-pmtu
COMMIT
RULES

step ufw status
step ufw --force enable
rules
step ufw status verbose
step ufw allow 22/tcp
step ufw limit ssh/tcp
step ufw limit log 2222/tcp comment 'spare door, "limited"'
step ufw allow from 10.0.0.0/8 to any port 53 proto udp
step ufw allow proto tcp from any to 203.0.113.1 port 80,443,8080:8090
step ufw deny from 198.51.100.0/24
step ufw reject out 25/tcp
step ufw allow in on eth1 to any app CIFS
step ufw deny in on eth0 from fd00:9::/64 to any port 22 proto tcp
step ufw route allow in on eth1 out on eth0 from 192.168.1.0/24
step ufw route limit log-all proto udp from any to 192.168.1.10 port 5060
step ufw insert 1 deny from 192.0.2.66 comment 'was here before'
step ufw allow 22/tcp
rules
step ufw status
step ufw status numbered
step ufw show raw
step ufw show user-rules
for level in low medium high full; do
    step ufw logging $level
    rules
done
step ufw default allow incoming
step ufw default reject outgoing
step ufw default deny routed
step ufw --force delete 3
step ufw delete limit ssh/tcp
step ufw app list
step ufw app info WWW
step ufw reload
rules
step ufw status verbose
step ufw disable
rules
step ufw --force enable
rules
step ufw --force reset | sed "s|rules[.].*|rules.TIME'|"
rules
