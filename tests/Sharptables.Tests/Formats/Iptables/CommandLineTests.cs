using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>How words become a command.</summary>
public sealed class CommandLineTests
{
    private readonly List<string> _warnings = [];

    [Theory]
    [InlineData("-A INPUT", CommandKind.Append)]
    [InlineData("--append INPUT", CommandKind.Append)]
    [InlineData("--app INPUT", CommandKind.Append)]
    [InlineData("--append=INPUT", CommandKind.Append)]
    [InlineData("-AINPUT", CommandKind.Append)]
    [InlineData("-C INPUT", CommandKind.Check)]
    [InlineData("-D INPUT", CommandKind.Delete)]
    [InlineData("-D INPUT 1", CommandKind.DeleteNumber)]
    [InlineData("-I INPUT", CommandKind.Insert)]
    [InlineData("-I INPUT 4", CommandKind.Insert)]
    [InlineData("-R INPUT 1", CommandKind.Replace)]
    [InlineData("-L", CommandKind.List)]
    [InlineData("-nvL", CommandKind.List)]
    [InlineData("-S INPUT 2", CommandKind.ListRules)]
    [InlineData("-F", CommandKind.Flush)]
    [InlineData("-Z INPUT 1", CommandKind.Zero)]
    [InlineData("-N new", CommandKind.NewChain)]
    [InlineData("-X", CommandKind.DeleteChain)]
    [InlineData("-E old new", CommandKind.RenameChain)]
    [InlineData("-P INPUT DROP", CommandKind.SetPolicy)]
    [InlineData("-h", CommandKind.Help)]
    [InlineData("-V", CommandKind.Version)]
    [InlineData("-L -h -nonsense", CommandKind.Help)]
    internal void A_command_is_known_by_its_letter_its_name_or_the_beginning_of_that(string words, CommandKind kind) =>
        Assert.Equal(kind, Parse(words).Kind);

    [Theory]
    [InlineData("-A INPUT -p tcp --dport 22", "tcp")]
    [InlineData("-A INPUT -ptcp --dport=22", "tcp")]
    [InlineData("-A INPUT -p 17 --sport 5", "udp")]
    [InlineData("-A INPUT -m tcp -p tcp --dport 22", "tcp")]
    [InlineData("-A INPUT -p tcp", "")]
    [InlineData("-A INPUT -p tcp -m mark --mark 1 --dport 5", "mark tcp")]
    public void A_protocols_match_comes_with_the_first_option_that_needs_it(string words, string matches)
    {
        Command command = Parse(words);
        Assert.Equal(matches, string.Join(' ', Enumerable.Range(1, command.Rule.Count - 1).Select(i => command.Rule[i].Extension.Name)));
    }

    [Theory]
    [InlineData("-A INPUT -A OUTPUT", "Cannot use -A with -A")]
    [InlineData("-A", "option \"-A\" requires an argument")]
    [InlineData("", "no command specified")]
    [InlineData("-A INPUT foo", "Bad argument `foo'")]
    [InlineData("-A INPUT --nosuch 1", "unknown option \"--nosuch\"")]
    [InlineData("-vaL", "unknown option \"-a\"")]
    [InlineData("-A INPUT -n", "Illegal option `-n' with this command")]
    [InlineData("-F --line-numbers", "Illegal option `-0' with this command")]
    [InlineData("-A INPUT ! ! -s 1.2.3.4", "multiple consecutive ! not allowed")]
    [InlineData("-A INPUT !", "nothing appropriate following !")]
    [InlineData("-A INPUT -s 1.2.3.4 -s 1.2.3.4", "multiple -s flags not allowed")]
    [InlineData("-A INPUT -m nosuch", "Couldn't load match `nosuch':No such file or directory")]
    [InlineData("-N -x", "chain name not allowed to start with `-'")]
    [InlineData("-N ACCEPT", "chain name may not clash with target name")]
    [InlineData("-N LOG", "chain name may not clash with target name")]
    [InlineData("-N 12345678901234567890123456789", "chain name `12345678901234567890123456789' too long (must be under 29 chars)")]
    [InlineData("-R INPUT", "-R requires a rule number")]
    [InlineData("-R INPUT 0", "Invalid rule number `0'")]
    [InlineData("-D INPUT 1x", "Invalid rule number `1x'")]
    [InlineData("-A INPUT -o eth0", "Can't use -o with INPUT\n")]
    [InlineData("-A INPUT ! -s 1.1.1.1,2.2.2.2", "! not allowed with multiple source or destination IP addresses")]
    [InlineData("-A INPUT -i eth0123456789012", "interface name `eth0123456789012' must be shorter than IFNAMSIZ (15)")]
    [InlineData("-A INPUT -s 1.2.3.4/33", "invalid mask `33' specified")]
    [InlineData("-A INPUT -c 1", "-c requires packet and byte counter")]
    [InlineData("-A INPUT -c x 1", "-c packet counter not numeric")]
    [InlineData("-A INPUT -p tcp --dport 1 --dport 2", "Only one `--destination-port' allowed")]
    [InlineData("-A INPUT -m mark", "mark: option \"--mark\" must be specified")]
    public void What_makes_no_sense_is_refused_with_a_message(string words, string message) =>
        Assert.Equal(message.TrimEnd(), Assert.Throws<UsageException>(() => Parse(words)).Message.TrimEnd());

