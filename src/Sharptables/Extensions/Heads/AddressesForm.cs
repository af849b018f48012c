namespace Sharptables.Extensions.Heads;

/// <summary>The value of <c>-s</c> and <c>-d</c>; <see cref="AddressListText"/> reads it.</summary>
internal sealed class AddressesForm : ValueForm
{
    /// <inheritdoc/>
    public override string Placeholder => "address[/mask][,...]";
}
