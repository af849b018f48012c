using System;

namespace Sharptables.Model;

/// <summary>An edit cannot be made; the table is as it was.</summary>
/// <param name="error">Why.</param>
internal sealed class TableException(TableError error) : Exception(error.ToString())
{
    /// <summary>Why.</summary>
    public TableError Error => error;
}
