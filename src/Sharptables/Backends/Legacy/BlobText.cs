using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Backends.Legacy;

/// <summary>Writes a table entry by entry, as <c>-vv</c> does: raw offsets, masks and verdicts.</summary>
internal static class BlobText
{
    /// <summary>Writes all entries.</summary>
    /// <param name="entries">The entries, as the kernel returned them or as they are held since.</param>
    /// <param name="info">Their hooks, number and size.</param>
    /// <param name="family">The family.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(NativeBuffer entries, in TableInfo info, Family family, Output output)
    {
        RuleLayout layout = family.Layout;
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
            Rule rule = BlobReader.RuleAt(entries.Bytes[offset..], layout, out _);
            output.Write("Entry "u8);
            output.WriteNumber((ulong)number);
            output.Write(" ("u8);
            output.WriteNumber((ulong)offset);
            output.Write("):\n"u8);
            offset += rule.Bytes.Length;
            WriteEntry(rule, next: offset, output);
        }
    }

    private static void WriteHooks(in TableInfo info, in HookOffsets offsets, Output output)
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

    private static void WriteEntry(Rule rule, int next, Output output)
    {
        HeadList.Of(rule.Family).Columns!.WriteEntry(rule.Conditions, output);
        output.Write("Counters: "u8);
        output.WriteNumber(rule.Counters.Packets);
        output.Write(" packets, "u8);
        output.WriteNumber(rule.Counters.Bytes);
        output.Write(" bytes\nCache: "u8);
        output.WriteHexDigits(rule.NfCache, minimum: 8);
        output.Write((byte)'\n');
        foreach (ExtensionRecord match in rule)
        {
            output.Write("Match name: `"u8);
            MessageText.Show(match.Name, output);
            output.Write("'\n"u8);
        }

        WriteTarget(rule.Target, next, output);
    }

    private static void WriteTarget(ExtensionRecord target, int next, Output output)
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
                    output.WriteNumber((long)(target.Verdict == Verdict.Continue ? next : target.Verdict));
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
}
