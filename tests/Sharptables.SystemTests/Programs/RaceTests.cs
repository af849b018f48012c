using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>Over nf_tables there is no lock: whoever changes rules meets others who do.</summary>
public sealed class RaceTests
{
    private const int Each = 20;
    private const string Old = "*filter\n:INPUT ACCEPT [1:2]\n:old - [0:0]\n[5:6] -A INPUT -j old\n[0:0] -A old -s 10.0.0.1 -j DROP\nCOMMIT\n";
    private const string New = "*filter\n:INPUT DROP [0:0]\n:other - [0:0]\n-A INPUT -j other\n-A other -s 10.0.0.2 -j DROP\nCOMMIT\n";

    /// <summary>From an empty kernel, too: the first makes the table, all others find it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("iptables -P INPUT ACCEPT")]
    public void Six_writers_at_once_lose_nothing(string before)
    {
        using ApplyMachine machine = new(through: "nft");
        machine.Write("ours", "for i in $(seq 20); do iptables -A INPUT -s 10.0.$1.$i -j ACCEPT || exit; done");
        machine.Write("restore", "for i in $(seq 20); do printf '*filter\\n-A INPUT -s 10.0.%s.%s -j ACCEPT\\nCOMMIT\\n' $1 $i | iptables-restore -n || exit; done");
        machine.Write("original", "for i in $(seq 20); do /usr/sbin/iptables-nft -A INPUT -s 10.0.$1.$i -j ACCEPT || exit; done");
        machine.Write("nft", """
            nft 'add table ip filter; add chain ip filter INPUT { type filter hook input priority 0; policy accept; }'
            for i in $(seq 20); do nft add rule ip filter INPUT ip saddr 10.0.$1.$i accept || exit; done
            """);
        string output = machine.Run($"""
            {before}
            set --
            for who in ours original nft restore ours restore; do
                number=$(($# + 1))
                sh ./$who $number & set -- "$@" $!
            done
            for process; do wait $process || echo process $process failed; done
            iptables -S INPUT
            """);
        Assert.DoesNotContain("failed", output);
        for (int writer = 1; writer <= 6; writer++)
        {
            Assert.Equal(Each, output.Split($"-s 10.0.{writer}.").Length - 1);
        }
    }

    /// <summary>Another puts a rule in front, whichever of our requests it is that we are about to send.</summary>
    [Theory]
    [InlineData("iptables -D INPUT 2", "new two three")]
    [InlineData("iptables -I INPUT 2 -m comment --comment ours", "new ours one two three")]
    [InlineData("iptables -R INPUT 2 -m comment --comment ours", "new ours two three")]
    [InlineData("printf '*filter\\n-D INPUT 2\\nCOMMIT\\n' | iptables-restore -n", "new two three")]
    [InlineData("iptables -D INPUT -m comment --comment two", "new one three")]
    [InlineData("iptables -A INPUT -m comment --comment ours", "new one two three ours")]
    [InlineData("iptables -F INPUT", "")]
    public void What_is_done_is_decided_by_what_is_there_then(string command, string rules)
    {
        using ApplyMachine machine = new(through: "nft");
        machine.Write("change", $"exec {command.Replace("| iptables", "| exec iptables", StringComparison.Ordinal)}");
        string output = machine.Run("""
            begin() { iptables -F; for i in one two three; do iptables -A INPUT -m comment --comment $i; done; }
            begin
            strace -f -e trace=sendto -o calls sh ./change
            sent=$(grep -c 'sendto(' calls)
            for number in $(seq $sent); do
                begin
                rm calls
                strace -f -e trace=sendto -e inject=sendto:delay_enter=400000:when=$number -o calls sh ./change &
                until [ -e calls ] && [ $(grep -c 'sendto(' calls) -ge $((number - 1)) ]; do sleep 0.01; done
                sleep 0.1
                iptables -I INPUT -m comment --comment new
                wait $!
                echo $(iptables -S INPUT | sed -n 's/.*comment //p')
            done
            """);
        string[] outcomes = output.Split('\n')[..^1];
        Assert.True(outcomes.Length >= 3, output);
        Assert.All(outcomes, outcome => Assert.Equal(rules, outcome));
    }

