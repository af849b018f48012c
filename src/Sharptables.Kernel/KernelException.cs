using System;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>A system call failed. The message is the C library's text for the error, in the C locale.</summary>
/// <param name="operation">What was asked of the kernel, for the reader of a log: the call and, where it has one, the request.</param>
/// <param name="errno">The error number, positive (asm-generic/errno.h).</param>
internal sealed class KernelException(string operation, int errno) : Exception(ErrorText(errno))
{
    /// <summary>What was asked of the kernel.</summary>
    public string Operation { get; } = operation;

    /// <summary>The error number, positive.</summary>
    public int Errno { get; } = errno;

    /// <summary>The C library's text for an error number, such as "No such file or directory".</summary>
    public static unsafe string ErrorText(int errno)
    {
        // SAFETY: strerror gives a NUL-terminated text that lasts until the next call; it is copied before that.
        byte* text = Libc.strerror(errno);
        int length = 0;
        while (text[length] != 0)
        {
            length++;
        }

        return Encoding.UTF8.GetString(text, length);
    }
}
