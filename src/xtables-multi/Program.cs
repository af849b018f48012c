using System;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Programs;

// One binary, many programs: the name it is called by, or the word after it, says which.
StandardStreams.EndOnBrokenPipe();
byte[][] words = ProcessArguments.Read(args);
string name = BaseName(words[0]);
int first = 1;
if (!ProgramList.TryFind(name, out ProgramEntry program) && words.Length > 1 && (name.EndsWith("-multi", StringComparison.Ordinal) || name.EndsWith("-multi.dll", StringComparison.Ordinal)))
{
    name = BaseName(words[1]);
    first = 2;
    _ = ProgramList.TryFind(name, out program);
}

if (program.Run is null)
{
    return ProgramList.ExplainUse(words.Length > 1 && first == 2 ? name : null);
}

return program.Run(new Invocation(words[first - 1], words.AsMemory(first), program.Family));

static string BaseName(ReadOnlySpan<byte> path) => Encoding.UTF8.GetString(path[(path.LastIndexOf((byte)'/') + 1)..]);
