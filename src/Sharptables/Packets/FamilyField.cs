using System;
using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>A field that several families have, each in its own header.</summary>
/// <param name="fields">The field of each.</param>
internal sealed class FamilyField(params (Family Family, Field Field)[] fields)
    : Field(fields[0].Field.Name, fields[0].Field.Bits, fields[0].Field.Type)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The family does not have it.</exception>
    public override Field In(Family family)
    {
        foreach ((Family its, Field field) in fields)
        {
            if (its == family)
            {
                return field;
            }
        }

        throw new ArgumentException($"{family} has no {Name}", nameof(family));
    }

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) => In(packet.Family).Ask(packet, values);
}
