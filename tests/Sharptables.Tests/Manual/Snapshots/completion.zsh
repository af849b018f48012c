#compdef iptables iptables-legacy iptables-nft ip6tables ip6tables-legacy ip6tables-nft iptables-save iptables-legacy-save iptables-nft-save ip6tables-save ip6tables-legacy-save ip6tables-nft-save iptables-restore iptables-legacy-restore iptables-nft-restore ip6tables-restore ip6tables-legacy-restore ip6tables-nft-restore arptables arptables-nft arptables-save arptables-nft-save arptables-restore arptables-nft-restore ebtables ebtables-nft ebtables-save ebtables-nft-save ebtables-restore ebtables-nft-restore iptables-translate ip6tables-translate arptables-translate ebtables-translate iptables-restore-translate ip6tables-restore-translate arptables-restore-translate ebtables-restore-translate iptables-xml nfbpf_compile iptables-apply ip6tables-apply nfnl_osf nfsynproxy xtables-monitor sharptables
# zsh completion for Sharptables, made by "sharptables completion zsh".

_sharptables() {
    local line
    local -a lines found
    lines=("${(@f)$(PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin sharptables completion --words "${(@)words[1,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
    for line in $lines; do
        case $line in
            :files) _files ;;
            :commands) _command_names -e ;;
            *) found+=("${${line%%$'\t'*}//:/\\:}${${(M)line:#*$'\t'*}:+:${line#*$'\t'}}") ;;
        esac
    done
    (( $#found )) && _describe -V word found
}

# A shell that found this file because of its first line is completing at this moment; any other is only told of the function.
if (( $+compstate )); then
    _sharptables "$@"
else
    compdef _sharptables iptables iptables-legacy iptables-nft ip6tables ip6tables-legacy ip6tables-nft iptables-save iptables-legacy-save iptables-nft-save ip6tables-save ip6tables-legacy-save ip6tables-nft-save iptables-restore iptables-legacy-restore iptables-nft-restore ip6tables-restore ip6tables-legacy-restore ip6tables-nft-restore arptables arptables-nft arptables-save arptables-nft-save arptables-restore arptables-nft-restore ebtables ebtables-nft ebtables-save ebtables-nft-save ebtables-restore ebtables-nft-restore iptables-translate ip6tables-translate arptables-translate ebtables-translate iptables-restore-translate ip6tables-restore-translate arptables-restore-translate ebtables-restore-translate iptables-xml nfbpf_compile iptables-apply ip6tables-apply nfnl_osf nfsynproxy xtables-monitor sharptables
fi
