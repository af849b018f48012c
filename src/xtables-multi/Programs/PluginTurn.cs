using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Plugins;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// Plugins for a static program, which cannot load any: when it meets one, it goes on as the program that can, from the beginning. So it must
/// not have done anything by then.
/// </summary>
/// <param name="invocation">How the program was called.</param>
/// <param name="folders">Where plugins are.</param>
internal sealed class PluginTurn(Invocation invocation, PluginFolders folders) : IPlugins
{
    private string? _failure;

    /// <summary>The variable that is set for the other program, which removes it.</summary>
    public static ReadOnlySpan<byte> Mark => "SHARPTABLES_TURNED"u8;

    /// <inheritdoc/>
    public string? Lacking { get; private set; }

    /// <inheritdoc/>
    public bool AreThere => folders.HaveAny;

    /// <inheritdoc/>
    public Extension? Find(ReadOnlySpan<byte> name, bool isTarget, byte? revision = null)
    {
        if (folders.Files(name) is [var file, ..])
        {
            Turn();
            Lacking = $"{MessageText.Of(file)} is a plugin, which this program leaves to another: {_failure}";
        }

        return null;
    }

    /// <inheritdoc/>
    public void Expect()
    {
        if (AreThere)
        {
            Turn();
        }

        _failure ??= "there was none when this program began. Start it again.";
    }

    /// <summary>Goes on as the other program; returns only if that is impossible.</summary>
    private void Turn()
    {
        if (_failure is null && EnvironmentVariable.Read(Mark).Length > 0)
        {
            _failure = "libexec/sharptables/xtables-multi is not that program, for it called this one again.";
        }

        if (_failure is not null)
        {
            return;
        }

        EnvironmentVariable.Set(Mark);
        foreach (byte[] prefix in ThisProcess.Prefixes())
        {
            byte[] program = [.. prefix, .. "/libexec/sharptables/xtables-multi"u8];
            int errno = ThisProcess.Is(program) ? Errno.ENOENT : ThisProcess.Become(program, [invocation.CalledAs, .. invocation.Words.Span]);
            _failure ??= $"{MessageText.Of(program)}: {KernelException.ErrorText(errno)}. "
                + "\"make install\" installs it, and so does Debian's package sharptables-plugins.";
        }

        EnvironmentVariable.Remove(Mark);
    }
}
