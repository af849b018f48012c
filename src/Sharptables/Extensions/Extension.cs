using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>
/// A match or target as the parser, listings and other loops see it: a name, options as data, and payloads as bytes. The typed part is
/// <see cref="Extension{TInfo}"/>.
/// </summary>
internal abstract class Extension
{
    private byte[]? _empty;

    /// <summary>The name after <c>-m</c> or <c>-j</c>.</summary>
    public abstract string Name { get; }

    internal byte[] NameBytes => field ??= System.Text.Encoding.ASCII.GetBytes(Name);

    /// <summary>The kernel's name for it.</summary>
    public virtual string KernelName => Name;

    /// <summary>
    /// The kernel configuration option for it, without <c>CONFIG_</c>; where each family has its own (<c>IP_NF_</c>, <c>IP6_NF_</c>), that
    /// of IPv4.
    /// </summary>
    public virtual string KernelOption => $"NETFILTER_XT_{(IsTarget ? "TARGET" : "MATCH")}_{Name.ToUpperInvariant()}";

    /// <summary>The kernel configuration option for it in a family, without <c>CONFIG_</c>.</summary>
    public string KernelOptionFor(Family family) =>
        KernelOption.StartsWith("IP_NF_", StringComparison.Ordinal) ? family.KernelOptions + KernelOption["IP_NF_".Length..] : KernelOption;

    /// <summary>The family of its rules; set when it is built.</summary>
    public Family Family { get; internal set; } = null!;

    /// <summary>What it does, in one sentence.</summary>
    public abstract string Summary { get; }

    public abstract bool IsTarget { get; }

    /// <summary>
    /// Whether it is a match in form alone: it takes every packet, and notes those that all other matches of the rule have taken. Watchers stand
    /// behind the other matches, and nf_tables has them as targets in front of the counter.
    /// </summary>
    public virtual bool IsWatcher => false;

    /// <summary>What an answer or effect that is not known depends on beside the packet, in a few words; null for nothing.</summary>
    public virtual string? DependsOn => null;

    /// <summary>Whether it is a match that takes one packet and not another that is the same, by the time between them, or by chance.</summary>
    public virtual bool IsOfTheMoment => false;

    /// <summary>Whether it is a target that does what several statements do, the last of which is a verdict.</summary>
    public virtual bool EndsRule => false;

    /// <summary>Its options in the order in which they are saved; at most 64.</summary>
    public Option[] Options { get; protected init; } = [];

    /// <summary>
    /// Its options for which iptables over nf_tables writes expressions of nf_tables, in their order. A payload that says anything else, or
    /// nothing, is given to nf_tables as it is, for the extension of x_tables.
    /// </summary>
    public Option[] Native { get; protected init; } = [];

    /// <summary>Its options besides those.</summary>
    internal Option[] NotNative => field ??= Array.FindAll(Options, option => !option.IsShorthand && Array.IndexOf(Native, option) < 0);

    /// <summary>Its options that refer to something by a number of the kernel's.</summary>
    public Option[] References => field ??= Array.FindAll(Options, static option => option.IsReference && !option.IsShorthand);

    /// <summary>The newest revision; its struct is the model.</summary>
    public virtual byte Revision => 0;

    /// <summary>The size of the newest revision's payload in bytes, unpadded.</summary>
    public abstract int PayloadSize { get; }

    /// <summary>How many bytes it needs while a rule is made: the payload, and behind it what only its options need until then.</summary>
    public virtual int SizeInProgress => PayloadSize;

    /// <summary>How many bytes a payload has in a rule; those of most extensions are all as long.</summary>
    public virtual int SizeOf(ReadOnlySpan<byte> payload) => PayloadSize;

    /// <summary>Whether its conditions are sets of values: over nf_tables each is a set that belongs to the rule.</summary>
    public virtual bool LooksUp => false;

    /// <summary>The largest payload of any of ours, in bytes.</summary>
    public const int LargestPayload = 4096;

    /// <summary>What precedes its payload in a rule, in the newest revision.</summary>
    internal byte[] RecordHead => field ??= ExtensionRecord.HeadFor(KernelName, Revision, PayloadSize);

    /// <summary>How many bytes of the payload <c>-C</c> and <c>-D</c> compare; the rest is private to the kernel.</summary>
    public virtual int ComparedSize => PayloadSize;

