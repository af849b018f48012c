using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Programs;
using Sharptables.Text;

// One binary, many programs: the name it is called by, or the word after it, selects one.
StandardStreams.HoldPlaces();
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

ThisProcess.End(program is null
    ? ProgramList.ExplainUse(first == 2 ? name : null)
    : LastResort.Run(program, new Invocation(words[first - 1], words.AsMemory(first), program.Family)));

static string BaseName(ReadOnlySpan<byte> path)
{
    path = path.TrimEnd((byte)'/');
    return MessageText.Of(path[(path.LastIndexOf((byte)'/') + 1)..]);
}
