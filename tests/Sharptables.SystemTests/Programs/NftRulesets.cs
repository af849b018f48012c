namespace Sharptables.SystemTests.Programs;

/// <summary>Rulesets of nft(8).</summary>
internal static class NftRulesets
{
    /// <summary>Of every family, and with all kinds of objects that the kernel has; nothing in it meets a packet of the tests.</summary>
    public const string Rich = """"
        table ip foreign {
            comment "a table"
            set plain { type ipv4_addr; elements = { 10.0.0.1, 10.0.0.2 comment "two" } }
            set ranges {
                type ipv4_addr; flags interval; auto-merge
                elements = { 10.0.0.0/8, 192.168.1.5-192.168.1.9, 203.0.113.7 comment "x", 0.0.0.0/8, 250.0.0.0-255.255.255.255 }
            }
            set timed { type inet_service; flags timeout; timeout 1h; elements = { 22 timeout 2h expires 100m, 80 } }
            set both { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/24 . 80-90, 1.2.3.4 . 22 } }
            set counted { type ipv4_addr; counter; elements = { 1.1.1.1 counter packets 5 bytes 60 } }
            set mtr { type ipv4_addr; size 1000; flags dynamic,timeout; timeout 5m; }
            set dyn2 { type ipv4_addr; size 1000; flags dynamic; limit rate 5/second; elements = { 9.9.9.9 limit rate 5/second } }
            map names { type inet_service : ipv4_addr; elements = { 80 : 10.0.0.1, 443 : 10.0.0.2 } }
            map imap { type ipv4_addr : mark; flags interval; elements = { 10.0.0.0/8 : 5, 11.0.0.0/8 : 6 } }
            map verdicts { type ipv4_addr : verdict; elements = { 10.0.0.1 : accept, 10.0.0.2 : jump other, 10.0.0.3 : goto third } }
            map objs { type ipv4_addr : counter; elements = { 10.0.0.1 : "hits" } }
            counter hits { packets 7 bytes 900; comment "hi" }
            quota q { over 25 mbytes used 3 mbytes }
            limit lim { rate 10/minute burst 3 packets }
            ct helper ftp {
                type "ftp" protocol tcp;
            }
            ct timeout ct1 {
                protocol tcp;
                l3proto ip;
                policy = { established : 123, close : 12 };
            }
            ct expectation ex {
                protocol tcp;
                dport 9876;
                timeout 2m;
                size 12;
                l3proto ip;
            }
            synproxy sp {
                mss 1460
                wscale 7
                timestamp sack-perm
            }
            chain other { counter packets 3 bytes 4 drop; }
            chain third { jump other; }
            chain INPUT {
                type filter hook input priority filter; policy drop;
                ip saddr @plain counter packets 1 bytes 2 accept
                ip saddr { 1.2.3.4, 5.6.7.8, 10.1.0.0/16 } tcp dport { 22, 80-90 } accept
                tcp dport vmap { 22 : accept, 23 : jump other, 24-30 : goto third }
                meta mark set ip saddr map @imap
                ip saddr . tcp dport @both log prefix "x" group 3
                ip saddr vmap @verdicts
                counter name "hits"
                counter name ip saddr map @objs
                quota name "q" drop
                limit name "lim" accept
                ct helper set "ftp"
                update @mtr { ip saddr timeout 30s limit rate over 10/second burst 5 packets } drop
                ct count over 20 drop
                quota until 5 mbytes used 1 mbytes accept
                limit rate 5/second burst 9 packets counter packets 99999999999 bytes 18446744073709551615 accept comment "hello w"
                jump { counter packets 5 bytes 6 accept; ip saddr 1.1.1.1 drop; }
                ip saddr 5.5.5.5 goto { ip daddr 1.1.1.1 drop; }
                tcp dport 22 meter flood { ip saddr limit rate 10/second } accept
                osf name "Linux" drop
                fib saddr . iif oif missing drop
                ct state established,related accept
                tcp option maxseg size set 1200
                reject with icmp type host-unreachable
            }
            chain ward {
                type filter hook forward priority filter + 10; policy accept
                ct timeout set "ct1"; synproxy name "sp"
            }
        }
        table ip foreignnat {
            chain PREROUTING {
                type nat hook prerouting priority dstnat
                dnat to tcp dport map { 80 : 10.0.0.1, 81 : 10.0.0.2 }
                ip protocol tcp dnat to 10.0.0.5:80
                ip protocol udp redirect to :8080
            }
            chain POSTROUTING { type nat hook postrouting priority srcnat; masquerade random; snat to 1.2.3.4-1.2.3.9 persistent; }
        }
        table inet six {
            flags dormant
            chain c {
                type filter hook output priority -5; policy drop
                meta nfproto ipv6 ip6 saddr fe80::/10 drop
                icmpv6 type { 1, 2 } accept
            }
        }
        table bridge b { chain c { type filter hook forward priority -200; ether saddr 00:11:22:33:44:55 vlan id 5 drop; }
        }
        table arp a { chain INPUT { type filter hook input priority 0; policy accept; arp operation request counter drop; }
        }
        table netdev n {
            chain in {
                type filter hook ingress device lo priority 5; policy accept
                ip saddr 1.2.3.4 fwd to lo
            }
          chain dups { dup to lo; }
        }
        table ip6 foreign { set ex { type ipv6_addr; flags interval; elements = { fe80::/64, ::1, ff00::-ffff:: } }
        chain INPUT { type filter hook input priority 0; ip6 saddr @ex accept; }
        }
        """";
}