    /// <summary>The older revisions in its family, newest first.</summary>
    public OlderLayout[] OlderLayouts => field ??= Array.FindAll(Layouts, layout => (layout.Families & Family.Bit) != 0);

    /// <summary>The older revisions in any family, newest first.</summary>
    protected virtual OlderLayout[] Layouts => [];

    /// <summary>The first release of Linux without it, or null.</summary>
    public virtual (int Major, int Minor)? LeftLinux => null;

    /// <summary>Where the kernel accepts it.</summary>
    public virtual Usage Usage => Usage.Anywhere;

    /// <summary>One of the protocols of <see cref="Usage"/> as <c>-p</c> of its family takes it: of IP, or of frames (an EtherType).</summary>
    public string NameOfProtocol(ushort protocol, INames names)
    {
        Output text = new(Output.Kept);
        if (Family.HasEtherTypes && names.TryGetName(NameKind.EtherType, BinaryPrimitives.ReverseEndianness(protocol), out ReadOnlySpan<byte> type))
        {
            text.Write(type);
        }
        else
        {
            ProtocolText.WriteName(protocol, text, names);
        }

        return MessageText.Of(text.Written);
    }

    /// <summary>The options of which one is required, or null.</summary>
    public virtual AtLeastOne? AtLeastOne => null;

    /// <summary>
    /// Whether it reads something that has a name in its network namespace and is not made by a rule: a set, a counter, a timeout, an
    /// estimator.
    /// </summary>
    public virtual bool AsksForNamed => false;

    /// <summary>Initializes a payload to its state without options.</summary>
    public virtual void Begin(Span<byte> payload) => (_empty ??= Empty()).CopyTo(payload);

    /// <summary>Checks what was given and completes the payload, after the whole rule has been read.</summary>
    /// <exception cref="UsageException">The options contradict each other, or one is missing.</exception>
    public void Finish(Span<byte> payload, in Given given, RuleInProgress rule)
    {
        AtLeastOne?.Check(given);
        Complete(payload, given, rule);
    }

    /// <summary>Its help in words of its own; null: made from its options.</summary>
    public virtual byte[]? Help => null;

    /// <summary>The line above its options in help, which programs look for.</summary>
    public virtual string HelpHeading => $"{Name} {(IsTarget ? "target" : "match")} options:";

    /// <summary>What precedes its options in a listing, including blanks; null for a blank and the name.</summary>
    public virtual string? ListedAs => null;

    /// <summary>What the kernel would refuse about a payload beyond <see cref="Usage"/>, for a message, or null.</summary>
    public abstract string? Misuse(ReadOnlySpan<byte> payload, in Format format);

    /// <summary>What the kernel would refuse about a payload in its place, for a message, or null.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="rule">The rule that it is in.</param>
    /// <param name="hooks">The hooks from which the rule is reached.</param>
    public abstract string? Misuse(ReadOnlySpan<byte> payload, Rule rule, Hooks hooks);

    /// <summary>Another name under which this payload is shown (<c>state</c> for some of <c>conntrack</c>), or null.</summary>
    public abstract string? Alias(ReadOnlySpan<byte> payload);

    /// <summary>Writes it as in a listing, with a leading blank.</summary>
    public abstract void List(ReadOnlySpan<byte> payload, Output output, in Format format);

    /// <summary>The statement that iptables over nf_tables writes for a payload, or null: see <see cref="Native"/>.</summary>
    public virtual Statement? StatementIn(ReadOnlySpan<byte> payload) => null;

    /// <summary>What a payload does or asks, if nf_tables has a statement for all of it but its conditions, be it written so or not: extensions may do the same.</summary>
    public virtual Statement? EffectOf(ReadOnlySpan<byte> payload) => StatementIn(payload);

    /// <summary>Whether <see cref="StatementIn"/> depends on the payload.</summary>
    public virtual bool HasStatementForSome => false;

    /// <summary>Makes a payload, which has been begun, say what a statement of nf_tables does.</summary>
    /// <returns>False if it cannot.</returns>
    public virtual bool TryTake(Statement statement, Span<byte> payload) => false;

    /// <summary>Whether two payloads of the newest revision are equal for <c>-C</c> and <c>-D</c>.</summary>
    public virtual bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a[..ComparedSize].SequenceEqual(b[..ComparedSize]);

