using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Threading;

namespace Sharptables.Names;

/// <summary>
/// One of the system's name databases: its file in /etc, read when first needed, and the system's other sources for what the file lacks.
/// Every answer is remembered, including that there is none.
/// </summary>
internal abstract class NameDatabase
{
    private readonly Lock _lock = new();
    private NameTable? _table;

    /// <summary>Its name in nsswitch.conf and for getent.</summary>
    protected abstract ReadOnlySpan<byte> Database { get; }

    protected abstract ReadOnlySpan<byte> Path { get; }

    /// <summary>Why a name may not have been found: a source that could not be asked. Null when all were.</summary>
    public string? Gap => NameServiceSwitch.Gap(Database, Path);

    private bool HasOtherSources => (NameServiceSwitch.Of(Database) & NameSources.Others) != 0;

    /// <summary>The number of a name, or null.</summary>
    public uint? FindNumber(ReadOnlySpan<byte> name, ReadOnlySpan<byte> scope = default)
    {
        lock (_lock)
        {
            NameTable table = _table ??= Load();
            if (table.TryGetNumber(name, scope, out uint? number) || name.IsEmpty)
            {
                return number;
            }

            if (Getent.CanAsk(name))
            {
                AskSystem(table, [name.ToArray()], scope);
            }

            if (!table.TryGetNumber(name, scope, out number))
            {
                byte[] text = [.. name, .. scope];
                table.Add(table.AddText(text), ..name.Length, name.Length.., null, isCanonical: false);
            }

            return number;
        }
    }

    /// <summary>The name of a number, or an empty span.</summary>
    public ReadOnlySpan<byte> FindName(uint number, ReadOnlySpan<byte> scope = default)
    {
        lock (_lock)
        {
            NameTable table = _table ??= Load();
            if (table.TryGetName(number, scope, out ReadOnlySpan<byte> name))
            {
                return name;
            }

            AskSystem(table, [Key(number)], scope);
            if (!table.TryGetName(number, scope, out name))
            {
                table.AddNameless(number, scope);
            }

            return name;
        }
    }

    /// <summary>Looks up many numbers at once, so that their names, or that they have none, are known.</summary>
    public void Foresee(List<uint> numbers)
    {
        lock (_lock)
        {
            if (!HasOtherSources)
            {
                return;
            }

            NameTable table = _table ??= Load();
            numbers.RemoveAll(number => table.TryGetName(number, default, out _));
            AskSystem(table, numbers.ConvertAll(Key), default);
            foreach (uint number in numbers)
            {
                if (!table.TryGetName(number, default, out _))
                {
                    table.AddNameless(number, default);
                }
            }
        }
    }

    /// <summary>A number as a key for getent.</summary>
    protected virtual byte[] Key(uint number)
    {
        Span<byte> digits = stackalloc byte[10];
        Utf8Formatter.TryFormat(number, digits, out int length);
        return digits[..length].ToArray();
    }

    /// <summary>
    /// Adds what a text has, the file or what getent writes: in each line a name, the field with its number, and aliases.
    /// </summary>
    internal virtual void Parse(NameTable table, byte[] text)
    {
        int id = table.AddText(text);
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            Range name = lines.NextField();
            Range field = lines.NextField();
            if (!TryRead(text.AsSpan(field), out uint number, out int scopeLength))
            {
                continue;
            }

            bool isCanonical = true;
            while (!text.AsSpan(name).IsEmpty)
            {
                table.Add(id, name, (field.End.Value - scopeLength)..field.End, number, isCanonical);
                if (scopeLength > 0)
                {
                    table.Add(id, name, 0..0, number, isCanonical); // for look-ups without a scope
                }

                isCanonical = false;
                name = lines.NextField();
            }
        }
    }

    /// <summary>Reads the field with the number, which is a decimal number unless overridden.</summary>
    /// <param name="field">The field.</param>
    /// <param name="number">The number.</param>
    /// <param name="scopeLength">The length of the scope at the field's end; 0 for none.</param>
    /// <returns>False if it has no number: the line is ignored.</returns>
    protected virtual bool TryRead(ReadOnlySpan<byte> field, out uint number, out int scopeLength)
    {
        scopeLength = 0;
        return Utf8Parser.TryParse(field, out number, out int used) && used == field.Length;
    }

    private NameTable Load()
    {
        NameTable table = new();
        if (SystemFile.Read(Path) is { } text)
        {
            Parse(table, text);
        }

        return table;
    }

    private void AskSystem(NameTable table, List<byte[]> keys, ReadOnlySpan<byte> scope)
    {
        if (!HasOtherSources)
        {
            return;
        }

        for (int i = 0; i < keys.Count && !scope.IsEmpty; i++)
        {
            keys[i] = [.. keys[i], (byte)'/', .. scope];
        }

        Getent.AskAll(Database, keys, answer => Parse(table, answer));
    }
}
