# usage: sh odd.sh iptables FILE        FILE: for a save
$1 -A INPUT -p udp -m odd --ids 3 4 -j DROP; echo $?
$1 -A INPUT -p udp -m odd --ids 3; echo $?
$1 -A INPUT -p udp -m odd --ids 3 -j DROP; echo $?
$1 -A INPUT -p udp -m odd ! --ids 3 4 -j DROP; echo $?
$1 -A INPUT -p udp -m odd --ids 3 4 --ids 5 6; echo $?
$1 -A INPUT -p udp -m odd --ids=3 4 -m odd --ids 5 6 -j ACCEPT; echo $?
$1 -A INPUT -p udp -m odd; echo $?
for w in exit print 1 2 3 4 9; do $1 -A INPUT -p udp -m odd --ids 1 2 --do $w; echo $?; done
$1 -S; $1 -L; $1-save|grep -v '^#'; 
(echo '*filter'; for i in 1 2 3 4 5; do echo "-A INPUT -p udp -m odd --ids $i 7$i -m l2tp --tid 9 --pversion 3 -j ACCEPT"; echo "-A INPUT -p udp -m odd --ids $i 7$i -m l2tp --pversion 3 -j DROP"; done; echo COMMIT) | $1-restore; echo $?; $1-save | grep -v '^#'
$1 -C INPUT -p udp -m odd --ids 4 74 -m l2tp --tid 9 --pversion 3 -j DROP; echo $?
$1 -D INPUT -p udp -m odd --ids 4 74 -m l2tp --tid 9 --pversion 3 -j DROP; echo $?
$1 -R INPUT 1 -p udp -m odd --ids 4 74 -j DROP; echo $?
$1 -v -I INPUT 1 -p udp -m odd --ids 4 74 -j DROP; echo $?
$1 -S INPUT
(echo '*filter'; echo '-A INPUT -p udp -m odd --do exit'; echo COMMIT) | $1-restore; echo $?
(echo '*filter'; echo ; echo '-A INPUT -p udp -m odd --do 2'; echo COMMIT) | $1-restore; echo $?
(echo '*filter'; echo ; echo '-A INPUT -p udp -m odd --do 1'; echo COMMIT) | $1-restore; echo $?