    /// <summary>The conditions on packets in a payload, in the order of the options.</summary>
    /// <param name="payload">The payload, in the newest layout.</param>
    /// <param name="family">The family of the packets.</param>
    /// <param name="areAll">Whether the payload says nothing else.</param>
    public IReadOnlyList<Condition> ConditionsIn(ReadOnlySpan<byte> payload, Family family, out bool areAll)
    {
        List<Condition> conditions = [];
        areAll = true;
        foreach (Option option in Options)
        {
            if (!option.IsShorthand && !option.IsIdle && option.IsAsked(payload))
            {
                if (option.Of is null)
                {
                    areAll = false;
                }
                else
                {
                    conditions.Add(option.ConditionIn(payload, family));
                }
            }
        }

        return conditions;
    }

    /// <summary>The extension header that it looks for even if nothing is asked of it, by nft(8)'s name; null for none.</summary>
    protected virtual string? ExtensionHeader => null;

    /// <summary>Writes a payload in the words of nft(8): the conditions of its options, if it says nothing else.</summary>
    /// <returns>False when nft cannot say it; what was written is then to be discarded.</returns>
    public virtual bool Translate(ReadOnlySpan<byte> payload, NftText nft)
    {
        IReadOnlyList<Condition> conditions = ConditionsIn(payload, nft.Family, out bool areAll);
        bool isOfConditions = Array.Exists(Options, static option => option.Of is not null);
        return areAll && isOfConditions && (conditions.Count == 0 && ExtensionHeader is { } header ? nft.Write($" exthdr {header} exists") : nft.TryWrite(conditions));
    }

    /// <summary>Makes a payload, which has been begun, say some conditions and nothing else: the way back of <see cref="ConditionsIn"/>.</summary>
    /// <param name="conditions">On fields that nf_tables has (<see cref="Field.Parts"/>), no two of them on one.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="family">The family of the packets.</param>
    /// <returns>False if it cannot.</returns>
    public bool TryTake(IReadOnlyList<Condition> conditions, Span<byte> payload, Family family)
    {
        List<Condition> left = [.. conditions];
        foreach (Option option in Options)
        {
            if (left.Count == 0 || option.IsShorthand || option.Of?.In(family) is not { } field)
            {
                continue;
            }

            IReadOnlyList<Field> parts = field.Parts;
            List<Condition> its = left.FindAll(condition => Contains(parts, condition.Field));
            its = its.Count > 1 && field.Join(its) is null ? [its[0]] : its;
            if (its.Count > 0 && field.Join(its) is { } joined)
            {
                byte[] before = payload.ToArray();
                if (option.TryTake(joined, payload, family))
                {
                    left.RemoveAll(its.Contains);
                }
                else
                {
                    before.CopyTo(payload);
                }
            }
        }

        return left.Count == 0 && AreAll(conditions, payload, family);
    }

    /// <summary>Whether a payload says these conditions and nothing else.</summary>
    private bool AreAll(IReadOnlyList<Condition> conditions, ReadOnlySpan<byte> payload, Family family)
    {
        List<Condition> parts = []; // each once, though several options may say it besides
        IReadOnlyList<Condition> said = ConditionsIn(payload, family, out bool areAll);
        foreach (Condition condition in said)
        {
            foreach (Condition part in condition.Field.Split(condition) ?? [condition])
            {
                areAll &= Contains(conditions, part);
                if (!Contains(parts, part))
                {
                    parts.Add(part);
                }
            }
        }

        return areAll && parts.Count == conditions.Count;
    }

