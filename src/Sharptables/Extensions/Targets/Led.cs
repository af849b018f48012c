using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j LED</c>.</summary>
internal sealed class Led : Target<LedInfo>
{
    /// <inheritdoc/>
    public override string Name => "LED";

    /// <inheritdoc/>
    public override string Summary => "Makes an LED of the machine blink for the packet (/sys/class/leds).";

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Delay);

    public Led() => Options =
    [
        Option("led-trigger-id", new TriggerSyntax(), (ref i) => ref i.Id, "The name of the trigger, after netfilter-.", required: true,
            label: " led-trigger-id:"),
        Option("led-delay", new DelaySyntax(), (ref i) => ref i.Delay, "How long it is lit, in milliseconds, or inf.",
            absent: 0),
        Flag("led-always-blink", Bit((ref i) => ref i.AlwaysBlink, 1), "Blinks even if it is already lit."),
    ];

    /// <summary>Without the name, and always with the delay.</summary>
    protected override void List(in LedInfo info, Output output, in Format format)
    {
        output.Write(" led-trigger-id:"u8);
        TriggerSyntax.Write(info.Id, output);
        output.Write(" led-delay:"u8);
        DelaySyntax.Write(info.Delay, output);
        output.Write(info.Delay == DelaySyntax.Forever ? "" : "ms");
        output.Write(info.AlwaysBlink != 0 ? " led-always-blink" : "");
    }

    /// <summary>A name, always in quotes, without the prefix <c>netfilter-</c>.</summary>
    private sealed class TriggerSyntax : Syntax<LedInfo.TriggerId>
    {
        private const int MaxLength = 16;

        private static ReadOnlySpan<byte> Prefix => "netfilter-"u8;

        public override string Placeholder => "name";

        public static void Write(in LedInfo.TriggerId id, Output output)
        {
            ReadOnlySpan<byte> text = BoundedText<LedInfo.TriggerId>.Text(id);
            output.Write((byte)'"');
            foreach (byte c in text.StartsWith(Prefix) ? text[Prefix.Length..] : text)
            {
                if (c is (byte)'"' or (byte)'\'' or (byte)'\\')
                {
                    output.Write((byte)'\\');
                }

                output.Write(c);
            }

            output.Write((byte)'"');
        }

        public override void Parse(in Argument argument, ref LedInfo.TriggerId field)
        {
            if (argument.Text.Length > MaxLength)
            {
                throw new UsageException($"Argument must have a maximum length of {MaxLength} characters\n");
            }

            field = default;
            Prefix.CopyTo(field);
            argument.Text.CopyTo(field[Prefix.Length..]);
        }

        public override void Write(in LedInfo.TriggerId field, Output output, in Format format) => Write(field, output);
    }

    /// <summary>A number of milliseconds, or <c>inf</c>.</summary>
    private sealed class DelaySyntax : Syntax<uint>
    {
        public const uint Forever = uint.MaxValue;

        public override string Placeholder => "ms";

        public static void Write(uint delay, Output output)
        {
            if (delay == Forever)
            {
                output.Write("inf"u8);
            }
            else
            {
                output.WriteNumber((ulong)delay);
            }
        }

        public override void Parse(in Argument argument, ref uint field)
        {
            if (argument.Text.Length >= 3 && Ascii.EqualsIgnoreCase(argument.Text[..3], "inf"u8))
            {
                field = Forever;
            }
            else if (Numerals.TryRead(argument.Text, 0, uint.MaxValue, out ulong delay))
            {
                field = (uint)delay;
            }
            else
            {
                throw new UsageException($"Delay value must be within range 0..{uint.MaxValue}");
            }
        }

        public override void Write(in uint field, Output output, in Format format) => Write(field, output);
    }

    /// <inheritdoc/>
    protected override Fate? Act(in LedInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j LED</c>.</summary>
[KernelStruct("struct xt_led_info", "linux/netfilter/xt_LED.h")]
[StructLayout(LayoutKind.Sequential)]
public struct LedInfo
{
    /// <summary>The name of the trigger, prefixed with <c>netfilter-</c>.</summary>
    public TriggerId Id;

    /// <summary>Whether it blinks even when already lit.</summary>
    public byte AlwaysBlink;

    /// <summary>In milliseconds; all ones: it stays lit.</summary>
    public uint Delay;

    /// <summary>Private to the kernel.</summary>
    public ulong InternalData;

    /// <summary><c>char id[27]</c>.</summary>
    [InlineArray(27)]
    public struct TriggerId
    {
        private byte _first;
    }
}
