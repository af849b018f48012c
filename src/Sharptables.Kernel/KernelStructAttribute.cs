using System;

namespace Sharptables.Kernel;

/// <summary>
/// Names the C struct that a type mirrors; a test compares its size and fields with what a C compiler says of the UAPI header.
/// </summary>
/// <param name="name">The C type, such as <c>struct xt_statistic_info</c>.</param>
/// <param name="header">The header that defines it, such as <c>linux/netfilter/xt_statistic.h</c>.</param>
[AttributeUsage(AttributeTargets.Struct, AllowMultiple = true)]
internal sealed class KernelStructAttribute(string name, string header) : Attribute
{
    /// <summary>The C type.</summary>
    public string Name => name;

    /// <summary>The UAPI header that defines it.</summary>
    public string Header => header;
}
