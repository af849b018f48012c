# bash completion for Sharptables, made by "sharptables completion bash". It needs nothing but bash.

_sharptables()
{
    # bash takes words apart at = and : too; here those without a blank between are put together again.
    local -a words=()
    local word i rest=$COMP_LINE gap
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $i -gt 0 && $rest != [[:blank:]]* ]]; then
            words[${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        gap=${rest%%"$word"*}
        rest=${rest:${#gap}+${#word}}
    done

    # What is replaced is only what stands behind the last = or :.
    local current=${words[${#words[@]}-1]} line candidate
    local kept=${current%"${current##*[=:]}"}
    COMPREPLY=()
    while IFS= read -r line; do
        candidate=${line%%$'\t'*}
        case $candidate in
            :files) compopt -o filenames; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "${current#"$kept"}") ;;
            :commands) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -c -- "${current#"$kept"}") ;;
            *)
                candidate=${candidate#"$kept"}
                [[ $candidate == *[^[:alnum:]_.,:=/+%@-]* ]] && printf -v candidate %q "$candidate"
                COMPREPLY+=("$candidate")
                ;;
        esac
    done < <(PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin sharptables completion --words "${words[@]}" 2>/dev/null)
}

complete -F _sharptables iptables \
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
