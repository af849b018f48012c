using System;

namespace Sharptables.Names;

/// <summary>
/// The lines of a file such as /etc/services, and their fields: separated by blanks, up to a <c>#</c> (protocols(5), services(5)).
/// </summary>
internal ref struct NameLines(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _next;
    private int _field;
    private int _end;

    /// <summary>Goes to the next line; false after the last.</summary>
    public bool NextLine()
    {
        if (_next >= _text.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = _text[_next..];
        int length = rest.IndexOf((byte)'\n');
        length = length < 0 ? rest.Length : length;
        int comment = rest[..length].IndexOf((byte)'#');
        _field = _next;
        _end = _next + (comment < 0 ? length : comment);
        _next += length + 1;
        return true;
    }

    /// <summary>The next field of the line as a range of the text; empty after the last.</summary>
    public Range NextField()
    {
        while (_field < _end && IsBlank(_text[_field]))
        {
            _field++;
        }

        int start = _field;
        while (_field < _end && !IsBlank(_text[_field]))
        {
            _field++;
        }

        return start.._field;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r';
}
