namespace Sharptables.Backends.Nft;

/// <summary>Where a value stands in a rule.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="InRule">Where it stands in the bytes of x_tables.</param>
/// <param name="InExpressions">Where it stands in the expressions of nf_tables.</param>
/// <param name="Length">How many bytes it has there.</param>
internal readonly record struct KnownValue(ValueForm Form, int InRule, int InExpressions, int Length)
{
    /// <summary>How many bytes it has in the bytes of x_tables.</summary>
    public int LengthInRule => Form is ValueForm.Port or ValueForm.Chain ? sizeof(uint) : Length;
}
