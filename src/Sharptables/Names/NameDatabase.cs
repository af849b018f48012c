using System;
using System.Buffers.Text;
using System.Threading;

namespace Sharptables.Names;

/// <summary>
/// One of the system's databases of names: its file in /etc, read when first needed, and for what that does not hold the
/// system's other sources. What was asked once is remembered, an answer or none.
/// </summary>
internal abstract class NameDatabase
{
    private readonly Lock _lock = new();
    private NameTable? _table;

    /// <summary>The name of the database in nsswitch.conf and for getent.</summary>
    protected abstract ReadOnlySpan<byte> Database { get; }

    /// <summary>The path of its file.</summary>
    protected abstract ReadOnlySpan<byte> Path { get; }

    /// <summary>Looks a name up.</summary>
    /// <returns>Its number, or null.</returns>
    public uint? FindNumber(ReadOnlySpan<byte> name, ReadOnlySpan<byte> scope = default)
    {
        lock (_lock)
        {
            NameTable table = _table ??= Load();
            if (table.TryGetNumber(name, scope, out uint? number) || name.IsEmpty)
            {
                return number;
            }

            if (name.IndexOfAnyInRange((byte)0, (byte)' ') < 0)
            {
                AskSystem(table, name, scope);
            }

            if (!table.TryGetNumber(name, scope, out number))
            {
                byte[] text = [.. name, .. scope];
                table.Add(table.AddText(text), ..name.Length, name.Length.., null, isCanonical: false);
            }

            return number;
        }
    }

    /// <summary>Looks a number up.</summary>
    /// <returns>Its name, or an empty span.</returns>
    public ReadOnlySpan<byte> FindName(uint number, ReadOnlySpan<byte> scope = default)
    {
        lock (_lock)
        {
            NameTable table = _table ??= Load();
            if (table.TryGetName(number, scope, out ReadOnlySpan<byte> name))
            {
                return name;
            }

            Span<byte> digits = stackalloc byte[10];
            Utf8Formatter.TryFormat(number, digits, out int length);
            AskSystem(table, digits[..length], scope);
            if (!table.TryGetName(number, scope, out name))
            {
                table.AddNameless(number, scope);
            }

            return name;
        }
    }

    /// <summary>Adds the entries that a file, or an answer of getent, holds.</summary>
    internal abstract void Parse(NameTable table, byte[] text);

    private NameTable Load()
    {
        NameTable table = new();
        if (SystemFile.Read(Path) is { } text)
        {
            Parse(table, text);
        }

        return table;
    }

    private void AskSystem(NameTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> scope)
    {
        if (!NameServiceSwitch.LooksBeyondFiles(Database))
        {
            return;
        }

        byte[] query = scope.IsEmpty ? key.ToArray() : [.. key, (byte)'/', .. scope];
        if (NameServiceSwitch.Ask("--"u8.ToArray(), Database.ToArray(), query) is { } answer)
        {
            Parse(table, answer);
        }
    }
}
