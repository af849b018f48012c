using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>A family's part of x_tables.</summary>
/// <param name="Interface">How it is asked for its tables.</param>
/// <param name="TableModulePrefix">What the names of its tables' modules begin with.</param>
internal sealed record XTables(XTablesInterface Interface, string TableModulePrefix);
