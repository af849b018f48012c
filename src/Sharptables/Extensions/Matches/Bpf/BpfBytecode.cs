using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>A BPF program in numbers, <c>2,48 0 0 9,6 0 0 1</c>: its length and then its instructions.</summary>
internal sealed class BpfBytecode : Syntax<BpfProgram>
{
    /// <summary>The longest program (XT_BPF_MAX_NUM_INSTR).</summary>
    public const int MaxInstructions = 64;

    /// <inheritdoc/>
    public override string Placeholder => "program";

    /// <summary>Writes a program: the number of instructions, then each of them.</summary>
    public static void WriteProgram(ReadOnlySpan<BpfInstruction> program, Output output)
    {
        output.WriteNumber((ulong)program.Length);
        output.Write((byte)',');
        WriteInstructions(program, output);
    }

    /// <summary>Writes the instructions without their number.</summary>
    public static void WriteInstructions(ReadOnlySpan<BpfInstruction> program, Output output)
    {
        for (int i = 0; i < program.Length; i++)
        {
            BpfInstruction instruction = program[i];
            output.Write(i == 0 ? "" : ",");
            output.WriteNumber((ulong)instruction.Code);
            output.Write((byte)' ');
            output.WriteNumber((ulong)instruction.JumpTrue);
            output.Write((byte)' ');
            output.WriteNumber((ulong)instruction.JumpFalse);
            output.Write((byte)' ');
            output.WriteNumber((ulong)instruction.Operand);
        }
    }

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref BpfProgram field)
    {
        ReadOnlySpan<byte> text = argument.Text;
        if (!TryReadNumber(ref text, long.MaxValue, out long count) || text.IsEmpty || text[0] != ',')
        {
            throw new UsageException("bpf: error parsing program length");
        }

        field.Count = count is >= 0 and <= MaxInstructions
            ? (ushort)count
            : throw new UsageException("bpf: number of instructions exceeds maximum");
        if (count == 0)
        {
            throw new UsageException("bpf: illegal zero length program");
        }

        text = text[1..];
        int read = 0;
        while (!text.IsEmpty)
        {
            if (read == count)
            {
                throw new UsageException("bpf: real program length exceeds the encoded length parameter");
            }

            int comma = text.IndexOf((byte)',');
            ReadOnlySpan<byte> part = comma < 0 ? text : text[..comma];
            text = comma < 0 ? [] : text[(comma + 1)..];
            if (!TryReadNumber(ref part, ushort.MaxValue, out long code) || !TryReadNumber(ref part, byte.MaxValue, out long jumpTrue)
                || !TryReadNumber(ref part, byte.MaxValue, out long jumpFalse) || !TryReadNumber(ref part, uint.MaxValue, out long operand))
            {
                throw new UsageException($"bpf: error at instr {read}");
            }

            field.Instructions[read++] = new((ushort)code, (byte)jumpTrue, (byte)jumpFalse, (uint)operand);
        }

        if (read < count)
        {
            throw new UsageException("bpf: parsed program length is less than the encoded length parameter");
        }
    }

    /// <inheritdoc/>
    public override void Write(in BpfProgram field, Output output, in Format format)
    {
        output.Write((byte)'"');
        WriteProgram(field.Used, output);
        output.Write((byte)'"');
    }

    /// <summary>Reads a decimal number at the start; a negative one is taken as its bits.</summary>
    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, long max, out long number)
    {
        ReadOnlySpan<byte> digits = text.TrimStart(" \t\n\v\f\r"u8);
        bool isNegative = digits is [(byte)'-', ..];
        bool isNumber = DecimalText.TryReadPrefix(isNegative ? digits[1..] : digits, out ulong value, out text);
        number = value > (ulong)max ? long.MaxValue : isNegative ? -(long)value : (long)value;
        return isNumber && number <= max;
    }
}
