using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>A field that a packet has only if something else about it holds; that is asked with it, be the condition on the field inverted or not.</summary>
/// <param name="guard">What must hold.</param>
/// <param name="guarded">The field then.</param>
internal sealed class GuardedField(Condition guard, Field guarded) : Field(guarded.Name, guarded.Bits, guarded.Type)
{
    /// <inheritdoc/>
    public override bool IsSplit => true;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => guarded.IsNetworkOrder;

    /// <inheritdoc/>
    public override Header? Header => guarded.Header;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Parts => [guard.Field, guarded];

    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition) => [guard, condition with { Field = guarded }];

    /// <summary>From the condition on the field; that the guard is among all of them is seen when they are split again.</summary>
    public override Condition? Join(IReadOnlyList<Condition> parts)
    {
        foreach (Condition part in parts)
        {
            if (part.Field == guarded)
            {
                return part with { Field = this };
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) => guard.Ask(packet) is Answer.Yes ? guarded.Ask(packet, values) : null;
}
