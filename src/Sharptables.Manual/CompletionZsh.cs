using System.Collections.Generic;

namespace Sharptables.Manual;

/// <summary>The script for zsh.</summary>
internal static class CompletionZsh
{
    public static string Script(IReadOnlyList<string> programs) => $$$"""
        #compdef {{{string.Join(' ', programs)}}}
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
            compdef _sharptables {{{string.Join(' ', programs)}}}
        fi

        """;
}