    private static bool Contains(IReadOnlyList<Condition> conditions, Condition wanted)
    {
        foreach (Condition condition in conditions)
        {
            if (Meaning.IsSame(condition, wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(IReadOnlyList<Field> fields, Field wanted)
    {
        foreach (Field field in fields)
        {
            if (field == wanted)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether it takes what the conditions of its options take, all of them, as far as a packet is whole and has what they ask about; then
    /// <see cref="Ask(ReadOnlySpan{byte}, Packet, out Option?)"/> need not be asked.
    /// </summary>
    public virtual bool AsksByConditions => true;

    /// <summary>Whether the kernel would find that a match takes a packet.</summary>
    public Answer Ask(ReadOnlySpan<byte> payload, Packet packet) => Ask(payload, packet, out _);

    /// <summary>Whether the kernel would find that a match takes a packet.</summary>
    /// <param name="payload">The payload, in the newest layout.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="by">The option that decides if the answer is not yes; null if it is the match as a whole.</param>
    public virtual Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        if (Usage.Protocols is { } protocols && packet.Protocol is { } protocol && !protocols.AsSpan().Contains(protocol))
        {
            return Answer.No; // such a rule must name the protocol, so the match is not even called
        }

        Answer answer = Answer.Yes;
        foreach (Option option in Options)
        {
            Field? field = option.Of?.In(packet.Family);
            if (field?.GetType() == typeof(WordField))
            {
                answer = Answer.Unknown; // in a header that is known by nft's words alone, even if no condition is on it
            }

            if (field?.Header is { } header && packet.Has(header) is not Answer.Yes and var lacking)
            {
                return lacking;
            }
        }

        foreach (Option option in Options)
        {
            if (!option.IsShorthand && !option.IsIdle && option.IsAsked(payload))
            {
                Answer its = option.Of is null ? Answer.Unknown : option.ConditionIn(payload, packet.Family).Ask(packet);
                if (its < answer)
                {
                    (answer, by) = (its, option);
                }
            }
        }

        return answer;
    }

    /// <summary>Does with a packet what the target does.</summary>
    /// <param name="payload">The payload, in the newest layout.</param>
    /// <param name="packet">The packet, which it may change.</param>
    /// <returns>What becomes of the packet; null if that is not known.</returns>
    public virtual Fate? Act(ReadOnlySpan<byte> payload, Packet packet) => null;

    /// <summary>The index of one of its options in <see cref="Options"/>.</summary>
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

    /// <summary>The error of an option whose value has a line end in it.</summary>
    internal UsageException WithLineEnd(Option option) => Argument.WithLineEnd($"{Name}: the value of option \"--{option.FullName}\"");

    /// <summary>Checks that an option may be given once more, inverted or not, with those given before.</summary>
    /// <exception cref="UsageException">It may not.</exception>
    internal void CheckUse(int place, in Given given, bool isInverted)
    {
        Option option = Options[place];
        if (given[place] && !option.MayRepeat)
        {
            throw new UsageException(option.Letter != '\0' ? $"multiple -{option.Letter} flags not allowed"
                : option.Complaint ?? $"{Name}: option \"--{option.FullName}\" can only be used once.\n");
        }

        if (isInverted && !option.CanInvert)
        {
            throw new UsageException(option.InversionComplaint ?? $"{Name}: option \"--{option.FullName}\" cannot be inverted.\n");
        }

        if (option.Complaint is not null)
        {
            CheckCompany(option, given); // an option with a complaint of its own makes it at once
        }
    }

    /// <summary>Checks that all options that are required were given, and that those given go together.</summary>
    /// <exception cref="UsageException">It is not so.</exception>
    internal void CheckGiven(in Given given)
    {
        for (int place = 0; place < Options.Length; place++)
        {
            if (given[place])
            {
                CheckCompany(Options[place], given);
            }
            else if (Options[place].IsRequired)
            {
                throw new UsageException($"{Name}: option \"--{Options[place].FullName}\" must be specified\n");
            }
        }
    }

    /// <summary>Writes its options as they would be typed, each with a leading blank.</summary>
    public virtual void Save(ReadOnlySpan<byte> payload, Output output, in Format format)
    {
        foreach (Option option in Options)
        {
            if (!option.IsShorthand && option.IsWritten(payload))
            {
                option.Save(payload, output, format);
            }
        }
    }

    /// <summary>Sets the defaults that the options do not declare.</summary>
    protected abstract void SetDefaults(Span<byte> payload);

    /// <summary>Checks across options and completes the payload.</summary>
    protected abstract void Complete(Span<byte> payload, in Given given, RuleInProgress rule);

    /// <summary>Checks that what an option needs was given, and nothing that it excludes.</summary>
    /// <param name="option">One of its options.</param>
    /// <param name="given">Which of its options were given.</param>
    /// <exception cref="UsageException">It is not so.</exception>
    private void CheckCompany(Option option, in Given given)
    {
        foreach (Option other in option.Needs.AsSpan())
        {
            if (!ReferenceEquals(other, option) && !given[other])
            {
                throw new UsageException($"{Name}: option \"--{option.FullName}\" also requires \"--{other.Name}\".\n");
            }
        }

        foreach (Option other in option.Excluded.AsSpan())
        {
            if (!ReferenceEquals(other, option) && given[other])
            {
                throw new UsageException(option.Complaint
                    ?? $"{Name}: option \"--{option.FullName}\" cannot be used together with \"--{other.FullName}\".\n");
            }
        }
    }

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
