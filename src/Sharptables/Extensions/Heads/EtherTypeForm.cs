namespace Sharptables.Extensions.Heads;

/// <summary>The value of <c>-p</c> for a bridge; <see cref="EtherTypeOption"/> reads it.</summary>
internal sealed class EtherTypeForm : ValueForm
{
    /// <inheritdoc/>
    public override string Placeholder => "proto";
}
