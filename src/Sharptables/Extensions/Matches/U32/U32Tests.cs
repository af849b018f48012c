using System;
using Sharptables.Extensions.Syntax;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>The language of <c>--u32</c>, as described in iptables-extensions(8).</summary>
internal sealed class U32Tests : Syntax<U32Info.TestList>
{
    private static readonly string[] s_operators = ["&", "<<", ">>", "@"];

    /// <inheritdoc/>
    public override string Placeholder => "tests";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref U32Info.TestList field)
    {
        Reader reader = new(argument.Text);
        while (true)
        {
            ref U32Info.Test test = ref field.All[field.Count];
            ParseSteps(ref reader, ref test);
            ParseSpans(ref reader, ref test);
            bool isLast = reader.IsAtEnd;
            if (!isLast)
            {
                reader.Skip(); // the first &
                reader.Expect('&');
            }

            if (++field.Count > U32Info.MaxSize)
            {
                throw reader.Bad("too many \"&&\"s");
            }

            if (isLast)
            {
                return;
            }

            reader.Skip();
        }
    }

    /// <summary>Writes at most as many as there are slots, whatever the counts say.</summary>
    public override void Write(in U32Info.TestList field, Output output, in Format format)
    {
        output.Write((byte)'"');
        for (int i = 0; i < Math.Min((int)field.Count, U32Info.MaxSize + 1); i++)
        {
            output.Write(i == 0 ? "" : "&&");
            ref readonly U32Info.Test test = ref field.All[i];
            for (int j = 0; j < Math.Min((int)test.StepCount, U32Info.MaxSize + 1); j++)
            {
                output.Write(j == 0 ? "" : s_operators[test.Steps[j].Operator & 3]);
                output.WriteHex(test.Steps[j].Number);
            }

            for (int j = 0; j < Math.Min((int)test.SpanCount, U32Info.MaxSize + 1); j++)
            {
                Interval<uint> span = test.Spans[j];
                output.Write((byte)(j == 0 ? '=' : ','));
                output.WriteHex(span.First);
                if (span.First != span.Last)
                {
                    output.Write((byte)':');
                    output.WriteHex(span.Last);
                }
            }
        }

        output.Write((byte)'"');
    }

    /// <summary>Reads a location, including the <c>=</c> after it.</summary>
    private static void ParseSteps(ref Reader reader, ref U32Info.Test test)
    {
        while (true)
        {
            reader.SkipBlanks();
            if (reader.IsAtEnd)
            {
                throw new UsageException("u32: abrupt end of input after location specifier");
            }

            byte next = reader.Next;
            if (next == '=')
            {
                if (test.StepCount == 0)
                {
                    throw reader.Bad("location spec missing");
                }

                reader.Skip();
                return;
            }

            ref U32Info.Step step = ref test.Steps[test.StepCount];
            if (test.StepCount > 0)
            {
                int found = "&<>@"u8.IndexOf(next);
                if (found < 0)
                {
                    throw reader.Bad("operator expected");
                }

                reader.Skip();
                if (next is (byte)'<' or (byte)'>')
                {
                    reader.Expect((char)next);
                    reader.Skip();
                }

                step.Operator = (byte)found;
            }

            step.Number = reader.ReadNumber();
            if (++test.StepCount > U32Info.MaxSize)
            {
                throw reader.Bad("too many operators");
            }
        }
    }

    /// <summary>Reads the accepted values, up to the end or the <c>&amp;</c> after them.</summary>
    private static void ParseSpans(ref Reader reader, ref U32Info.Test test)
    {
        while (true)
        {
            reader.SkipBlanks();
            if (reader.IsAtEnd)
            {
                if (test.SpanCount == 0)
                {
                    throw new UsageException("u32: test ended with no value specified");
                }

                return;
            }

            if (test.SpanCount > 0)
            {
                if (reader.Next == '&')
                {
                    return;
                }

                if (reader.Next != ',')
                {
                    throw reader.Bad("expected \",\" or \"&&\"");
                }

                reader.Skip();
            }

            uint first = reader.ReadNumber();
            reader.SkipBlanks();
            uint last = first;
            if (!reader.IsAtEnd && reader.Next == ':')
            {
                reader.Skip();
                last = reader.ReadNumber();
            }

            test.Spans[test.SpanCount] = new Interval<uint> { First = first, Last = last };
            if (++test.SpanCount > U32Info.MaxSize)
            {
                throw reader.Bad("too many \",\"s");
            }
        }
    }

    /// <summary>A text and the position in it.</summary>
    private ref struct Reader(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _at;

        public readonly bool IsAtEnd => _at >= _text.Length;

        public readonly byte Next => _text[_at];

        public void Skip() => _at++;

        public void SkipBlanks()
        {
            while (!IsAtEnd && Next is (byte)' ' or (>= 9 and <= 13))
            {
                _at++;
            }
        }

        public readonly void Expect(char second)
        {
            if (IsAtEnd || Next != second)
            {
                throw Bad($"a second '{second}' was expected");
            }
        }

        public uint ReadNumber()
        {
            if (!Numerals.TryReadPrefix(_text[_at..], out ulong number, out ReadOnlySpan<byte> rest) || number > uint.MaxValue)
            {
                throw Bad("not a number or out of range");
            }

            _at = _text.Length - rest.Length;
            return (uint)number;
        }

        public readonly UsageException Bad(string message) => new($"u32: at char {_at}: {message}");
    }
}
