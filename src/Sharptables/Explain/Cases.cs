using System.Collections.Generic;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>The cases of one question, those in which the same happens put together.</summary>
internal sealed class Cases
{
    private const int MostCompared = 64; // of the cases in which the same happens

    private readonly List<List<Ending>> _order = [];
    private readonly Dictionary<(Fate?, AskedRule?, AskedChain?, string), List<Ending>> _alike = [];

    /// <summary>Adds a case.</summary>
    public void Add(Ending ending)
    {
        var what = (ending.Fate, ending.By, ending.Policy, ending.Reason + string.Join('\n', FieldText.Changes(ending.Packet, isSeen: true)));
        if (!_alike.TryGetValue(what, out List<Ending>? alike))
        {
            _alike.Add(what, alike = []);
            _order.Add(alike);
        }

        alike.Add(ending);
        Join(alike);
    }

    /// <summary>One case for each thing that can happen: of several the one with the fewest premises.</summary>
    public List<Ending> Distinct() => _order.ConvertAll(static alike =>
    {
        Ending simplest = alike[0];
        foreach (Ending ending in alike)
        {
            simplest = ending.Premises.Count < simplest.Premises.Count ? ending : simplest;
        }

        Packet packet = simplest.Packet;
        foreach (Ending ending in alike)
        {
            packet = ReferenceEquals(ending, simplest) ? packet : Common(packet, ending.Packet);
        }

        return simplest with { Others = alike.Count - 1, Packet = packet };
    });

    /// <summary>What is so of two packets that others see alike: a mark, or what else only this machine has, is not known if they differ in it.</summary>
    private static Packet Common(Packet some, Packet other)
    {
        Packet common = some.Copy();
        foreach (Field field in (List<Field>)[.. some.Changes, .. other.Changes])
        {
            if (field.Slot is { IsBytes: false } slot && (some.PossibleOf(field).Only is not { } value || value != other.PossibleOf(field).Only))
            {
                common.Know(field, slot.Possible);
            }
        }

        return common;
    }

    /// <summary>Two cases that differ by one answer, and in which the same happens, are one: the answer makes no difference.</summary>
    private static void Join(List<Ending> alike)
    {
        for (int i = alike.Count - 2; i >= 0 && alike.Count <= MostCompared; i--)
        {
            if (Differing(alike[i].Premises, alike[^1].Premises) is { } place)
            {
                List<Premise> common = [.. alike[i].Premises];
                common.RemoveAt(place);
                Ending joined = alike[i] with { Premises = common, IsJoined = true, Packet = Common(alike[i].Packet, alike[^1].Packet) };
                alike.RemoveAt(alike.Count - 1);
                alike.RemoveAt(i);
                alike.Add(joined);
                i = alike.Count - 1; // it may join another
            }
        }
    }

    /// <summary>The place of the only premise in which two lists differ, by its answer; null if there is more.</summary>
    private static int? Differing(IReadOnlyList<Premise> some, IReadOnlyList<Premise> others)
    {
        int? place = null;
        for (int i = 0; i < some.Count && some.Count == others.Count; i++)
        {
            if (some[i] != others[i])
            {
                if (place is not null || some[i].Text != others[i].Text)
                {
                    return null;
                }

                place = i;
            }
        }

        return place;
    }
}
