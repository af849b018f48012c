using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>What a program reads: the file that was named, or its standard input.</summary>
internal static class InputFile
{
    /// <summary>Opens it.</summary>
    /// <param name="file">The file, or null.</param>
    /// <param name="errors">Where it is said why it cannot be opened.</param>
    /// <param name="input">Its descriptor.</param>
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
