using System.Reflection;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Matches;
using Sharptables.Model;
using Sharptables.Packets;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>What is asked about many packets is asked by its conditions alone; a match that answers otherwise says so.</summary>
public sealed class AskedByConditionsTests
{
    [Fact]
    public void A_match_that_answers_in_its_own_way_is_not_asked_by_its_conditions()
    {
        List<string> wrong = [];
        foreach (Family family in (Family[])[Family.IPv4, Family.IPv6])
        {
            foreach (ExtensionEntry entry in ExtensionList.Matches)
            {
                if ((entry.Families & family.Bit) == 0)
                {
                    continue;
                }

                Extension match = entry.Build(family);
                MethodInfo ask = match.GetType().GetMethod("Ask", [typeof(ReadOnlySpan<byte>), typeof(Packet), typeof(Option).MakeByRefType()])!;
                bool isOwn = ask.DeclaringType != typeof(Extension) && ask.DeclaringType != typeof(Conntrack); // which is, for a packet of a connection
                if (isOwn == match.AsksByConditions)
                {
                    wrong.Add($"{family} {match.Name}");
                }
            }
        }

        Assert.Empty(wrong);
    }
}
