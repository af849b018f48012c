using System;

namespace Sharptables.Model;

/// <summary>An edit is impossible; the table is unchanged.</summary>
/// <param name="error">Why.</param>
internal sealed class TableException(TableError error) : Exception(error.ToString())
{
    public TableError Error => error;
}
