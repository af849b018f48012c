using System.Runtime.InteropServices;
using System;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j CLASSIFY</c>.</summary>
internal sealed class Classify : Target<ClassifyInfo>
{
    /// <inheritdoc/>
    public override string Name => "CLASSIFY";

    /// <inheritdoc/>
    public override string Summary => "Puts the packet into a class of traffic control (tc(8)).";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override Usage Usage { get; }

    /// <param name="hooks">The hooks from which the kernel takes it.</param>
    /// <param name="digits">The least number of digits that are saved.</param>
    public Classify(Hooks hooks = Hooks.Forward | Hooks.Output | Hooks.PostRouting, int digits = 4)
    {
        Usage = new(Hooks: hooks);
        Options =
        [
            Option("set-class", new ClassSyntax(digits), (ref i) => ref i.Priority, "The class, always in hexadecimal.", required: true,
                label: " CLASSIFY set "),
        ];
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref ClassifyInfo info)
    {
        if (statement is not Statement.Change { Field: "meta priority", From: "" } change)
        {
            return false;
        }

        info.Priority = (uint)change.Value;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in ClassifyInfo info, NftText nft) => nft.Write(
        " meta priority set " + info.Priority switch { 0 => "none", uint.MaxValue => "root", _ => $"{info.Priority >> 16:x}:{info.Priority & ushort.MaxValue:x}" });

    /// <summary>A class as in tc(8): two hexadecimal numbers separated by a colon.</summary>
    /// <param name="savedDigits">The least number of digits that are saved.</param>
    private sealed class ClassSyntax(int savedDigits) : Syntax<uint>
    {
        public override string Placeholder => "MAJOR:MINOR";

        public override void Parse(in Argument argument, ref uint field)
        {
            int colon = argument.Text.IndexOf((byte)':');
            if (colon < 0 || !TryRead(argument.Text[..colon], out uint major) || !TryRead(argument.Text[(colon + 1)..], out uint minor))
            {
                throw new UsageException($"Bad class value \"{argument.Word}\"") { Hint = "Both numbers are hexadecimal, 0 to ffff." };
            }

            field = (major << 16) | minor;
        }

        public override void Write(in uint field, Output output, in Format format)
        {
            int digits = format.IsListing ? 1 : savedDigits;
            output.WriteHexDigits(field >> 16, digits);
            output.Write((byte)':');
            output.WriteHexDigits(field & ushort.MaxValue, digits);
        }

        private static bool TryRead(ReadOnlySpan<byte> text, out uint number)
        {
            number = 0;
            text = text.Trim(" \t"u8);
            text = text.StartsWith("0x"u8) || text.StartsWith("0X"u8) ? text[2..] : text;
            foreach (byte c in text)
            {
                if (!char.IsAsciiHexDigit((char)c) || number > 0xfff)
                {
                    return false;
                }

                number = (number << 4) | (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
            }

            return !text.IsEmpty;
        }
    }

    /// <inheritdoc/>
    protected override Fate? Act(in ClassifyInfo info, Packet packet)
    {
        packet.Change(Field.Meta.Priority, kept: 0, info.Priority);
        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j CLASSIFY</c>.</summary>
[KernelStruct("struct xt_classify_target_info", "linux/netfilter/xt_CLASSIFY.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ClassifyInfo
{
    /// <summary>Major number in the upper half, minor in the lower.</summary>
    public uint Priority;
}
