using System;
using System.Diagnostics.CodeAnalysis;
using Sharptables.Kernel;

namespace Sharptables.Programs;

/// <summary>Catches what no program has caught: one line and an exit status, never a stack trace.</summary>
internal static class LastResort
{
    private const int Failed = 1;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Nothing is above this that could.")]
    public static int Run(ProgramEntry program, Invocation invocation)
    {
        try
        {
            return program.Start(invocation);
        }
        catch (OutOfMemoryException)
        {
            return Fail(program, "not enough memory", null);
        }
        catch (UsageException e)
        {
            return new ErrorReport(program.Name).Print(e);
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            return Fail(program, KernelErrors.Text(e), null);
        }
        catch (Exception e)
        {
            return Fail(program, $"{e.GetType().Name}: {e.Message}", "This is a fault of Sharptables: please report what led to it.");
        }
    }

    private static int Fail(ProgramEntry program, string message, string? hint)
    {
        ErrorReport errors = new(program.Name);
        errors.Message(message);
        errors.Hint(hint);
        return Failed;
    }
}
