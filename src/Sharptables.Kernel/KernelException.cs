using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>A system call failed. The message is the C library's text for the error, in the C locale.</summary>
/// <param name="operation">The call and its request, such as <c>getsockopt(GET_INFO)</c>.</param>
/// <param name="errno">The error number, positive.</param>
internal sealed class KernelException(string operation, int errno) : Exception(ErrorText(errno))
{
    public string Operation { get; } = operation;

    public int Errno { get; } = errno;

    /// <summary>Gives the result of a system call.</summary>
    /// <exception cref="KernelException">It is below zero: the call failed.</exception>
    public static int Check(string operation, int result) =>
        result >= 0 ? result : throw new KernelException(operation, Marshal.GetLastSystemError());

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