    [Theory]
    [InlineData("-A INPUT -i ! eth0", Inversions.InInterface)]
    [InlineData("-A INPUT -s ! 1.2.3.4", Inversions.Source)]
    [InlineData("-A INPUT -p ! tcp", Inversions.Protocol)]
    internal void A_negation_behind_its_option_is_taken_with_a_warning(string words, Inversions inversion)
    {
        Assert.Equal(inversion, Parse(words).Rule.Head.Inversions);
        Assert.Contains("extrapositioned", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_number_0_is_taken_as_1_with_a_warning()
    {
        Assert.Equal(1U, Parse("-I INPUT 0").Number);
        Assert.Single(_warnings);
    }

    [Fact]
    public void A_list_of_addresses_is_every_pair_of_them()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Run("-A INPUT -s 1.1.1.1,2.2.2.0/24 -d 3.3.3.3,4.4.4.4 -j ACCEPT");
        Assert.Equal(
            [
                "-A INPUT -s 1.1.1.1/32 -d 3.3.3.3/32 -j ACCEPT", "-A INPUT -s 1.1.1.1/32 -d 4.4.4.4/32 -j ACCEPT",
                "-A INPUT -s 2.2.2.0/24 -d 3.3.3.3/32 -j ACCEPT", "-A INPUT -s 2.2.2.0/24 -d 4.4.4.4/32 -j ACCEPT",
            ],
            test.Rules());
    }

    [Theory]
    [InlineData("IPv4", "-4 -A INPUT", true)]
    [InlineData("IPv4", "-6 -A INPUT", false)]
    [InlineData("IPv6", "-4 -A INPUT", false)]
    [InlineData("IPv6", "-A INPUT -6", true)]
    public void A_line_for_the_other_family_is_skipped_in_a_restore(string familyName, string words, bool isTaken)
    {
        Family family = Family.Named(familyName);
        CommandLine line = new(new ExtensionSet(family)) { RestoreProgram = "iptables-restore" };
        Assert.Equal(isTaken, line.Parse(Split(words), new Command(family)));
    }

    [Theory]
    [InlineData("-t nat -A INPUT", "The -t option cannot be used in iptables-restore.\n")]
    [InlineData("-w -A INPUT", "You cannot use `-w' from iptables-restore")]
    public void Some_options_have_no_place_in_a_restore(string words, string message) => Assert.Equal(
        message,
        Assert.Throws<UsageException>(() => new CommandLine(new ExtensionSet(Family.IPv4)) { RestoreProgram = "iptables-restore" }
            .Parse(Split(words), new Command(Family.IPv4))).Message);

    [Fact]
    public void One_object_reads_line_after_line_and_keeps_nothing_of_the_last()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Run("-A INPUT ! -s 1.2.3.4 -p tcp -m mark --mark 1 ! -i eth0 -c 5 6 -j LOG --log-prefix x");
        test.Run("-A INPUT");
        Assert.Equal("-A INPUT", test.Rules()[1]);
        Assert.Throws<UsageException>(() => test.Run("-A INPUT ! -s 1.2.3.4 -p tcp -m mark -j LOG"));
        test.Run("-A INPUT");
        Assert.Equal(test.Bytes(test.Table.Get("INPUT"u8))[1], test.Bytes(test.Table.Get("INPUT"u8))[2]);
    }

    private static Words Split(string words)
    {
        Words split = new();
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            split.Add(Encoding.UTF8.GetBytes(word));
        }

        return split;
    }

    private Command Parse(string words)
    {
        Command command = new(Family.IPv4);
        new CommandLine(new ExtensionSet(Family.IPv4)) { Warn = _warnings.Add }.Parse(Split(words), command);
        return command;
    }
}
