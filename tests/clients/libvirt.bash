# Guests of a bridge whose traffic libvirt filters (nwfilter): libvirtd itself calls ebtables, iptables and ip6tables for each filter that it brings, and for
# one of our own with all that filters can ask. Bindings of ports need no guests.
echo 'libvirt-qemu:x:64055:64055::/var/lib/libvirt:/bin/false' >> /etc/passwd
echo 'libvirt-qemu:x:64055:' >> /etc/group
rm /usr/lib/*/libvirt/connection-driver/libvirt_driver_{nodedev,storage,interface}.so # which look for hardware
printf 'auth_unix_ro = "none"\nauth_unix_rw = "none"\nunix_sock_group = "root"\n' > /etc/libvirt/libvirtd.conf
cp -r /usr/share/libvirt/nwfilter /etc/libvirt/
for name in {eb,arp}tables{,-save,-restore}; do
    ln -sf "$program" "/opt/firewall/$name"
    ln -sf "$program" "/usr/sbin/$name"
done
mkdir -p /run/libvirt
libvirtd > /run/log 2>&1 &
daemon=$!
await virsh -c qemu:///system nwfilter-list

ip link add br0 type bridge
ip link set br0 up
for port in vnet0 vnet1; do
    ip link add $port type veth peer name peer-$port
    ip link set $port master br0
    ip link set $port up
done

cat > /run/own.xml <<'XML'
<filter name='own' chain='root'>
  <uuid>0c2f9b1e-6a7d-4c1f-9d25-3d0a5a1b7c11</uuid>
  <rule action='accept' direction='out' priority='100'><mac srcmacaddr='$MAC' protocolid='arp'/></rule>
  <rule action='drop' direction='in' priority='200'><vlan vlanid='10'/></rule>
  <rule action='drop' direction='out' priority='210'><stp/></rule>
  <rule action='accept' direction='out' priority='300'><ip srcmacaddr='$MAC' srcipaddr='$IP' protocol='tcp' dstportstart='20' dstportend='22' dscp='10'/></rule>
  <rule action='return' direction='inout' priority='310'><ip protocol='udp' srcportstart='53'/></rule>
  <rule action='drop' direction='in' priority='320'><ip dstipaddr='224.0.0.0' dstipmask='4'/></rule>
  <rule action='accept' direction='out' priority='330'><ipv6 srcipaddr='fd00::' srcipmask='8' protocol='tcp' dstportstart='80'/></rule>
  <rule action='drop' direction='out' priority='400'><arp opcode='Reply' arpsrcmacaddr='52:54:00:00:00:00' gratuitous='true'/></rule>
  <rule action='accept' direction='in' priority='410'><rarp opcode='Request_Reverse'/></rule>
  <rule action='accept' direction='in' priority='500'><tcp dstportstart='80' dstportend='90' srcipaddr='192.0.2.0' srcipmask='24' flags='SYN/ACK'/></rule>
  <rule action='reject' direction='in' priority='510'><udp dstportstart='53' connlimit-above='5'/></rule>
  <rule action='accept' direction='inout' priority='520' statematch='false'><icmp type='8' code='0' comment='a ping'/></rule>
  <rule action='accept' direction='in' priority='530'><all state='ESTABLISHED,RELATED'/></rule>
  <rule action='accept' direction='out' priority='540'><tcp-ipv6 dstportstart='443' srcipfrom='fd00::1' srcipto='fd00::9'/></rule>
  <rule action='drop' direction='inout' priority='900'><all/></rule>
</filter>
XML

left() {
    rules | sed 's/ \[[0-9:]*\]$//'
    echo '# bridge'
    (exec -a ebtables-save "$original") | grep -v '^#'
}

bind() { # FILTER PORT MAC IP
    cat > /run/binding.xml <<XML
<filterbinding><owner><name>guest</name><uuid>d54df46f-1ab5-4a22-8618-4560ef5fac2c</uuid></owner><portdev name='$2'/><mac address='$3'/>
<filterref filter='$1'><parameter name='IP' value='$4'/><parameter name='DHCPSERVER' value='192.168.1.1'/><parameter name='GATEWAY_MAC' value='52:54:00:00:00:ff'/></filterref></filterbinding>
XML
    step virsh -q -c qemu:///system nwfilter-binding-create /run/binding.xml
}

step virsh -q -c qemu:///system nwfilter-define /run/own.xml
for filter in clean-traffic clean-traffic-gateway allow-dhcp-server allow-incoming-ipv4 no-arp-spoofing no-ip-multicast no-other-l2-traffic qemu-announce-self own; do
    bind $filter vnet0 52:54:00:00:00:01 192.168.1.50
    left
    step virsh -q -c qemu:///system nwfilter-binding-delete vnet0
    left
done
bind clean-traffic vnet0 52:54:00:00:00:01 192.168.1.50
bind own vnet1 52:54:00:00:00:02 192.168.1.51
left
sed -i '/connlimit/d; s/22/23/' /run/own.xml
step virsh -q -c qemu:///system nwfilter-define /run/own.xml # which brings it to the port
left
for port in vnet1 vnet0; do
    step virsh -q -c qemu:///system nwfilter-binding-delete $port
done
left
kill $daemon
wait $daemon
grep -E ' error : ' /run/log | grep -iE 'tables|filter' | sed 's/^.* error : //'
