using System;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Programs;

// One binary, many programs: the name it is called by, or the word after it, says which.
StandardStreams.HoldPlaces();
StandardStreams.EndOnBrokenPipe();
byte[][] words = ProcessArguments.Read(args);
string name = BaseName(words[0]);
int first = 1;
ProgramEntry? program = ProgramList.Find(name);
bool isMulti = name.EndsWith("-multi", StringComparison.Ordinal) || name.EndsWith("-multi.dll", StringComparison.Ordinal);
if (program is null && isMulti && words.Length > 1)
{
    name = BaseName(words[1]);
    first = 2;
    program = ProgramList.Find(name);
}

return program is null
    ? ProgramList.ExplainUse(first == 2 ? name : null)
    : program.Run(new Invocation(words[first - 1], words.AsMemory(first), program.Family));

static string BaseName(ReadOnlySpan<byte> path) => Encoding.UTF8.GetString(path[(path.LastIndexOf((byte)'/') + 1)..]);
