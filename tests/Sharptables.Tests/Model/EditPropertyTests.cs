using Sharptables.Kernel;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Model;

/// <summary>
/// Whatever is done to a table, in whatever order, it is and is laid out as a plain list of rules would be. A failure is shrunk, and
/// reported with its seed.
/// </summary>
public sealed class EditPropertyTests
{
    private const int Cases = 500;

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void Any_sequence_of_edits_does_what_it_does_to_lists(string familyName)
    {
        Family family = Family.Named(familyName);
        for (int seed = 0; seed < Cases; seed++)
        {
            int current = seed;
            Random random = new(seed);
            random.Next();
            List<Edit> edits = RandomTables.Edits(random, 1 + random.Next(60));
            if (Failure(current, family, edits) is not null)
            {
                List<Edit> least = RandomTables.Shrink(edits, e => Failure(current, family, e) is not null);
                Assert.Fail($"seed {seed}, {family}: {string.Join("\n", least)}\n{Failure(current, family, least)}");
            }
        }
    }

    private static Exception? Failure(int seed, Family family, List<Edit> edits)
    {
        Random random = new(-seed - 1);
        try
        {
            using EditedPair pair = new(RandomTables.Table(random, family), isRead: random.Next(4) > 0);
            foreach (Edit edit in edits)
            {
                pair.Apply(edit);
                if (seed % 3 == 0)
                {
                    pair.AssertAlike(); // asks for references, too, which are kept from then on
                }
            }

            pair.AssertAlike();
            pair.AssertLaidOutAlike();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
