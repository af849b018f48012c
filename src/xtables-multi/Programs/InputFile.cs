using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>A program's input: the file that was named, or standard input.</summary>
internal static class InputFile
{
    private const int FirstSize = 1 << 16;

    /// <summary>Reads an open file to its end.</summary>
    public static byte[] ReadAll(int input)
    {
        byte[] text = FileDescriptor.ReadToEnd(input, FirstSize, out int length);
        return text[..length];
    }

    /// <summary>Opens the input; false if that fails, which is reported.</summary>
    public static bool TryOpen(byte[]? file, ErrorReport errors, out int input)
    {
        input = StandardStreams.Input;
        try
        {
            input = file is null ? input : FileDescriptor.OpenRead(file);
            return true;
        }
        catch (KernelException e)
        {
            errors.Line($"Can't open {MessageText.Of(file)}: {e.Message}");
            return false;
        }
    }
}
