using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.CLibraries;

/// <summary>libipq. The original's has had no kernel interface since Linux 3.5; ours has that of NFQUEUE.</summary>
public sealed class QueueLibraryTests
{
    /// <summary>Three packets: one goes on, one is dropped, one goes on with other bytes.</summary>
    [Fact]
    public void A_program_decides_on_packets()
    {
        string program = CProgram.Compile("ipq", $"{CProgram.Libraries}/libipq.so");
        CommandResult said = CProgram.Run(CProgram.Libraries, "sh", "-c", $$"""
            ip link set lo up
            iptables-legacy -t mangle -A PREROUTING -p udp --dport 999 -j MARK --set-mark 7
            iptables-legacy -A INPUT -p udp --dport 999 -j QUEUE
            socat -u UDP-RECV:999 {{program}}.got,create & socat=$!
            {{program}} >{{program}}.said & program=$!
            until grep -q ready {{program}}.said && grep -q :03E7 /proc/net/udp; do sleep 0.02; done
            for text in one two thre_; do printf $text | socat -u - UDP-SENDTO:127.0.0.1:999; done
            wait $program
            for try in $(seq 100); do [ "$(wc -c <{{program}}.got)" = 8 ] && break; sleep 0.02; done
            kill $socat
            cat {{program}}.said {{program}}.got
            """);
        Assert.Equal("", said.Stderr);
        Assert.Equal(
            """
            ready
            hook 1 in 'lo' out '' mark 7 protocol 0800 payload 31 bytes, version 4
            hook 1 in 'lo' out '' mark 7 protocol 0800 payload 31 bytes, version 4
            hook 1 in 'lo' out '' mark 7 protocol 0800 payload 33 bytes, version 4
            onethre!
            """, said.Stdout);
    }

    [Fact]
    public void Errors_and_time_outs_are_told()
    {
        string program = CProgram.Compile("ipq", $"{CProgram.Libraries}/libipq.so");
        Assert.Equal(
            """
            nothing to read at once: 0
            nor in 10 ms: 0
            a small buffer: -1, Receive buffer size invalid
            a mode that is none: -1, Operation not supported
            a verdict for no packet: 0
            1 bytes, type 2: No such file or directory

            """, CProgram.Run(CProgram.Libraries, program, "errors").Stdout);
        Assert.Equal("ipq: Invalid protocol specified\n", CProgram.Run(CProgram.Libraries, program, "protocol").Stderr);
        Assert.Equal(
            "ipq: Received error from netlink: Operation not permitted\n",
            CProgram.Run(CProgram.Libraries, "setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin", program).Stderr);
    }
}
