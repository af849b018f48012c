using System;
using System.Collections.Generic;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>
/// A match or target, as the views see it: a name, options as data, and payloads as bytes. What it does with its own
/// kernel struct stands in <see cref="Extension{TInfo}"/>.
/// </summary>
internal abstract class Extension
{
    private byte[]? _empty;

    /// <summary>The name it is called by after <c>-m</c> or <c>-j</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The name, as it is written.</summary>
    internal byte[] NameBytes => field ??= System.Text.Encoding.ASCII.GetBytes(Name);

    /// <summary>The name the kernel knows it by.</summary>
    public virtual string KernelName => Name;

    /// <summary>
    /// The option that builds it into a kernel, without <c>CONFIG_</c>; where each family has its own (<c>IP_NF_</c>, <c>IP6_NF_</c>),
    /// that of IPv4.
    /// </summary>
    public virtual string KernelOption => $"NETFILTER_XT_{(IsTarget ? "TARGET" : "MATCH")}_{Name.ToUpperInvariant()}";

    /// <summary>The option that builds it into a kernel for a family, without <c>CONFIG_</c>.</summary>
    public string KernelOptionFor(Family family) =>
        KernelOption.StartsWith("IP_NF_", StringComparison.Ordinal) ? family.KernelOptions + KernelOption["IP_NF_".Length..] : KernelOption;

    /// <summary>The family of the rules that it stands in, which whoever builds it sets.</summary>
    public Family Family { get; internal set; } = Family.IPv4;

    /// <summary>What it is for, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Whether it is a target.</summary>
    public abstract bool IsTarget { get; }

    /// <summary>Its options, in the order in which they are saved; at most 64.</summary>
    public abstract Option[] Options { get; }

    /// <summary>Those of its options that refer to something by a number of the kernel's.</summary>
    public Option[] References => field ??= Array.FindAll(Options, static option => option.IsReference && !option.IsShorthand);

    /// <summary>The newest revision; its struct is the model that all views work on.</summary>
    public virtual byte Revision => 0;

    /// <summary>Bytes of the newest revision's payload, not padded.</summary>
    public abstract int PayloadSize { get; }

    /// <summary>The most bytes that the newest revision of any extension has.</summary>
    public const int LargestPayload = 4096;

    /// <summary>What stands before its payload in a rule, in the newest revision.</summary>
    internal byte[] RecordHead => field ??= ExtensionRecord.HeadFor(KernelName, Revision, PayloadSize);

    /// <summary>Bytes at the front of the payload that <c>-C</c> and <c>-D</c> compare; what follows is the kernel's own.</summary>
    public virtual int ComparedSize => PayloadSize;

    /// <summary>Older revisions that its family has, newest first.</summary>
    public OlderLayout[] OlderLayouts => field ??= Array.FindAll(Layouts, layout => (layout.Families & Family.Bit) != 0);

    /// <summary>Older revisions of every family, newest first.</summary>
    protected virtual OlderLayout[] Layouts => [];

    /// <summary>The first release of Linux that no longer has it, or null.</summary>
    public virtual (int Major, int Minor)? LeftLinux => null;

    /// <summary>Where it may stand.</summary>
    public virtual Usage Usage => Usage.Anywhere;

    /// <summary>What it cannot do without, where that is one of several options; null where it can.</summary>
    public virtual AtLeastOne? AtLeastOne => null;

    /// <summary>
    /// Whether it asks for what has a name in a network namespace and is not made by a rule: a set, a counter, a timeout, an estimator.
    /// </summary>
    public virtual bool AsksForNamed => false;

    /// <summary>Fills a payload with what holds when no option is given.</summary>
    public void Begin(Span<byte> payload) => (_empty ??= Empty()).CopyTo(payload);

    /// <summary>Checks what was given, and completes the payload, when the rule has been read.</summary>
    /// <exception cref="UsageException">What was given does not go together.</exception>
    public void Finish(Span<byte> payload, in Given given, RuleInProgress rule)
    {
        AtLeastOne?.Check(given);
        Complete(payload, given, rule);
    }

    /// <summary>Names of options that help tells of before the others, where iptables' order there is not that of a save.</summary>
    public virtual string[] HelpFirst => [];

    /// <summary>The line above its options in help, which programs look for.</summary>
    public virtual string HelpHeading => $"{Name} {(IsTarget ? "target" : "match")} options:";

    /// <summary>What a listing has in front of its options, with its blanks; null for a blank and the name.</summary>
    public virtual string? ListedAs => null;

    /// <summary>The rule of use that a payload breaks beyond <see cref="Usage"/>, for a message, or null.</summary>
    public abstract string? Misuse(ReadOnlySpan<byte> payload, in Format format);

