using System;

namespace Sharptables.Kernel;

/// <summary>
/// Names the C struct that a type mirrors. The layout test compares size and fields with those in the UAPI header.
/// </summary>
/// <param name="name">The C type, such as <c>struct xt_statistic_info</c>.</param>
/// <param name="header">The header that defines it, such as <c>linux/netfilter/xt_statistic.h</c>.</param>
[AttributeUsage(AttributeTargets.Struct, AllowMultiple = true)]
internal sealed class KernelStructAttribute(string name, string header) : Attribute
{
    public string Name => name;

    public string Header => header;
}
