using System;
using System.Buffers.Binary;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Backends.Legacy;

/// <summary>Writes a table entry by entry, as <c>-vv</c> does: offsets, masks and verdicts as the kernel has them.</summary>
public static class BlobText
{
    /// <summary>Writes the entries.</summary>
    /// <param name="entries">The entries as the kernel handed them out.</param>
    /// <param name="info">What the kernel said of them.</param>
    /// <param name="family">The family.</param>
    /// <param name="output">Where to.</param>
    public static void Write(NativeBuffer entries, in IptGetinfo info, Family family, Output output)
    {
        RuleLayout layout = new(family);
        ReadOnlySpan<byte> name = info.Name;
        output.Write("libiptc vlibxtables.so.12. "u8);
        output.WriteNumber((ulong)info.Size);
        output.Write(" bytes.\nTable `"u8);
        output.Write(name[..name.IndexOf((byte)0)]);
        output.Write("'\nHooks: pre/in/fwd/out/post = "u8);
        WriteHooks(info, info.HookEntry, output);
        output.Write("Underflows: pre/in/fwd/out/post = "u8);
        WriteHooks(info, info.Underflow, output);
        int number = 0;
        for (int offset = 0; offset < entries.Length; number++)
        {
            Rule rule = BlobReader.RuleAt(entries, offset, layout, out _);
            output.Write("Entry "u8);
            output.WriteNumber((ulong)number);
            output.Write(" ("u8);
            output.WriteNumber((ulong)offset);
            output.Write("):\n"u8);
            WriteEntry(rule, output);
            offset += rule.Bytes.Length;
        }
    }

    private static void WriteHooks(in IptGetinfo info, in HookOffsets offsets, Output output)
    {
        for (int hook = 0; hook < HookOffsets.Count; hook++)
        {
            if (hook > 0)
            {
                output.Write((byte)'/');
            }

            output.WriteHexDigits((info.ValidHooks & (1u << hook)) == 0 ? uint.MaxValue : offsets[hook], minimum: 1);
        }

        output.Write((byte)'\n');
    }

    private static void WriteEntry(Rule rule, Output output)
    {
        WriteAddress("SRC IP: "u8, rule.Source, rule.SourceMask, output);
        WriteAddress("DST IP: "u8, rule.Destination, rule.DestinationMask, output);
        output.Write("Interface: `"u8);
        WriteInterface(rule.InInterface, rule.InInterfaceMask, output);
        output.Write("to `"u8);
        WriteInterface(rule.OutInterface, rule.OutInterfaceMask, output);
        output.Write("\nProtocol: "u8);
        output.WriteNumber((ulong)rule.Protocol);
        output.Write("\nFlags: "u8);
        WriteByte((byte)rule.Flags, output);
        output.Write("\nInvflags: "u8);
        WriteByte((byte)rule.Inversions, output);
        output.Write("\nCounters: "u8);
        output.WriteNumber(rule.Counters.Pcnt);
        output.Write(" packets, "u8);
        output.WriteNumber(rule.Counters.Bcnt);
        output.Write(" bytes\nCache: "u8);
        output.WriteHexDigits(BinaryPrimitives.ReadUInt32LittleEndian(rule.Bytes[(rule.Layout.TargetOffset - 4)..]), minimum: 8);
        output.Write((byte)'\n');
        foreach (ExtensionRecord match in rule)
        {
            output.Write("Match name: `"u8);
            MessageText.Show(match.Name, output);
            output.Write("'\n"u8);
        }

        WriteTarget(rule.Target, output);
    }

    private static void WriteTarget(ExtensionRecord target, Output output)
    {
        output.Write("Target name: `"u8);
        MessageText.Show(target.Name, output);
        output.Write("' ["u8);
        output.WriteNumber((ulong)target.Bytes.Length);
        output.Write("]\n"u8);
        if (target.IsStandardTarget)
        {
            output.Write("verdict="u8);
            switch (target.Verdict)
            {
                case >= 0:
                    output.WriteNumber((long)target.Verdict);
                    break;
                case Verdict.Return:
                    output.Write("RETURN"u8);
                    break;
                default:
                    output.Write("NF_"u8);
                    output.Write(StandardVerdict.Name(target.Verdict));
                    break;
            }

            output.Write((byte)'\n');
        }
        else if (target.IsErrorTarget)
        {
            int end = target.Payload.IndexOf((byte)0);
            output.Write("error=`"u8);
            MessageText.Show(end < 0 ? target.Payload : target.Payload[..end], output);
            output.Write("'\n"u8);
        }

        output.Write((byte)'\n');
    }

    private static void WriteAddress(ReadOnlySpan<byte> label, ReadOnlySpan<byte> address, ReadOnlySpan<byte> mask, Output output)
    {
        output.Write(label);
        if (address.Length == 4)
        {
            Addresses.Write(output, address);
            output.Write((byte)'/');
            Addresses.Write(output, mask);
            output.Write((byte)'\n');
            return;
        }

        output.Write((byte)'\n');
        Addresses.Write(output, address);
        output.Write((byte)'\n');
        Addresses.WriteMask(output, mask, evenIfFull: true);
        output.Write(Addresses.PrefixLength(mask) < 0 ? "\n\n"u8 : "\n"u8);
    }

    private static void WriteInterface(ReadOnlySpan<byte> name, ReadOnlySpan<byte> mask, Output output)
    {
        int end = name.IndexOf((byte)0);
        MessageText.Show(end < 0 ? name : name[..end], output);
        output.Write("'/"u8);
        foreach (byte b in mask)
        {
            output.Write((byte)(b != 0 ? 'X' : '.'));
        }
    }

    private static void WriteByte(byte value, Output output)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        output.Write(digits[value >> 4]);
        output.Write(digits[value & 15]);
    }
}
