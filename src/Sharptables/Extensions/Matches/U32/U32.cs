using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m u32</c>.</summary>
internal sealed class U32 : Match<U32Info>
{
    /// <inheritdoc/>
    public override string Name => "u32";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by numbers at computed offsets.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's bytes";

    /// <inheritdoc/>
    public override string ListedAs => "";

    public U32() => Options =
    [
        Option("u32", new U32Tests(), (ref i) => ref i.Tests,
            "Tests, such as 6&0xff=1,6: a location in the packet, and the values accepted there; joined by &&.",
            required: true, invert: Bit((ref i) => ref i.Invert, 1), label: " u32 ", invertedLabel: " u32 ! "),
    ];

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        if (!packet.HasBytes)
        {
            return Answer.Unknown;
        }

        ref readonly U32Info info = ref As(payload);
        bool holds = true;
        for (int i = 0; i < Math.Min((int)info.Tests.Count, U32Info.MaxSize + 1); i++)
        {
            holds &= Holds(info.Tests.All[i], packet.Bytes);
        }

        return holds != (info.Invert != 0) ? Answer.Yes : Answer.No;
    }

    /// <summary>Whether a test holds: of what is beyond the packet's end, none does.</summary>
    private static bool Holds(in U32Info.Test test, ReadOnlySpan<byte> bytes)
    {
        const byte And = 0, Left = 1, Right = 2;
        uint at = 0;
        if (!TryRead(bytes, test.Steps[0].Number, out uint value))
        {
            return false;
        }

        for (int i = 1; i < Math.Min((int)test.StepCount, U32Info.MaxSize + 1); i++)
        {
            uint number = test.Steps[i].Number;
            switch (test.Steps[i].Operator)
            {
                case And:
                    value &= number;
                    break;
                case Left:
                    value <<= (int)number;
                    break;
                case Right:
                    value >>= (int)number;
                    break;
                default:
                    ulong next = (ulong)at + value;
                    if (next > uint.MaxValue || !TryRead(bytes, next + number, out value))
                    {
                        return false;
                    }

                    at = (uint)next;
                    break;
            }
        }

        for (int i = 0; i < Math.Min((int)test.SpanCount, U32Info.MaxSize + 1); i++)
        {
            if (test.Spans[i].First <= value && value <= test.Spans[i].Last)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, ulong at, out uint value)
    {
        bool isThere = at + sizeof(uint) <= (ulong)bytes.Length;
        value = isThere ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]) : 0;
        return isThere;
    }
}

/// <summary>The kernel's struct for <c>-m u32</c>.</summary>
[KernelStruct("struct xt_u32", "linux/netfilter/xt_u32.h")]
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct U32Info
{
    /// <summary>The most tests, and the most steps and ranges of each (XT_U32_MAXSIZE).</summary>
    public const int MaxSize = 10;

    /// <summary>The tests.</summary>
    public TestList Tests;

    /// <summary>1: inverted.</summary>
    public byte Invert;

    private readonly ushort _padding;

    /// <summary>Tests and their number.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct TestList
    {
        /// <summary>The tests.</summary>
        public TestArray All;

        /// <summary>How many tests there are.</summary>
        public byte Count;
    }

    /// <summary>Tests; the last slot is never used.</summary>
    [InlineArray(MaxSize + 1)]
    public struct TestArray
    {
        private Test _first;
    }

    /// <summary>A test: a location, and the accepted values.</summary>
    [KernelStruct("struct xt_u32_test", "linux/netfilter/xt_u32.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Test
    {
        /// <summary>The steps to the location.</summary>
        [KernelField("location")]
        public Steps Steps;

        /// <summary>The accepted values.</summary>
        [KernelField("value")]
        public Spans Spans;

        /// <summary>How many steps there are.</summary>
        [KernelField("nnums")]
        public byte StepCount;

        /// <summary>How many spans there are.</summary>
        [KernelField("nvalues")]
        public byte SpanCount;
    }

    /// <summary>An operator and its number; the first step is only a number, the offset to start from.</summary>
    [KernelStruct("struct xt_u32_location_element", "linux/netfilter/xt_u32.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Step
    {
        /// <summary>The number.</summary>
        public uint Number;

        /// <summary>The operator before it: XT_U32_AND, LEFTSH, RIGHTSH, AT.</summary>
        [KernelField("nextop")]
        public byte Operator;
    }

    /// <summary>Steps; the last slot is never used.</summary>
    [InlineArray(MaxSize + 1)]
    public struct Steps
    {
        private Step _first;
    }

    /// <summary>Ranges; the last slot is never used.</summary>
    [InlineArray(MaxSize + 1)]
    public struct Spans
    {
        private Interval<uint> _first;
    }
}
