using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Programs;
using Sharptables.Text;

// One binary, many programs: the name it is called by, or the word after it, selects one.
StandardStreams.HoldPlaces();
byte[][] words = ProcessArguments.Read(args);
string name = Invocation.BaseName(words[0]);
string multi = "";
int first = 1;
ProgramEntry? program = ProgramList.Find(name);
bool isMulti = name.EndsWith("-multi", StringComparison.Ordinal) || name.EndsWith("-multi.dll", StringComparison.Ordinal);
if (program is null && isMulti && words.Length > 1)
{
    multi = name;
    name = Invocation.BaseName(words[1]);
    first = 2;
    program = ProgramList.Find(name);
}

ThisProcess.End(program is null
    ? ProgramList.ExplainUse(first == 2 ? name : null)
    : LastResort.Run(program, new Invocation(words[first - 1], words.AsMemory(first), program.Family, program.InterfaceOf(name) ?? ProgramList.InterfaceOf(multi))));
