# fish completion for Sharptables, made by "sharptables completion fish".

function __sharptables_complete
    set -lx PATH $PATH /usr/local/sbin /usr/sbin /sbin
    set -l current (commandline -ct)
    for line in (sharptables completion --words (commandline -opc) "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path $current
            case :commands
                __fish_complete_command
            case '*'
                echo -- $line
        end
    end
end

for program in iptables \
    iptables-legacy \
    iptables-nft \
    ip6tables \
    ip6tables-legacy \
    ip6tables-nft \
    iptables-save \
    iptables-legacy-save \
    iptables-nft-save \
    ip6tables-save \
    ip6tables-legacy-save \
    ip6tables-nft-save \
    iptables-restore \
    iptables-legacy-restore \
    iptables-nft-restore \
    ip6tables-restore \
    ip6tables-legacy-restore \
    ip6tables-nft-restore \
    arptables \
    arptables-nft \
    arptables-save \
    arptables-nft-save \
    arptables-restore \
    arptables-nft-restore \
    ebtables \
    ebtables-nft \
    ebtables-save \
    ebtables-nft-save \
    ebtables-restore \
    ebtables-nft-restore \
    iptables-translate \
    ip6tables-translate \
    arptables-translate \
    ebtables-translate \
    iptables-restore-translate \
    ip6tables-restore-translate \
    arptables-restore-translate \
    ebtables-restore-translate \
    iptables-xml \
    nfbpf_compile \
    iptables-apply \
    ip6tables-apply \
    nfnl_osf \
    nfsynproxy \
    xtables-monitor \
    sharptables
    complete -c $program -k -f -a '(__sharptables_complete)'
end