    /// <summary>The rule of use that a payload breaks in its place, for a message, or null.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="rule">The rule it stands in.</param>
    /// <param name="hooks">The hooks from which the rule is reached.</param>
    public abstract string? Misuse(ReadOnlySpan<byte> payload, Rule rule, Hooks hooks);

    /// <summary>The other name under which this payload is shown (<c>state</c> for some of <c>conntrack</c>), or null.</summary>
    public abstract string? Alias(ReadOnlySpan<byte> payload);

    /// <summary>Writes it as a listing has it, with a blank in front.</summary>
    public abstract void List(ReadOnlySpan<byte> payload, Output output, in Format format);

    /// <summary>Whether two payloads of the newest revision say the same, as <c>-C</c> and <c>-D</c> compare.</summary>
    public virtual bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a[..ComparedSize].SequenceEqual(b[..ComparedSize]);

    /// <summary>Collects what a payload asks of packets, in the order of the options.</summary>
    /// <param name="payload">The payload, in its newest layout.</param>
    /// <param name="family">The family of the packets.</param>
    /// <param name="areAll">Whether it asks for no more than these.</param>
    public IReadOnlyList<Condition> ConditionsIn(ReadOnlySpan<byte> payload, Family family, out bool areAll)
    {
        List<Condition> conditions = [];
        areAll = true;
        foreach (Option option in Options)
        {
            if (!option.IsShorthand && option.IsWritten(payload))
            {
                if (option.ConditionIn(payload, family) is { } condition)
                {
                    conditions.Add(condition);
                }
                else
                {
                    areAll = false;
                }
            }
        }

        return conditions;
    }

    /// <summary>Whether a match takes a packet, as the kernel sees it.</summary>
    public virtual Answer Ask(ReadOnlySpan<byte> payload, Packet packet)
    {
        if (Usage.Protocols is { } protocols && !protocols.Contains(packet.Protocol))
        {
            return Answer.No; // the rule must name the protocol, so the match is not even asked
        }

        foreach (Option option in Options)
        {
            if (option.Of?.In(packet.Family).Header is { } header && packet.Has(header) is not Answer.Yes and var lacking)
            {
                return lacking;
            }
        }

        IReadOnlyList<Condition> conditions = ConditionsIn(payload, packet.Family, out bool areAll);
        Answer answer = areAll ? Answer.Yes : Answer.Unknown;
        foreach (Condition condition in conditions)
        {
            answer = (Answer)Math.Min((int)answer, (int)condition.Ask(packet));
        }

        return answer;
    }

    /// <summary>Where an option of its own stands among <see cref="Options"/>.</summary>
    public int IndexOf(Option option)
    {
        Option[] options = Options;
        int index = 0;
        while (!ReferenceEquals(options[index], option))
        {
            index++;
        }

        return index;
    }

    /// <summary>Checks that what an option needs stands beside it, and nothing that it cannot stand beside.</summary>
    /// <param name="option">The option, one of its own.</param>
    /// <param name="given">One bit for each of its options that was given.</param>
    /// <exception cref="UsageException">It is not so.</exception>
    internal void CheckCompany(Option option, ulong given)
    {
        if (option.Needs is not null && !new Given(Options, given)[option.Needs])
        {
            throw new UsageException($"{Name}: option \"--{option.FullName}\" also requires \"--{option.Needs}\".\n");
        }

        for (int o = 0; o < Options.Length && option.Excludes.Length > 0; o++)
        {
            Option other = Options[o];
            if ((given & (1UL << o)) != 0 && !ReferenceEquals(other, option) && Array.IndexOf(option.Excludes, other.Name) >= 0)
            {
                throw new UsageException(option.Complaint
                    ?? $"{Name}: option \"--{option.FullName}\" cannot be used together with \"--{other.FullName}\".\n");
            }
        }
    }

    /// <summary>Writes its options as they would be typed, each with a blank in front.</summary>
    public void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        foreach (Option option in Options)
        {
            if (!option.IsShorthand && option.IsWritten(payload))
            {
                option.Save(payload, output, format);
            }
        }
    }

    /// <summary>Sets what holds when no option is given, beyond what the options say of it.</summary>
    protected abstract void SetDefaults(Span<byte> payload);

    /// <summary>Checks across options, and completes the payload.</summary>
    protected abstract void Complete(Span<byte> payload, in Given given, RuleInProgress rule);

    private byte[] Empty()
    {
        byte[] payload = new byte[PayloadSize];
        foreach (Option option in Options)
        {
            option.Clear(payload);
        }

        SetDefaults(payload);
        return payload;
    }
}
