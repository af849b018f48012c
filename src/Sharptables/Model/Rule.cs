using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A view of one rule in the form that x_tables has for it: a head with addresses, interfaces and protocol, then matches, then one
/// target. Nothing is copied: writing to a property writes into the table. All addresses are in network byte order.
/// </summary>
internal readonly ref struct Rule
{
    private readonly RuleLayout _layout;

    /// <param name="bytes">The rule and whatever follows it; its own size is read from it.</param>
    /// <param name="layout">The family's layout.</param>
    /// <exception cref="MalformedTableException">The size is smaller than a head, or larger than the bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a walk over a table makes two of each rule
    public Rule(Span<byte> bytes, RuleLayout layout)
    {
        int size = bytes.Length < layout.HeadSize ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes[layout.NextOffset..]);
        if (size < layout.HeadSize || size > bytes.Length)
        {
            throw new MalformedTableException("a rule has an impossible size");
        }

        _layout = layout;
        Bytes = bytes[..size];
    }

    /// <summary>Head, matches and target.</summary>
    public Span<byte> Bytes { get; }

    /// <summary>The family's layout.</summary>
    public RuleLayout Layout => _layout;

    /// <summary>The family.</summary>
    public Family Family => _layout.Family;

    /// <summary>What its head asks of a packet: the payload of the head as a match.</summary>
    public Span<byte> Conditions => Bytes[.._layout.ConditionsSize];

    /// <summary>Protocol number, or for a bridge the EtherType as it is in a frame (<see cref="EtherType"/>); 0 is any.</summary>
    public ushort Protocol
    {
        get => MemoryMarshal.Read<ushort>(Bytes[_layout.Protocol..]);
        set => MemoryMarshal.Write(Bytes[_layout.Protocol..], value);
    }

    /// <summary>Flags; the bits mean other things in the two families.</summary>
    public RuleFlags Flags
    {
        get => (RuleFlags)Bytes[_layout.Flags];
        set => Bytes[_layout.Flags] = (byte)value;
    }

    /// <summary>Which conditions are inverted.</summary>
    public Inversions Inversions
    {
        get => (Inversions)Bytes[_layout.Inversions];
        set => Bytes[_layout.Inversions] = (byte)value;
    }

    /// <summary>Whether it is about all protocols but <see cref="Protocol"/>.</summary>
    public bool IsProtocolInverted => (Inversions & _layout.ProtocolInversion) != 0;

    /// <summary>Whether a jump to a chain is a goto: RETURN there goes back past this chain.</summary>
    public bool IsGoto
    {
        get => (Flags & GotoFlag) != 0;
        set => Flags = value ? Flags | GotoFlag : Flags & ~GotoFlag;
    }

    /// <summary>Where the target begins, from the rule's first byte.</summary>
    public int TargetOffset
    {
        get => BinaryPrimitives.ReadUInt16LittleEndian(Bytes[_layout.TargetOffset..]);
        set => BinaryPrimitives.WriteUInt16LittleEndian(Bytes[_layout.TargetOffset..], checked((ushort)value));
    }

    /// <summary>The counters: what the kernel said when it was read, or what a new rule begins with.</summary>
    public ref XtCounters Counters => ref MemoryMarshal.AsRef<XtCounters>(Bytes.Slice(_layout.Counters, 16));

    /// <summary>The target.</summary>
    public ExtensionRecord Target => new(Bytes[TargetOffset..]);

    /// <summary>The matches, in the order in which the kernel asks them.</summary>
    public MatchEnumerator GetEnumerator() => new(Bytes[_layout.HeadSize..TargetOffset]);

    /// <summary>Whether its head asks nothing of a packet.</summary>
    internal bool HasNoConditions => !Conditions.ContainsAnyExcept((byte)0);

    /// <summary>What the kernel does not use any more.</summary>
    internal uint NfCache => MemoryMarshal.Read<uint>(Bytes[_layout.NfCache..]);

    /// <summary>
    /// The line of input that it comes from, or 0. It stands in <c>comefrom</c>, which the kernel ignores in what it is given.
    /// </summary>
    internal int Line
    {
        get => MemoryMarshal.Read<int>(Bytes[_layout.ComeFrom..]);
        set => MemoryMarshal.Write(Bytes[_layout.ComeFrom..], value);
    }

    private RuleFlags GotoFlag => _layout.GotoFlag;

    /// <summary>Writes the size of a rule into its head.</summary>
    internal static void WriteSize(Span<byte> head, RuleLayout layout, int size) =>
        BinaryPrimitives.WriteUInt16LittleEndian(head[layout.NextOffset..], checked((ushort)size));

    /// <summary>Walks the matches of a rule.</summary>
    /// <param name="rest">The matches.</param>
    public ref struct MatchEnumerator(Span<byte> rest)
    {
        private Span<byte> _rest = rest;

        /// <summary>The match.</summary>
        public ExtensionRecord Current { get; private set; }

        /// <summary>Goes to the next match.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            Current = new ExtensionRecord(_rest);
            _rest = _rest[Current.Bytes.Length..];
            return true;
        }
    }
}