    /// <summary>An error of each call, an answer cut short, one of another length, one of nonsense.</summary>
    [Theory]
    [InlineData("iptables-restore new")]
    [InlineData("iptables -A INPUT -s 10.0.0.9")]
    [InlineData("iptables -E old young")]
    [InlineData("iptables -D INPUT 1")]
    public void Whatever_the_kernel_answers_the_table_is_the_old_or_the_new_one_and_the_status_says_so(string command)
    {
        using ApplyMachine machine = ApplyMachine.Begin(rules: Old, through: "nft");
        machine.Write("new", New);
        machine.Write("all", $$"""
            here() { iptables-nft-save -c 2>/dev/null | grep -v '^#'; }
            before=$(here)
            strace -f -o calls {{command}}
            after=$(here)
            for call in sendto recvfrom; do
                for number in $(seq $(grep -c " $call(" calls)); do
                    for fault in error=ENOMEM error=ENOBUFS retval=0 retval=8 retval=1000000 poke_exit=@arg2=ffffffffffffffff poke_exit=@arg2=00000000; do
                        case $call:$fault in sendto:retval*|sendto:poke*) continue ;; esac
                        iptables -F; iptables -X; iptables-nft-restore -c <before
                        timeout 20 strace -f -o trace -e inject=$call:$fault:when=$number {{command}} >out 2>err
                        status=$? state=$(here)
                        if [ $status -le 4 ] && ! grep -q '^   at ' err && { [ "$state" = "$after" ] || { [ "$state" = "$before" ] && [ $status != 0 ]; }; }
                        then good=$((good + 1))
                        else echo "$call:$fault:when=$number: status $status: $(cat err)"; fi
                    done
                done
            done
            echo $good
            """);
        string output = machine.Run("iptables-nft-save -c >before; sh ./all 2>errors; cat errors >&2");
        Assert.Matches("^[0-9]{2,}\n$", output);
    }

    /// <summary>Rules that move are at the old place until all are at the new one.</summary>
    [Theory]
    [InlineData("iptables-restore <new")]
    [InlineData("iptables -A INPUT -s 10.0.0.9")]
    [InlineData("iptables -E old young")]
    [InlineData("sharptables migrate legacy")]
    public void Whenever_it_is_killed_the_table_is_the_old_or_the_new_one(string command)
    {
        using ApplyMachine machine = ApplyMachine.Begin(rules: Old, through: "nft");
        machine.Write("new", New);
        string words = command.Replace("<new", "new", StringComparison.Ordinal);
        machine.Write("all", $$"""
            here() { iptables-nft-save -c 2>/dev/null | grep -v '^#'; }
            there() { iptables-legacy-save -c 2>/dev/null | grep -v '^#' | grep -e ' -A' -e DROP; }
            before=$(here)
            strace -f -o calls {{words}} >/dev/null
            after=$(here) thereafter=$(there)
            sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' calls | awk '{ print $1 ":signal=KILL:when=" ++count[$1] }' >each
            one=0 other=0
            for call in $(cat each); do
                iptables-legacy -F; iptables-legacy -X; iptables-legacy -P INPUT ACCEPT; iptables-nft-restore -c <before
                strace -f -o calls -e inject=$call {{words}} >/dev/null 2>&1
                if [ "$(here)" = "$before" ]; then one=$((one + 1))
                elif [ "$(here)" = "$after" ] && [ "$(there)" = "$thereafter" ]; then other=$((other + 1))
                else echo "$call: $(here) $(there)"; fi
            done
            echo $one $other
            """);
        string output = machine.Run("sh ./all 2>errors; cat errors >&2");
        Assert.Matches("^[0-9]+ [0-9]+\n$", output);
    }

    [Fact]
    public void Who_reads_a_large_table_does_not_wait_for_those_who_change_others()
    {
        using ApplyMachine machine = new(through: "nft");
        machine.Run("""
            { echo '*filter'; seq 30000 | sed 's/.*/-A INPUT -s 10.0.0.1 -p tcp --dport 22 -j ACCEPT/'; echo COMMIT; } | iptables-restore
            nft 'add table ip other; add set ip other s { type ipv4_addr; }'
            """);
        string output = machine.Run("""
            trap 'kill $writers' EXIT
            for i in 1 2; do yes 'add element ip other s { 1.2.3.4 }' | nft -i >/dev/null & writers="$writers $!"; done
            sleep 0.5
            timeout 60 iptables-save | grep -c -- -A
            timeout 60 iptables -D INPUT 29999 && timeout 60 iptables -S INPUT | grep -c -- -A
            """);
        Assert.Equal("30000\n29999\n", output);
    }
}
