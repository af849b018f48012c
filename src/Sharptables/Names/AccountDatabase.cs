using System;
using System.Buffers.Text;

namespace Sharptables.Names;

/// <summary>Users or groups: lines such as <c>daemon:x:1:...</c>, with the number in the third field (passwd(5), group(5)).</summary>
internal sealed class AccountDatabase(bool isGroups) : NameDatabase
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Database => isGroups ? "group"u8 : "passwd"u8;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Path => isGroups ? "/etc/group"u8 : "/etc/passwd"u8;

    /// <inheritdoc/>
    internal override void Parse(NameTable table, byte[] text)
    {
        int id = table.AddText(text);
        int next = 0;
        while (next < text.Length)
        {
            int start = next;
            ReadOnlySpan<byte> line = text.AsSpan(start);
            int length = line.IndexOf((byte)'\n');
            line = length < 0 ? line : line[..length];
            next += line.Length + 1;

            int nameLength = line.IndexOf((byte)':');
            if (nameLength <= 0 || line[0] is (byte)'#' or (byte)'+' or (byte)'-')
            {
                continue;
            }

            int password = line[(nameLength + 1)..].IndexOf((byte)':');
            if (password >= 0
                && Utf8Parser.TryParse(line[(nameLength + 1 + password + 1)..], out uint number, out int used)
                && line[(nameLength + 1 + password + 1 + used)..] is [(byte)':', ..])
            {
                table.Add(id, start..(start + nameLength), 0..0, number, isCanonical: true);
            }
        }
    }
}
