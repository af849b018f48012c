using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Reads whole files that a question names.</summary>
internal static class AskedFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It cannot be opened.</exception>
    public static byte[] Read(byte[] path)
    {
        try
        {
            return InputFile.ReadAll(FileDescriptor.OpenRead(path));
        }
        catch (KernelException e)
        {
            throw new FormatException($"cannot open {MessageText.Of(path)}: {e.Message}");
        }
    }

    /// <summary>Reads standard input.</summary>
    public static byte[] ReadInput() => InputFile.ReadAll(StandardStreams.Input);
}
