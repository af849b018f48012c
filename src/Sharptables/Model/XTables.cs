using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>A family's part of x_tables.</summary>
/// <param name="Interface">How it is asked for its tables.</param>
/// <param name="Name">The kernel's name for it: the name of the module, and the start of the names of its files in <c>/proc/net</c>.</param>
/// <param name="TableModulePrefix">What the names of its tables' modules begin with.</param>
internal sealed record XTables(XTablesInterface Interface, string Name, string TableModulePrefix);
