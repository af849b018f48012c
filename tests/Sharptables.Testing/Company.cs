namespace Sharptables.Testing;

/// <summary>Which options of an extension cannot stand beside one another.</summary>
/// <param name="Group">Those with the same letter, of which a good rule has at most one; a blank for none.</param>
/// <param name="IsStrict">Whether bad rules have no more than one either.</param>
public readonly record struct Company(char Group, bool IsStrict)
{
    public bool IsExclusive => Group != ' ';
}
