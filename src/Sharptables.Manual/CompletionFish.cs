using System.Collections.Generic;

namespace Sharptables.Manual;

/// <summary>The script for fish.</summary>
internal static class CompletionFish
{
    public static string Script(IReadOnlyList<string> programs) => $$"""
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

        for program in {{string.Join(" \\\n    ", programs)}}
            complete -c $program -k -f -a '(__sharptables_complete)'
        end

        """;
}
