# usage: sh l2tp.sh iptables FILE        FILE: for a save
$1 -A INPUT -p udp -m l2tp --tid 7 --pversion 2 -j DROP; echo $?
$1 -A INPUT -p udp -m l2tp --tid 0x8 --ptype data -m l2tp --pversion 2 --sid 3 -j DROP; echo $?
$1 -A INPUT -p udp -m l2tp --pversion 2 ; echo $?
$1 -A INPUT -p udp -m l2tp; echo $?
$1 -A INPUT -p udp -m l2tp --ptype x; echo $?
$1 -A INPUT -p udp -m l2tp --tid 7 --tid 8; echo $?
$1 -A INPUT -p udp -m l2tp ! --tid 7; echo $?
$1 -A INPUT -p udp -m l2tp --tid x; echo $?
$1 -A INPUT -p udp -m l2tp --tid; echo $?
$1 -A INPUT -p udp -m l2tp --nix; echo $?
$1 -S; $1 -L -n; $1 -L INPUT -v -x --line; $1-save
$1-save > $2; $1 -F; $1-restore < $2; $1-save | grep -v '^#'
cat $2 | $1-restore --test; echo $?
$1 -C INPUT -p udp -m l2tp --tid 7 --pversion 2 -j DROP; echo $?
$1 -C INPUT -p udp -m l2tp --tid 7 --pversion 3 -j DROP; echo $?
$1 -D INPUT -p udp -m l2tp --tid 7 --pversion 2 -j DROP; echo $?
$1 -D INPUT 1; echo $?
$1 -m l2tp -h | tail -7
echo '*filter
-A INPUT -p udp -m l2tp
COMMIT' | $1-restore; echo $?
